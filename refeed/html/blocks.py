"""Finish the blocks of a body that is being written: what a block leaves to the one around it, and its HTML."""

from collections.abc import Callable, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# Kept blocks that hold phrases only.
PHRASES: Final = frozenset({"caption", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "summary"})
CELLS: Final = frozenset({"dd", "li", "td", "th"})
ROWS: Final = frozenset({"table", "tbody", "tfoot", "thead", "tr"})
IN_TABLES: Final = frozenset({"caption", "tbody", "td", "tfoot", "th", "thead", "tr"})
# What needs no <figure> around it.
_UNPICTURED: Final = frozenset({"blockquote", "div", "ol", "p", "pre", "table", "ul"})
_ITEMS: Final = MappingProxyType({"dl": "dd", "ol": "li", "ul": "li"})

# Blocks that get another one around them where it is missing → that one.
_HOLDERS: Final = MappingProxyType({"dd": "dl", "dt": "dl", "li": "ul"})
_LISTS: Final = frozenset({("dl", "dd"), ("dl", "dt"), ("ol", "li"), ("ul", "li")})

# The tags of rows and cells, and nothing else.
_EMPTY_TABLE: Final = late_pattern(r"(?:</?(?:tbody|td|tfoot|th|thead|tr)\b[^>]*>)*")


class Part(NamedTuple):
    """One finished block inside another."""

    name: str
    start: str  # its start tag; "" for a paragraph without attributes
    inner: str


class Frame(NamedTuple):
    """A kept block that is being written."""

    name: str
    start: str
    parts: list[Part]


def finish(frame: Frame) -> list[Part]:
    """Return what a block that ended leaves in the one around it; an empty one leaves nothing."""
    if not frame.parts and frame.name not in {"td", "th"}:
        return []
    if end := _ENDS.get(frame.name):
        return end(frame)
    return [Part(frame.name, frame.start, "".join(render(frame.parts, frame.name)))]


def _finish_list(frame: Frame) -> list[Part]:
    parts = [_as_item(part, frame.name, _ITEMS[frame.name]) for part in frame.parts]
    return [Part(frame.name, frame.start, "".join(render(parts, frame.name)))]


def _finish_cell(frame: Frame) -> list[Part]:
    return [Part(frame.name, frame.start, _cell(frame.parts, frame.name))]


def _finish_paragraphs(frame: Frame) -> list[Part]:
    """Write the language of a block on its paragraphs, or around them when there is more."""
    if frame.name == "div" and [part.name for part in frame.parts] != ["p"]:
        return [Part(frame.name, frame.start, "".join(render(frame.parts, frame.name)))]
    start = frame.start.replace("<div", "<p", 1)
    return [part._replace(start=part.start or start) if part.name == "p" else part for part in frame.parts]


def _as_item(part: Part, outer: str, item: str) -> Part:
    """Return what stands in a list as one of its items."""
    if (outer, part.name) in _LISTS or part.name in {"ol", "ul"}:
        return part
    return Part(item, f"<{item}>", _cell([part], item))


def _finish_phrases(frame: Frame) -> list[Part]:
    """Write a heading, or code: its lines together, a player after it."""
    lines = [part.inner for part in frame.parts if part.name == "p"]
    inner = ("" if frame.name == "pre" else "<br>").join(lines).strip("\n")
    players = [part for part in frame.parts if part.name != "p"]
    return [Part(frame.name, frame.start, inner), *players] if inner.strip() else players


def _finish_rows(frame: Frame) -> list[Part]:
    """Keep what may stand in a table or row; put everything else before it, as browsers do."""
    inside = [part for part in frame.parts if part.name in IN_TABLES]
    outside = [part for part in frame.parts if part.name not in IN_TABLES]
    inner = "".join(render(inside, "table"))
    if not inside or (frame.name == "table" and _EMPTY_TABLE.fullmatch(inner)):
        return outside
    return [*outside, Part(frame.name, frame.start, inner)]


def _finish_figure(frame: Frame) -> list[Part]:
    """Write pictures without paragraphs, and text beside them as their caption; without a picture it is only text."""
    parts = [Part("", "", part.inner) if part.name == "p" and "<img " in part.inner else part for part in frame.parts]
    if all(part.name in {"figcaption", "p"} for part in parts):
        return [Part("p", "", part.inner) if part.name == "figcaption" else part for part in parts]
    if all(part.name in _UNPICTURED for part in parts):
        return parts
    texts = [part for part in parts if part.name == "p"]
    if texts and not any(part.name == "figcaption" for part in parts):
        caption = Part("figcaption", "<figcaption>", "<br>".join(part.inner for part in texts))
        parts = [*(part for part in parts if part.name != "p"), caption]
    return [Part("figure", frame.start, "".join(render(parts, "figure")))]


# How a block ends; the others are written as they are.
_ENDS: Final[Mapping[str, Callable[[Frame], list[Part]]]] = MappingProxyType(
    {
        **dict.fromkeys(CELLS, _finish_cell),
        **dict.fromkeys(_ITEMS, _finish_list),
        **dict.fromkeys(PHRASES | {"pre"}, _finish_phrases),
        **dict.fromkeys(ROWS, _finish_rows),
        "div": _finish_paragraphs,
        "figure": _finish_figure,
        "p": _finish_paragraphs,
    }
)


def _cell(parts: list[Part], name: str) -> str:
    """Write the content of a cell or an item: one paragraph stands without its tags."""
    if len(parts) == 1 and parts[0].name == "p" and not parts[0].start:
        return parts[0].inner
    if (
        len(parts) > 1
        and parts[0].name == "p"
        and not parts[0].start
        and all(part.name in {"li", "ol", "ul"} for part in parts[1:])
    ):
        return parts[0].inner + "".join(render(parts[1:], name))
    return "".join(render(parts, name))


def render(parts: list[Part], outer: str) -> list[str]:
    """Write finished blocks; items without a list get one."""
    if all(part.name not in _HOLDERS for part in parts):  # nearly always
        return [_render_part(part) for part in parts]
    written: list[str] = []
    for holder, group in groupby(parts, lambda part: _missing(part, outer)):
        blocks = [_render_part(part) for part in group]
        written += [f"<{holder}>{''.join(blocks)}</{holder}>"] if holder else blocks
    return written


def _missing(part: Part, outer: str) -> str:
    """Return the list that an item needs around it inside outer."""
    return "" if (outer, part.name) in _LISTS else _HOLDERS.get(part.name, "")


def _render_part(part: Part) -> str:
    if part.name == "p":
        return f"{part.start or '<p>'}{part.inner}</p>"
    if part.name in {"", "hr"}:
        return part.start + part.inner
    return f"{part.start}{part.inner}</{part.name}>"


def without_edge_rules(parts: list[Part]) -> list[Part]:
    """Drop rules before the first block, after the last one, and after another rule."""
    kept: list[Part] = []
    for part in parts:
        if part.name != "hr" or (kept and kept[-1].name != "hr"):
            kept.append(part)
    if kept and kept[-1].name == "hr":
        kept.pop()
    return kept
