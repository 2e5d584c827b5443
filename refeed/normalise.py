"""Turn a Draft into a Head: what the record means. Bodies are not read, but for the opening of one without a date.

Every record gets a Key, at a fraction of the cost; only those that go out, or that a filter asks, get a Head.
"""

import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from refeed import evidence
from refeed.clean.text import plain
from refeed.dates import Hints
from refeed.identity import Identity, identify, identity_url, written_day
from refeed.limits import few, short_enough, shortened
from refeed.model import Dated, Document, Draft, Head, Key, Outline, Said
from refeed.options import Options, SourceOptions, source_options
from refeed.problems import Problem
from refeed.urls import host, readable

# Names that robots write where they know none.
NOBODY: Final = frozenset({"anonymous", "none", "null", "undefined", "unknown", "未知", "佚名"})

_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_LONGEST_TAG: Final = 35  # RFC 5646, 4.4.1: longer ones may be refused
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_NO_RULE: Final = SourceOptions()
_NO_OFFSET: Final = timedelta(0)


class Context(NamedTuple):
    """What a run knows beside the file: its settings, its present, and how dates without more are read."""

    options: Options
    now: datetime
    hints: Hints


class _Ground(NamedTuple):
    """What key and head both stand on."""

    link: Said | None  # the address as written
    url: str | None  # and as readers open it
    rule: SourceOptions
    hints: Hints
    date: evidence.Weighed
    is_lasting: bool  # with any later present the date is the same
    identity: Identity


def context_for(options: Options, now: datetime) -> Context:
    """Prepare what every record will be read with."""
    return Context(options, now, evidence.hints_for(_NO_RULE, now))


def key_of(draft: Draft, document: Document, number: int, context: Context) -> Key:
    """Say which article a record is of, and when it was dated."""
    return _key(draft, number, _ground(draft, document, context), context)


def outlined_key(outline: Outline, document: Document, context: Context) -> Key | None:
    """Give the key of a document's only record at once; None if link or date cannot be used: others may be there."""
    url = readable(outline.link) if outline.link else None
    if outline.link and url is None:
        return None
    rule = rule_for(document, url, context)
    hints = context.hints if rule is _NO_RULE else evidence.hints_for(rule, context.now)
    dated = evidence.first_date(outline.date, hints, rule.offset or _NO_OFFSET)
    if dated is None:
        return None
    identity = identify(
        url=outline.link,
        stated_id=outline.id,
        outlet=None,
        author=outline.author,
        title=outline.title,
        day="" if url else written_day(outline.date),
    )
    stated = _usable(identity.stated, context)
    return Key(0, outline.line, outline.size, identity.digest, stated, dated, outline.draft)


def normalise(draft: Draft, document: Document, number: int, context: Context) -> tuple[Head, tuple[Problem, ...]]:
    """Decide what each statement of the draft means, and tell what is doubtful; the strongest usable one wins."""
    ground = _ground(draft, document, context)
    where: dict[str, str] = {}
    doubts = [*_links(draft.links, ground, where), *ground.date.doubts]
    title = _title(draft.titles, where, doubts)
    if "\ufffd" in title:
        doubts.append(("bad-encoding", "the title holds U+FFFD: characters were lost before refeed read it"))
    updated = evidence.stated_update(draft, ground.hints, ground.rule.offset or _NO_OFFSET)
    doubts.extend(updated.doubts)
    limits = context.options.allow
    title = shortened(title, "the title", limits.max_title_length, "max-title-length", doubts)
    authors = few(_names(draft.authors), "author", limits, doubts)
    url = short_enough(ground.url, limits, doubts)
    key = _key(draft, number, ground, context)
    if draft.ids and not key.stated_id:
        doubts.append(("bad-id", f"{draft.ids[0].text[:60]!r} is no absolute IRI and no UUID, or too long; not used"))
    outlet = ground.rule.title or _first(draft.outlets) or host(ground.url)
    _trace(where, draft, ground.date.where, updated.where)
    head = Head(
        source=document.source,
        key=key,
        format=draft.format,
        body=draft.body,
        markdown=draft.markdown,
        id=key.stated_id or UUID(bytes=key.identity).urn,
        title=title,
        url=url,
        updated=updated.dated,
        authors=authors,
        categories=few(_categories(draft.categories), "category", limits, doubts),
        images=tuple(image for said in draft.images if (image := short_enough(said.text, limits, doubts))),
        summary=plain(_TAG.sub(" ", _first(draft.summaries))) if draft.summaries else "",
        language=_language(draft.languages, ground.rule),
        outlet=shortened(outlet, "the outlet", limits.max_name_length, "max-name-length", doubts)
        if outlet
        else (authors[0] if authors else None),
        evidence=where,
    )
    path = document.source.path
    return head, tuple(Problem(code, path, draft.line, message) for code, message in doubts)


