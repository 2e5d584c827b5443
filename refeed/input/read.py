"""Read the bytes of a file, as much of them as may be text."""

import codecs
import os
from typing import Final

from refeed.input.encoding import encoding_by_mark, utf16_by_nuls, with_unix_line_ends
from refeed.input.file_types import has_magic, is_binary
from refeed.input.recode import to_utf8
from refeed.limits import DEFAULT_LIMITS, Limits, limit_message
from refeed.model import Document, SourceFile
from refeed.problems import Problem

# Non-blocking, so that a FIFO that took the file's place since it was found cannot stop the run.
_FLAGS: Final = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
_CHUNK: Final = 2**16
_HEAD: Final = 1024
# What headers begin with; nothing that has magic bytes and no mark of an encoding begins so.
_OPENINGS: Final = frozenset({b"\n", b"+", b"-", b"<", b"T", b"[", b"{"})


def read(source: SourceFile, limits: Limits = DEFAULT_LIMITS) -> Document | Problem:
    """Read a file; what is not text, or too large, is a problem."""
    try:
        data = _bytes(source.path, limits.max_file_bytes)
    except OSError as error:
        return Problem("unreadable", f"cannot be read: {error.strerror}", source.path)
    if data is None:
        return Problem("over-limit", limit_message(limits.max_file_bytes, "bytes", "max_file_bytes"), source.path)
    # Nearly every dump begins as a header does, without a mark and without NULs.
    if data[:1] in _OPENINGS and b"\0" not in data[:_HEAD] and b"\r" not in data:
        return Document(source, data, limits=limits)
    return _document(source, data, limits)


def _bytes(path: str, most: int) -> bytes | None:
    handle = os.open(path, _FLAGS)
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
    is_utf8, damage = False, 0
    encoding = encoding_by_mark(data)
    if not encoding and not has_magic(data):
        encoding = utf16_by_nuls(data)
    if encoding:
        data, damage = to_utf8(data, encoding)
        is_utf8 = True
    data = data.removeprefix(codecs.BOM_UTF8)
    if is_binary(data):
        return Problem("binary-file", "not a text file", source.path)
    return Document(source, with_unix_line_ends(data), is_utf8, damage, limits)
