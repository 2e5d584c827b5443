"""Read a note or a digest without a header: what its title and its day are, and whether it is an article."""

import re
from collections.abc import Iterator
from typing import Final

from refeed.formats import Match
from refeed.formats._dated_names import FileName, name_in_site
from refeed.formats._first_parts import is_first_part
from refeed.formats._once import once
from refeed.formats.bodies.body_markup import markup_of
from refeed.formats.headers.properties import Properties, read_ablog, read_definitions, read_logseq, read_notion
from refeed.formats.headers.rule_above import end_of_rule
from refeed.formats.notes.html_headings import title_in_html
from refeed.formats.notes.lines_above_title import is_only_title, read_lines_above
from refeed.formats.notes.medium_footer import Footer, read_medium_footer
from refeed.model import Document, RawBody, RawRecord, Statement
from refeed.not_articles import is_for_helpers, is_link_list, is_read_me, is_settings
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import key_name
from refeed.vocabulary.keys import TITLES
from refeed.vocabulary.raw_fields import RawFields

_HEAD: Final = 16_384  # bytes in which heading, day and properties have to stand
_LOOKED_AT: Final = 65_536
_PAGE_OF_FOLDER: Final = "readme"
_BLOCKS: Final = ("\t- ", "\t* ", "\t+ ")  # of Logseq, below a heading, without which they would be code

# Comments above all: what tells an editor or a checker something.
_COMMENTS: Final = late_pattern(r"(?>\s*)(?>(?:<!--(?>(?:[^-]|-(?!->))*)-->(?>[ \t]*)(?:\n|\Z)(?>\s*)){1,8})")
# A heading at the beginning, marked or underlined; the marks may be as wide as a character of Chinese.
_ATX: Final = late_pattern(r"(?>\n*)(?:#{1,6}[ \t]+|＃{1,6}[ \t\u3000]+)(\S(?>[^\n]*))(?:\n|\Z)")
_SETEXT: Final = late_pattern(r"(?>\n*)([^\s#>|`*+\[!<-](?>[^\n]*))\n(?:={3,}|-{3,})[ \t]*(?:\n|\Z)")
# What a heading that is but the name of a field has below it: one line.
_BELOW_NAME: Final = late_pattern(r"(?>\n*)([^\s#>|`*+!<-](?>[^\n]*))(?>\n?)(?=[ \t]*(?:\n|#{1,6}[ \t]|\Z))")
_LINK: Final = late_pattern(r"\[((?>[^\[\]]+))\]\(<?(https?://[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)>?\)")
_NOTE: Final = late_pattern(r"\[\[(?:(?>[^\[\]|\n]{1,200})\|)?((?>[^\[\]|\n]{1,200}))\]\]")
_BY_REFERENCE: Final = late_pattern(r"\[((?>[^\[\]]+))\]\[(?>[^\[\]]*)\]")
_PICTURE: Final = late_pattern(r"!\[[^\[\]]*\]\([^()]*\)")
_MARKS: Final = late_pattern(r"\*\*|__|`")
_CHANGES: Final = late_pattern(r"(?:change ?log|changes|release notes|license|licence|read ?me)\b", re.IGNORECASE)

_CLOCK: Final = r"(?:[T ,]{1,3}[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?(?:[AP]M|Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?)?"
_DATE: Final = (
    r"(?:(?<![0-9])(?:19|20)[0-9]{2}"
    r"(?:[-/.][0-9]{1,2}[-/.][0-9]{1,2}| ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?[日号號])(?![0-9])"
    r"|[A-Z][a-z]{2,8}\.? [0-9]{1,2}(?:st|nd|rd|th)?,? (?:19|20)[0-9]{2}(?![0-9])"
    r"|(?<![0-9])[0-9]{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\.?,? (?:19|20)[0-9]{2}(?![0-9]))" + _CLOCK
)
_IN_TITLE: Final = late_pattern(_DATE)
_LABEL: Final = "Date|Published|Posted|Written|Created|日期|日付|公開日|投稿日|时间|時間|发布于|發佈於|发表于|發表於"
_DATELINE: Final = late_pattern(
    rf"(?>\n*)[>*_`~(（\[ \t]{{0,8}}(?:(?:{_LABEL})(?: on)? ?[:：]? ?[*_]{{0,3}} ?)?(?:[A-Z][a-z]{{2,8}}, )?"
    rf"({_DATE})[*_`~)）\]. \t]{{0,8}}(?:\n|\Z)"
)
_BELOW: Final = "line under the heading"
_HOUR: Final = late_pattern(r"[0-9]:[0-9]{2}(?![0-9])")
_SOON: Final = 600  # characters below a heading
# The day on which Readwise wrote its first highlights into a page of Logseq: a link to the note of that day.
_SYNCED: Final = late_pattern(
    r"(?:\A|\n)- Highlights first synced by (?:\[\[Readwise\]\]|#Readwise) \[\[([^\[\]\n]{6,40})\]\]"
)
_SYNCED_WITHIN: Final = 4_096  # characters of properties and pictures above it


