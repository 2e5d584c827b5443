"""Make entries when somebody asks for them, in a separate process, a few at a time, so that everybody has a turn."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from refeed.clean.types import BodyRules
from refeed.feeds.articles import Facet, facets_of
from refeed.pipeline.entries.task import BuiltEntry
from refeed.pipeline.entry_maker import ArchiveOfBuild, EntryMaker, Stamp
from refeed.pipeline.workers.processes.child_process import ChildProcess
from refeed.rules.offered import OfferedArticle, offered_article
from refeed.rules.sample import is_of, sampled, source_of
from refeed.rules.trial import Effect, effect_of
from refeed.serve.on_demand.kept_facets import Stated, keep_facets, read_facets
from refeed.serve.on_demand.thread_calls import done_in_thread

if TYPE_CHECKING:
    from refeed.options import Options

T = TypeVar("T")
P = ParamSpec("P")
Work = Callable[[EntryMaker, ArchiveOfBuild, Sequence[int]], list[T]]

_ENTRIES: Final = 10  # that are made before somebody else has his turn
_HEADS: Final = 25  # likewise, without their bodies
_TRIED: Final = 5  # likewise, cleaned twice


class _Known:
    """What the headers of records said, as long as the settings are the same."""

    def __init__(self) -> None:
        self.options: Options | None = None
        self.kept: Stated = {}  # what the last reading of the whole archive found, in this process or an earlier one
        self.found = dict[Stamp, tuple[Facet, ...]]()  # by the reading under way
        self.names = dict[Facet, Facet]()  # each stands in memory once

    def begin(self, archive: ArchiveOfBuild, words: str | None) -> None:
        """Forget what was found for other settings, or by readings that did not come to their end."""
        if self.options != archive.options:
            self.options, self.found = archive.options, {}
            self.kept = read_facets(words, archive.options) if words else {}
        elif len(self.found) > 2 * archive.table.number:
            self.found = {}

    def end(self, archive: ArchiveOfBuild, words: str | None) -> None:
        """Keep what a reading of the whole archive found."""
        if words and self.found != self.kept:
            keep_facets(words, archive.options, self.found)
        self.kept, self.found = self.found, {}


_known = _Known()
_held: list[tuple[ArchiveOfBuild, EntryMaker]] = []
"""In the process that makes entries: the archive that it works for."""


class OnDemand:
    """Hands the work to the process; a request for many entries takes turns with other requests."""

    def __init__(self, child: ChildProcess | None = None, words: str | None = None) -> None:
        """Take the process, without which the work is done in this one, and the file of words to keep facets beside."""
        self._child, self._words = child, words
        self._sent: ArchiveOfBuild | None = None
        self._turn = asyncio.Lock()

    async def entries(self, archive: ArchiveOfBuild, positions: Sequence[int]) -> list[BuiltEntry | None]:
        """Return the entries of these articles; None for one that cannot be made any more."""
        return await self._in_turns(_entries, archive, positions, _ENTRIES)

    async def facets(self, archive: ArchiveOfBuild, positions: Sequence[int]) -> list[tuple[Facet, ...]]:
        """Return what these articles have in common with others, as their headers say."""
        return await self._in_turns(partial(_facets, self._words), archive, positions, _HEADS)

    async def keep_facets(self, archive: ArchiveOfBuild) -> None:
        """Keep the facets of all articles, for the next server too."""
        await self._in_turns(partial(_keep_facets, self._words), archive, [0], 1)

    async def offered(self, archive: ArchiveOfBuild, position: int) -> OfferedArticle | None:
        """Return the lines of an article with rules for each; None for one that cannot be read any more."""
        (found,) = await self._in_turns(_offered, archive, [position], 1)
        return found

    async def effects(
        self, archive: ArchiveOfBuild, source: str, rules: BodyRules, positions: Sequence[int]
    ) -> list[Effect | None]:
        """Return what rules do to these articles; None for one of another source."""
        return await self._in_turns(partial(_effects, source, rules), archive, positions, _TRIED)

    async def _in_turns(self, work: Work[T], archive: ArchiveOfBuild, positions: Sequence[int], size: int) -> list[T]:
        found = list[T]()
        for start in range(0, len(positions), size):
            ask = partial(self._ask, work, archive, positions[start : start + size])
            await self._turn.acquire()
            found += await done_in_thread(ask, self._turn.release)
        return found

    def _ask(self, work: Work[T], archive: ArchiveOfBuild, positions: Sequence[int]) -> list[T]:
        if self._child is None:
            with closing(EntryMaker(archive)) as maker:
                return work(maker, archive, positions)
        found = self._child.call(_done, work, positions) if self._sent is archive else None
        if found is None:  # it works for another build, or is a new process
            self._child.call(_hold, archive)
            self._sent = archive
            found = self._child.call(_done, work, positions)
        return found or []


def _hold(archive: ArchiveOfBuild) -> None:
    for _, maker in _held:
        maker.close()
    _held[:] = [(archive, EntryMaker(archive))]


def _done(work: Work[T], positions: Sequence[int]) -> list[T] | None:
    """Do a piece of work; None where no archive is held."""
    return next((work(maker, archive, positions) for archive, maker in _held), None)


def _entries(maker: EntryMaker, _: ArchiveOfBuild, positions: Iterable[int]) -> list[BuiltEntry | None]:
    return [*maker.make(positions)]


def _offered(maker: EntryMaker, _: ArchiveOfBuild, positions: Iterable[int]) -> list[OfferedArticle | None]:
    return [
        offered_article(source_of(*record), sampled(record, maker.context)) if record else None
        for record in maker.chosen(positions)
    ]


def _effects(
    source: str, rules: BodyRules, maker: EntryMaker, _: ArchiveOfBuild, positions: Iterable[int]
) -> list[Effect | None]:
    return [
        effect_of(rules, sampled(record, maker.context)) if record and is_of(source, record) else None
        for record in maker.chosen(positions)
    ]


def _facets(
    words: str | None, maker: EntryMaker, archive: ArchiveOfBuild, positions: Sequence[int]
) -> list[tuple[Facet, ...]]:
    """Return the facets of some articles; a file that is what it was is not read again."""
    _known.begin(archive, words)
    found = list[tuple[Facet, ...]]()
    for position in positions:
        stamp = maker.stamp(position)
        facets = _known.found.get(stamp, _known.kept.get(stamp)) if stamp else None
        if facets is None:
            (meta,) = maker.metadata([position])
            stated = facets_of(meta, archive.options) if meta else ()
            facets = tuple(_known.names.setdefault(facet, facet) for facet in stated)
        if stamp:
            _known.found[stamp] = facets
        found.append(facets)
    return found


def _keep_facets(words: str | None, _: EntryMaker, archive: ArchiveOfBuild, __: Sequence[int]) -> list[None]:
    _known.end(archive, words)
    return [None]
