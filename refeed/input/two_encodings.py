"""Read a file in two encodings: a robot's UTF-8 header above a body as it was downloaded, or texts of many feeds."""

from typing import Final

from refeed.input.charsets import detect_charset
from refeed.input.recode import to_utf8
from refeed.input.seven_bit import seven_bit_charset
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# Charsets of two bytes: some of their words are UTF-8 of two bytes by chance (GBK 联通), hardly ever of three.
_WIDE: Final = frozenset({"big5", "cp932", "cp949", "euc-jp", "euc_jp", "gb18030"})
_TWO_OF_THREE_BYTES: Final = late_pattern(r"[\u0800-\U0010ffff][^\u0800-\U0010ffff]*[\u0800-\U0010ffff]")
# Letters of two bytes in UTF-8, by their alphabets. Words of one of them are no chance: every other byte would have to
# be one of the two or three that such an alphabet begins with.
_ALPHABETS: Final = (
    late_pattern("[\xc0-\xd6\xd8-\xf6\xf8-\u017f\u0218-\u021b]"),
    late_pattern("[\u0386-\u03ce]"),
    late_pattern("[\u0400-\u0491]"),
    late_pattern("[\u05d0-\u05ea]"),
    late_pattern("[\u0620-\u06d3]"),
)
_OF_TWO_BYTES: Final = late_pattern(r"[^\W\d_\x00-\x7f]")
# A letter with an accent beside a plain one, as words of Latin script have them.
_ACCENTED_WORD: Final = late_pattern("[A-Za-z][\xc0-\xd6\xd8-\xf6\xf8-\u017f]|[\xc0-\xd6\xd8-\xf6\xf8-\u017f][A-Za-z]")


class Mixed(NamedTuple):
    """Text in two encodings as UTF-8; each place that fits neither shows U+FFFD."""

    data: bytes
    charset: str  # of the lines that are not UTF-8
    places: int


def read_mixed(data: bytes) -> Mixed | None:
    """Return what is UTF-8 in some lines and in others clearly a charset; None if it is not."""
    lines = data.split(b"\n")
    texts = [None if line.isascii() else _text(line) for line in lines]
    others = [at for at, line in enumerate(lines) if texts[at] is None and not line.isascii()]
    guess = detect_charset(b"\n".join([lines[at] for at in others])) if others else None
    if guess is None or not guess.is_clear:
        return None
    is_wide = guess.charset in _WIDE
    is_utf8 = [text is not None and (not is_wide or _TWO_OF_THREE_BYTES.search(text) is not None) for text in texts]
    header = [text for text in texts[: others[0]] if text]
    if is_wide and (any(is_utf8[: others[0]]) or _is_in_one_alphabet("\n".join(header))):
        is_utf8[: others[0]] = [text is not None for text in texts[: others[0]]]
    if not any(is_utf8):
        return None
    return _mixed(lines, is_utf8, guess.charset)


def read_beside_utf8(data: bytes, charset: str) -> Mixed | None:
    """Return a file that says it is in a charset of one byte, of which some lines are UTF-8; None if none are."""
    lines = data.split(b"\n")
    is_utf8 = [not line.isascii() and _text(line) is not None for line in lines]
    if not any(is_utf8):
        return None
    return _mixed(lines, is_utf8, charset)


def read_escaped_lines(data: bytes) -> Mixed | None:
    """Return what is UTF-8 in some lines and in others a charset of escape sequences; None if it is not."""
    if data.isascii() or _text(data) is None:
        return None
    lines = data.split(b"\n")
    escaped = b"\n".join([line for line in lines if line.isascii()])
    charset = seven_bit_charset(escaped)
    if charset is None:
        return None
    # Together: one of these charsets is named once, at the beginning.
    read, places = to_utf8(escaped, charset)
    others = read.split(b"\n")
    if len(others) != sum(map(bytes.isascii, lines)):  # HZ goes on with the next line behind a tilde
        return None
    taken = iter(others)
    return Mixed(b"\n".join([next(taken) if line.isascii() else line for line in lines]), charset, places)


def _mixed(lines: list[bytes], is_utf8: list[bool], charset: str) -> Mixed:
    read = [
        (line, 0) if sound or line.isascii() else to_utf8(line, charset)
        for line, sound in zip(lines, is_utf8, strict=True)
    ]
    return Mixed(b"\n".join(line for line, _ in read), charset, sum(places for _, places in read))


def _is_in_one_alphabet(header: str) -> bool:
    """Return whether a header's letters beyond ASCII are words of one alphabet: no charset of two bytes has them so."""
    letters = "".join(_OF_TWO_BYTES.findall(header))
    if not any(alphabet.sub("", letters) == "" for alphabet in _ALPHABETS):
        return False
    is_latin = letters < "\u0250"
    return _ACCENTED_WORD.search(header) is not None if is_latin else len(letters) > 1


def _text(line: bytes) -> str | None:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return None
