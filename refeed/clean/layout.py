"""Write a cleaned tree as flat HTML: paragraphs, headings, lists, tables, figures; no wrappers, nothing empty.

Every visible character of the tree comes out; white space is folded as browsers fold it.
"""

import html
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from types import MappingProxyType
from typing import Final, NamedTuple

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from refeed.clean.html import ALLOWED
from refeed.clean.run import Run
from refeed.clean.tree import BLOCKS, attribute

# Blocks that are kept; all others (div, section, …) only end a paragraph.
_PHRASES: Final = frozenset({"caption", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "summary"})
_CELLS: Final = frozenset({"dd", "li", "td", "th"})
_ROWS: Final = frozenset({"table", "tbody", "tfoot", "thead", "tr"})
_IN_TABLES: Final = frozenset({"caption", "tbody", "td", "tfoot", "th", "thead", "tr"})
_KEPT: Final = _PHRASES | _CELLS | _ROWS | {"blockquote", "details", "dl", "figure", "ol", "pre", "ul"}
_PLAYERS: Final = frozenset({"audio", "video"})
_VOID: Final = _PLAYERS | {"br", "hr", "img"}
_SILENT: Final = frozenset({"script", "style"})
_UNWRITTEN: Final = frozenset({"source", "wbr"})
_ITEMS: Final = MappingProxyType({"dl": "dd", "ol": "li", "ul": "li"})

# HTML Standard, 16.2 (obsolete elements) → what to write instead.
_TODAY: Final = MappingProxyType(
    {
        "acronym": "abbr",
        "dir": "ul",
        "listing": "pre",
        "menu": "ul",
        "plaintext": "pre",
        "strike": "s",
        "tt": "code",
        "xmp": "pre",
    }
)

# Blocks that are kept only right inside another one → that one.
_ONLY_IN: Final = MappingProxyType({"caption": "table", "figcaption": "figure", "summary": "details"})

# Blocks that get another one around them where it is missing → that one.
_HOLDERS: Final = MappingProxyType({"dd": "dl", "dt": "dl", "li": "ul"})
_LISTS: Final = frozenset({("dl", "dd"), ("dl", "dt"), ("ol", "li"), ("ul", "li")})

# Deeper nesting than this is no article; the sanitiser's parser takes quadratic time on it.
_DEEPEST: Final = 40

_EMPTY_TABLE: Final = re.compile(r"(?:</?(?:tbody|td|tfoot|th|thead|tr)\b[^>]*>)*")


class Part(NamedTuple):
    """One finished block inside another."""

    name: str
    start: str  # its start tag; "" for a paragraph
    inner: str


class Written(NamedTuple):
    """A whole body, written."""

    html: str
    text: str  # a block on a line


class _Frame(NamedTuple):
    """A kept block that is being written."""

    name: str
    start: str
    parts: list[Part]


class _Page(NamedTuple):
    """What is being written: the open blocks, outermost first, the open paragraph, and the text so far."""

    frames: list[_Frame]
    run: Run
    lines: list[str]


def write(soup: BeautifulSoup) -> Written:
    """Write all that stands in a tree."""
    page = _Page([_Frame("", "", [])], Run(), [])
    stack: list[tuple[Iterator[PageElement], str]] = [(iter(soup.contents), "block")]
    while stack:
        child = next(stack[-1][0], None)
        if child is None:
            _end(page, stack.pop()[1])
        elif isinstance(child, Tag):
            if (ending := _start(page, child)) != "skip":
                stack.append((iter(child.contents), ending))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            _text(page, str(child))
    return Written("\n".join(_render(_without_edge_rules(page.frames[0].parts), "")), "\n".join(page.lines))


def _start(page: _Page, tag: Tag) -> str:
    """Begin an element; return what its end means."""
    name = _TODAY.get(tag.name, tag.name)
    if name in _SILENT:
        return "skip"
    if name in _VOID:
        _write_void(page, tag, name)
        return "skip"
    if name in BLOCKS:
        _flush(page)
        if not _is_kept(page, name):
            return "block"
        page.frames.append(_Frame(name, _start_tag(tag, name), []))
        return "frame"
    if name in ALLOWED and name not in _UNWRITTEN and page.run.depth < _DEEPEST:
        page.run.enter(name, _start_tag(tag, name))
        return "inline"
    return "nothing"


def _write_void(page: _Page, tag: Tag, name: str) -> None:
    """Write an element that has no phrases of its own."""
    frame = page.frames[-1]
    if name == "br":
        page.run.add_break()
    elif name == "img":
        _split(page)
        if frame.name == "figure":
            _flush(page)
        page.run.add_picture(_start_tag(tag, name))
        if frame.name == "figure":
            _flush(page)
    elif name in _PLAYERS:
        _flush(page)
        sources = "".join(_start_tag(source, "source") for source in tag.find_all("source"))
        frame.parts.append(Part(name, _start_tag(tag, name), sources))
    elif name == "hr":
        _flush(page)
        if frame.name in {"", "blockquote"}:
            frame.parts.append(Part(name, "<hr>", ""))


def _end(page: _Page, ending: str) -> None:
    if ending == "inline":
        page.run.leave()
    elif ending == "block":
        _flush(page)
    elif ending == "frame":
        _flush(page, finished=True)
        frame = page.frames.pop()
        page.frames[-1].parts.extend(_finish(frame))


def _text(page: _Page, text: str) -> None:
    if page.frames[-1].name == "pre":
        page.run.add_code(text)
    else:
        _split(page, text)
        page.run.add_text(text)


