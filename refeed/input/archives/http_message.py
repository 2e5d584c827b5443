"""Take the body out of a response of HTTP/1.1 as a robot has recorded it (RFC 9112), whatever it is packed in."""

import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Final

from refeed.input.archives.compression import (
    GZIP_MAGIC,
    ZSTD_MAGIC,
    Decompressor,
    check_ratio,
    deflate,
    gzip,
    unpacked,
    zlib_stream,
    zstd,
)
from refeed.input.archives.errors import ArchiveError, MemberError, OverLimitError
from refeed.limits import Limits

# The line before a chunk (RFC 9112, 7.1): its size, and extensions.
_CHUNK_SIZE: Final = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]{0,200})?\r?\n")
# The parameter of a media type.
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_MOST_CODINGS: Final = 2
_IDENTITY: Final = frozenset({"", "identity", "none", "utf-8"})  # the last by mistake, and often


def charset_of(content_type: str) -> str:
    """Return the charset that a Content-Type names."""
    found = _CHARSET.search(content_type)
    return found[1] if found else ""


def body_of(raw: bytes, headers: Mapping[str, str], limits: Limits) -> bytes:
    """Return the body of a response without its transfer and content codings.

    Robots that have taken a coding away leave the header that names it: what is in none is left as it is.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        raw = b"".join(_chunks(raw))
    codings = [coding.strip().lower() for coding in headers.get("content-encoding", "").split(",")]
    codings = [coding for coding in codings if coding not in _IDENTITY]
    if len(codings) > _MOST_CODINGS:
        raise MemberError(f"packed {len(codings)} times over: not read")
    for coding in reversed(codings):
        raw = _decoded(raw, coding, limits)
    return raw


def _chunks(raw: bytes) -> Iterator[bytes]:
    """Yield the chunks of a body, as far as they go (RFC 9112, 7.1)."""
    start = 0
    while size := _CHUNK_SIZE.match(raw, start):
        start = size.end() + int(size[1], 16)
        yield raw[size.end() : start]
        if size.end() == start:
            return
        start += len(b"\r\n") if raw.startswith(b"\r\n", start) else len(b"\n")
    yield raw[start:]


def _by_deflate(raw: bytes) -> Decompressor:
    """Return what unpacks `deflate`: by RFC 9110 that is zlib, but some servers leave its header out."""
    is_zlib = len(raw) > 1 and raw[0] & 15 == 8 and not int.from_bytes(raw[:2], "big") % 31
    return zlib_stream() if is_zlib else deflate()


_CODINGS: Final[Mapping[str, tuple[bytes, Callable[[bytes], Decompressor]]]] = MappingProxyType(
    {
        "deflate": (b"", _by_deflate),
        **dict.fromkeys(("gzip", "x-gzip"), (GZIP_MAGIC, lambda _: gzip())),
        "zstd": (ZSTD_MAGIC, lambda _: zstd()),
    }
)


def _decoded(raw: bytes, coding: str, limits: Limits) -> bytes:
    if coding not in _CODINGS:
        raise MemberError(f"packed with {coding[:20]!r}, which refeed does not read")
    magic, new = _CODINGS[coding]
    if not raw.startswith(magic):
        return raw
    parts, size = list[bytes](), 0
    try:
        for piece in unpacked(BytesIO(raw).read, lambda: new(raw), magic or None):
            size += len(piece)
            if size > limits.max_file_bytes:
                raise OverLimitError(limits.max_file_bytes, "bytes", "max_file_bytes")
            check_ratio(size, len(raw), limits)
            parts.append(piece)
    except ArchiveError as error:
        raise MemberError(error.problem.message, error.problem.code) from None
    return b"".join(parts)
