"""Bring the words of all articles up to date: the work of a process of its own, a few seconds at a time.

The articles are those of the table of a build. An entry is made again only where a file that it is made of has changed,
the newest first; what was withdrawn is removed before anything is made. So a run that was cut short goes on where it
was, and what is written can be found at once.
"""

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from time import monotonic
from typing import Final

from refeed.cache.fingerprint import READING, digest, stated
from refeed.digests import blake2b
from refeed.input.address import is_address
from refeed.model import Entry
from refeed.options import Options
from refeed.pipeline.entries.packed_entry import unpack_entry
from refeed.pipeline.entry_maker import ArchiveOfBuild, EntryMaker
from refeed.search.excerpts import text_of
from refeed.search.reader import Reader
from refeed.search.store import (
    Columns,
    DamagedError,
    Kept,
    NewArticle,
    OrderKey,
    Store,
    discard_unused,
    keep,
    opened,
    path_beside,
)
from refeed.search.words import words
from refeed.startup.named_tuple import NamedTuple

_AT_ONCE: Final = 50  # articles that are written in one transaction
_MANY: Final = 1_000  # changes after which the words are put into one piece
# Of the settings those that decide which articles there are and what they say; the others are about the feed.
_DECIDING: Final = (*READING, "content", "exclude", "folder", "paths", "since", "stubs", "unpack", "until")


class State(NamedTuple):
    """What the words are of."""

    files: str  # a digest of all files that were read; "" where one may change unseen
    due: str  # when an article comes or goes though no file changes; "" for never


class _Wanted(NamedTuple):
    """An article that the file should have."""

    position: int
    mark: int
    seal: bytes
    order: OrderKey


def can_search(options: Options) -> bool:
    """Return whether articles are searched: words lie beside an index, and what is at an address is not read whole."""
    return options.index is not None and not any(map(is_address, options.paths or (options.folder,)))


def file_for(options: Options) -> str | None:
    """Name the file that servers with these settings share; None where nothing is searched."""
    if options.index is None or not can_search(options):
        return None
    return path_beside(options.index, blake2b(stated(_settled(options), _DECIDING), digest_size=6).hexdigest())


def made_for(options: Options) -> str:
    """Return what tells settings, and releases, that find other articles or other words in them."""
    return digest(_settled(options), _DECIDING).hex()


def _settled(options: Options) -> Options:
    """Return options that are the same for the same files, wherever the program runs."""
    paths = tuple(os.path.realpath(path) for path in options.paths or (options.folder,))
    return replace(options, paths=paths, folder=".")


def update(
    path: str, settings: str, archive: ArchiveOfBuild, state: State, seconds: float, begin: int = 0
) -> int | None:
    """Write what is new into the file for some settings, for about so long.

    Return the position of the article that comes next, which is where to begin then; None when everything is written.
    An article may give no entry, and nothing be written of it. A file that turns out to be damaged is begun anew.
    """
    try:
        return _update(path, settings, archive, state, seconds, begin)
    except DamagedError:
        return _update(path, settings, archive, state, seconds, 0)


def _update(path: str, settings: str, archive: ArchiveOfBuild, state: State, seconds: float, begin: int) -> int | None:
    ends = monotonic() + seconds
    discard_unused(path)
    with opened(path, settings) as store, closing(EntryMaker(archive)) as maker:
        keep(path)
        known, stubs, marks = store.known(), store.stubs(), frozenset(archive.table.marks)
        store.state(total=str(archive.table.number), files="")
        _remove(store, [kept for mark, kept in known.items() if mark not in marks])
        with store.writing():
            store.remove_stubs(stubs.keys() - marks)
        wanted = (
            one
            for one in _wanted(archive, maker, begin)
            if _differs(one, known.get(one.mark))
            and not (one.seal and stubs.get(one.mark) == one.seal and one.mark not in known)
        )
        changes = 0
        while some := [*islice(wanted, _AT_ONCE)]:
            if changes and monotonic() > ends:
                return some[0].position
            changes += len(some)
            _write(store, some, known, maker)
        if changes > _MANY:
            store.tidy()
        store.state(total=str(len(store.known())), **state._asdict())
        return None


def is_up_to_date(reader: Reader, state: State) -> bool:
    """Return whether the file is of this state."""
    return state.files != "" and State(reader.fact("files"), reader.fact("due")) == state


def columns_of(packed: bytes) -> Columns:
    """Return the words of an article."""
    entry = unpack_entry(packed)
    text = text_of(entry.content) or entry.summary
    authors, categories = "\n".join(entry.authors), "\n".join(entry.categories)
    return words(entry.title), words(entry.outlet or ""), words(authors), words(categories), words(text)


def stated_names(entry: Entry) -> list[list[str]]:
    """Return what it has in common with others, in the order of `catalogue.STATED`."""
    return [[entry.outlet] if entry.outlet else [], [*dict.fromkeys(entry.categories)], [*dict.fromkeys(entry.authors)]]


def _wanted(archive: ArchiveOfBuild, maker: EntryMaker, begin: int) -> Iterator[_Wanted]:
    """Yield the articles from a position on, in their order."""
    before, tie = None, 0
    for position, (mark, date) in enumerate(zip(archive.table.marks, archive.table.dates(), strict=True)):
        tie = tie + 1 if date == before else 0
        before = date
        if position >= begin:
            yield _Wanted(position, mark, maker.seal(position), OrderKey(date, tie))


def _differs(wanted: _Wanted, kept: Kept | None) -> bool:
    return kept is None or not wanted.seal or kept.seal != wanted.seal or kept.order != wanted.order


def _write(store: Store, some: list[_Wanted], known: dict[int, Kept], maker: EntryMaker) -> None:
    """Make some entries, then write them: nobody waits for the file while they are made."""
    made = [(one, maker.result(one.position)) for one in some]
    with store.writing():
        for one, result in made:
            kept = known.get(one.mark)
            if result.built and kept and store.entry(kept.number) == result.built.entry:
                store.move(kept.number, one.seal, one.order)
                continue
            if kept:
                store.remove(kept.number, columns_of)
            if any(problem.code == "stub" for problem in result.problems) and not result.built:
                store.add_stub(one.mark, one.seal)
            if result.built:
                store.remove_stubs([one.mark])
                packed = result.built.entry
                facets = stated_names(unpack_entry(packed))
                article = NewArticle(one.mark, one.seal, one.order, len(result.problems), facets, packed)
                store.add_words(store.add(article), columns_of(packed))


def _remove(store: Store, gone: list[Kept]) -> None:
    """Remove articles, and their words from all pieces of the file."""
    if gone:
        with store.writing():
            for kept in gone:
                store.remove(kept.number, columns_of)
        store.tidy()
