"""Turn a body of any kind into HTML: template expressions, then Markdown, text or loose paragraphs.

What only Markdown needs is loaded where a body is Markdown: many archives hold HTML alone.
"""

import html
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from refeed.markup.comments import without_remarks
from refeed.markup.detect import is_mostly_html, without_wrapper
from refeed.markup.dialect import COMMON, Dialect
from refeed.markup.double_brackets import NO_NOTES
from refeed.markup.exports import without_exports
from refeed.markup.included_parts import with_included_parts
from refeed.markup.line_breaks import is_wrapped, paragraphs_of
from refeed.markup.loose_paragraphs import part_loose_paragraphs
from refeed.markup.outlines import Outline, read_outline
from refeed.markup.plain_text import text_to_html
from refeed.markup.private_parts import without_private_parts
from refeed.markup.templates.escapes import decode_escapes
from refeed.markup.templates.signs import has_sign
from refeed.model import LinkedPost
from refeed.sites.references import embedded
from refeed.startup.late_patterns import has_any, late_pattern
from refeed.startup.named_tuple import NamedTuple

_DIRECTIVES: Final = ("```{", "~~~{", ":::{")  # of MyST; a text without any is not read as such
_BRACES: Final = (("&#123;", "{"), ("&#125;", "}"))

# Markdown-it looks for the end of every bracket, past all brackets in it: this work, added up, in links of one another.
_MOST_BRACKETS: Final = 500_000
_BRACKET: Final = late_pattern(r"[\[\]]|\n[ \t]*\n")
# A row of a table is filled up to the width of its head, so that a few characters can become thousands of cells.
_MOST_CELLS: Final = 50_000


class Converted(NamedTuple):
    """A body as HTML, not sanitised, and what in it cannot be shown: template expressions, blocks of TeX."""

    html: str
    unknown: tuple[str, ...] = ()
    private: tuple[str, ...] = ()  # names of the parts that were left out, because only some readers may see them
    references: tuple[str, ...] = ()  # to other posts of its site, found or not, as the body writes them
    unfound: tuple[str, ...] = ()  # those of the references that are links of notes or expressions, and lead nowhere
    lost: tuple[str, ...] = ()  # those that are pictures of notes, and are in no file


_NO_POSTS: Final[Mapping[str, LinkedPost | None]] = MappingProxyType({})


def to_html(
    text: str,
    markup: str,
    *,
    is_source: bool,
    posts: Mapping[str, LinkedPost | None] = _NO_POSTS,
    dialect: Dialect = COMMON,
) -> Converted:
    """Return a body of a known kind as HTML; a source is what a site generator makes a page of.

    `posts` are those that it refers to, by how it writes that, as far as they are known.
    """
    if markup == "html":
        # A feed's wrapper that slipped into the dump: the parser would take what is inside for a comment.
        text = text.replace("<![CDATA[", "").replace("]]>", "") if "<![CDATA[" in text else text
    else:
        text = without_wrapper(text)
    met = _References(posts)
    is_page = markup == "markdown" and is_source
    if is_page:
        text = with_included_parts(text, met.find)
        if has_any(text, _DIRECTIVES):
            from refeed.markup.myst import read_myst

            text = read_myst(text)
        text = without_exports(text)
    text, private = without_private_parts(text, markup, is_source=is_source)
    if is_source or markup != "html":
        text = without_remarks(text, markup, is_source=is_source)
    # Behind private parts: a block in one of them is shown nowhere else.
    outline = read_outline(text) if is_page else Outline(text)
    text = outline.text
    if markup == "text":
        return Converted(text_to_html(html.unescape(decode_escapes(text))), private=private)
    text = _ready_for_expressions(text, met, is_source=is_source) if markup == "markdown" else text
    unknown, unfound = tuple[str, ...](), tuple[str, ...]()
    if has_sign(text, is_source=is_source):
        from refeed.markup.templates.expand import expand  # large, and most bodies hold no expression

        text, unknown, unfound = expand(text, met.find, markdown=markup == "markdown", is_source=is_source)
    source = decode_escapes(text)
    written = part_loose_paragraphs(source) if markup == "html" else _markdown(source, met, dialect)
    return Converted(
        written,
        (*outline.unknown, *unknown, *met.unshown),
        private,
        tuple(met.all),
        (*unfound, *met.unfound),
        tuple(met.lost),
    )


