"""Write a cleaned tree as flat HTML: paragraphs, headings, lists, tables, figures; no wrappers, nothing empty.

Every visible character of the tree comes out; white space is folded as browsers fold it.
"""

import html
from collections.abc import Callable
from types import MappingProxyType, MethodType
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from refeed.html.blocks import CELLS, IN_TABLES, PHRASES, ROWS, Frame, Part, finish, render, without_edge_rules
from refeed.html.inline import PICTURE, InlineWriter
from refeed.html.sanitise import ALLOWED, EVERYWHERE
from refeed.html.tree import BLOCKS, all_named
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.text.plain import legal

# Blocks that are kept; all others (div, section, …) only end a paragraph.
_KEPT: Final = PHRASES | CELLS | ROWS | {"blockquote", "details", "dl", "figure", "ol", "pre", "ul"}
_WITHOUT_PARAGRAPHS: Final = PHRASES | ROWS | {"figure", "pre"}
_PLAYERS: Final = frozenset({"audio", "video"})
_VOID: Final = _PLAYERS | {"br", "hr", "img"}
_SILENT: Final = frozenset({"script", "style"})
# BCP 47, in its general form; HTML Standard, 3.2.6.4.
_LANGUAGE: Final = late_pattern(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,8}")
_DIRECTIONS: Final = frozenset({"auto", "ltr", "rtl"})
_WHOLE_DIRECTIONS: Final = frozenset({"rtl"})  # left to right is what readers assume
# What says the language of everything: the entry says that too.
_WHOLE: Final = frozenset({"article", "body", "html", "main"})
_BLOCKS: Final = BLOCKS - _VOID
_NONE: Final[frozenset[str]] = frozenset()
_PLAIN: Final = frozenset({"<div>", "<p>"})
_PHRASING: Final = ALLOWED.keys() - BLOCKS - _VOID - {"source", "wbr"}

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


_End = Callable[[], None]
"""Is called at the end of an element."""


def serialise(soup: BeautifulSoup) -> FlatHtml:
    """Write all that stands in a tree."""
    writer = _Writer()
    beginnings, write = _BEGINNINGS, writer.text
    waiting: list[PageElement | _End] = [writer.end_paragraph, *reversed(soup.contents)]
    while waiting:
        child = waiting.pop()
        if type(child) is Tag:
            begin, name = beginnings.get(child.name, _UNKNOWN)
            if end := begin(writer, child, name):
                contents = child.contents
                if len(contents) == 1 and type(contents[0]) is NavigableString:  # as in most
                    write(contents[0])
                    end()
                elif contents:
                    waiting.append(end)
                    waiting += contents[::-1]
                else:
                    end()
        elif type(child) is NavigableString:  # as nearly all texts are
            write(child)
        elif isinstance(child, MethodType):
            child()
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            writer.text(child)
    return writer.result()


