"""Entries that stay with the workers that made them: where each is, and what is known of it here.

Entries are kept by the handful, as they are made. Documents are made of them on the workers, too, which hand each
other what they need.
"""

import pickle
from array import array
from collections.abc import Callable, Iterable, Sequence

from refeed.model import Entry
from refeed.options import Options
from refeed.pipeline.entries.packed_entry import unpack_entry
from refeed.pipeline.entries.task import BuiltEntry, EntryResult, EntryTask, FarEntry, KeptEntry
from refeed.pipeline.workers.executor import Keeper
from refeed.pipeline.workers.worker import Worker
from refeed.records.selection.far_bytes import Made, here
from refeed.records.selection.select import Rows
from refeed.spool import Spool
from refeed.startup.named_tuple import NamedTuple

Describe = Callable[[Entry, Options], object]
"""Returns the description of an entry: a plain value."""


class Shipment(NamedTuple):
    """Some entries on their way to a worker that makes documents of them."""

    handfuls: tuple[Rows, ...]
    places: tuple[tuple[int, int, int], ...]  # of each entry: its position, its handful, and its number in that

    def unpacked(self) -> dict[int, KeptEntry]:
        """Return the entries by their positions."""
        kept: list[list[KeptEntry]] = [pickle.loads(here(one)) for one in self.handfuls]  # noqa: S301  a worker's
        return {position: kept[handful][number] for position, handful, number in self.places}


class FarEntries:
    """The entries of a run by their positions, newest first."""

    def __init__(self, keeper: Keeper, options: Options, describe: Describe) -> None:
        """Begin with none."""
        self.keeper = keeper
        self._options, self._describe = options, describe
        self.abouts = list[object]()
        self._handfuls = list[Rows]()
        self._places = array("I")  # of each entry: the number of its handful
        self._numbers = array("I")  # and its own in that
        self._known = dict[object, object]()  # a description that many entries share is in memory once
        self._read_here = Spool()

    def submit(self, tasks: Sequence[EntryTask]) -> Callable[[], list[EntryResult]]:
        """Have a worker make entries and keep them; return a function that waits for their descriptions."""
        kept = self.keeper.keep(Worker.make_and_keep, tasks, self._describe)
        return lambda: _placed(kept.told(), kept[0])

    def made_here(self, results: Sequence[EntryResult]) -> list[EntryResult]:
        """Return the descriptions of entries that only this process could make."""
        made = kept_apart(results, self._options, self._describe)
        return _placed(made.told, SpooledBytes(self._read_here, made.kept[0]))

    def add(self, far: FarEntry) -> None:
        """Take in one more."""
        if far.kept is not None and (not self._handfuls or self._handfuls[-1] is not far.kept):
            self._handfuls.append(far.kept)
        self._places.append(len(self._handfuls) - 1)
        self._numbers.append(far.number)
        self.abouts.append(self._known.setdefault(far.about, far.about))

    def shipment(self, positions: Iterable[int]) -> Shipment:
        """Return what brings some entries to a worker."""
        handfuls, places = dict[int, int](), list[tuple[int, int, int]]()
        for position in positions:
            handful = handfuls.setdefault(self._places[position], len(handfuls))
            places.append((position, handful, self._numbers[position]))
        return Shipment(tuple(map(self._handfuls.__getitem__, handfuls)), tuple(places))

    def close(self) -> None:
        """Let go of all."""
        self._handfuls.clear()
        self._read_here.close()


class SpooledBytes:
    """Bytes in a temporary file of this process, which travel as bytes."""

    def __init__(self, spool: Spool, data: bytes) -> None:
        """Write the bytes into the spool."""
        self._spool, self._number, self.size = spool, len(spool), len(data)
        spool.append(data)

    def fetch(self) -> bytes:
        """Read the bytes again."""
        return self._spool[self._number]

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        """Become bytes on the way."""
        return bytes, (self.fetch(),)


def kept_apart(results: Sequence[EntryResult], options: Options, describe: Describe) -> Made[list[EntryResult]]:
    """Divide the results of a handful of tasks into their descriptions and the entries, which stay."""
    told, kept = list[EntryResult](), list[KeptEntry]()
    for result in results:
        if built := result.built:
            about = describe(unpack_entry(built.entry), options)
            far = FarEntry(None, len(kept), len(built.fragment), about)
            kept.append(_kept(built))
            told.append(result._replace(built=built._replace(fragment=b"", entry=b"", far=far)))
        else:
            told.append(result)
    return Made(told, (_packed(kept),))


def _placed(results: Sequence[EntryResult], kept: Rows) -> list[EntryResult]:
    """Say of each entry where it is."""
    return [
        result._replace(built=built._replace(far=built.far._replace(kept=kept)))
        if (built := result.built) and built.far
        else result
        for result in results
    ]


def _kept(built: BuiltEntry) -> KeptEntry:
    return KeptEntry(built.origin, built.fragment, built.entry, built.updated.timestamp(), built.facts.language)


def _packed(kept: list[KeptEntry]) -> bytes:
    return pickle.dumps(kept)