class _References:
    """The references of one body to other posts and files of its site, in the order in which they are met."""

    def __init__(self, posts: Mapping[str, LinkedPost | None]) -> None:
        self._posts = posts
        self.all = list[str]()
        self.unfound = list[str]()
        self.lost = list[str]()
        self.unshown = list[str]()

    def find(self, written: str) -> LinkedPost | None:
        self.all.append(written)
        return self._posts.get(written)

    def note(self, name: str) -> LinkedPost | None:
        post = self.find(name)
        if post is None and name not in NO_NOTES:
            self.unfound.append(name)
        return post

    def picture(self, name: str) -> str | None:
        """Return the address of a picture; if its file was not looked for, it is relative to the note."""
        file = self.find(written := embedded(name))
        if file is None and written in self._posts:
            self.lost.append(written)
            return None
        return (file and file.address) or quote(name, safe="/:?&=%")


def _ready_for_expressions(text: str, met: _References, *, is_source: bool) -> str:
    """Return Markdown with what has to be mended in it, or read, before its template expressions."""
    from refeed.markup.jsx_values import with_imported_files, with_strings
    from refeed.markup.repairs.markdown_in_html import part_nested
    from refeed.markup.repairs.unclosed import end_code
    from refeed.markup.repairs.undefined_references import without_undefined_links, without_undefined_pictures
    from refeed.markup.templates.escaped_shortcodes import with_shortcodes

    text = end_code(part_nested(text))
    text = with_strings(with_imported_files(text)) if is_source else text
    text = without_undefined_pictures(text, met.lost.append)
    text = without_undefined_links(text) if is_source else text
    return with_shortcodes(text) if is_source else text


def _markdown(text: str, met: _References, dialect: Dialect) -> str:
    for escaped, brace in _BRACES:
        text = text.replace(escaped, brace)
    if _has_too_many_brackets(text) or _has_too_many_cells(text):
        return text_to_html(text)
    from refeed.markup.inline.wikilinks import Targets
    from refeed.markup.markdown import markdown_to_html
    from refeed.markup.repairs import repair
    from refeed.markup.repairs.list_items import align_items, indent_fences
    from refeed.markup.repairs.marks_in_elements import read_marks
    from refeed.markup.repairs.pictures import mark_addresses
    from refeed.markup.repairs.quoted_formulas import quote_formulas
    from refeed.markup.repairs.tables import fit_heads, keep_cells
    from refeed.markup.repairs.unclosed import end_elements

    breaks, indented_code = dialect.breaks or _is_of_lines(text), not is_mostly_html(text)
    for mend in (
        quote_formulas,
        read_marks,
        fit_heads,
        keep_cells,
        end_elements,
        indent_fences,
        align_items,
        mark_addresses,
        repair,
    ):
        text = mend(text)
    return markdown_to_html(
        text,
        Targets(met.note, met.picture),
        met.unshown.append,
        dialect._replace(breaks=breaks),
        indented_code=indented_code,
    )


def _is_of_lines(markdown: str) -> bool:
    """Return whether a text is one paragraph whose line breaks are meant."""
    if "\n\n" in markdown.strip():  # nearly always, and quickly told
        return False
    paragraphs = paragraphs_of(markdown)
    return len(paragraphs) == 1 and not is_wrapped(paragraphs)


def _has_too_many_brackets(markdown: str) -> bool:
    """Add up, for each bracket, how many are open where it opens; an empty line ends them all."""
    count = markdown.count("[")
    if count * (count + 1) // 2 <= _MOST_BRACKETS:  # even if nothing ended any
        return False
    total = depth = 0
    for found in _BRACKET.finditer(markdown):
        if found[0] == "[":
            depth += 1
            total += depth
        else:
            depth = max(0, depth - 1) if found[0] == "]" else 0
    return total > _MOST_BRACKETS


def _has_too_many_cells(markdown: str) -> bool:
    """Count, generously, the cells of all tables in Markdown: from the row under a head to the next empty line."""
    if (markdown.count("\n") + 1) * (markdown.count("|") + 1) <= _MOST_CELLS:  # even if each line had all of them
        return False
    cells = columns = 0
    for line in markdown.split("\n"):
        if not line.strip(" \t>"):
            columns = 0
        elif "|" in line and "-" in line and not line.strip(" \t>|:-"):
            columns = line.count("|") + 1
        cells += columns
    return cells > _MOST_CELLS
