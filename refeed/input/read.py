"""Read the bytes of a file, as much of them as may be text."""

import codecs
import os
from contextlib import closing
from itertools import chain
from typing import Final

from refeed.input.encoding import encoding_by_mark, invalid, two_encodings_message, utf16_by_nuls, with_unix_line_ends
from refeed.input.file_types import binary_file, has_magic, is_binary, is_not_text
from refeed.input.place import PlaceError, joined
from refeed.input.recode import to_utf8
from refeed.input.seven_bit import ESCAPE, MARKS, OPENING, seven_bit_charset
from refeed.input.source_files import Inside, SourceFiles
from refeed.limits import DEFAULT_LIMITS, Limits, limit_message
from refeed.model import Document, SourceFile
from refeed.paths import INTO
from refeed.problems import Problem

_CHUNK: Final = 2**16
# What headers begin with; nothing that has magic bytes and no mark of an encoding begins so.
_OPENINGS: Final = frozenset({b"\n", b"+", b"-", b"<", b"T", b"[", b"{"})
_NUL, _RETURN, _ESCAPE, _TILDE = b"\0\r" + ESCAPE + OPENING[:1]


class TooLargeHereError(Exception):
    """A file may be read, but not by a process that shares the machine with others."""


def read(
    source: SourceFile, limits: Limits = DEFAULT_LIMITS, files: SourceFiles | None = None, *, share: int | None = None
) -> Document | Problem:
    """Read a file; what is not text, or too large, is a problem.

    `files` opens it. Without, it must lie where its path says: no link is followed to it.
    Raise TooLargeHereError where it is text, has more bytes than `share`, and no more than a file may have.
    """
    if files is None:
        with closing(SourceFiles((), limits)) as own:
            return read(source, limits, own, share=share)
    try:
        inside = files.inside(source) if INTO in source.path or "://" in source.path else None
        most = limits.max_file_bytes
        data = _gathered(inside, most, share) if inside else _bytes(files.local.open(source), most, share)
    except OSError as error:
        return Problem("unreadable", f"cannot be read: {error.strerror}", source.path)
    except PlaceError as error:
        return error.problem.at(source.path)
    if data is None:
        return Problem("over-limit", limit_message(limits.max_file_bytes, "bytes", "max_file_bytes"), source.path)
    # Nearly every dump begins as a header does, without a mark, and holds nothing that has to be looked at: NULs, line
    # ends of other systems, marks of charsets. (To look for the number of a byte is faster than `b"x" in data`, which
    # first makes an exception and drops it.)
    is_unusual = _NUL in data or _RETURN in data or _ESCAPE in data or (_TILDE in data and OPENING in data)
    if data[:1] in _OPENINGS and not is_unusual:
        # All fields by their places, because to fill in those that are left out would take longer.
        document: Document | Problem = Document._make((source, data, False, (), limits, False, 0, None, None))
    else:
        document = _document(source, data, limits)
    if inside and isinstance(document, Document):
        facts = inside.place.facts(inside.name)
        document = document._replace(crawl=facts.crawl, saved=facts.saved)
    return document


def _bytes(handle: int, most: int, share: int | None) -> bytes | None:
    try:
        data = os.read(handle, _CHUNK)
        if len(data) <= most and (len(data) < _CHUNK or is_not_text(data)):
            return data
        size = os.fstat(handle).st_size
        if size > most:
            return None
        if share is not None and size > share:
            raise TooLargeHereError
        os.lseek(handle, 0, os.SEEK_SET)
        data = os.read(handle, size + 1)  # in one piece: joining several would need the memory twice
        return data if len(data) == size else _all_of(handle, data, most)
    finally:
        os.close(handle)


def _all_of(handle: int, begun: bytes, most: int) -> bytes | None:
    """Return the bytes of a file that is not as large as it was, or that the system does not read at once."""
    parts, size = [begun], len(begun)
    while data := os.read(handle, 16 * _CHUNK):
        parts.append(data)
        size += len(data)
        if size > most:  # it grows
            return None
    return b"".join(parts)


def _gathered(inside: Inside, most: int, share: int | None) -> bytes | None:
    chunks = inside.place.chunks(inside.name)
    first = next(chunks, b"")
    if is_not_text(first):
        return first
    data = joined(chain([first], chunks), most if share is None else min(share, most))
    if data is None and share is not None and share < most:
        raise TooLargeHereError
    return data


def _document(source: SourceFile, data: bytes, limits: Limits) -> Document | Problem:
    encoding, damage = encoding_by_mark(data), list[str]()
    if not encoding and not has_magic(data):
        encoding = utf16_by_nuls(data) or seven_bit_charset(data)
    if encoding:
        data, places = to_utf8(data, encoding)
        damage.append(invalid(places, encoding))
    elif any(mark in data for mark in MARKS):
        from refeed.input.two_encodings import read_escaped_lines  # its patterns are large, and such files are few

        if mixed := read_escaped_lines(data):
            encoding, data = mixed.charset, mixed.data
            damage += [two_encodings_message(mixed.charset), invalid(mixed.places, mixed.charset)]
    while data.startswith(codecs.BOM_UTF8):  # a program that writes its own before what it read doubles it
        data = data.removeprefix(codecs.BOM_UTF8)
    if is_binary(data):
        return binary_file(source.path, data)
    if nuls := data.count(0):  # a disk that lost its power leaves them, say
        data = data.replace(b"\0", b"")
        damage.append("1 NUL byte was dropped" if nuls == 1 else f"{nuls:,} NUL bytes were dropped")
    return Document(source, with_unix_line_ends(data), encoding is not None, tuple(filter(None, damage)), limits)
