"""Tell the encoding of a file: byte order mark, UTF-8, UTF-16 by its NULs, the user's setting, a charset that fits."""

import codecs
from typing import Final, NamedTuple

from refeed.input.charsets import detect_charset
from refeed.input.recode import decoded_pieces, to_utf8
from refeed.model import Document
from refeed.problems import Problem

_HEAD: Final = 1024

_BOMS: Final = (  # UTF-32 first: its mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BOM_STARTS: Final = frozenset({mark[:1] for mark, _ in _BOMS})

_FIRST_BYTES: Final = bytes(range(0xC0, 0x100))  # RFC 3629, 3: what a character of several bytes begins with


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
    if b"\0" not in head or len(data) % 2:
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


def decode(document: Document, encoding: str | None = None) -> Decoded:
    """Make sure that the whole document is UTF-8, translating it where it is something else.

    `encoding` is the user's setting, used only where the bytes are not UTF-8. Without a clear answer there is no
    document: a wrong guess would put mojibake into the feed.
    """
    if document.is_utf8:
        return Decoded(document, _damage(document.source.path, document.damage, "UTF-16 or UTF-32"))
    try:
        must_be_utf8(document)
    except UnicodeDecodeError:
        return _translate(document, encoding)
    return Decoded(document._replace(is_utf8=True), None)


def _translate(document: Document, encoding: str | None) -> Decoded:
    path = document.source.path
    if encoding:
        data, damage = to_utf8(document.data, encoding)
        return Decoded(_with_data(document, data), _damage(path, damage, encoding))
    if _nearly_utf8(document.data):
        data, damage = to_utf8(document.data, "utf-8")
        return Decoded(_with_data(document, data), _damage(path, damage, "UTF-8"))
    found = detect_charset(document.data)
    if found is None:
        message = "could not determine the encoding; set `encoding` in refeed.toml"
        return Decoded(None, Problem("unknown-encoding", message, path))
    return Decoded(_with_data(document, to_utf8(document.data, found)[0]), None)


def _with_data(document: Document, data: bytes) -> Document:
    return document._replace(data=with_unix_line_ends(data), is_utf8=True)


def _damage(path: str, count: int, encoding: str) -> Problem | None:
    if not count:
        return None
    places = "1 place is" if count == 1 else f"{count:,} places are"
    return Problem("bad-encoding", f"{places} not valid {encoding}; U+FFFD is shown instead", path)


def _nearly_utf8(data: bytes) -> bool:
    """Return whether this is UTF-8 that was cut or hit by a stray byte, rather than text in another charset.

    Text in another charset has hardly any valid sequence of several bytes; damaged UTF-8 has hardly anything else.
    """
    bad, several = -data.count(b"\xef\xbf\xbd"), 0
    for text in decoded_pieces(data, "utf-8", "replace"):
        piece, damage = text.encode(), text.count("\ufffd")
        bad += damage
        several += len(piece) - len(piece.translate(None, _FIRST_BYTES)) - damage
    several += data.count(b"\xef\xbf\xbd")
    return several > 0 and (bad <= 2 or bad * 50 <= several)
