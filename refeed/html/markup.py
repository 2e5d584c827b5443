"""Detect whether a body is HTML, Markdown or plain text, and turn it into HTML."""

import html
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from refeed.html.sanitise import ALLOWED
from refeed.html.tree import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# HTML Standard, 15.3 (rendering): elements shown as blocks, and the inline ones that nobody writes by chance.
_HTML: Final = re.compile(
    r"</?(?:a|address|article|aside|blockquote|body|br|center|dd|details|dir|div|dl|dt|fieldset|figcaption|figure|footer"
    r"|form|h[1-6]|header|hr|html|iframe|img|li|main|nav|ol|p|pre|section|table|td|tr|ul|video)(?=[\s/>])",
    re.IGNORECASE,
)
# Inline elements that anybody may write about; opened and closed around words they are meant.
_INLINE: Final = re.compile(
    r"<(b|code|em|font|i|span|strong|sub|sup|u)\b[^<>]{0,500}>[^<>]{1,1000}</\1\s*>", re.IGNORECASE
)
# The ones that carry the paragraphs of a body. Writers of Markdown put a picture or a line break in as HTML, not these.
_STRUCTURE: Final = re.compile(
    r"</?(?:article|blockquote|dd|div|dl|dt|h[1-6]|li|main|ol|p|pre|section|table|td|tr|ul)(?=[\s/>])", re.IGNORECASE
)
# CommonMark 0.31.2, 4.5 and 6.1: what stands in code is shown, so a tag there does not make the body HTML.
_CODE: Final = re.compile(r"^(?>[ \t]*)(```|~~~).*?(?:^(?>[ \t]*)\1|\Z)|`[^`\n]+`", re.MULTILINE | re.DOTALL)
# A heading, a fence, a link, the address that a link refers to, the row under the head of a table.
_MARKDOWN: Final = re.compile(
    r"^ {0,3}(?:#{1,6}[ \t]+\S|```|~~~|\[[^\[\]\n]{1,200}\]:[ \t]+\S|\|?[ \t]*:?-{3,}:?[ \t]*\|)"
    r"|\[[^\[\]\n]*\]\([^\s()]",
    re.MULTILINE,
)
# Code in HTML: its lines are no headings (`# make`) and no lists.
_PREFORMATTED: Final = re.compile(r"<(?:(pre|script|style|textarea)\b|/(pre|script|style|textarea)\s*>)", re.IGNORECASE)
_ITEM: Final = re.compile(r"^ {0,3}(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\S", re.MULTILINE)

_TAG_NAME: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?=[\s/>])")
# Elements that a writer of Markdown may mean; any other word between angle brackets is a word.
_ELEMENTS: Final = (
    BLOCKS | ALLOWED.keys() | {"button", "embed", "font", "iframe", "input", "noscript", "script", "style", "svg"}
)

# What a generator puts around every body, also around one that holds no other tag.
_BARE: Final = re.compile(r"\s*<div>([^<]*)</div>\s*", re.IGNORECASE)
# Liquid and Nunjucks (Jekyll, Hexo) markers that keep braces from being evaluated; the text between them stays.
_RAW: Final = re.compile(r"\{%-?[ \t]*(?:end)?(?:raw|verbatim)[ \t]*-?%\}")
# The same for a few words: braces in a string that is written out, `{{ "{{ page.title }}" }}`.
_STRING: Final = re.compile(
    r"""\{\{-?(?>[ \t]*)(?:"([^"\n]{1,200})"|'([^'\n]{1,200})')(?>[ \t]*)"""
    r"""(?:\|(?>[ \t]*)(?:raw|safe)(?>[ \t]*))?-?\}\}"""
)
_DELIMITERS: Final = ("{{", "}}", "{%", "%}", "{#", "#}")
_BRACES: Final = (("&#123;", "{"), ("&#125;", "}"))

# The inline rules of markdown-it take quadratic time on nothing but opening brackets; no article has so many.
_MOST_BRACKETS: Final = 5_000
# A row of a table is filled up to the width of its head, so that a few characters can become thousands of cells.
_MOST_CELLS: Final = 50_000


