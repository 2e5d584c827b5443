"""The entries of the feed for its pages: kept packed, and unpacked on request."""

from collections.abc import Iterator, Sequence
from itertools import islice

from refeed.pages.rendering import ShownEntry
from refeed.pipeline.entries.packed_entry import unpack_entry
from refeed.report import Origin
from refeed.urls import entry_key


class ShownEntries:
    """The entries, in the order of the feed."""

    def __init__(self, packed: Sequence[bytes], origins: Sequence[Origin]) -> None:
        """Take the packed entries and, in the same order, the records that they were made of."""
        self._packed, self._origins = packed, origins
        self.positions = {entry_key(origin.id): position for position, origin in enumerate(origins)}

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, position: int) -> ShownEntry:
        origin = self._origins[position]
        return ShownEntry(entry_key(origin.id), unpack_entry(self._packed[position]), origin.path, origin.line)

    def __iter__(self) -> Iterator[ShownEntry]:
        return map(self.__getitem__, range(len(self)))

    def keys_by_record(self) -> dict[tuple[str, int], str]:
        """Return the keys of the entries by the path and the line of their records."""
        return {(origin.path, origin.line): entry_key(origin.id) for origin in self._origins}

    def first(self, count: int) -> list[ShownEntry]:
        """Return the first `count` of them, or all if there are fewer."""
        return [*islice(self, count)]

    def find(self, key: str) -> int | None:
        """Return the position of the entry with this key; None if there is none."""
        return self.positions.get(key)
