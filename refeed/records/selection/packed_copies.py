"""The records that lost against another one of their article, packed: there may be a million of them.

A duplicate is the numbers of a record's file and of the record in it, and those of the record that won. A copy is the
identity of the article, and what decides between its records.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from heapq import merge
from struct import Struct
from typing import Final

_DUPLICATE: Final = Struct(">4I")  # as bytes in the same order as the numbers
_COPY: Final = Struct("<16sdIiidQI")

Duplicate = tuple[int, int, int, int]
PlainRank = tuple[float, int, int, int, float, int, int]


def packed_duplicates(duplicates: Iterable[Duplicate]) -> bytes:
    """Pack duplicates in any order."""
    return b"".join(_DUPLICATE.pack(*one) for one in duplicates)


def each_duplicate(packed: bytes) -> Iterator[Duplicate]:
    """Yield packed duplicates."""
    return _DUPLICATE.iter_unpack(packed)


def number_of_duplicates(packed: bytes) -> int:
    """Count packed duplicates."""
    return len(packed) // _DUPLICATE.size


def packed_copies(copies: Iterable[tuple[bytes, Iterable[PlainRank]]]) -> bytes:
    """Pack the copies of some articles, in any order."""
    return b"".join(_COPY.pack(identity, *rank) for identity, ranks in copies for rank in ranks)


def copies_of(identity: bytes, packed: bytes) -> Iterator[PlainRank]:
    """Yield the copies of one article among many that are in order."""
    size = _COPY.size
    number = len(packed) // size
    first = bisect_left(range(number), identity, key=lambda copy: packed[copy * size : copy * size + len(identity)])
    for copy in range(first, number):
        found, *rank = _COPY.unpack_from(packed, copy * size)
        if found != identity:
            return
        newest, length, file, record, date, marks, form = rank
        yield newest, length, file, record, date, marks, form


def each_copy(packed: bytes) -> Iterator[tuple[bytes, PlainRank]]:
    """Yield packed copies, each with the identity of its article."""
    return ((identity, (*rank,)) for identity, *rank in _COPY.iter_unpack(packed))


def duplicates_in_order(parts: Iterable[bytes]) -> bytes:
    """Return the duplicates of several parts, in the order of their records."""
    return _in_order(parts, _DUPLICATE.size)


def copies_in_order(parts: Iterable[bytes]) -> bytes:
    """Return the copies of several parts, in the order of their articles."""
    return _in_order(parts, _COPY.size)


def _in_order(parts: Iterable[bytes], size: int) -> bytes:
    """Return the pieces of several parts in order; only a part at a time is in memory piece by piece."""
    ordered = [b"".join(sorted(_pieces(part, size))) for part in parts if part]
    if len(ordered) < 2:
        return b"".join(ordered)
    joined = bytearray()
    for piece in merge(*(_pieces(part, size) for part in ordered)):
        joined += piece
    return bytes(joined)


def _pieces(part: bytes, size: int) -> Iterator[bytes]:
    return (part[start : start + size] for start in range(0, len(part), size))
