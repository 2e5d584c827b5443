"""Bring the words of all articles up to date: the work of a process beside the server.

What articles say is what a build makes of them, so all of them are built: in a process of its own, which gives way to
others. Entries that the index of builds knows are not cleaned again, and only articles that differ are written, a few
at a time.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import blake2b
from itertools import islice
from typing import Final, NamedTuple

from refeed.cache.fingerprint import READING, digest
from refeed.model import Entry
from refeed.options import Options
from refeed.outputs import DEFAULT
from refeed.pipeline.build import build_and_use
from refeed.pipeline.destination import own_files
from refeed.pipeline.packed_entry import unpack_entry
from refeed.pipeline.second_pass import SecondPass
from refeed.report import Report
from refeed.search.catalogue import month_of
from refeed.search.excerpts import text_of
from refeed.search.store import Columns, Kept, Place, Reader, Store, path_beside
from refeed.search.words import words

_AT_ONCE: Final = 100  # articles that are written in one transaction
_MANY: Final = 1_000  # changes after which the words are put into one piece
# Of the settings those that decide which articles there are and what they say; the others are about the feed.
_DECIDING: Final = (*READING, "content", "exclude", "folder", "paths", "since", "stubs", "unpack", "until")


class _Article(NamedTuple):
    """An article as a build made it."""

    id: str
    place: Place
    packed: bytes

    @property
    def seal(self) -> bytes:
        return blake2b(self.packed, digest_size=12).digest()


def made_for(options: Options) -> str:
    """Return what tells settings, and releases, that find other articles or other words in them."""
    paths = tuple(os.path.realpath(path) for path in options.paths or (options.folder,))
    return digest(replace(options, paths=paths, folder="."), _DECIDING).hex()


def update_newest(options: Options, now: datetime, limit: int) -> None:
    """Write so many of the newest articles, unless all were written once: so that something is found soon."""
    with closing(_opened(options)) as store:
        if not store.fact("state") and not store.has(limit):
            write_articles(store, options, now, limit=limit)


def update(options: Options, now: datetime, state: str) -> None:
    """Write what is new of all articles, and remove what is no longer there.

    `state` says which files there were; it is written down when everything is done, and until when that holds.
    """
    with closing(_opened(options)) as store:
        report = write_articles(store, options, now)
        if report.written:
            store.state(state=state, due=report.due.isoformat() if report.due else "")


def is_up_to_date(reader: Reader, state: str, now: datetime) -> bool:
    """Return whether these files were read before, and none of their articles has come or gone since."""
    due = reader.fact("due")
    return state != "" and reader.fact("state") == state and (not due or now < datetime.fromisoformat(due))


def write_articles(store: Store, options: Options, now: datetime, *, limit: int = 0) -> Report:
    """Write what differs of all articles, and remove what is no longer there; or write so many of the newest only."""
    window = replace(options, limit=limit, span=None, max_bytes=0, format=DEFAULT, output=None)
    return build_and_use(window, now, partial(_write, store, is_whole=not limit), own=own_files(options.config))


def _write(store: Store, second: SecondPass, _: Options, *, is_whole: bool) -> bool:
    """Write what differs; return whether anything did."""
    store.state(total=str(second.totals.out + second.totals.beyond_limit), problems=_problems_by_month(second))
    known = store.known()
    found = _articles(second)
    changes, seen = 0, set[str]()
    while some := [*islice(found, _AT_ONCE)]:
        seen.update(article.id for article in some)
        differing = [article for article in some if _differs(article, known.get(article.id))]
        changes += len(differing)
        if differing:
            with store.writing():
                for article in differing:
                    _put(store, article, known.get(article.id))
    gone = [kept.number for id_, kept in known.items() if id_ not in seen] if is_whole else []
    if gone:
        with store.writing():
            for number in gone:
                store.remove(number, columns_of)
    if gone or changes > _MANY:
        store.tidy()
    return bool(gone or changes)


def _opened(options: Options) -> Store:
    if options.index is None:
        raise ValueError("search needs an index")
    return Store(path_beside(options.index), made_for(options))


def columns_of(packed: bytes) -> Columns:
    """Return the words of an article."""
    entry = unpack_entry(packed)
    text = text_of(entry.content) or entry.summary
    stated = entry.title, entry.outlet or "", "\n".join(entry.authors), "\n".join(entry.categories)
    return tuple(map(words, (*stated, text)))  # type: ignore[return-value]


def _problems_by_month(second: SecondPass) -> str:
    """Count the problems of articles, by the months of these, as JSON."""
    months = {origin.path: month_of(date) for origin, date in zip(second.origins, second.dates, strict=True)}
    return json.dumps(Counter(months[problem.path] for problem in second.findings if problem.path in months))


def _articles(second: SecondPass) -> Iterator[_Article]:
    """Return all articles in their order."""
    before, tie = None, 0
    for origin, date, packed in zip(second.origins, second.dates, second.entries, strict=True):
        tie = tie + 1 if date == before else 0
        before = date
        yield _Article(origin.id, Place(date, tie), packed)


def _differs(article: _Article, kept: Kept | None) -> bool:
    return kept is None or kept.seal != article.seal or kept.place != article.place


def _put(store: Store, article: _Article, kept: Kept | None) -> None:
    """Write an article that differs from the one that was kept."""
    if kept and kept.seal == article.seal:
        store.move(kept.number, article.place)
        return
    if kept:
        store.remove(kept.number, columns_of)
    number = store.add(article.id, article.seal, article.place, facets_of(unpack_entry(article.packed)), article.packed)
    store.add_words(number, columns_of(article.packed))


def facets_of(entry: Entry) -> list[list[str]]:
    """Return what it has in common with others, in the order of `catalogue.STATED`."""
    return [[entry.outlet] if entry.outlet else [], [*dict.fromkeys(entry.categories)], [*dict.fromkeys(entry.authors)]]
