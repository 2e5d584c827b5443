"""Make a zip that holds itself, and so archives without end: its one member unpacks to the whole file.

The packed member is a program in two instructions of DEFLATE (RFC 1951): L copies what follows (a stored block), R
repeats what was just written (a block with two matches, or one). The order of them is the one by which a program
without variables writes itself out between a prefix and a suffix that it does not know.
"""

import struct
import zlib
from collections.abc import Iterable
from typing import Final

NAME: Final = b"this-zip-that-holds-itself.zip"
"""The name of the member: 30 bytes, so that its header and an instruction are 65, which R repeats in five bytes."""

_UNIT: Final = 5  # bytes of an instruction
_EMPTY: Final = ((0b010, 3), (0, 7))  # a block with the fixed code, and its end
_END: Final = b"\x01\0\0\xff\xff"  # the last block, with nothing in it


def quine_zip() -> bytes:
    """Return the archive. Its checksum is part of it: all bits of the one depend on those of the other, linearly."""
    bare = zlib.crc32(_archive(0))
    columns = [zlib.crc32(_archive(1 << bit)) ^ bare ^ (1 << bit) for bit in range(32)]
    return _archive(_solved(columns, bare))


def _archive(checksum: int) -> bytes:
    size = packed = 0
    for _ in range(2):  # the sizes are fields of the same length, whatever they are
        facts = struct.pack("<HHHHHIII", 20, 0, 8, 0, 33, checksum, packed, size)
        prefix = b"PK\3\4" + facts + struct.pack("<HH", len(NAME), 0) + NAME
        entry = b"PK\1\2" + struct.pack("<H", 20) + facts + struct.pack("<HHHHHII", len(NAME), 0, 0, 0, 0, 0, 0) + NAME
        start = len(prefix) + packed
        suffix = _END + entry + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), start, 0)
        data = _program(prefix, suffix)
        size, packed = len(data), len(data) - len(prefix) - len(suffix) + len(_END)
    return data


def _program(prefix: bytes, suffix: bytes) -> bytes:
    head, four, one, none = _literal(len(prefix) + _UNIT), _literal(4 * _UNIT), _literal(_UNIT), _literal(0)
    again, repeat = _repeat([len(prefix) + _UNIT], padded=True), _repeat([10, 10])
    last = _repeat([10, len(suffix) + 6 - 10])
    tail = _literal(len(last) + len(suffix))
    return b"".join(
        (
            *(prefix, head, prefix, head, again),
            *(one, again, one, one),
            *(four, again, one, one, four, repeat),
            *(four, repeat, four, repeat, four, repeat),
            *(four, repeat, none, none, tail, repeat),
            *(none, none, tail, last, suffix, last, suffix),
        )
    )


def _literal(count: int) -> bytes:
    return b"\0" + struct.pack("<HH", count, count ^ 0xFFFF)


def _repeat(lengths: list[int], *, padded: bool = False) -> bytes:
    """Return a block that writes so many of the bytes again that were written last."""
    bits: list[tuple[int, int]] = [(0b010, 3)]
    for length in lengths:
        bits += [*_length(length), *_distance(sum(lengths))]
    joined, at = 0, 0
    for value, width in (*bits, (0, 7), *(_EMPTY if padded else ())):
        joined |= value << at
        at += width
    assert at % 8 == 0, f"{at} bits"
    return joined.to_bytes(at // 8, "little")


def _length(length: int) -> Iterable[tuple[int, int]]:
    """Return the code of a length from 3 to 114, its most significant bit first, and the bits behind it."""
    if length <= 10:
        return ((_mirrored(length - 2, 7), 7),)
    extra = (length - 3).bit_length() - 3
    code = 8 + (extra - 1) * 4 + ((length - 3) >> extra) - 3
    return (_mirrored(code, 7), 7), ((length - 3) & ((1 << extra) - 1), extra)


def _distance(distance: int) -> Iterable[tuple[int, int]]:
    extra = (distance - 1).bit_length() - 2
    code = 2 * extra + ((distance - 1) >> extra)
    return (_mirrored(code, 5), 5), ((distance - 1) & ((1 << extra) - 1), extra)


def _mirrored(value: int, width: int) -> int:
    return int(f"{value:0{width}b}"[::-1], 2)


def _solved(columns: list[int], wanted: int) -> int:
    """Return which of the columns together make what is wanted (Gauss, over bits)."""
    rows = dict[int, tuple[int, int]]()  # by the highest bit: a combination, and of which columns
    for number, column in enumerate(columns):
        rest, used = _reduced(column, 1 << number, rows)
        if rest:
            rows[rest.bit_length()] = rest, used
    rest, used = _reduced(wanted, 0, rows)
    assert rest == 0, "no such checksum"
    return used


def _reduced(rest: int, used: int, rows: dict[int, tuple[int, int]]) -> tuple[int, int]:
    while rest.bit_length() in rows and rest:
        row, of_row = rows[rest.bit_length()]
        rest, used = rest ^ row, used ^ of_row
    return rest, used
