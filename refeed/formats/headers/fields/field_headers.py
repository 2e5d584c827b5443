"""Read headers that are no front matter: of Nikola, JBake, Cryogen, Franklin, Blosxom; reST, Org, AsciiDoc, HTML."""

import re
from typing import Final

from refeed.formats.headers.fields.asciidoc import read_asciidoc
from refeed.formats.headers.fields.lines import FieldHeader, lines_of, switches, values_of, with_tag_of_state
from refeed.formats.headers.fields.org import read_org
from refeed.formats.headers.key_value_lines import divided
from refeed.formats.headers.properties import values_of_post
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value

_LONGEST: Final = 16_384  # characters of a header
# How texts begin whose fields have a form of their own: pages, Franklin, Nikola.
_PAGE_OPENING: Final = late_pattern(r"(?>\s*)<(?:!doctype\s+html|html|head)\b", re.IGNORECASE)

_BLOSXOM_OPENING: Final = late_pattern(r"[^\n]{1,300}\n(?:meta-[A-Za-z]|#[a-z])")
_JBAKE_OPENING: Final = late_pattern(r"[A-Za-z][\w.-]{0,40}[ \t]*=")
_EDN_OPENING: Final = late_pattern(r"(?>\s*)\{(?>\s*):[a-z]")
_FRANKLIN_OPENING: Final = late_pattern(r"(?>\s*)(?:<!--(?:(?!-->)[^\n]){0,1000}-->(?>\s*))?@def[ \t]")
_NIKOLA_OPENING: Final = late_pattern(r"(?>\s*)(?:<!--(?>[ \t]*)\n)?(?=\.\. (?!post::)[a-z][a-z_-]{0,29}:)")
# `.. title: Tide`.
_NIKOLA: Final = late_pattern(r"\.\. ([A-Za-z_-]{1,30}):(?>[ \t]*)((?>[^\n]*))(?:\n|\Z)")
# There a second colon is a slip, elsewhere it makes a directive of the body; lines that are no fields say nothing.
_NIKOLA_IN_COMMENT: Final = late_pattern(r"(?m)^\.\. ([A-Za-z_-]{1,30}):{1,2}(?>[ \t]*)((?>[^\n]*))$")
_NIKOLA_END: Final = late_pattern(r"-->(?>[ \t]*)\n?")

_RULE: Final = r"""[=\-`:'"~^_*+#<>.]"""
_HEADING: Final = (
    rf"(?:(?P<over>{_RULE})(?P=over){{2,200}}[ \t]*\n)?"
    rf"[ \t]*(?P<title>\S(?>[^\n]*))\n(?P<under>{_RULE})(?P=under){{2,200}}[ \t]*"
)
_PLACES: Final = r"(?:\.\. _[^\n]{1,200}:[ \t]*\n(?>\s*)){0,5}"  # to link to
# The title of a text in reST, above its fields.
_RST_TITLE: Final = late_pattern(rf"(?>\s*){_PLACES}{_HEADING}(?:\n(?>[ \t]*))+(?=:|\.\. post::)")
_ROLE: Final = late_pattern(r":[A-Za-z](?>[\w.+-]{0,40}):`((?>[^`\n]{1,300}))`")  # in a title, where nothing is marked
# Below ABlog's directive others may stand above the title; those that are `needed` say how the text is read.
_TITLE_BELOW: Final = late_pattern(
    r"(?>\s*)(?:\.\. (?:_[^\n]{1,200}:|meta::|(?P<needed>))(?>[^\n]*)\n(?:[ \t]+\S(?>[^\n]*)\n|[ \t]*\n){0,50}){0,9}"
    rf"{_HEADING}(?:\n|\Z)"
)
_RST_FIELD: Final = late_pattern(
    r":([A-Za-z][\w -]{0,40}):(?>[ \t]*)((?>[^\n]*)(?:\n[ \t]+\S(?>[^\n]*)){0,20})(?:\n|\Z)"
)
# `.. post:: 2 Jan 2024` (ABlog).
_ABLOG: Final = late_pattern(r"(?>\s*)\.\. post::(?>[ \t]*)((?>[^\n]*))(?:\n|\Z)")
_ABLOG_OPTION: Final = late_pattern(
    r"(?<![^\n])(?>[ \t]+):([A-Za-z](?>[\w-]{0,40})):(?>[ \t]*)"
    r"((?>[^\n]*)(?:\n(?>[ \t]+)[^\s:](?>[^\n]*)){0,20})(?:\n|\Z)"
)


def read_field_header(text: str, name: str) -> FieldHeader | None:
    """Read the header that the text of a file begins with, in whichever of the notations it is."""
    head = text[:_LONGEST]
    if _BLOSXOM_OPENING.match(head):
        from refeed.formats.headers.fields.blosxom import read_blosxom  # few archives hold any

        if header := read_blosxom(text, name):
            return header
    if _JBAKE_OPENING.match(head):
        from refeed.formats.headers.fields.jbake import read_jbake  # few archives hold any

        return read_jbake(head, name)
    if _FRANKLIN_OPENING.match(head):
        from refeed.formats.headers.fields.franklin import read_franklin  # few archives hold any

        return read_franklin(head)
    if _EDN_OPENING.match(head):
        from refeed.formats.headers.fields.edn import read_edn  # few archives hold any

        return read_edn(head, name)
    if _PAGE_OPENING.match(head):
        return _read_page(head)
    return _read_nikola(head) or read_org(head) or read_asciidoc(head, name) or _read_rst(head)


def _read_page(text: str) -> FieldHeader | None:
    from refeed.formats.headers.fields.page_heads import read_page_head  # few archives hold any

    head = read_page_head(text)
    return FieldHeader(head.values, head.body, "html") if head else None


def _read_nikola(text: str) -> FieldHeader | None:
    opening = _NIKOLA_OPENING.match(text)
    if opening is None:
        return None
    is_comment = "<!--" in opening[0]
    if is_comment:
        closing = _NIKOLA_END.search(text, opening.end())
        if closing is None:
            return None
        fields = _NIKOLA_IN_COMMENT.finditer(text, opening.end(), closing.start())
        values, end = values_of(fields), closing.end()
    else:
        values, end = lines_of(text, opening.end(), _NIKOLA)
    values.pop("link", None)  # leads to what the post is about: several may state it, and each has a page of its own
    return FieldHeader(with_tag_of_state(values), end, "markdown" if is_comment else "rst")


def _titled(title: re.Match[str] | None) -> dict[str, Value]:
    """Return what a title says, without the marks of roles."""
    return {"title": _ROLE.sub(r"\1", title["title"]).strip()} if title else {}


def _read_rst(text: str) -> FieldHeader | None:
    title = _RST_TITLE.match(text)
    start = title.end() if title else 0
    if post := _ABLOG.match(text, start):
        options, end = lines_of(text, post.end(), _ABLOG_OPTION)
        if title is None and (title := _TITLE_BELOW.match(text, end)):
            end = end if title["needed"] is not None else title.end()
        return FieldHeader({**_titled(title), **values_of_post(post[1], options.items())}, end, "rst")
    values, end = lines_of(text, start, _RST_FIELD)
    if not values:
        return None
    people = values.get("authors")  # divided as docutils and Pelican do
    authors = {"authors": divided("authors", [people])} if isinstance(people, str) else {}
    stated = {**_titled(title), **values, **authors}
    return FieldHeader({**stated, **switches(values)}, end, "rst")
