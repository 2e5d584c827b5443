"""Make the key of a file's only record quickly, if the file is written as nearly every robot writes it.

A shortcut for the first pass, which asks this of every file: without it every key would be the same, and come later.
Whatever is not so plain is None here, and takes the way of all others: formats/, dates/, records/normalise.py. To be
fast it uses the inner readers of formats/. What both passes use (`read_heading`, `readable`) has shortcuts of its own.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from refeed.dates import Hints, NotADate, parse_usual_date, timestamp
from refeed.formats.front_matter import may_say_more
from refeed.formats.headers import statements
from refeed.formats.headers.yaml.strict import read_scalar, read_value
from refeed.formats.link_headings.heading import HEADING_SIZE, OPENINGS, heading_below, text_of
from refeed.formats.link_headings.records import LINK_END, first_heading
from refeed.formats.publication.marks_in_text import BLANKS, mark_above
from refeed.formats.publication.marks_in_text import OPENINGS as MARK_OPENINGS
from refeed.formats.publication.stated import hidden, is_plainly_published
from refeed.formats.vocabulary.links import address_in
from refeed.formats.vocabulary.shapes import SWITCHES
from refeed.model import Document, RecordKey, SourceFile, Timestamp
from refeed.options import SiteOptions
from refeed.records.addresses.own_address import is_own
from refeed.records.addresses.shared_addresses import marks_of
from refeed.records.context import NO_SITE, Context, hints_of, site_of, site_options_for
from refeed.records.date_evidence import shifted
from refeed.records.identity import (
    SelfDescription,
    identify,
    identify_address,
    identity_url,
    name_of_page,
    usual_address,
)
from refeed.records.normalise import SHARED, usable_id
from refeed.records.plain_headers import StrongestKeys, plain_header
from refeed.records.publication.decide import release_by_name, withheld_by_place
from refeed.records.publication.draft_marks import is_marked, may_be_marked, may_be_tags
from refeed.records.publication.unpublished_places import code_of_folders
from refeed.site import Site
from refeed.urls import readable

_UNDESCRIBED: Final = SelfDescription()
_NO_TEXT: Final = frozenset({"", "\n", "["})  # what nothing, a list and a list in one line begin with
_QUOTES: Final = frozenset({'"', "'"})
_NO_STATEMENT: Final = SWITCHES | statements.NOTHING
_LONGEST_NOTHING: Final = max(map(len, _NO_STATEMENT))
_ARTICLES: Final = ".md"  # nothing more is asked of the endings of these
_DAY: Final = len("2022-10-12")
_HEADINGS: Final = frozenset({b"<", b"["})  # what files of link headings begin with
_RULE: Final = b"\n------\n"  # under a link heading, as its generators write it
# What a heading or the mark of a draft above a text begins with; of nothing but blanks so far nobody can tell.
_ABOVE_TEXTS: Final = frozenset({b"", *MARK_OPENINGS, *(opening[:1] for opening in OPENINGS)})


_Facts = tuple[int, int, str, str, SelfDescription, str, str, str | None]
"""The strongest statements of a document's only record: what its key is made of, if all of them can be used.

In which line it begins, from 1; its bytes; title and date; what it says of itself (of one with a link only what
identity asks for beside its address); its link and when it was updated, as written, or ""; the link as `usual_address`
spells it.
"""


def quick_key(document: Document, context: Context) -> RecordKey | None:  # noqa: PLR0911  each test costs less than those below
    """Return the key of a document's only record; None if anything in it is not as usual."""
    source, name, is_plain, sites = document.source, document.source.name, context.is_plain, context.sites
    above, slash, file = name.rpartition("/")
    folder = above + slash
    if document.crawl or code_of_folders(folder) or sites.hand_down_dates or sites.lock_tags:  # these say more
        return None
    is_headed = document.data[:1] in _HEADINGS
    facts = _under_heading(document) if is_headed else _under_header(document)
    if facts is None:
        return None
    line, size, title, said, described, link, said_update, address = facts
    written = parse_usual_date(said)  # first: nothing else is parsed in vain
    if written is None or _may_be_withheld(file, "" if is_headed else title, source, context):
        return None
    url = link if address else readable(link) if link else None
    site, hints = NO_SITE, context.hints
    if not is_plain:
        site = site_options_for(document, url, context)
        hints = hints_of(site, source, context)
    date = timestamp(written, hints)
    updated = _update(said_update, site, hints) if said_update else None
    if isinstance(date, NotADate) or isinstance(updated, NotADate) or site.address == SHARED:
        return None
    if not (is_plain or is_headed):
        in_site = _in_site(described, url, name, site_of(site, source, context), site.site)
        if in_site is None:
            return None
        described = in_site
    identity = _identity(link, described, url, address)
    if identity is None:
        return None
    digest, stated, vague = identity
    date = shifted(date, site) if site.offset else date
    release, marks = release_by_name(folder, file, date), marks_of(title, name_of_page(name))
    stated = stated and usable_id(stated, context)
    # By their places, because names would take longer.
    key = (0, line, size, digest, stated, date, None, False, True, updated, release, None, None, marks, vague, None, ())
    return RecordKey._make(key)


