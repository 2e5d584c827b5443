"""Make the key of a file's only record at once, where the file is written as nearly every robot writes it.

A shortcut for the first pass, which asks this of every file: without it every key would be the same, and come later.
Whatever is not so plain is None here, and takes the way of all others: formats/, dates/, records/normalise.py. To be
fast it uses the inner readers of formats/. What both passes use (`read_heading`, `readable`) has shortcuts of its own.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from refeed.dates import Hints, NotADate, parse_usual_date, timestamp
from refeed.dates._usual import DAY
from refeed.formats import _vocabulary
from refeed.formats._fields import key_name
from refeed.formats._heading import HEADING_SIZE, heading_below, text_of
from refeed.formats._links import address_in
from refeed.formats._publication import is_plainly_published, speaks_of_publication
from refeed.formats._records import LINK_END, first_heading, may_begin_with_heading
from refeed.formats._shapes import SWITCHES
from refeed.formats._strict_yaml import YAML_LINES, has_comment, read_raw, read_scalar, read_value
from refeed.formats.front_matter import is_data_file, is_section
from refeed.model import Document, RecordKey, Timestamp
from refeed.options import SiteOptions
from refeed.records.context import NO_SITE, Context, hints_of, site_of, site_options_for
from refeed.records.date_evidence import shifted
from refeed.records.draft_marks import may_be_marked
from refeed.records.identity import SelfDescription, identify, identify_address, identity_url, name_of_page
from refeed.records.normalise import SHARED, usable_id
from refeed.records.own_address import is_own
from refeed.records.publication import release_by_name, withheld_by_place
from refeed.records.shared_addresses import marks_of
from refeed.site import Site
from refeed.urls import readable

_CLOCK: Final = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
# What TOML and YAML write alike, so that one reader serves both. Of dates only the one that the key is made of: whether
# there is such a day is seen when it is read.
_TOML_LINES: Final = re.compile(
    r"([A-Za-z_][A-Za-z0-9_-]{0,63}) = "
    r"""("(?>[^"\\\n]*)"|'(?>[^'\n]*)'|true|false|0|[1-9][0-9]{0,8}"""
    r"""|\[(?:"(?>[^"\\\n]*)"(?>(?:, "(?>[^"\\\n]*)")*))?\]"""
    rf"|(?<=(?<![\w-])date = ){DAY}(?:[T ]{_CLOCK})?)\n|[\s\S]"
)
# Nothing is quoted in these; `Authors` may be several in one line.
_KEY_VALUE_LINES: Final = re.compile(
    r"""((?!(?i:authors):)[A-Za-z][A-Za-z0-9_-]{0,39}):(?>[ ]+)([^\s"'\[](?>[^\n]*))\n|[\s\S]"""
)
# What a key is made of, and the keys of front matter that say it.
_FIELDS: Final = (
    ("title", _vocabulary.names("titles")),
    ("date", _vocabulary.names("dates")),
    ("updated", _vocabulary.names("updates")),
    ("url", _vocabulary.names("links")),
    ("id", _vocabulary.names("ids")),
    ("author", _vocabulary.names("authors")),
    ("language", _vocabulary.names("languages")),
    ("slug", _vocabulary.names("slugs")),
)
_TAGS: Final = frozenset(map(key_name, _vocabulary.names("categories")))
_WITHOUT_LINK: Final = frozenset({"author", "language", "slug"})  # an article's address is all of its identity
_UNDESCRIBED: Final = SelfDescription()
_NO_TEXT: Final = frozenset({"", "\n", "["})  # what nothing, a list and a list in one line begin with
_QUOTES: Final = frozenset({'"', "'"})
_NO_STATEMENT: Final = SWITCHES | _vocabulary.NOTHING
_MANY: Final = 100  # keys; real headers have 20 at most
_RULE: Final = b"\n------\n"  # under a link heading, as its generators write it


