"""The entries of the feed as pages show them: kept packed, and unpacked when one is asked for."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from refeed.model import Entry
from refeed.pipeline.entry_link import entry_key
from refeed.pipeline.packed_entry import unpack_entry
from refeed.report import Origin


class ShownEntry(NamedTuple):
    """One entry of the feed, and where it came from."""

    key: str  # names it in addresses: /entry/<key>; a UUID in lower case, the same as long as the id is the same
    entry: Entry
    path: str  # of the dump
    line: int  # where its record begins, from 1


class ShownEntries:
    """The entries, in the order of the feed."""

    def __init__(self, packed: Sequence[bytes], origins: Sequence[Origin]) -> None:
        """Take the packed entries and, in the same order, the records that they were made of."""
        self._packed, self._origins = packed, origins
        self._positions = {entry_key(origin.id): position for position, origin in enumerate(origins)}

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, position: int) -> ShownEntry:
        origin = self._origins[position]
        return ShownEntry(entry_key(origin.id), unpack_entry(self._packed[position]), origin.path, origin.line)

    def __iter__(self) -> Iterator[ShownEntry]:
        return map(self.__getitem__, range(len(self)))

    def first(self, count: int) -> list[ShownEntry]:
        """Return so many of them, or all if there are fewer."""
        return [*islice(self, count)]

    def find(self, key: str) -> int | None:
        """Return the position of the entry with this key; None if there is none."""
        return self._positions.get(key)
