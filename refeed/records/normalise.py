"""Turn a RawRecord into a RecordMeta: what the record means. Without a date the opening of its body is read, too.

Every record gets a RecordKey, at a fraction of the cost; only those that go out or meet a filter get a RecordMeta.
"""

import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from refeed.dates import Hints
from refeed.input.encoding import must_be_utf8
from refeed.limits import cap_names, cap_url, truncate
from refeed.model import Document, QuickRecord, RawRecord, RecordKey, RecordMeta, Statement, Timestamp
from refeed.options import SiteOptions
from refeed.problems import Problem
from refeed.records import date_evidence
from refeed.records.context import NO_SITE, Context, site_options_for
from refeed.records.identity import Identity, identify, identity_url, written_day
from refeed.text.plain import plain
from refeed.urls import host, readable

# Names that robots write where they know none.
NOBODY: Final = frozenset({"anonymous", "none", "null", "undefined", "unknown", "未知", "佚名"})

_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_LONGEST_TAG: Final = 35  # RFC 5646, 4.4.1: longer ones may be refused
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_NO_OFFSET: Final = timedelta(0)


class _Ground(NamedTuple):
    """What key and head both stand on."""

    link: Statement | None  # the address as written
    url: str | None  # and as readers open it
    rule: SiteOptions
    hints: Hints
    date: date_evidence.DateDecision
    is_lasting: bool  # with any later present the date is the same
    identity: Identity


def record_key(raw: RawRecord, document: Document, number: int, context: Context) -> RecordKey:
    """Say which article a record is of, and when it was dated."""
    return _key(raw, number, _ground(raw, document, context), context)


def quick_key(quick: QuickRecord, document: Document, context: Context) -> RecordKey | None:
    """Return the key of a document's only record at once; None if link or date cannot be used: others may be there."""
    url = readable(quick.link) if quick.link else None
    if quick.link and url is None:
        return None
    rule = site_options_for(document, url, context)
    hints = context.hints if rule is NO_SITE else date_evidence.hints_for(rule, context.now)
    timestamp = date_evidence.first_date(quick.date, hints, rule.offset or _NO_OFFSET)
    if timestamp is None:
        return None
    identity = identify(
        url=quick.link,
        stated_id=quick.id,
        outlet=None,
        author=quick.author,
        title=quick.title,
        day="" if url else written_day(quick.date),
    )
    stated = _usable(identity.stated, context)
    return RecordKey(0, quick.line, quick.size, identity.digest, stated, timestamp, quick.is_draft)


def normalise(
    raw: RawRecord, document: Document, number: int, context: Context
) -> tuple[RecordMeta, tuple[Problem, ...]]:
    """Decide what each statement of the draft means, and tell what is doubtful; the strongest usable one wins."""
    ground = _ground(raw, document, context)
    origin: dict[str, str] = {}
    findings = [*_links(raw.links, ground, origin), *ground.date.findings]
    title = _title(raw.titles, origin, findings)
    if "\ufffd" in title:
        findings.append(("bad-encoding", "the title holds U+FFFD: characters were lost before refeed read it"))
    updated = date_evidence.stated_update(raw, ground.hints, ground.rule.offset or _NO_OFFSET)
    findings.extend(updated.findings)
    limits = context.options.allow
    title = truncate(title, "the title", limits.max_title_length, "max-title-length", findings)
    authors = cap_names(_names(raw.authors), "author", limits, findings)
    url = cap_url(ground.url, limits, findings)
    key = _key(raw, number, ground, context)
    if raw.ids and not key.stated_id:
        findings.append(("bad-id", f"{raw.ids[0].text[:60]!r} is no absolute IRI and no UUID, or too long; not used"))
    outlet = ground.rule.title or _first(raw.outlets) or host(ground.url)
    _trace(origin, raw, ground.date.origin, updated.origin)
    meta = RecordMeta(
        source=document.source,
        key=key,
        format=raw.format,
        body=raw.body,
        markdown=raw.markdown,
        id=key.stated_id or UUID(bytes=key.identity).urn,
        title=title,
        url=url,
        updated=updated.timestamp,
        authors=authors,
        categories=cap_names(_categories(raw.categories), "category", limits, findings),
        images=tuple(image for statement in raw.images if (image := cap_url(statement.text, limits, findings))),
        summary=plain(_TAG.sub(" ", _first(raw.summaries))) if raw.summaries else "",
        language=_language(raw.languages, ground.rule),
        outlet=truncate(outlet, "the outlet", limits.max_name_length, "max-name-length", findings)
        if outlet
        else (authors[0] if authors else None),
        evidence=origin,
    )
    path = document.source.path
    return meta, tuple(Problem(code, message, path, raw.line) for code, message in findings)


