"""A record as selection knows it: a row of 72 bytes, which workers send, the index keeps, and the fold adds up."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from math import inf
from struct import Struct, calcsize
from typing import Final

from refeed.digests import blake2b
from refeed.model import NEVER, RecordKey
from refeed.records.forms import EMPTY
from refeed.urls import entry_key

# identity, mark of the stated id (0: none), seconds since 1970 (infinity: undated), bytes, number in the file, number
# of the file in its batch, line, seconds of the stated update (0: none), flags, seconds from which it may go out (0:
# its date says) and until which (0: for ever), marks of title and name, form, and
# what that says of the name
_ROW: Final = Struct("<16sQdIIIIIBIIQBH")
_FLAGS: Final = calcsize("<16sQdIIIII")  # where they stand in a row
ROW_SIZE: Final = _ROW.size
DATE_AT: Final = 24  # the bytes before the seconds of the date
WITHHELD: Final = 1
BY_FILE_TIME: Final = 2
VAGUE: Final = 4  # a title and a day are all that tells its article apart
# Of what is withheld or will end, for another spelling of its address, or where filters do not want it: no record.
ECHO: Final = 8
PACKED_NEVER: Final = 2**32 - 1  # seconds that fit: in 2106

Fields = tuple[bytes, int, float, int, int, int, int, int, int, int, int, int, int, int]
"""The fields of a row in the order above: as plain tuples, because there are a million of them."""


def rows_of(key: RecordKey, file_no: int) -> list[bytes]:
    """Pack what selection needs of a record, once more for each other article that it withdraws."""
    return [row(key, file_no), *(row(key, file_no, other) for other in key.also_withdraws)]


def row(key: RecordKey, file_no: int, other: bytes = b"") -> bytes:
    """Pack what selection needs of a record; `file_no` is that of its file in its batch.

    With the identity of another article it is an echo, which withdraws that one and counts as nothing.
    """
    # To take the fields one after the other by their names takes longer than to pack them.
    number, line, size, identity, id_, date, withheld, by_time, _, update, released, ends, *_ = key
    marks, vague, form = key.marks, key.is_vague, EMPTY if other else key.form  # other forms are withdrawn once
    seconds = date.value.timestamp() if date else inf
    flags = 0
    if withheld or by_time or vague or other:  # few have any
        flags = (WITHHELD if withheld else 0) | (BY_FILE_TIME if by_time else 0)
        flags |= (VAGUE if vague else 0) | (ECHO if other else 0)
    stated = stated_id_mark(id_) if id_ else 0
    updated = _seconds(update.value) if update else 0
    release = _seconds(released) if released else 0
    expiry = _seconds(ends) if ends else 0
    where = other or identity, stated, seconds, size, number, file_no, line
    return _ROW.pack(*where, updated, flags, release, expiry, marks, form & 0xFF, form >> 8)


def _seconds(when: datetime) -> int:
    return PACKED_NEVER if when == NEVER else max(0, min(int(when.timestamp()), PACKED_NEVER))


def unpack(rows: bytes) -> Iterator[Fields]:
    """Return the fields of each row."""
    return _ROW.iter_unpack(rows)


def unpack_at(rows: bytes | bytearray, number: int) -> Fields:
    """Return the fields of one row."""
    fields: Fields = _ROW.unpack_from(rows, number * ROW_SIZE)
    return fields


def stated_id_mark(stated_id: str) -> int:
    """Return the 64 bits by which stated ids are compared; never 0. An entry is found by them from its address."""
    return key_mark(entry_key(stated_id))


def key_mark(key: str) -> int:
    """Return the mark of the id with this key."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") or 1


def as_echo(row: bytes) -> bytes:
    """Return the row of a record as that of an echo."""
    return row[:_FLAGS] + bytes([row[_FLAGS] | ECHO]) + row[_FLAGS + 1 :]


def echoes_in(rows: bytes) -> int:
    """Count the echoes among some rows."""
    flags = rows[_FLAGS::ROW_SIZE]
    return sum(flags.count(value) for value in range(ECHO, 2 * ECHO))


def moved(rows: bytes, numbers: Mapping[int, int]) -> bytes:
    """Keep the rows of some files of a batch only, and give the files new numbers: old → new."""
    kept = (fields for fields in _ROW.iter_unpack(rows) if fields[5] in numbers)
    return b"".join([_ROW.pack(*fields[:5], numbers[fields[5]], *fields[6:]) for fields in kept])


def divided(batches: Iterable[tuple[int, bytes]], number: int) -> list[bytearray]:
    """Divide rows by their identities into so many parts.

    Each batch comes with the number of its first file in the order of discovery, and in a part all files have theirs.
    """
    parts = [bytearray() for _ in range(number)]
    for base, rows in batches:
        for fields in _ROW.iter_unpack(rows):
            part = int.from_bytes(fields[0][:4], "big") % number
            parts[part] += _ROW.pack(*fields[:5], base + fields[5], *fields[6:])
    return parts


def latest_of(rows: bytes) -> float:
    """Return the latest date or update in some rows, in seconds since 1970; minus infinity if none has a date."""
    dates = (
        fields[2] if inf > fields[2] > fields[7] else float(fields[7] or -inf) for fields in _ROW.iter_unpack(rows)
    )
    return max(dates, default=-inf)
