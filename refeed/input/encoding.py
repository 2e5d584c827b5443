"""Detect a file's encoding: by its marks, else UTF-8, the user's setting, damaged UTF-8, or a charset that fits."""

import codecs
from typing import Final

from refeed.input.recode import decoded_pieces, to_utf8
from refeed.model import Document
from refeed.problems import Problem
from refeed.startup.named_tuple import NamedTuple

_HEAD: Final = 1024
_WESTERN: Final = "cp1252"  # what ISO 8859-1 and Latin 1 mean, too
_PIECE: Final = 2**20

_BOMS: Final = (  # UTF-32 first: its mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BOM_STARTS: Final = frozenset({mark[:1] for mark, _ in _BOMS})
# What no text holds and no feed may (XML 1.0, 2.2); Emacs parts pages by form feeds.
_CONTROLS: Final = bytes({*range(1, 0x20)} - {*b"\t\n\f\r"}) + b"\x7f"


class Decoded(NamedTuple):
    """A document that is UTF-8 for certain, or none; and what there is to say about its encoding."""

    document: Document | None
    problem: Problem | None


def encoding_by_mark(data: bytes) -> str | None:
    """Return the encoding that a byte order mark other than UTF-8's names."""
    if data[:1] not in _BOM_STARTS:
        return None
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def utf16_by_nuls(data: bytes) -> str | None:
    """Return which UTF-16 this is without a mark: ASCII fills every other byte of a header with NULs."""
    head = data[:_HEAD]
    if b"\0" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 4 * even and odd * 10 >= len(head) // 2:
        return "utf-16-le"
    if even > 4 * odd and even * 10 >= len(head) // 2:
        return "utf-16-be"
    return None


def with_unix_line_ends(data: bytes) -> bytes:
    r"""Return the bytes with "\n" at the end of every line."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def must_be_utf8(document: Document) -> None:
    """Raise UnicodeDecodeError if anything in a document is not UTF-8; for whoever looks past the header."""
    if not document.is_utf8:
        for _ in decoded_pieces(document.data, "utf-8"):
            pass


def with_encoding_known(document: Document) -> Document:
    """Return a document that says that it is UTF-8, if it is: of many records each may ask."""
    try:
        must_be_utf8(document)
    except UnicodeDecodeError:  # whoever needs the text will tell
        return document
    return document._replace(is_utf8=True)


def decode(document: Document, encoding: str | None = None) -> Decoded:
    """Make sure that the whole document is UTF-8, translating it where it is something else.

    `encoding` is the user's setting, used only where the bytes are not UTF-8. Without a clear answer there is no
    document: a wrong guess would put mojibake into the feed.
    """
    try:
        must_be_utf8(document)
    except UnicodeDecodeError:
        return _translate(document, encoding)
    return _decoded(document, document.data)


def _translate(document: Document, encoding: str | None) -> Decoded:
    if encoding:
        return _read_beside_utf8(document, encoding) or _read_as(document, encoding)
    from refeed.input.damaged_utf8 import looks_western, mend  # nearly all files are UTF-8

    mended = mend(document.data)
    if not mended.is_clearly_utf8:
        from refeed.input.charsets import detect_charset
        from refeed.input.two_encodings import read_mixed

        mixed = None if mended.is_slight or mended.is_nearly_sound else read_mixed(document.data)
        if mixed:
            damage = invalid(mixed.places, mixed.charset)
            return _decoded(document, mixed.data, two_encodings_message(mixed.charset), damage)
        guess = detect_charset(document.data)
        if guess and guess.is_clear and not mended.is_slight:
            return _read_as(document, guess.charset)
        if guess and guess.charset == _WESTERN and mended.is_mostly_ascii and looks_western(document.data):
            told = f"{_places(len(mended.places))} not valid UTF-8; assumed to be Windows-1252"
            return _decoded(document, to_utf8(document.data, guess.charset)[0], told)
        if not mended.is_nearly_sound:
            message = "could not determine the encoding; set `encoding` in refeed.toml"
            return Decoded(None, Problem("unknown-encoding", message, document.source.path))
    return _decoded(document, mended.data, invalid(len(mended.places), "UTF-8"))


def _read_beside_utf8(document: Document, charset: str) -> Decoded | None:
    """Return a document of which some lines are UTF-8: as Western text they would be no words, only marks."""
    if charset != _WESTERN:
        return None
    from refeed.input.two_encodings import read_beside_utf8

    mixed = read_beside_utf8(document.data, charset)
    damage = invalid(mixed.places, charset) if mixed else ""
    return _decoded(document, mixed.data, two_encodings_message(charset), damage) if mixed else None


def _read_as(document: Document, charset: str) -> Decoded:
    data, places = to_utf8(document.data, charset)
    return _decoded(document, data, invalid(places, charset))


def _decoded(document: Document, data: bytes, *damage: str) -> Decoded:
    told = dict.fromkeys((*document.damage, *filter(None, (*damage, _controls(data)))))  # once, also if read twice
    found = document._replace(data=with_unix_line_ends(data), is_utf8=True, damage=tuple(told))
    return Decoded(found, _problem(found))


def _controls(data: bytes) -> str:
    """Return the message that a text holds control characters, which are no part of it; "" if it has none."""
    if not any(code in data for code in _CONTROLS):  # nearly always; to look for each takes a quarter of counting all
        return ""
    pieces = (data[start : start + _PIECE] for start in range(0, len(data), _PIECE))
    count = sum(len(piece) - len(piece.translate(None, _CONTROLS)) for piece in pieces)
    return "1 control character is dropped" if count == 1 else f"{count:,} control characters are dropped"


def _problem(document: Document) -> Problem | None:
    return Problem("bad-encoding", "; ".join(document.damage), document.source.path) if document.damage else None


def invalid(places: int, encoding: str) -> str:
    """Return the message that some bytes do not fit their encoding; "" if all do."""
    return f"{_places(places)} not valid {encoding.upper()}; U+FFFD is shown instead" if places else ""


def two_encodings_message(charset: str) -> str:
    """Return the message that a file is written in two encodings."""
    return f"two encodings: some lines are UTF-8, others {charset.upper()}"


def _places(count: int) -> str:
    return "1 place is" if count == 1 else f"{count:,} places are"