def _may_be_withheld(file: str, title: str, source: SourceFile, context: Context) -> bool:
    """Return whether the name of a file, its site, or a title that counts may say that it is not published."""
    is_plain = context.is_plain and not context.drafts and file.endswith(_ARTICLES)
    if is_plain and not may_be_marked(file, title):  # nearly always
        return False
    return withheld_by_place(source, context) is not None or is_marked(title)


def _in_site(
    described: SelfDescription, url: str | None, name: str, site: Site | None, stated: str | None
) -> SelfDescription | None:
    """Return what a post says by the name of its file, too; None if its link may be that of another's page."""
    if url:
        return described if is_own(url, stated) else None
    return described if site is None or described.slug else described._replace(slug=name_of_page(name))


def _identity(
    link: str, described: SelfDescription, url: str | None, address: str | None
) -> tuple[bytes, str | None, bool] | None:
    """Return the digest of an identity, the stated id, and whether it is vague; None where weaker statements count."""
    if link and not address:
        address = identity_url(link)
    if described is _UNDESCRIBED:  # nearly always: a link, and no id
        digest = identify_address(address) if url and address else None
        return (digest, None, False) if digest else None
    identity = identify(described._replace(address=address) if address else described)
    is_usual = bool(link) == bool(url and identity.by_address) and (identity.stated or not described.ids)
    return (identity.digest, identity.stated, identity.is_vague) if is_usual else None


def _update(text: str, site: SiteOptions, hints: Hints) -> Timestamp | NotADate:
    date = timestamp(written, hints) if (written := parse_usual_date(text)) else NotADate.UNREADABLE
    return date if isinstance(date, NotADate) else shifted(date, site)


def _under_heading(document: Document) -> _Facts | None:
    """Read a file that holds one link heading and its body."""
    heading = first_heading(document)
    if heading is None or document.data.rfind(LINK_END, heading.end) >= 0:
        return None
    title, link = text_of(document, heading.title), text_of(document, heading.url)
    stated = heading.epoch or heading.date
    date = text_of(document, stated) if stated else ""
    if not title or not link or not date:
        return None
    line, size = document.line_at(heading.start), len(document.data) - heading.start
    return line, size, title, date, _UNDESCRIBED, link, "", usual_address(link)


def _under_header(document: Document) -> _Facts | None:
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
    is_said = title and date and (updated or updated_at < 0)
    if not is_said or (is_day and not is_date_alone) or (is_update_day and not is_update_alone):
        return None
    if (answers and not _goes_out(asked, answers(values))) or (tags and may_be_tags(tags(values))):
        return None
    link, address, is_usual = "", None, True
    if link_at >= 0:
        link = values[link_at]
        address = usual_address(link)
        if address is None:  # in quotes, say
            link = _only_statement(link)
            address = usual_address(link)
        is_whole = address and (link[-1] == "/" or link[-1].isalnum())  # as `address_in` would find it
        is_usual = bool(link) and (is_whole or link == address_in(link))
    if not is_usual:
        return None
    may_pass = link_at >= 0 and not is_day
    if not _begins_text(data[body : body + 2]) and _says_more(document, body, may_pass=may_pass):
        return None
    has_usual_link = link_at >= 0 > id_at
    described = _UNDESCRIBED if has_usual_link else _described(title, date, document, values, keys)
    return (start + 1, len(data) - start, title, date, described, link, updated, address) if described else None


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