def _ground(raw: RawRecord, document: Document, context: Context) -> _Ground:
    link, url = _link(raw.links)
    rule = site_options_for(document, url, context)
    hints = context.hints if rule is NO_SITE else date_evidence.hints_for(rule, context.now)
    date = _date(raw, document, url, rule, hints)
    by_header = date.timestamp is not None and date.origin not in date_evidence.NOT_THE_HEADER
    doubtful = not by_header or any(code == "bad-date" for code, _ in date.findings)
    is_lasting = (
        not doubtful or date.timestamp == _date(raw, document, url, rule, hints._replace(latest=None)).timestamp
    )
    identity = identify(  # of the raw statements: better cleaning of names and titles must not move an id
        url=link.text if link else None,
        stated_id=_raw(raw.ids) or None,
        outlet=_raw(raw.outlets),
        author=_raw(raw.authors),
        title=_raw(raw.titles).strip() or _fingerprint(raw, document),
        day=written_day(_raw(raw.dates)),
    )
    if date.timestamp is None:
        date = _no_date(date, document, context)
    return _Ground(link, url, rule, hints, date, is_lasting, identity)


def _key(raw: RawRecord, number: int, ground: _Ground, context: Context) -> RecordKey:
    size = raw.span[1] - raw.span[0]
    identity = ground.identity
    by_file_time = ground.date.origin == date_evidence.FILE_TIME
    timestamp = ground.date.timestamp
    stated = _usable(identity.stated, context)
    facts = (identity.digest, stated, timestamp, raw.is_draft, by_file_time, ground.is_lasting)
    return RecordKey(number, raw.line, size, *facts)


def _usable(id_: str | None, context: Context) -> str | None:
    return id_ if id_ is None or len(id_) <= context.options.allow.max_url_length else None


def _date(
    raw: RawRecord, document: Document, url: str | None, rule: SiteOptions, hints: Hints
) -> date_evidence.DateDecision:
    """Read the date in the header, or without one the strongest of the weaker statements."""
    stated = date_evidence.header_date(raw, hints, rule.offset or _NO_OFFSET)
    if stated.timestamp:
        return stated
    must_be_utf8(document)
    for_dateline = date_evidence.dateline_hints(rule, host(url), hints)
    path = urlsplit(url).path if url else ""
    weak = date_evidence.weak_date(document.opening(raw.body), path, document.source.name, hints, for_dateline)
    return weak._replace(findings=(*stated.findings, *weak.findings))


def _no_date(decision: date_evidence.DateDecision, document: Document, context: Context) -> date_evidence.DateDecision:
    undated = context.options.undated
    if undated == "mtime" and (day := _day_of_file(document.source.path)):
        finding = ("no-date", f"no evidence of a date; the file's own time, {day:%Y-%m-%d}, is used")
        timestamp = Timestamp(day, "day", "none", f"{day:%Y-%m-%d}")
        return date_evidence.DateDecision(timestamp, date_evidence.FILE_TIME, (*decision.findings, finding))
    outcome = "kept as the oldest" if undated == "last" else "left out; --undated last keeps it"
    return decision._replace(findings=(*decision.findings, ("no-date", f"no evidence of a date; {outcome}")))