class _Opening(NamedTuple):
    """What stands at the beginning of a file, and where its body begins."""

    title: str
    link: str
    dates: tuple[Statement, ...]
    properties: Properties | None
    body: int  # characters
    below: int = 0  # where what follows the heading begins, properties or not
    above: str = ""  # lines above the title that are to be shown
    clocks: tuple[Statement, ...] = ()  # the time of the day that the title or the name states


def sniff_note(document: Document) -> Match:
    """Claim nothing that another format claims."""
    name = name_in_site(document)
    if _is_of_software(document.source.name, name):
        return Match.NO
    if not (name.is_markdown or (name.is_dated and name.may_be_text)):
        return Match.NO
    return Match.MAYBE if _is_article(document, name, _opening(document)) else Match.NO


def read_note(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield the one record of the file: a digest of many headings is one article."""
    document.require_utf8()
    opening, name = _opening(document), name_in_site(document)
    size = len(document.data)
    footer = read_medium_footer(document)
    end = footer.start if footer else size
    body = len(document.data[:_HEAD].decode("utf-8", "ignore")[: opening.body].encode())
    if not document.data[body:end].strip():
        yield Problem("empty-file", "nothing stands under the heading", document.source.path, 1)
        return
    fields = _fields(opening, name, footer)
    if "withheld" not in fields and (mark := _why_withheld(document, opening)):
        fields["withheld"] = mark
    span, markup = (body, end), markup_of(document)
    shown: RawBody = span
    if opening.above:
        shown = f"{opening.above}\n\n{document.text(span)}"
    elif markup is not None:
        from refeed.formats.bodies.light_markup import to_markdown  # many patterns, and few archives need them

        shown = to_markdown(document.text(span), markup, document.limits.max_elements)
    written = None if shown is span else span
    yield RawRecord(format="headed", line=1, span=(0, size), body=shown, markdown=True, written=written, **fields)


def _fields(opening: _Opening, name: FileName, footer: Footer | None) -> RawFields:
    """Return what is stated: the properties of the note before its heading, and what stands below it last."""
    fields = opening.properties.fields.copy() if opening.properties else RawFields()
    if "titles" not in fields:
        fields["titles"] = _title(opening, name)
    if opening.link:
        fields["links"] = (Statement(opening.link, "heading"), *fields.get("links", ()))
    if opening.dates and "dates" not in fields:
        fields["dates"] = opening.dates
    if opening.clocks and "dates" not in (opening.properties.fields if opening.properties else ()):
        fields["clocks"] = opening.clocks
    return {**footer.fields(), **fields} if footer else fields


def _why_withheld(document: Document, opening: _Opening) -> Problem | None:
    """Return why the text of a note says that it is not published."""
    from refeed.formats.notes.marks_in_notes import mark_in_note
    from refeed.formats.notes.messages_in_notes import why_message

    text = document.data[:_HEAD].decode("utf-8", "ignore")
    mark = mark_in_note(document.data[:_LOOKED_AT], text[opening.body :].lstrip("\n"))
    if mark is None and (comments := _COMMENTS.match(text)):
        mark = mark_in_note(b"", comments[0].lstrip())
    mark = mark or why_message(text[opening.below :], document.source.name.rpartition("/")[2])
    return mark or _why_exported(document, text)


def _why_exported(document: Document, text: str) -> Problem | None:
    """Return why an article is not published, if it is a text of MDX and what it exports says so."""
    if not document.source.name.lower().endswith(".mdx") or "export" not in text:
        return None
    from refeed.formats.headers.withheld_exports import withheld_by_exports  # few archives need it

    return withheld_by_exports(text, document.limits.max_header_depth)


def _is_of_software(path: str, name: FileName) -> bool:
    """Return whether a file is a read-me or its like; the one in a folder of one day is an article."""
    file = path.rpartition("/")[2].lower()
    is_of_software = is_read_me(file) or is_for_helpers(path)
    return is_of_software and not (name.is_in_dated_folder and file.startswith(_PAGE_OF_FOLDER))


def _title(opening: _Opening, name: FileName) -> tuple[Statement, ...]:
    return (Statement(opening.title, "heading") if opening.title else Statement(name.title, "file name"),)


def _is_article(document: Document, name: FileName, opening: _Opening) -> bool:
    """Return whether more than a heading says that this is an article."""
    if name.is_dated and opening.title:
        return True  # also of a list of links: that is a digest
    is_wanted = document.keeps_undated and name.is_markdown and not name.is_of_a_page
    if not (name.is_dated or opening.title or opening.properties or is_wanted):
        return False  # nearly always
    text = document.data[:_LOOKED_AT].decode("utf-8", "replace")
    if not text[opening.body :].strip():
        return False
    is_named = name.begins_with_day and any(map(str.isalpha, name.title))  # `2024-08-05-quay.md`
    if (is_link_list(text) and not (name.is_issue or is_named)) or _CHANGES.match(opening.title):
        return False
    if not name.is_markdown:
        return name.begins_with_day and not is_settings(text)
    says_more = name.is_in_dated_folder or opening.link or opening.dates or read_medium_footer(document)
    return bool(name.is_dated or opening.properties or is_wanted or (opening.title and says_more))


@once
def _opening(document: Document) -> _Opening:
    data = document.data[:_HEAD]
    text = data.decode("utf-8", "ignore")
    above = properties = read_logseq(text) or read_ablog(text, 0)
    if above is None and (above := read_definitions(text)) and above.fields:  # or they are remarks of any kind
        properties = above
    start = above.end if above else len(data[: end_of_rule(data)].decode("utf-8", "ignore"))
    if comments := _COMMENTS.match(text, start):
        start = comments.end()
    heading = _ATX.match(text, start) or _SETEXT.match(text, start)
    if heading is None:
        return _without_marked_heading(document, text, start, properties)
    title, link = _title_and_link(heading[1])
    end = heading.end()
    if key_name(title) in TITLES and (named := _BELOW_NAME.match(text, end)):
        title, link = _title_and_link(named[1])
        end = named.end()
    if properties is None:
        below = end + len(text[end:]) - len(text[end:].lstrip("\n"))
        properties = read_ablog(text, below) or read_notion(text, below) or read_logseq(text, below)
        end = properties.end if properties else end
    if dateline := _DATELINE.match(text, end):
        date = Statement(dateline[1], _BELOW)
        return _Opening(title, link, (date,), properties, dateline.end(), heading.end())
    if not link and properties is None and is_first_part(title, name_in_site(document).title):
        return _Opening("", "", (), None, start)
    in_title = _IN_TITLE.search(title)
    dates: tuple[Statement, ...] = (Statement(in_title[0], "heading"),) if in_title else ()
    clocks: tuple[Statement, ...] = ()
    if _HOUR.search(text, end, end + _SOON):
        dates, clocks = _with_time_below(document, title, dates, text[end:])
    end = heading.start() if text.startswith(_BLOCKS, end) else end
    return _Opening(title, link, dates, properties, end, heading.end(), clocks=clocks)


def _without_marked_heading(document: Document, text: str, start: int, properties: Properties | None) -> _Opening:
    """Return what a text begins with that has no heading of Markdown above all else."""
    if titled := _titled_below_lines(document, text, start):
        return titled
    title = title_in_html(text, start) if "<" in text[start : start + _SOON] else ""
    if title and not is_first_part(title, name_in_site(document).title):
        in_title = _IN_TITLE.search(title)
        dates = (Statement(in_title[0], "heading"),) if in_title else ()
        return _Opening(title, "", dates, properties, start, start)  # it stays: elements around it may hold more
    synced = _SYNCED.search(text, start, start + _SYNCED_WITHIN) if properties else None
    return _Opening("", "", (Statement(synced[1], "synced"),) if synced else (), properties, start)


def _with_time_below(
    document: Document, title: str, dates: tuple[Statement, ...], below: str
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """Return the dates of a text, and the time of the day that lines below its heading state.

    Ids go by dates as they are written: where the name of the file says the day, no date is added to it.
    """
    from refeed.formats.notes.stated_times import stated_time  # few archives state it

    name, time = name_in_site(document), stated_time(below, f"{title}\n{document.source.name}")
    if time is None:
        return dates, ()
    if dates or name.is_dated or name.is_in_dated_folder:
        return dates, (Statement(time.clock, _BELOW),)
    return (Statement(time.moment, _BELOW),), ()


def _titled_below_lines(document: Document, text: str, start: int) -> _Opening | None:
    """Return what a text begins with whose title stands below lines that state where it is from."""
    name = name_in_site(document)
    above = read_lines_above(text, start) if name.is_markdown else None
    if above is None or not (above.address or is_only_title(document.data.decode("utf-8", "ignore"))):
        return None
    title, link = _title_and_link(above.title)
    if is_first_part(title, name.title):
        return None
    links = (Statement(above.address, "line above the heading"),) if above.address else ()
    properties = Properties(RawFields(links=links), above.end) if links else None
    return _Opening(title, link, (), properties, above.end, above.end, above.shown)


def _title_and_link(heading: str) -> tuple[str, str]:
    """Return the text of a heading, and the address if the whole of it is a link."""
    opened = heading.strip().rstrip("#")  # marks after a blank close the heading (CommonMark 0.31, 4.2)
    text = _PICTURE.sub("", opened if opened[-1:].isspace() else heading).strip()
    link = _LINK.fullmatch(text)
    if link is None and (defined := _BY_REFERENCE.fullmatch(text)):
        text = defined[1]
    return _MARKS.sub("", _NOTE.sub(r"\1", _LINK.sub(r"\1", text))).strip(), link[2] if link else ""