class _Facts(NamedTuple):
    """The strongest statements of a document's only record: what its key is made of, if all of them can be used."""

    line: int  # where the record begins, from 1
    size: int  # bytes
    title: str
    date: str
    described: SelfDescription  # of a record with a link only what identity asks for beside its address
    link: str = ""
    updated: str = ""


class _Header(NamedTuple):
    """A header, its values as they are written."""

    start: int
    body: int
    raw: Mapping[str, str]
    strongest: "_Strongest"


class _Strongest(NamedTuple):
    """Which of a header's keys, as they are written there, is the strongest of each field that a key is made of."""

    stated: tuple[tuple[str, str], ...]  # each with its field
    asked: tuple[tuple[str, str], ...]  # all that may withhold it or make it a page of the site, each with its name
    tags: tuple[str, ...]


def quick_key(document: Document, context: Context) -> RecordKey | None:
    """Return the key of a document's only record; None if anything in it is not as usual."""
    if withheld_by_place(document.source, context):
        return None
    headed = _under_heading(document) if may_begin_with_heading(document.data) else None
    facts = headed or _under_header(document)
    written = parse_usual_date(facts.date) if facts else None  # first: nothing else is parsed in vain
    if facts is None or written is None:
        return None
    url = readable(facts.link) if facts.link else None
    # Nearly always the user says nothing of a source, nor does a site around it.
    site = site_options_for(document, url, context) if context.options.sources else NO_SITE
    hints = hints_of(site, document.source, context) if site is not NO_SITE or context.zoned else context.hints
    date = timestamp(written, hints)
    updated = _update(facts.updated, site, hints) if facts.updated else None
    if isinstance(date, NotADate) or isinstance(updated, NotADate) or site.address == SHARED:
        return None
    if facts is not headed and (context.options.sites or site is not NO_SITE):
        around = site_of(site, document.source, context)
        facts = _in_site(facts, url, document.source.name, around, site.site)
    identity = _identity(facts, url) if facts else None
    if facts is None or identity is None:
        return None
    digest, stated, is_vague = identity
    date = shifted(date, site) if site.offset else date
    release = release_by_name(document.source.name, date)
    stated = usable_id(stated, context) if stated else None
    marks = marks_of(facts.title, name_of_page(document.source.name))
    return RecordKey(
        *(0, facts.line, facts.size, digest, stated, date),
        updated=updated,
        release=release,
        marks=marks,
        is_vague=is_vague,
    )


def _in_site(facts: _Facts, url: str | None, name: str, site: Site | None, stated: str | None) -> _Facts | None:
    """Return what a post says by the name of its file, too; None if its link may be that of another's page."""
    if url:
        return facts if is_own(url, stated) else None
    if site is None or facts.described.slug:
        return facts
    return facts._replace(described=facts.described._replace(slug=name_of_page(name)))


def _identity(facts: _Facts, url: str | None) -> tuple[bytes, str | None, bool] | None:
    """Return the digest of an identity, the stated id, and whether it is vague; None where weaker statements count."""
    link, described = facts.link, facts.described
    if described is _UNDESCRIBED:  # nearly always: a link, and no id
        digest = identify_address(identity_url(link)) if url else None
        return (digest, None, False) if digest else None
    identity = identify(described._replace(address=identity_url(link)) if link else described)
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
    return _Facts(line, size, title, date, _UNDESCRIBED, link)


def _under_header(document: Document) -> _Facts | None:
    """Read a file with front matter; if that says where it is from, a heading below it need not be read."""
    header = _plain_header(document)
    if header is None or is_data_file(document) or is_section(document):
        return None
    start, body, raw, keys = header
    if keys.asked and not _goes_out(tuple([(name, raw[key]) for name, key in keys.asked])):
        return None
    stated = {field: _only_statement(raw[key]) for field, key in keys.stated}
    if "" in stated.values() or may_be_marked(stated["title"], map(raw.__getitem__, keys.tags)):
        return None  # a weaker key may say something
    link, date = stated.get("url", ""), stated["date"]
    if link and link != address_in(link):
        return None
    if not _may_pass_over_heading(document, body) if link else heading_below(document, body):
        return None
    described = _described(stated, link, document.source.name) if not link or "id" in stated else _UNDESCRIBED
    size, updated = len(document.data) - start, stated.get("updated", "")
    return _Facts(start + 1, size, stated["title"], date, described, link, updated)