def _day_of_file(path: str) -> datetime | None:
    try:
        day = datetime.fromtimestamp(os.stat(path).st_mtime, UTC)  # noqa: PTH116  names may be bytes
    except (OSError, OverflowError, ValueError):  # it has just vanished, or its time is beyond all years
        return None
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def _link(links: tuple[Statement, ...]) -> tuple[Statement | None, str | None]:
    """Choose the first link that readers can open."""
    for statement in links:
        if url := readable(statement.text):
            return statement, url
    return None, None


def _links(links: tuple[Statement, ...], ground: _Ground, origin: dict[str, str]) -> list[date_evidence.Finding]:
    """Tell which statements of the link are unusable, and which say something else than the chosen one."""
    if ground.link is None:
        return [_bad_url(statement) for statement in links]
    origin["url"] = ground.link.origin
    chosen = identity_url(ground.link.text)
    findings = []
    for statement in links:
        if readable(statement.text) is None:
            findings.append(_bad_url(statement))
        elif identity_url(statement.text) != chosen:
            findings.append(
                ("link-conflict", f"{statement.origin} says {statement.text}, {ground.link.origin} says {ground.url}")
            )
    return findings


def _bad_url(statement: Statement) -> date_evidence.Finding:
    return ("bad-url", f"{statement.origin}: {statement.text[:80]!r} is no address that a reader could open")


def _title(titles: tuple[Statement, ...], origin: dict[str, str], findings: list[date_evidence.Finding]) -> str:
    """Take the first title; a second one is shown instead where the first only lost something of it."""
    chosen = ""
    for statement in titles:
        title = plain(statement.text)
        if not title:
            continue
        if not chosen or _only_lost(chosen, title):
            chosen, origin["title"] = title, statement.origin
        elif title != chosen:
            findings.append(("title-conflict", f"{statement.origin} says {title[:80]!r}"))
    return chosen


def _only_lost(short: str, full: str) -> bool:
    """Tell a title that only lost its first "..." on the way from the fuller one beside it."""
    return short != full and "..." in full and plain(full.replace("...", "", 1)) == short


def _names(authors: Iterable[Statement]) -> tuple[str, ...]:
    names = (plain(statement.text) for statement in authors)
    return tuple(dict.fromkeys(name for name in names if name and name.casefold() not in NOBODY))


def _categories(categories: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for statement in categories if (name := plain(statement.text))))


def _language(languages: tuple[Statement, ...], rule: SiteOptions) -> str | None:
    stated = _first(languages).replace("_", "-")
    return stated if len(stated) <= _LONGEST_TAG and _LANGUAGE.fullmatch(stated) else rule.language


def _first(statements: tuple[Statement, ...]) -> str:
    return next((text for statement in statements if (text := plain(statement.text))), "")


def _raw(statements: tuple[Statement, ...]) -> str:
    return statements[0].text if statements else ""


def _fingerprint(raw: RawRecord, document: Document) -> str:
    """Tell records without a title apart by the bytes of their bodies."""
    must_be_utf8(document)
    return "sha256:" + sha256(document.data[raw.body[0] : raw.body[1]].strip()).hexdigest()


def _trace(origin: dict[str, str], raw: RawRecord, date: str, updated: str) -> None:
    """Note where the fields come from that no choice was made about."""
    if date:
        origin["date"] = date
    if updated:
        origin["updated"] = updated
    for name, field in _FIELD_OF.items():
        if statements := getattr(raw, name):
            origin[field] = statements[0].origin


_FIELD_OF: Final = {
    "authors": "authors",
    "categories": "categories",
    "ids": "id",
    "images": "image",
    "languages": "language",
    "outlets": "source",
    "summaries": "summary",
}
