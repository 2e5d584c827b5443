"""Read the bytes of a file, as much of them as may be text."""

import codecs
import os
from contextlib import closing
from typing import Final

from refeed.input.confined import ConfinedFiles
from refeed.input.encoding import encoding_by_mark, invalid, two_encodings_message, utf16_by_nuls, with_unix_line_ends
from refeed.input.file_types import binary_file, has_magic, is_binary
from refeed.input.recode import to_utf8
from refeed.input.seven_bit import MARKS, seven_bit_charset
from refeed.limits import DEFAULT_LIMITS, Limits, limit_message
from refeed.model import Document, SourceFile
from refeed.problems import Problem

_CHUNK: Final = 2**16
# What headers begin with; nothing that has magic bytes and no mark of an encoding begins so.
_OPENINGS: Final = frozenset({b"\n", b"+", b"-", b"<", b"T", b"[", b"{"})
# What has to be looked at: NULs, line ends of other systems, marks of charsets.
# Each with its first byte: to look for one byte takes a tenth of the time.
_UNUSUAL: Final = tuple((mark[:1], mark) for mark in (b"\0", b"\r", *MARKS))


def read(source: SourceFile, limits: Limits = DEFAULT_LIMITS, files: ConfinedFiles | None = None) -> Document | Problem:
    """Read a file; what is not text, or too large, is a problem.

    `files` opens it. Without, it must lie where its path says: no link is followed to it.
    """
    if files is None:
        with closing(ConfinedFiles()) as own:
            return read(source, limits, own)
    try:
        data = _bytes(files.open(source), limits.max_file_bytes)
    except OSError as error:
        return Problem("unreadable", f"cannot be read: {error.strerror}", source.path)
    if data is None:
        return Problem("over-limit", limit_message(limits.max_file_bytes, "bytes", "max_file_bytes"), source.path)
    # Nearly every dump begins as a header does, without a mark, and holds none of these bytes.
    if data[:1] in _OPENINGS and not _holds_unusual(data):
        return Document(source, data, limits=limits)
    return _document(source, data, limits)


def _holds_unusual(data: bytes) -> bool:
    for byte, unusual in _UNUSUAL:  # noqa: SIM110  as a generator it would take longer than the search
        if byte in data and unusual in data:
            return True
    return False


def _bytes(handle: int, most: int) -> bytes | None:
    try:
        data = os.read(handle, _CHUNK)
        if len(data) <= most and (len(data) < _CHUNK or _is_not_text(data)):
            return data
        if os.fstat(handle).st_size > most:
            return None
        parts, size = [data], len(data)
        while data := os.read(handle, 16 * _CHUNK):
            parts.append(data)
            size += len(data)
            if size > most:  # it grows
                return None
        return b"".join(parts)
    finally:
        os.close(handle)


def _is_not_text(data: bytes) -> bool:
    """Return whether the first bytes are a picture's, a video's or an archive's, so that the rest need not be read."""
    return is_binary(data) and not encoding_by_mark(data) and (has_magic(data) or not utf16_by_nuls(data))


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
