"""The result of the first pass over a batch, as plain values: what selection and the report need of each file.

A ScanResult can be sent to another process and kept in the index: nothing in it depends on the clock, or on where its
batch stands in the order of discovery.
"""

import json
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from itertools import chain
from struct import Struct
from typing import Any, Final

from refeed.problems import Problem
from refeed.records.facets import packed, unpacked
from refeed.records.filters import Filter
from refeed.records.rows import latest_of, moved, unpack
from refeed.startup.named_tuple import NamedTuple

# What one byte of `kinds` says of a file; OWN is a feed that refeed wrote.
UNREAD, SKIPPED, READ, OWN = range(4)

_HEAD: Final = Struct("<IIId")  # number of files, bytes of rows, bytes of facets, latest date


class FileNotes(NamedTuple):
    """What there is to say of a file beside its rows."""

    filtered: int = 0  # records that a filter leaves out
    undated: int = 0  # records without a date that are left out; each has its problem
    problems: tuple[Problem, ...] = ()  # without its path: why it, or a record of it, is left out, and every error
    fleeting: bool = False  # the same bytes may give something else another time
    matched: tuple[Filter, ...] = ()  # the filters that any of its records matches
    undated_facets: tuple[str, ...] = ()  # hexadecimal: those of each undated record, whose problems come last
    missed: tuple[tuple[str, int], ...] = ()  # kinds of filters, and how many of the filtered records have none of each


class ScanResult(NamedTuple):
    """What the first pass made of a batch."""

    kinds: bytes  # of each file
    rows: bytes  # of their records
    notes: Mapping[int, FileNotes]  # by the number of the file in the batch; few have any
    facets: bytes = b""  # of each row, one after the other (see facets); empty where nobody asks for them

    def with_more(self, other: "ScanResult") -> "ScanResult":
        """Add what was made of other files of the same batch."""
        if not any(self.kinds):
            return other
        kinds = bytes(map(max, self.kinds, other.kinds))
        return ScanResult(kinds, self.rows + other.rows, {**self.notes, **other.notes}, self.facets + other.facets)

    def moved(self, numbers: Mapping[int, int], count: int) -> "ScanResult":
        """Keep some of the files, old number → new number, in a batch of `count` files."""
        kinds = bytearray(count)
        for old, new in numbers.items():
            kinds[new] = self.kinds[old]
        notes = {numbers[old]: note for old, note in self.notes.items() if old in numbers}
        return ScanResult(bytes(kinds), moved(self.rows, numbers), notes, self._facets_of(numbers))

    def _facets_of(self, numbers: Container[int]) -> bytes:
        """Return the facets of the rows of some files."""
        pairs = zip(unpack(self.rows), unpacked(self.facets), strict=True) if self.facets else ()
        return packed(facets for fields, facets in pairs if fields[5] in numbers)

    def fleeting(self) -> frozenset[int]:
        """Return the numbers of the files that the next build has to read again."""
        return frozenset(file_no for file_no, note in self.notes.items() if note.fleeting)

    def to_bytes(self) -> bytes:
        """Return the result as the index keeps it."""
        notes = json.dumps([(file_no, *note) for file_no, note in self.notes.items()]) if self.notes else ""
        meta = _HEAD.pack(len(self.kinds), len(self.rows), len(self.facets), latest_of(self.rows))
        return meta + self.kinds + self.rows + self.facets + notes.encode()


def from_bytes(data: bytes, latest: float) -> ScanResult | None:
    """Read what `to_bytes` wrote; None where a date lies beyond the latest that is plausible now."""
    files, size, size_of_facets, newest = _HEAD.unpack_from(data)
    if newest > latest:
        return None
    rows = _HEAD.size + files
    facets = rows + size
    end = facets + size_of_facets
    rest = json.loads(data[end:]) if data[end:] else ()
    notes = {
        file_no: FileNotes(
            filtered, undated, _problems(problems), fleeting, _filters(matched), tuple(of_undated), _pairs(missed)
        )
        for file_no, filtered, undated, problems, fleeting, matched, of_undated, missed in rest
    }
    return ScanResult(data[_HEAD.size : rows], data[rows:facets], notes, data[facets:end])


def counted(left_out: Iterable[Iterable[str]]) -> tuple[tuple[str, int], ...]:
    """Count the records by the kinds of filters that each misses."""
    return tuple(sorted(Counter(chain.from_iterable(left_out)).items()))


def _pairs(facts: list[list[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((kind, number) for kind, number in facts)


def _filters(facts: list[list[str]]) -> tuple[Filter, ...]:
    return tuple((key, value) for key, value in facts)


def _problems(facts: list[list[Any]]) -> tuple[Problem, ...]:
    return tuple(Problem(*values) for values in facts)