def rule_for(document: Document, url: str | None, context: Context) -> SourceOptions:
    """Look up what the user knows of this file or of its article's host."""
    if not context.options.sources:
        return _NO_RULE
    return source_options(context.options, document.source.name, host(url))


def _ground(draft: Draft, document: Document, context: Context) -> _Ground:
    link, url = _link(draft.links)
    rule = rule_for(document, url, context)
    hints = context.hints if rule is _NO_RULE else evidence.hints_for(rule, context.now)
    date = _date(draft, document, url, rule, hints)
    by_header = date.dated is not None and date.where not in evidence.NOT_THE_HEADER
    doubtful = not by_header or any(code == "bad-date" for code, _ in date.doubts)
    is_lasting = not doubtful or date.dated == _date(draft, document, url, rule, hints._replace(latest=None)).dated
    identity = identify(  # of the raw statements: better cleaning of names and titles must not move an id
        url=link.text if link else None,
        stated_id=_raw(draft.ids) or None,
        outlet=_raw(draft.outlets),
        author=_raw(draft.authors),
        title=_raw(draft.titles).strip() or _fingerprint(draft, document),
        day=written_day(_raw(draft.dates)),
    )
    if date.dated is None:
        date = _no_date(date, document, context)
    return _Ground(link, url, rule, hints, date, is_lasting, identity)


def _key(draft: Draft, number: int, ground: _Ground, context: Context) -> Key:
    size = draft.span[1] - draft.span[0]
    identity = ground.identity
    by_file_time = ground.date.where == evidence.FILE_TIME
    dated = ground.date.dated
    stated = _usable(identity.stated, context)
    facts = (identity.digest, stated, dated, draft.draft, by_file_time, ground.is_lasting)
    return Key(number, draft.line, size, *facts)


def _usable(id_: str | None, context: Context) -> str | None:
    return id_ if id_ is None or len(id_) <= context.options.allow.max_url_length else None


def _date(draft: Draft, document: Document, url: str | None, rule: SourceOptions, hints: Hints) -> evidence.Weighed:
    """Read the date in the header, or without one the strongest of the weaker statements."""
    stated = evidence.header_date(draft, hints, rule.offset or _NO_OFFSET)
    if stated.dated:
        return stated
    document.must_be_utf8()
    for_dateline = evidence.dateline_hints(rule, host(url), hints)
    path = urlsplit(url).path if url else ""
    weak = evidence.weak_date(document.opening(draft.body), path, document.source.name, hints, for_dateline)
    return weak._replace(doubts=(*stated.doubts, *weak.doubts))


def _no_date(weighed: evidence.Weighed, document: Document, context: Context) -> evidence.Weighed:
    undated = context.options.undated
    if undated == "mtime" and (day := _day_of_file(document.source.path)):
        doubt = ("no-date", f"no evidence of a date; the file's own time, {day:%Y-%m-%d}, is used")
        dated = Dated(day, "day", "none", f"{day:%Y-%m-%d}")
        return evidence.Weighed(dated, evidence.FILE_TIME, (*weighed.doubts, doubt))
    outcome = "kept as the oldest" if undated == "last" else "left out; --undated last keeps it"
    return weighed._replace(doubts=(*weighed.doubts, ("no-date", f"no evidence of a date; {outcome}")))


