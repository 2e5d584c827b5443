"""Decode bytes piece by piece: as text a large file may take four times as much memory."""

import codecs
from collections.abc import Iterator
from io import BytesIO
from typing import Final

_PIECE: Final = 2**20


def decoded_pieces(data: bytes, encoding: str, errors: str = "strict", *, cut: bool = False) -> Iterator[str]:
    """Yield the text of some bytes, piece by piece; where they do not fit, `errors` says what happens.

    If they may be `cut`, half a character at their end is no error.
    """
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for start in range(0, max(1, len(data)), _PIECE):
        yield decoder.decode(data[start : start + _PIECE], not cut and start + _PIECE >= len(data))


def to_utf8(data: bytes, encoding: str) -> tuple[bytes, int]:
    """Return text as UTF-8, and in how many places, each U+FFFD now, it did not fit its encoding."""
    whole, damage = BytesIO(), 0
    for text in decoded_pieces(data, encoding, "replace"):
        whole.write(text.encode("utf-8", "replace"))
        damage += text.count("\ufffd")
    return whole.getvalue(), damage