def detect_markup(text: str, *, markdown: bool) -> str:
    """Return "html", "markdown" (only where it is allowed) or "text"."""
    bare = _BARE.fullmatch(text)
    inner = bare[1] if bare else text
    shown = _CODE.sub("", inner) if markdown else inner
    if markdown and _is_markdown(_without_preformatted(inner)) and _is_mostly_prose(inner, shown):
        return "markdown"
    return "html" if _HTML.search(shown) or _INLINE.search(shown) else "text"


def to_html(text: str, markup: str) -> str:
    """Return a body of a known kind as HTML, not sanitised; what generators escaped is decoded."""
    text = _STRING.sub(_unescape, _RAW.sub("", text)) if "{" in text else text
    if markup == "html":
        # A feed's wrapper that slipped into the dump: the parser would take what is inside for a comment.
        return text.replace("<![CDATA[", "").replace("]]>", "") if "<![CDATA[" in text else text
    bare = _BARE.fullmatch(text)
    inner = bare[1] if bare else text
    if markup == "markdown" and inner.count("[") <= _MOST_BRACKETS and _cells(inner) <= _MOST_CELLS:
        for escaped, brace in _BRACES:
            inner = inner.replace(escaped, brace)
        return str(_renderer().render(inner))
    return _paragraphs(html.unescape(inner))


def _cells(markdown: str) -> int:
    """Count, generously, the cells of all tables in Markdown: from the row under a head to the next empty line."""
    cells = columns = 0
    for line in markdown.split("\n") if "|" in markdown else ():
        if not line.strip(" \t>"):
            columns = 0
        elif "|" in line and "-" in line and not line.strip(" \t>|:-"):
            columns = line.count("|") + 1
        cells += columns
    return cells


def _unescape(found: re.Match[str]) -> str:
    string: str = found[1] or found[2]
    return string if any(delimiter in string for delimiter in _DELIMITERS) else found[0]


def _is_mostly_prose(text: str, shown: str) -> bool:
    """Tell Markdown with a few blocks of HTML in it from HTML: of three lines at most one holds such a block.

    `shown` is the text without its fences, where tags are only shown.
    """
    lines = sum(1 for line in _without_preformatted(text).split("\n") if line.strip())
    blocks = sum(1 for line in _without_preformatted(shown).split("\n") if _STRUCTURE.search(line))
    return blocks * 3 <= lines


def _without_preformatted(text: str) -> str:
    """Leave out code in HTML, where its end is written; one expression for both ends would take quadratic time."""
    edges = list(_PREFORMATTED.finditer(text))
    last = {edge[2].lower(): edge.end() for edge in edges if edge[2]}
    kept: list[str] = []
    begin, inside = 0, ""
    for edge in edges:
        if edge[1] and not inside and last.get(edge[1].lower(), 0) > edge.end():
            inside = edge[1].lower()
            kept.append(text[begin : edge.start()])
        elif edge[2] and edge[2].lower() == inside:
            inside, begin = "", edge.end()
    return "".join(kept) + text[begin:]


def _is_markdown(text: str) -> bool:
    if _MARKDOWN.search(text):
        return True
    first = _ITEM.search(text)
    return bool(first and _ITEM.search(text, first.end()))


def _paragraphs(text: str) -> str:
    """Escape plain text; a line is a paragraph."""
    lines = (line.strip() for line in text.replace("\r", "\n").split("\n"))
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)


@cache
def _renderer() -> "MarkdownIt":
    """Return a reader of CommonMark with tables, strikethrough and footnotes, as site generators have them.

    Indented code is off, because dumps indent for other reasons; what only looks like a tag, `List<String>`, is text.
    """
    from markdown_it import MarkdownIt  # few bodies are Markdown
    from mdit_py_plugins.footnote import footnote_plugin

    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"])
    reader.disable("code").use(footnote_plugin)
    reader.add_render_rule("html_inline", _inline_html)
    reader.add_render_rule("footnote_anchor", _nothing)  # the way back: links within the page lead nowhere in a reader
    return reader


def _nothing(*_: object) -> str:
    return ""


def _inline_html(_renderer: object, tokens: "Sequence[Token]", index: int, *_: object) -> str:
    content = tokens[index].content
    name = _TAG_NAME.match(content)
    return content if name is None or name[1].lower() in _ELEMENTS else html.escape(content, quote=False)