class _Writer:
    """A body that is being written: the open blocks, outermost first, the open paragraph, and the texts so far."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._frames = [Frame("", "", [])]
        self._outer = ""  # the name of the innermost of them
        self._run = InlineWriter()
        self._lines: list[str] = []
        self._prose: list[str] = []
        self._captions: list[str] = []
        self._begun: list[int] = []  # how many lines stood before each open caption without a picture

    def result(self) -> FlatHtml:
        """Return what was written."""
        written = "\n".join(render(without_edge_rules(self._frames[0].parts), ""))
        prose = "\n".join(self._prose or self._lines)
        return FlatHtml(written, "\n".join(self._lines), prose, tuple(self._captions))

    def pass_on(self, _tag: Tag, _name: str) -> _End:
        """Leave it to what stands in an element."""
        return self.end_nothing

    def leave_out(self, _tag: Tag, _name: str) -> None:
        """Begin nothing, and write nothing that stands in an element."""

    def start_phrase(self, tag: Tag, name: str) -> _End:
        """Begin an inline element."""
        run = self._run
        if len(run.open) < _DEEPEST and (start := _start_tag(tag, name)) != "<span>":
            run.enter(name, start)
            return run.leave
        return self.end_nothing

    def start_block(self, tag: Tag, name: str) -> _End:
        """Begin a block; one that is not kept leaves its language and direction to what stands in it."""
        self.end_paragraph()
        if name in _KEPT and self._is_kept(name):
            start = _start_tag(tag, name)
        elif not tag.attrs:
            return self._start_plain(tag)
        else:
            name = "p" if name == "p" else "div"
            start = _start_tag(tag, name)
            if start in _PLAIN or not self._holds_paragraphs():
                return self._start_plain(tag)
        self._frames.append(Frame._make((name, start, [])))
        self._outer = name
        return self.end_frame

    def _start_plain(self, tag: Tag) -> _End:
        """Begin a block of which only the text is written."""
        if tag.name != "figcaption":
            return self.end_paragraph
        self._begun.append(len(self._lines))
        return self.end_caption

    def write_void(self, tag: Tag, name: str) -> None:
        """Write an element that has no phrases of its own."""
        if name == "br":
            self._run.add_break(folded=self._outer != "pre")
        elif name == "img":
            self._split()
            if self._outer == "figure":
                self.end_paragraph()
            self._run.add_picture(_start_tag(tag, name))
            if self._outer == "figure":
                self.end_paragraph()
        elif name in _PLAYERS:
            self.end_paragraph()
            sources = "".join(_start_tag(source, "source") for source in all_named(tag, "source"))
            self._frames[-1].parts.append(Part(name, _start_tag(tag, name), sources))
        elif name == "hr":
            self.end_paragraph()
            if self._outer in {"", "blockquote", "div"}:
                self._frames[-1].parts.append(Part(name, "<hr>", ""))

    def end_nothing(self) -> None:
        """End an element of which nothing but the content is written."""

    def end_paragraph(self, *, finished: bool = False) -> None:
        """End the paragraph; in code only a line ends."""
        run = self._run
        if not run.pieces and not run.breaks:  # as between blocks
            return
        if self._outer == "pre" and not finished:
            run.end_line()
            return
        done = run.end()
        if done is None:
            return
        html_text, text, prose = done
        if html_text and (text or "<img" in html_text):  # code may be nothing but white space
            self._frames[-1].parts.append(Part._make(("p", "", html_text)))
        if text:
            self._lines.append(text)
        if prose and self._outer != "pre":
            self._prose.append(prose)

    def end_caption(self) -> None:
        """End a caption of which only the text is written."""
        self.end_paragraph()
        self._captions.extend(self._lines[self._begun.pop() :])

    def end_frame(self) -> None:
        """End a block that is kept."""
        self.end_paragraph(finished=True)
        frame = self._frames.pop()
        around = self._frames[-1]
        self._outer = around.name
        around.parts.extend(finish(frame))

    def text(self, text: str) -> None:
        """Write a text."""
        run, in_code = self._run, self._outer == "pre"
        if text == "\n" and not run.pieces and not in_code:  # between blocks
            return
        is_line = text.isprintable()  # of white space it has blanks only
        if not is_line:
            text = legal(text)  # a reference may name what no document may hold
        if in_code:
            run.add_code(text)
        else:
            if run.breaks > 1:
                self._split(text)
            run.add_text(text, is_line=is_line)

    def _split(self, text: str = PICTURE) -> None:
        """End the paragraph where an empty line was made of line breaks."""
        if self._run.is_split(text) and self._outer not in PHRASES:
            self.end_paragraph()

    def _holds_paragraphs(self) -> bool:
        return len(self._frames) <= _DEEPEST and self._outer not in _WITHOUT_PARAGRAPHS

    def _is_kept(self, name: str) -> bool:
        """Return whether a block that is kept elsewhere is kept here, too."""
        if len(self._frames) > _DEEPEST:
            return False
        outer = self._outer
        if outer == "pre" or outer in PHRASES:
            return False
        return outer == _ONLY_IN.get(name, outer) and (name not in IN_TABLES or outer in ROWS)


_UNKNOWN: Final = (_Writer.pass_on, "")
# Element → what begins it, and the name that it is written by.
_BEGINNINGS: Final = {
    name: (begin, _TODAY.get(name, name))
    for begin, names in (
        (_Writer.start_block, _BLOCKS),
        (_Writer.start_phrase, _PHRASING | _TODAY.keys() - _BLOCKS),
        (_Writer.write_void, _VOID),
        (_Writer.leave_out, _SILENT),
    )
    for name in names
}


def _start_tag(tag: Tag, name: str) -> str:
    attrs = tag.attrs
    if not attrs:
        return f"<{name}>"
    allowed = ALLOWED.get(name, _NONE)
    if not allowed and "lang" not in attrs and "dir" not in attrs:
        return f"<{name}>"
    shown = [f"<{name}"]
    for key, value in attrs.items():
        if key in allowed or key in EVERYWHERE:
            text = value.strip() if isinstance(value, str) else " ".join(value)
            if key in allowed or _is_stated(tag, key, text):
                shown.append(f' {key}="{html.escape(text)}"')
    shown.append(">")
    return "".join(shown)


def _is_stated(tag: Tag, key: str, value: str) -> bool:
    """Return whether an element states its language or direction for the text in it."""
    if key == "lang":
        return tag.name not in _WHOLE and _says(value)
    return value.lower() in (_WHOLE_DIRECTIONS if tag.name in _WHOLE else _DIRECTIONS)


def _says(language: str) -> bool:
    """Return whether somebody stated a language; word processors put one in capitals on every word ("EN-US")."""
    return bool(_LANGUAGE.fullmatch(language)) and not (language.isupper() and "-" in language)