def _split(page: _Page, text: str = "\ufffc") -> None:
    """End the paragraph where an empty line was made of line breaks."""
    if page.run.is_split(text) and page.frames[-1].name not in _PHRASES:
        _flush(page)


def _flush(page: _Page, *, finished: bool = False) -> None:
    """End the paragraph; in code only a line ends."""
    if page.frames[-1].name == "pre" and not finished:
        page.run.add_break()
        return
    inner, words = page.run.end()
    if inner:
        page.frames[-1].parts.append(Part("p", "", inner))
    if words.strip():
        page.lines.append(words.strip())


def _is_kept(page: _Page, name: str) -> bool:
    outer = page.frames[-1].name
    if name not in _KEPT or len(page.frames) > _DEEPEST or outer == "pre" or outer in _PHRASES:
        return False
    return outer == _ONLY_IN.get(name, outer) and (name not in _IN_TABLES or outer in _ROWS)


def _finish(frame: _Frame) -> list[Part]:
    """Return what a block that ended leaves in the one around it; an empty one leaves nothing."""
    if not frame.parts and frame.name not in {"td", "th"}:
        return []
    if frame.name in _ROWS:
        return _finish_rows(frame)
    if frame.name in _PHRASES or frame.name == "pre":
        return _finish_phrases(frame)
    if frame.name == "figure":
        return _finish_figure(frame)
    if frame.name in _CELLS:
        return [Part(frame.name, frame.start, _cell(frame.parts, frame.name))]
    parts = frame.parts
    if item := _ITEMS.get(frame.name):
        parts = [_as_item(part, frame.name, item) for part in parts]
    return [Part(frame.name, frame.start, "".join(_render(parts, frame.name)))]


def _as_item(part: Part, outer: str, item: str) -> Part:
    """Return what stands in a list as one of its items."""
    if (outer, part.name) in _LISTS or part.name in {"ol", "ul"}:
        return part
    return Part(item, f"<{item}>", _cell([part], item))


def _finish_phrases(frame: _Frame) -> list[Part]:
    """Write a heading, or code: its lines together, a player after it."""
    lines = [part.inner for part in frame.parts if part.name == "p"]
    inner = ("" if frame.name == "pre" else "<br>").join(lines).strip("\n")
    players = [part for part in frame.parts if part.name != "p"]
    return [Part(frame.name, frame.start, inner), *players] if inner.strip() else players


def _finish_rows(frame: _Frame) -> list[Part]:
    """Keep what may stand in a table or row; put everything else before it, as browsers do."""
    inside = [part for part in frame.parts if part.name in _IN_TABLES]
    outside = [part for part in frame.parts if part.name not in _IN_TABLES]
    inner = "".join(_render(inside, "table"))
    if not inside or (frame.name == "table" and _EMPTY_TABLE.fullmatch(inner)):
        return outside
    return [*outside, Part(frame.name, frame.start, inner)]


def _finish_figure(frame: _Frame) -> list[Part]:
    """Write pictures without paragraphs, and text beside them as their caption; without a picture it is only text."""
    parts = [Part("", "", part.inner) if part.name == "p" and "<img " in part.inner else part for part in frame.parts]
    if all(part.name in {"figcaption", "p"} for part in parts):
        return [Part("p", "", part.inner) if part.name == "figcaption" else part for part in parts]
    texts = [part for part in parts if part.name == "p"]
    if texts and not any(part.name == "figcaption" for part in parts):
        caption = Part("figcaption", "<figcaption>", "<br>".join(part.inner for part in texts))
        parts = [*(part for part in parts if part.name != "p"), caption]
    return [Part("figure", frame.start, "".join(_render(parts, "figure")))]


def _cell(parts: list[Part], name: str) -> str:
    """Write the content of a cell or an item: one paragraph stands without its tags."""
    if len(parts) == 1 and parts[0].name == "p":
        return parts[0].inner
    if len(parts) > 1 and parts[0].name == "p" and all(part.name in {"ol", "ul"} for part in parts[1:]):
        return parts[0].inner + "".join(_render(parts[1:], name))
    return "".join(_render(parts, name))


def _render(parts: Iterable[Part], outer: str) -> Iterator[str]:
    """Write finished blocks; items without a list get one."""
    for holder, group in groupby(parts, lambda part: _missing(part, outer)):
        written = [_render_part(part) for part in group]
        yield from [f"<{holder}>{''.join(written)}</{holder}>"] if holder else written


def _missing(part: Part, outer: str) -> str:
    """Return the list that an item needs around it inside outer."""
    return "" if (outer, part.name) in _LISTS else _HOLDERS.get(part.name, "")


def _render_part(part: Part) -> str:
    if part.name == "p":
        return f"<p>{part.inner}</p>"
    if part.name in {"", "hr"}:
        return part.start + part.inner
    return f"{part.start}{part.inner}</{part.name}>"


def _without_edge_rules(parts: list[Part]) -> list[Part]:
    """Drop rules before the first block, after the last one, and after another rule."""
    kept: list[Part] = []
    for part in parts:
        if part.name != "hr" or (kept and kept[-1].name != "hr"):
            kept.append(part)
    if kept and kept[-1].name == "hr":
        kept.pop()
    return kept


def _start_tag(tag: Tag, name: str) -> str:
    allowed = ALLOWED.get(name, frozenset())
    kept = [key for key in tag.attrs if key in allowed or key in {"dir", "lang"}]
    shown = "".join(f' {key}="{html.escape(attribute(tag, key))}"' for key in kept)
    return f"<{name}{shown}>"