def _described(stated: Mapping[str, str], link: str, file: str) -> SelfDescription:
    ids = (stated["id"],) if "id" in stated else ()
    if link:
        return SelfDescription(ids=ids)
    return SelfDescription(
        ids=ids,
        slug=stated.get("slug", ""),
        title=stated["title"],
        dates=(stated["date"],),
        language=stated.get("language", ""),
        author=stated.get("author", ""),
        file=file,
    )


def _plain_header(document: Document) -> _Header | None:
    """Read a header with nothing nested in it: the full readers would find the same one, and no fault in it."""
    data = document.data
    start = 1 if data[:1] == b"\n" else 0
    if data.startswith(b"---\n", start):
        return _read_header(document, start, start + 4, b"\n---\n", YAML_LINES)
    if data.startswith(b"+++\n", start):
        return _read_header(document, start, start + 4, b"\n+++\n", _TOML_LINES)
    if data[:1].isalpha():
        return _read_header(document, 0, 0, b"\n\n", _KEY_VALUE_LINES)
    return None


def _read_header(document: Document, start: int, begin: int, fence: bytes, pattern: re.Pattern[str]) -> _Header | None:
    # No other fence stands before this one: no line that the pattern knows begins so.
    data = document.data
    end = data.find(fence, begin, begin + document.limits.max_header_bytes) + 1
    try:
        text = data[begin:end].decode()
    except UnicodeDecodeError:
        return None
    raw = read_raw(text, pattern)
    if not raw or len(raw) > _MANY or (" #" in text and has_comment(raw)):
        return None
    keys = _strongest(tuple(raw))
    return _Header(start, end + len(fence) - 1, raw, keys) if keys else None


@lru_cache(maxsize=256)  # the headers of one robot have the same keys
def _strongest(keys: tuple[str, ...]) -> _Strongest | None:
    """Choose among the keys of a header; None if it has no title, no date, or a key twice."""
    names = {key_name(key): key for key in keys}
    found = {
        field: next((names[name] for name in map(key_name, table) if name in names), None) for field, table in _FIELDS
    }
    if not found["title"] or not found["date"] or len(names) < len(keys) or any(map(_vocabulary.name_in_table, names)):
        return None
    if not found["url"] and any(key_name(key) in names for key in _vocabulary.names("permalinks")):
        return None
    stated = tuple(
        (field, key) for field, key in found.items() if key and not (found["url"] and field in _WITHOUT_LINK)
    )
    asked = (
        (name, key)
        for name, key in names.items()
        if key != found["date"] and (name in _vocabulary.PAGE_KEYS or speaks_of_publication((name,)))
    )
    return _Strongest(stated, tuple(asked), tuple(names[name] for name in names if name in _TAGS))


@lru_cache(maxsize=256)  # nearly all articles say the same: `draft: false`, `layout: post`
def _goes_out(asked: tuple[tuple[str, str], ...]) -> bool:
    """Return whether keys with their values, as they are written, mark an article that its author has published."""
    values = {name: read_value(written) for name, written in asked}
    return is_plainly_published(values) and not _vocabulary.page_mark(values, dated=True)


def _only_statement(written: str) -> str:
    """Read a value that is one line of text; "" if it is another value, a switch, or says nothing."""
    opening = written[:1]
    if opening in _NO_TEXT:
        return ""
    text = (read_scalar(written) if opening in _QUOTES else written).strip()
    return "" if text.casefold() in _NO_STATEMENT or "\n" in text else text


def _may_pass_over_heading(document: Document, body: int) -> bool:
    """Return whether a hybrid's heading, if any, is UTF-8 as well: then it can only say less than the header."""
    data = document.data
    if data[body : body + 1] not in {b"<", b"["}:
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