def _day_of_file(path: str) -> datetime | None:
    try:
        day = datetime.fromtimestamp(os.stat(path).st_mtime, UTC)  # noqa: PTH116  names may be bytes
    except (OSError, OverflowError, ValueError):  # it has just vanished, or its time is beyond all years
        return None
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def _link(links: tuple[Said, ...]) -> tuple[Said | None, str | None]:
    """Choose the first link that readers can open."""
    for said in links:
        if url := readable(said.text):
            return said, url
    return None, None


def _links(links: tuple[Said, ...], ground: _Ground, where: dict[str, str]) -> list[evidence.Doubt]:
    """Tell which statements of the link are unusable, and which say something else than the chosen one."""
    if ground.link is None:
        return [_bad_url(said) for said in links]
    where["url"] = ground.link.where
    chosen = identity_url(ground.link.text)
    doubts = []
    for said in links:
        if readable(said.text) is None:
            doubts.append(_bad_url(said))
        elif identity_url(said.text) != chosen:
            doubts.append(("link-conflict", f"{said.where} says {said.text}, {ground.link.where} says {ground.url}"))
    return doubts


def _bad_url(said: Said) -> evidence.Doubt:
    return ("bad-url", f"{said.where}: {said.text[:80]!r} is no address that a reader could open")


def _title(titles: tuple[Said, ...], where: dict[str, str], doubts: list[evidence.Doubt]) -> str:
    """Take the first title; a second one is shown instead where the first only lost something of it."""
    chosen = ""
    for said in titles:
        title = plain(said.text)
        if not title:
            continue
        if not chosen or _only_lost(chosen, title):
            chosen, where["title"] = title, said.where
        elif title != chosen:
            doubts.append(("title-conflict", f"{said.where} says {title[:80]!r}"))
    return chosen


def _only_lost(short: str, full: str) -> bool:
    """Tell a title that only lost its first "..." on the way from the fuller one beside it."""
    return short != full and "..." in full and plain(full.replace("...", "", 1)) == short


def _names(authors: Iterable[Said]) -> tuple[str, ...]:
    names = (plain(said.text) for said in authors)
    return tuple(dict.fromkeys(name for name in names if name and name.casefold() not in NOBODY))


def _categories(categories: Iterable[Said]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for said in categories if (name := plain(said.text))))


def _language(languages: tuple[Said, ...], rule: SourceOptions) -> str | None:
    stated = _first(languages).replace("_", "-")
    return stated if len(stated) <= _LONGEST_TAG and _LANGUAGE.fullmatch(stated) else rule.language


def _first(statements: tuple[Said, ...]) -> str:
    return next((text for said in statements if (text := plain(said.text))), "")


def _raw(statements: tuple[Said, ...]) -> str:
    return statements[0].text if statements else ""


def _fingerprint(draft: Draft, document: Document) -> str:
    """Tell records without a title apart by the bytes of their bodies."""
    document.must_be_utf8()
    return "sha256:" + sha256(document.data[draft.body[0] : draft.body[1]].strip()).hexdigest()


def _trace(where: dict[str, str], draft: Draft, date: str, updated: str) -> None:
    """Note where the fields come from that no choice was made about."""
    if date:
        where["date"] = date
    if updated:
        where["updated"] = updated
    for name, field in _FIELD_OF.items():
        if statements := getattr(draft, name):
            where[field] = statements[0].where


_FIELD_OF: Final = {
    "authors": "authors",
    "categories": "categories",
    "ids": "id",
    "images": "image",
    "languages": "language",
    "outlets": "source",
    "summaries": "summary",
}
