"""Posts with their fields in comments or markup: Nikola, JBake, Franklin, Blosxom, reST, Org, AsciiDoc, HTML.

Those of systems without a database, whose text is one of the fields, are read here, too: Kirby, Lektor, FlatPress.

The header is read as front matter is, by the same vocabulary; the body becomes Markdown (see bodies.light_markup)
unless it is that, or HTML, already.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from refeed.formats import Format, Match
from refeed.formats._dated_names import read_name
from refeed.formats._once import once
from refeed.formats.headers.statements import page_mark, statements
from refeed.formats.publication.stated import withheld
from refeed.model import Document, RawRecord
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.raw_fields import with_origin

if TYPE_CHECKING:
    from refeed.formats.headers.fields.lines import FieldHeader

_HEAD: Final = 65_536  # bytes
# What such a header may begin with: a comment or a comment's mark, a drawer, a keyword, a title. Front matter is none,
# but hyphens may stand above a title that has some below it, too; above what Org has, lines may say something to Emacs.
_OPENING: Final = late_pattern(
    rb"(?!---\n(?!(?:[^\n]{1,300}\n)?[^\w\s]{3}))"
    rb"(?>\s*)(?:<(?:!--(?>[ \t]*)\n\.\. |(?i:!doctype\s|html|head))|\.\. [a-z_]|"
    rb":[A-Za-z]|@def[ \t]|\{(?>\s*):[a-z]|(?>(?:#[ \t][^\n]*\n(?>\s*)){0,20})(?:#\+|:[Pp])|//|= |"
    rb"[A-Za-z][\w.-]{0,40}[ \t]*=|(?:[^\w\s]{3}|[^\n]{1,300}\n(?:[^\w\s]{3}|meta-[A-Za-z]|#[a-z])))"
)
_SUFFIXES: Final = (
    ".meta",
    ".rst",
    ".rest",
    ".org",
    ".ad",
    ".adoc",
    ".asciidoc",
    ".asc",
    ".txt",
    ".md",
    ".html",
    ".htm",
    ".wp",
)
# Of systems without a database: fields with lines between them, and FlatPress' own.
_FLAT: Final = (".lr", ".txt")
_FLAT_OPENING: Final = late_pattern(rb"(?>\s*)(?:VERSION\||[A-Za-z_][\w-]{0,60}:[ \t\n])")
_AS_THEY_ARE: Final = ("html", "markdown")
_SURE: Final = frozenset({"dates", "titles"})


def sniff(document: Document) -> Match:
    """Claim a header with a title and a day, which the name of the file may say (`2024-08-05-tide.adoc`), or an end."""
    header = _header(document)
    if header is None:
        return Match.NO
    fields = statements(header.values)
    is_dated = "titles" in fields and (header.is_closed or read_name(document.source.name).begins_with_day)
    return Match.LIKELY if is_dated or fields.keys() >= _SURE else Match.NO


def parse(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield the one record of the file, or the reason why it has none."""
    from refeed.formats.headers.fields.org import org_keywords

    document.require_utf8()
    header, path, size = _header(document), document.source.path, len(document.data)
    if header is None:
        return
    fields = with_origin(statements(header.values), "field")
    if mark := page_mark(header.values, dated="dates" in fields):
        yield Problem("site-page", mark, path, 1)
        return
    start = len(document.data[:_HEAD].decode("utf-8", "ignore")[: header.body].encode())
    is_withheld = "withheld" in fields or header.markup != "org"
    if not is_withheld and (reason := withheld(org_keywords(document.text((start, size))), "the text")):
        fields["withheld"] = reason
    yield RawRecord(
        format="comment-fields",
        line=1,
        span=(0, size),
        body=(start, size) if header.markup in _AS_THEY_ARE else _as_markdown(document, start, header),
        markdown=True,
        keeps_breaks=header.markup == "bbcode",
        **fields,
    )


def _as_markdown(document: Document, start: int, header: "FieldHeader") -> str:
    from refeed.formats.bodies.light_markup import to_markdown  # many patterns, and few archives need them

    text = header.text or document.text((start, len(document.data)))
    return to_markdown(text, header.markup, document.limits.max_elements, dict(header.conditions))


@once
def _header(document: Document) -> "FieldHeader | None":
    if document.source.path.endswith(_FLAT) and _FLAT_OPENING.match(document.data):
        from refeed.formats.headers.fields.flat_files import read_flat_file  # few archives hold any

        if header := read_flat_file(document.text((0, len(document.data))), document.source.name):
            return header
    if not document.source.path.lower().endswith(_SUFFIXES) or not _OPENING.match(document.data):
        return None
    from refeed.formats.headers.fields.field_headers import read_field_header  # as all that reads such headers

    return read_field_header(document.data[:_HEAD].decode("utf-8", "ignore"), document.source.name)


FORMAT: Final = Format(name="comment-fields", sniff=sniff, parse=parse)
