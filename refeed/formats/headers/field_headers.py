"""Read the headers of markup other than Markdown: Nikola's comments, reStructuredText, Org, AsciiDoc, HTML."""

import re
from collections.abc import Collection, Iterable
from itertools import chain
from typing import Final, NamedTuple

from refeed.formats.headers.fields import Value, key_name
from refeed.formats.headers.key_value_lines import divided
from refeed.formats.publication.stated import kept_aside
from refeed.formats.publication.words import NO_WITHHOLDS, YES_WITHHOLDS
from refeed.late_patterns import late_pattern

_LONGEST: Final = 16_384  # characters of a header
_MOST: Final = 100  # lines


class FieldHeader(NamedTuple):
    """What a header says, where the body begins, and in which markup it is."""

    values: dict[str, Value]
    body: int  # characters
    markup: str  # markdown, rst, org, asciidoc, html
    # Attributes of AsciiDoc that are set, with their values; tags that Org is not to export.
    conditions: tuple[tuple[str, str], ...] = ()


_PAGE_OPENING: Final = late_pattern(r"(?>\s*)<(?:!doctype\s+html|html|head)\b", re.IGNORECASE)

_NIKOLA_OPENING: Final = late_pattern(r"(?>\s*)(?:<!--(?>[ \t]*)\n)?(?=\.\. [a-z_-]{1,30}:)")
_NIKOLA: Final = late_pattern(r"\.\. ([A-Za-z_-]{1,30}):(?>[ \t]*)((?>[^\n]*))(?:\n|\Z)")
_STATES: Final = ("draft", "private", "noexport")
# There a second colon is a slip, elsewhere it makes a directive of the body; lines that are no fields say nothing.
_NIKOLA_IN_COMMENT: Final = late_pattern(r"(?m)^\.\. ([A-Za-z_-]{1,30}):{1,2}(?>[ \t]*)((?>[^\n]*))$")
_NIKOLA_END: Final = late_pattern(r"-->(?>[ \t]*)\n?")

_RULE: Final = r"""([=\-`:'"~^_*+#<>.])"""
_RST_TITLE: Final = late_pattern(
    rf"(?>\s*)(?:{_RULE}\1{{2,200}}[ \t]*\n)?[ \t]*(\S(?>[^\n]*))\n{_RULE}\3{{2,200}}[ \t]*(?:\n(?>[ \t]*))+(?=:)"
)
_RST_FIELD: Final = late_pattern(
    r":([A-Za-z][\w -]{0,40}):(?>[ \t]*)((?>[^\n]*)(?:\n[ \t]+\S(?>[^\n]*)){0,20})(?:\n|\Z)"
)

_ORG_DRAWER: Final = late_pattern(
    r"(?>\s*):PROPERTIES:\n(?>(?:[ \t]*:(?!END:)(?>[^\n]*)\n){0,50})[ \t]*:END:\n", re.IGNORECASE
)
_ORG_PROPERTY: Final = late_pattern(r"(?m)^[ \t]*:([A-Za-z_]{1,40}):[ \t]+((?>[^\n]*))$")
_ORG_PAIR: Final = late_pattern(r":([A-Za-z_-]{1,40})[ \t]+([^\s:]{1,100})")  # ox-hugo: `:draft true :weight 3`
_ORG_OPTION: Final = late_pattern(r"(?<![^\s])([A-Za-z_-]{1,40}):([^\s:]{1,100})")  # `#+OPTIONS: toc:nil draft:t`
_ORG: Final = late_pattern(
    r"(?:#\+([A-Za-z_]{1,30}):(?>[ \t]*)((?>[^\n]*))|# (?>[^\n]*)|"
    r"(?i:#\+begin_comment)(?>[^\n]*\n)(?>(?:(?!(?i:#\+end_comment))[^\n]*\n){0,50})(?i:#\+end_comment)(?>[^\n]*)|)(?:\n|\Z)"
)

_ADOC_TITLE: Final = late_pattern(r"(?>(?://(?>[^\n]*)\n|\n)*)= (\S(?>[^\n]*))(?:\n|\Z)")
_ADOC_AUTHOR: Final = late_pattern(r"([^\W\d][^\n:<>=|]{0,100}?)(?: <[^<>\n]{1,200}>)?(?:;[^\n]{0,200})?\n")
_ADOC_REVISION: Final = late_pattern(r"(?:v[0-9.]{1,20},? ?)?([0-9]{4}-[0-9]{2}-[0-9]{2})(?:: [^\n]{0,200})?\n")
_ADOC_FIELD: Final = late_pattern(r":!?([A-Za-z_][\w-]{0,40}):(?>[ \t]*)((?>[^\n]*))(?:\n|\Z)")
_ADOC_RULE: Final = late_pattern(r"-{3}[ \t]*\n")
_ADOC_QUOTED: Final = late_pattern(r'\A"([^"]+)"\Z')  # Awestruct reads a title as YAML

# Of the programs that a field is for: jekyll-asciidoc and Antora, JBake, ox-hugo, Awestruct. What follows is the name
# that front matter has for it.
_PREFIX: Final = late_pattern(r"(?:export_)?(?:page|jbake|hugo|jekyll|awestruct)[-_]", re.IGNORECASE)
# Names of their own for what front matter calls otherwise.
_SAME: Final = {"revdate": "date", "docdate": "date", "filetags": "tags", "kwds": "tags", "email": "mail"}


