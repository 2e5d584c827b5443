"""Write a cleaned tree as flat HTML: paragraphs, headings, lists, tables, figures; no wrappers, nothing empty.

Every visible character of the tree comes out; white space is folded as browsers fold it.
"""

import html
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from refeed.html.blocks import CELLS, IN_TABLES, PHRASES, ROWS, Frame, Part, finish, render, without_edge_rules
from refeed.html.inline import InlineWriter
from refeed.html.sanitise import ALLOWED
from refeed.html.tree import BLOCKS, attribute
from refeed.text.plain import legal

if TYPE_CHECKING:
    from collections.abc import Iterator

# Blocks that are kept; all others (div, section, …) only end a paragraph.
_KEPT: Final = PHRASES | CELLS | ROWS | {"blockquote", "details", "dl", "figure", "ol", "pre", "ul"}
_WITHOUT_PARAGRAPHS: Final = PHRASES | ROWS | {"figure", "pre"}
_PLAYERS: Final = frozenset({"audio", "video"})
_VOID: Final = _PLAYERS | {"br", "hr", "img"}
_SILENT: Final = frozenset({"script", "style"})
# BCP 47, in its general form; HTML Standard, 3.2.6.4.
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,8}")
_DIRECTIONS: Final = frozenset({"auto", "ltr", "rtl"})
_WHOLE_DIRECTIONS: Final = frozenset({"rtl"})  # left to right is what readers assume
# What says the language of everything: the entry says that too.
_WHOLE: Final = frozenset({"article", "body", "html", "main"})
_UNWRITTEN: Final = frozenset({"source", "wbr"})

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

# Deeper nesting than this is no article; the sanitiser's parser takes quadratic time on it.
_DEEPEST: Final = 40


class FlatHtml(NamedTuple):
    """A whole body as flat HTML, and its texts."""

    html: str
    text: str  # a block on a line
    prose: str  # the same without code, unless code is all there is
    captions: tuple[str, ...]  # those lines of the text that are captions without a picture


class _Page(NamedTuple):
    """What is being written: the open blocks, outermost first, the open paragraph, and the texts so far."""

    frames: list[Frame]
    run: InlineWriter
    lines: list[str]
    prose: list[str]
    captions: list[str]
    begun: list[int]  # how many lines stood before each open caption without a picture


def serialise(soup: BeautifulSoup) -> FlatHtml:
    """Write all that stands in a tree."""
    page = _Page([Frame("", "", [])], InlineWriter(), [], [], [], [])
    stack: list[tuple[Iterator[PageElement], str]] = [(iter(soup.contents), "block")]
    while stack:
        child = next(stack[-1][0], None)
        if child is None:
            _end(page, stack.pop()[1])
        elif isinstance(child, Tag):
            if (ending := _start(page, child)) != "skip":
                stack.append((iter(child.contents), ending))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            text = str(child)
            _text(page, text if text.isprintable() else legal(text))  # a reference may name what no document may hold
    written = "\n".join(render(without_edge_rules(page.frames[0].parts), ""))
    return FlatHtml(written, "\n".join(page.lines), "\n".join(page.prose or page.lines), tuple(page.captions))


def _start(page: _Page, tag: Tag) -> str:
    """Begin an element; return what its end means."""
    name = _TODAY.get(tag.name, tag.name)
    if name in _SILENT:
        return "skip"
    if name in _VOID:
        _write_void(page, tag, name)
        return "skip"
    if name in BLOCKS:
        return _start_block(page, tag, name)
    if name in ALLOWED and name not in _UNWRITTEN and page.run.depth < _DEEPEST:
        start = _start_tag(tag, name)
        if start != "<span>":
            page.run.enter(name, start)
            return "inline"
    return "nothing"


def _start_block(page: _Page, tag: Tag, name: str) -> str:
    """Begin a block; one that is not kept leaves its language and direction to what stands in it."""
    _flush(page)
    if _is_kept(page, name):
        start = _start_tag(tag, name)
    else:
        name = "p" if name == "p" else "div"
        start = _start_tag(tag, name)
        if start == f"<{name}>" or not _holds_paragraphs(page):
            return _start_plain(page, tag)
    page.frames.append(Frame(name, start, []))
    return "frame"


def _start_plain(page: _Page, tag: Tag) -> str:
    """Begin a block of which only the text is written."""
    if tag.name != "figcaption":
        return "block"
    page.begun.append(len(page.lines))
    return "caption"


def _write_void(page: _Page, tag: Tag, name: str) -> None:
    """Write an element that has no phrases of its own."""
    frame = page.frames[-1]
    if name == "br":
        page.run.add_break(folded=frame.name != "pre")
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
        if frame.name in {"", "blockquote", "div"}:
            frame.parts.append(Part(name, "<hr>", ""))


def _end(page: _Page, ending: str) -> None:
    if ending == "inline":
        page.run.leave()
    elif ending == "block":
        _flush(page)
    elif ending == "caption":
        _flush(page)
        page.captions.extend(page.lines[page.begun.pop() :])
    elif ending == "frame":
        _flush(page, finished=True)
        frame = page.frames.pop()
        page.frames[-1].parts.extend(finish(frame))


def _text(page: _Page, text: str) -> None:
    if page.frames[-1].name == "pre":
        page.run.add_code(text)
    else:
        _split(page, text)
        page.run.add_text(text)


def _split(page: _Page, text: str = "\ufffc") -> None:
    """End the paragraph where an empty line was made of line breaks."""
    if page.run.is_split(text) and page.frames[-1].name not in PHRASES:
        _flush(page)


def _flush(page: _Page, *, finished: bool = False) -> None:
    """End the paragraph; in code only a line ends."""
    if page.frames[-1].name == "pre" and not finished:
        page.run.end_line()
        return
    done = page.run.end()
    if done.html and (done.text or "<img" in done.html):  # code may be nothing but white space
        page.frames[-1].parts.append(Part("p", "", done.html))
    if done.text:
        page.lines.append(done.text)
    if done.prose and page.frames[-1].name != "pre":
        page.prose.append(done.prose)


def _holds_paragraphs(page: _Page) -> bool:
    outer = page.frames[-1].name
    return len(page.frames) <= _DEEPEST and outer not in _WITHOUT_PARAGRAPHS


def _is_kept(page: _Page, name: str) -> bool:
    outer = page.frames[-1].name
    if name not in _KEPT or len(page.frames) > _DEEPEST or outer == "pre" or outer in PHRASES:
        return False
    return outer == _ONLY_IN.get(name, outer) and (name not in IN_TABLES or outer in ROWS)


def _start_tag(tag: Tag, name: str) -> str:
    allowed = ALLOWED.get(name, frozenset())
    kept = [
        key
        for key in tag.attrs
        if key in allowed
        or (key == "lang" and tag.name not in _WHOLE and _says(attribute(tag, key)))
        or (key == "dir" and attribute(tag, key).lower() in (_WHOLE_DIRECTIONS if tag.name in _WHOLE else _DIRECTIONS))
    ]
    shown = "".join(f' {key}="{html.escape(attribute(tag, key))}"' for key in kept)
    return f"<{name}{shown}>"


def _says(language: str) -> bool:
    """Return whether somebody stated a language; word processors put one in capitals on every word ("EN-US")."""
    return bool(_LANGUAGE.fullmatch(language)) and not (language.isupper() and "-" in language)
