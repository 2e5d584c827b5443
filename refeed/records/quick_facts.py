"""Read what the only record of a file states, if the file is written as nearly every robot writes it.

Whatever is not so plain is None here (see `records.quick`, which makes the keys of such records).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from refeed.dates import may_be_usual
from refeed.formats.front_matter import may_say_more
from refeed.formats.headers import statements
from refeed.formats.headers.yaml.strict import read_scalar, read_value
from refeed.formats.link_headings.heading import HEADING_SIZE, OPENINGS, address_of, heading_below, text_of
from refeed.formats.link_headings.records import LINK_END, first_heading
from refeed.formats.publication.marks_in_text import BLANKS, mark_above
from refeed.formats.publication.marks_in_text import OPENINGS as MARK_OPENINGS
from refeed.formats.publication.stated import hidden, is_plainly_published
from refeed.model import Document, SourceFile
from refeed.records.context import Context
from refeed.records.forms import SIGN
from refeed.records.identity import SelfDescription
from refeed.records.plain_headers import StrongestKeys, plain_header
from refeed.records.publication.draft_marks import may_be_tags
from refeed.records.publication.unpublished_places import code_of_folders
from refeed.vocabulary.links import leads_to_recording
from refeed.vocabulary.shapes import SWITCHES

UNDESCRIBED: Final = SelfDescription()
"""Of a record with a link and no id: its address is all that identity goes by."""
_NO_TEXT: Final = frozenset({"", "\n", "["})  # what nothing, a list and a list in one line begin with
_QUOTES: Final = frozenset({'"', "'"})
_NO_STATEMENT: Final = SWITCHES | statements.NOTHING
_LONGEST_NOTHING: Final = max(map(len, _NO_STATEMENT))
_DAY: Final = len("2022-10-12")
_HEADINGS: Final = frozenset({b"<", b"["})  # what files of link headings begin with
_RULE: Final = b"\n------\n"  # under a link heading, as its generators write it
# What a heading or the mark of a draft above a text begins with; of nothing but blanks so far nobody can tell.
_ABOVE_TEXTS: Final = frozenset({b"", *MARK_OPENINGS, *(opening[:1] for opening in OPENINGS)})

Facts = tuple[SourceFile, str, str, int, int, str, str, SelfDescription, str, str, bool]
"""The strongest statements of a document's only record: what its key is made of, if all of them can be used.

Its file, and the folders and the name of that; in which line it begins, from 1; its bytes; title and date; what it says
of itself (of one with a link only what identity asks for beside its address); its link and when it was updated, as
written, or ""; whether a link heading states all that.
"""


def facts_of(document: Document, context: Context) -> Facts | None:
    """Return what a document's only record states; None if anything in it is not as usual."""
    source, sites = document.source, context.sites
    above, slash, file = source.name.rpartition("/")
    folder = above + slash
    if document.crawl or code_of_folders(folder) or sites.hand_down_dates or sites.lock_tags:  # these say more
        return None
    is_headed = document.data[:1] in _HEADINGS
    said = _under_heading(document) if is_headed else _under_header(document)
    return (source, folder, file, *said, is_headed) if said else None


_Said = tuple[int, int, str, str, SelfDescription, str, str]
"""Those of the facts that the document states itself."""


def _under_heading(document: Document) -> _Said | None:
    """Read a file that holds one link heading and its body."""
    heading = first_heading(document)
    if heading is None or document.data.rfind(LINK_END, heading.end) >= 0:
        return None
    title, link = text_of(document, heading.title), address_of(document, heading)
    stated = heading.epoch or heading.date
    date = text_of(document, stated) if stated else ""
    if not title or not link or not date:
        return None
    line, size = document.line_at(heading.start), len(document.data) - heading.start
    return line, size, title, date, UNDESCRIBED, link, ""