def read_field_header(text: str) -> FieldHeader | None:
    """Read the header that a text begins with, in whichever of the notations it is."""
    head = text[:_LONGEST]
    if _PAGE_OPENING.match(head):
        return _read_page(head)
    return _read_nikola(head) or _read_org(head) or _read_asciidoc(head) or _read_rst(head)


def _read_page(text: str) -> FieldHeader | None:
    from refeed.formats.headers.page_heads import read_page_head  # few archives hold any

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
        values, end = _values(fields), closing.end()
    else:
        values, end = _lines(text, opening.end(), _NIKOLA)
    values.pop("link", None)  # leads to what the post is about: several may state it, and each has a page of its own
    return FieldHeader(_with_tag_of_state(values), end, "markdown" if is_comment else "rst")


def _with_tag_of_state(values: dict[str, Value]) -> dict[str, Value]:
    """Return a header with the tag that keeps a post off its site: of older Nikola, still read, and of Org's users."""
    tags = {tag.strip().lower() for tag in re.split("[,:]", str(values.get("tags", "")))}
    status = next((tag for tag in _STATES if tag in tags), None)
    return values | kept_aside(values, "status", status) if status else values


def _read_org(text: str) -> FieldHeader | None:
    drawer = _ORG_DRAWER.match(text)
    values, end = _lines(text, drawer.end() if drawer else 0, _ORG)
    if not values:
        return None
    properties = _values(_ORG_PROPERTY.finditer(drawer[0])) if drawer else {}
    pairs = [_values(_ORG_PAIR.finditer(str(one.get("customfrontmatter", "")))) for one in (properties, values)]
    options = _values(_ORG_OPTION.finditer(str(values.get("options", ""))))
    pairs.append({name: value for name, value in options.items() if name in YES_WITHHOLDS or name in NO_WITHHOLDS})
    for name, value in chain.from_iterable(one.items() for one in (properties, *pairs)):
        values |= kept_aside(values, name, value)
    name, _, value = str(values.get("property", "")).partition(" ")  # `#+PROPERTY: draft true`
    values |= kept_aside(values, key_name(_PREFIX.sub("", name)), value.strip())
    excluded = str(values.get("excludetags", "")).lower().replace(":", " ").split()
    return FieldHeader(_with_tag_of_state(values), end, "org", tuple((tag, "") for tag in excluded))


def _read_asciidoc(text: str) -> FieldHeader | None:
    title = _ADOC_TITLE.match(text)
    if title is None:
        return None
    values: dict[str, Value] = {"title": _ADOC_QUOTED.sub(r"\1", title[1].strip())}
    end = title.end()
    if author := _ADOC_AUTHOR.match(text, end):
        values["author"], end = author[1].strip(), author.end()
        if revision := _ADOC_REVISION.match(text, end):
            values["date"], end = revision[1], revision.end()
    start = end
    stated, end = _lines(text, end, _ADOC_FIELD)
    lines = [line for line in _ADOC_FIELD.finditer(text, start, end) if not line[0].startswith(":!")]
    attributes = [(line[1].lower(), line[2].strip()) for line in lines]
    if rule := _ADOC_RULE.match(text, end):  # Awestruct's end of a header
        end = rule.end()
    unset = {key_name(_PREFIX.sub("", line[1])) for line in _ADOC_FIELD.finditer(text, start, end) if line[0][1] == "!"}
    return FieldHeader({**values, **stated, **_switches(stated, unset)}, end, "asciidoc", tuple(attributes))


def _read_rst(text: str) -> FieldHeader | None:
    title = _RST_TITLE.match(text)
    start = title.end() if title else 0
    values, end = _lines(text, start, _RST_FIELD)
    if not values:
        return None
    people = values.get("authors")  # divided as docutils and Pelican do
    authors = {"authors": divided("authors", [people])} if isinstance(people, str) else {}
    stated = {**({"title": title[2].strip()} if title else {}), **values, **authors}
    return FieldHeader({**stated, **_switches(values)}, end, "rst")


def _switches(values: dict[str, Value], unset: Collection[str] = ()) -> dict[str, Value]:
    """Return the fields that mean a yes though nothing stands behind them: `:draft:`."""
    return {
        name: "true" for name, value in values.items() if value == "" and name in YES_WITHHOLDS and name not in unset
    }


def _values(fields: Iterable[re.Match[str]]) -> dict[str, Value]:
    """Return fields by their names; of one that stands twice the first counts, unless the second withholds."""
    values: dict[str, Value] = {}
    for field in fields:
        name = key_name(_PREFIX.sub("", field[1]))
        name, value = _SAME.get(name, name), " ".join(field[2].split())
        values |= {name: value} if name not in values else kept_aside(values, name, value)
    return values


def _lines(text: str, start: int, pattern: re.Pattern[str]) -> tuple[dict[str, Value], int]:
    """Read the lines of a header, up to the first that is none."""
    lines: list[re.Match[str]] = []
    end = start
    while len(lines) < _MOST and (line := pattern.match(text, end)) and line.end() > end:
        lines.append(line)
        end = line.end()
    return _values(line for line in lines if line[1]), end
