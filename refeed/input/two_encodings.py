"""Read a file in two encodings: a robot's UTF-8 header above a body as it was downloaded."""

import re
from typing import Final, NamedTuple

from refeed.input.charsets import detect_charset
from refeed.input.recode import to_utf8

# Charsets of two bytes: some of their words are UTF-8 of two bytes by chance (GBK 联通), hardly ever of three.
_WIDE: Final = frozenset({"big5", "cp932", "cp949", "euc-jp", "euc_jp", "gb18030"})
_TWO_OF_THREE_BYTES: Final = re.compile(r"[\u0800-\U0010ffff][^\u0800-\U0010ffff]*[\u0800-\U0010ffff]")


class Mixed(NamedTuple):
    """Text in two encodings as UTF-8; each place that fits neither shows U+FFFD."""

    data: bytes
    charset: str  # of the lines that are not UTF-8
    places: int


def read_mixed(data: bytes) -> Mixed | None:
    """Return what is UTF-8 in some lines and in others clearly a charset; None if it is not."""
    lines = data.split(b"\n")
    rest = b"\n".join(line for line in lines if not line.isascii() and _text(line) is None)
    guess = detect_charset(rest) if rest else None
    if guess is None or not guess.is_clear:
        return None
    is_utf8 = [_is_utf8(line, guess.charset) for line in lines]
    if not any(is_utf8):
        return None
    read = [
        (line, 0) if sound or line.isascii() else to_utf8(line, guess.charset)
        for line, sound in zip(lines, is_utf8, strict=True)
    ]
    return Mixed(b"\n".join(line for line, _ in read), guess.charset, sum(places for _, places in read))


def _is_utf8(line: bytes, charset: str) -> bool:
    """Return whether a line that is not ASCII can only be UTF-8 beside lines in that charset."""
    text = None if line.isascii() else _text(line)
    return text is not None and (charset not in _WIDE or _TWO_OF_THREE_BYTES.search(text) is not None)


def _text(line: bytes) -> str | None:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return None