def _under_header(document: Document) -> _Said | None:
    """Read a file with front matter; if that says where it is from, a heading below it need not be read."""
    header = plain_header(document)
    if header is None or may_say_more(document):
        return None
    data = document.data
    start, body, values, keys = header
    title_at, date_at, link_at, updated_at, id_at, _, asked, answers, tags, is_date_alone, is_update_alone = keys
    title, date = _only_statement(values[title_at]), values[date_at]
    if not date[:1].isdecimal():  # else it is bare, and either a date or not as usual
        date = _only_statement(date)
    updated = _only_statement(values[updated_at]) if updated_at >= 0 else ""
    is_day, is_update_day = len(date) <= _DAY, len(updated) <= _DAY
    # A weaker key may say something where one of these says nothing, or only the day.
    is_said = title and may_be_usual(date) and (updated or updated_at < 0)
    if not is_said or (is_day and not is_date_alone) or (is_update_day and not is_update_alone):
        return None
    if (answers and not _goes_out(asked, answers(values))) or (tags and may_be_tags(tags(values))):
        return None
    link = ""
    if link_at >= 0:
        link = values[link_at]
        link = link.strip() if link.startswith("http") else _only_statement(link)
        if not link or leads_to_recording(link):
            return None
    may_pass = link_at >= 0 and not is_day
    # Of a record without an address it counts, too, whether it has a text at all (see `records.forms`).
    if not _begins_text(data[body : body + 2]) and (
        _says_more(document, body, may_pass=may_pass) or (link_at < 0 and not SIGN.search(data, body))
    ):
        return None
    has_usual_link = link_at >= 0 > id_at
    described = UNDESCRIBED if has_usual_link else _described(title, date, document, values, keys)
    return (start + 1, len(data) - start, title, date, described, link, updated) if described else None


def _described(
    title: str, date: str, document: Document, values: Sequence[str], keys: StrongestKeys
) -> SelfDescription | None:
    """Return what identity goes by beside a link; None if a key says nothing, so that a weaker one may count."""
    stated = {field: _only_statement(values[at]) for field, at in keys.describing}
    if "" in stated.values():
        return None
    ids = (stated["id"],) if "id" in stated else ()
    if keys.link >= 0:
        return SelfDescription(ids=ids)
    return SelfDescription(
        ids=ids,
        slug=stated.get("slug", ""),
        title=title,
        dates=(date,),
        language=stated.get("language", ""),
        author=stated.get("author", ""),
        file=document.source.name,
    )


@lru_cache(maxsize=256)  # nearly all articles say the same: `draft: false`, `layout: post`
def _goes_out(names: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Return whether keys with their values, as they are written, mark an article that its author has published."""
    if any(written[:1] == "[" for written in said):  # the notations write these in different ways
        return False
    values = {name: read_value(written) for name, written in zip(names, said, strict=True)}
    is_listed = hidden(values) is None  # otherwise the name of the file decides
    return is_listed and is_plainly_published(values) and not statements.page_mark(values, dated=True)


def _only_statement(written: str) -> str:
    """Read a value that is one line of text; "" if it is another value, a switch, or says nothing."""
    opening = written[:1]
    if opening in _NO_TEXT:
        return ""
    text = (read_scalar(written) if opening in _QUOTES else written).strip()
    says_nothing = len(text) <= _LONGEST_NOTHING and text.casefold() in _NO_STATEMENT
    return "" if says_nothing or "\n" in text else text


def _says_more(document: Document, body: int, *, may_pass: bool) -> bool:
    """Return whether what stands above a text may say more than the header: a heading, or the mark of a draft."""
    if _begins_text(document.data[body : body + BLANKS].lstrip()[:2]):
        return False
    is_passed = _may_pass_over_heading(document, body) if may_pass else heading_below(document, body) is None
    return not is_passed or mark_above(document.data, body) is not None


@lru_cache(maxsize=256)  # nearly always one of a few tags, or the first letter of a text
def _begins_text(opening: bytes) -> bool:
    """Return whether two bytes begin a text, not a blank, a heading or the mark of a draft."""
    first = opening[:1]
    return not first.isspace() and (first not in _ABOVE_TEXTS or (first == b"<" and opening[1:] != b"!"))


def _may_pass_over_heading(document: Document, body: int) -> bool:
    """Return whether a hybrid's heading, if any, is UTF-8 as well: then it can only say less than the header."""
    data = document.data
    if not data.startswith(OPENINGS, body):
        return heading_below(document, body) is None
    rule = data.find(b"\n---", body, body + HEADING_SIZE)
    end = rule + len(_RULE)
    if rule < 0:
        return True
    if not data.startswith(_RULE, rule) or not data[end : end + 2].isascii():  # a date may follow
        return False
    try:
        data[body:rule].decode()
    except UnicodeDecodeError:
        return False
    return True
