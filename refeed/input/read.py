"""Read a file's bytes and tell their encoding: BOM, UTF-8, UTF-16, the user's word, East Asian charsets by score."""

import codecs
import os
from collections.abc import Iterator
from io import BytesIO
from typing import Final, NamedTuple

from refeed.input.file_types import has_magic, is_binary
from refeed.limits import DEFAULT_LIMITS, Limits, limit_message
from refeed.model import Document, SourceFile
from refeed.problems import Problem

# Non-blocking, so that a FIFO that took the file's place since it was found cannot stop the run.
_FLAGS: Final = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
_CHUNK: Final = 2**16
_PIECE: Final = 2**20  # bytes of a large file that are decoded at once: as text they may take four times as much
_HEAD: Final = 1024
# What headers begin with; nothing that has magic bytes and no mark of an encoding begins so.
_OPENINGS: Final = frozenset({b"\n", b"+", b"-", b"<", b"T", b"[", b"{"})

_BOMS: Final = (  # UTF-32 first: its mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_BOM_STARTS: Final = frozenset({mark[:1] for mark, _ in _BOMS})

# The most frequent characters of modern Chinese, simplified and traditional (about 40 % of any running text), and
# the kana and marks that no Japanese text is without. A wrong charset gives rare characters instead.
_CHINESE: Final = frozenset(
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只"
    "如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此"
    "话常与活正感這個們來時為說國著裡後會過對於學發當沒還樣種開總從無現動頭經長兒愛給間兩親進與話，。、：；！？「」“”（）《》"
)
_JAPANESE: Final = frozenset(
    "のにはをがでとしたてるいないもれらりかくきあこそうえおみんスンルトイクリアラコーマテレドシプロ、。「」・"
)

_CHARSETS: Final = (("gb18030", _CHINESE), ("big5", _CHINESE), ("cp932", _JAPANESE))

_FIRST_BYTES: Final = bytes(range(0xC0, 0x100))  # RFC 3629, 3: what a character of several bytes begins with
_ENOUGH: Final = 100_000  # characters that tell a charset
_CLEAR_SHARE: Final = 0.15  # right charsets score 0.3 to 0.6, wrong ones under 0.05
_CLEAR_FACTOR: Final = 2.0


class Decoded(NamedTuple):
    """A document that is UTF-8 for certain, or none; and what there is to say about its encoding."""

    document: Document | None
    problem: Problem | None


def read(source: SourceFile, limits: Limits = DEFAULT_LIMITS) -> Document | Problem:
    """Read a file; what is not text, or too large, is a problem."""
    try:
        data = _bytes(source.path, limits.max_file_bytes)
    except OSError as error:
        return Problem("unreadable", f"the file cannot be read: {error.strerror}", source.path)
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
        if len(data) <= most and (len(data) < _CHUNK or _is_no_text(data)):
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


def _document(source: SourceFile, data: bytes, limits: Limits) -> Document | Problem:
    settled, damage = False, 0
    encoding = _marked(data)
    if not encoding and not has_magic(data):
        encoding = _utf16_pattern(data)
    if encoding:
        data, damage = _recoded(data, encoding)
        settled, data = True, data.removeprefix(codecs.BOM_UTF8)
    elif data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    if is_binary(data):
        return Problem("binary-file", "this is not text", source.path)
    return Document(source, _line_ends(data), settled, damage, limits)


def _is_no_text(data: bytes) -> bool:
    """Tell a picture, a film or an archive by its first bytes, so that the rest need not be read."""
    return is_binary(data) and not _marked(data) and (has_magic(data) or not _utf16_pattern(data))


def _marked(data: bytes) -> str | None:
    if data[:1] not in _BOM_STARTS:
        return None
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def _line_ends(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def _utf16_pattern(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its NULs: ASCII fills every other byte of a header with them."""
    head = data[:_HEAD]
    if b"\0" not in head or len(data) % 2:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 4 * even and odd * 10 >= len(head) // 2:
        return "utf-16-le"
    if even > 4 * odd and even * 10 >= len(head) // 2:
        return "utf-16-be"
    return None


def decode(document: Document, encoding: str | None = None) -> Decoded:
    """Make sure that the whole document is UTF-8, translating it where it is something else.

    `encoding` is the user's word, asked only where the bytes are not UTF-8. Without a clear answer there is no
    document: a wrong guess would put mojibake into the feed.
    """
    if document.settled:
        return Decoded(document, _damage(document.source.path, document.damage, "UTF-16 or UTF-32"))
    try:
        document.must_be_utf8()
    except UnicodeDecodeError:
        return _translate(document, encoding)
    return Decoded(document._replace(settled=True), None)


def _translate(document: Document, encoding: str | None) -> Decoded:
    path = document.source.path
    if encoding:
        data, damage = _recoded(document.data, encoding)
        return Decoded(_with_data(document, data), _damage(path, damage, encoding))
    if _nearly_utf8(document.data):
        data, damage = _recoded(document.data, "utf-8")
        return Decoded(_with_data(document, data), _damage(path, damage, "UTF-8"))
    found = _clear_winner(document.data)
    if found is None:
        message = "no encoding fits for sure; name it with `encoding` in refeed.toml"
        return Decoded(None, Problem("unknown-encoding", message, path))
    return Decoded(_with_data(document, _recoded(document.data, found)[0]), None)


def _with_data(document: Document, data: bytes) -> Document:
    return document._replace(data=_line_ends(data), settled=True)


def _recoded(data: bytes, encoding: str) -> tuple[bytes, int]:
    """Write text as UTF-8, piece by piece; and count the places, each U+FFFD now, that did not fit its encoding."""
    whole, damage = BytesIO(), 0
    for piece, bad in _pieces(data, encoding):
        whole.write(piece)
        damage += bad
    return whole.getvalue(), damage


def _pieces(data: bytes, encoding: str) -> Iterator[tuple[bytes, int]]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for start in range(0, max(1, len(data)), _PIECE):
        text = decoder.decode(data[start : start + _PIECE], start + _PIECE >= len(data))
        yield text.encode("utf-8", "replace"), text.count("\ufffd")


def _damage(path: str, count: int, encoding: str) -> Problem | None:
    return Problem("bad-encoding", f"{count} places are not {encoding}; each became U+FFFD", path) if count else None


def _nearly_utf8(data: bytes) -> bool:
    """Tell UTF-8 that was cut or hit by a stray byte from text in another charset.

    Text in another charset has hardly any valid sequence of several bytes; damaged UTF-8 has hardly anything else.
    """
    bad, several = -data.count(b"\xef\xbf\xbd"), 0
    for piece, damage in _pieces(data, "utf-8"):
        bad += damage
        several += len(piece) - len(piece.translate(None, _FIRST_BYTES)) - damage
    several += data.count(b"\xef\xbf\xbd")
    return several > 0 and (bad <= 2 or bad * 50 <= several)


def _clear_winner(data: bytes) -> str | None:
    """Decode strictly in each charset and name the one whose text looks like language, if only one does."""
    scored = sorted(
        ((score, name) for name, frequent in _CHARSETS if (score := _score(data, name, frequent))), reverse=True
    )
    if not scored or scored[0][0] < _CLEAR_SHARE:
        return None
    if len(scored) > 1 and scored[0][0] < _CLEAR_FACTOR * scored[1][0]:
        return None
    return scored[0][1]


def _score(data: bytes, charset: str, frequent: frozenset[str]) -> float:
    """Say which share of the first characters beyond ASCII is frequent in running text; 0 if the data does not fit."""
    decoder = codecs.getincrementaldecoder(charset)()
    beyond_ascii: list[str] = []
    try:
        for start in range(0, max(1, len(data)), _PIECE):
            text = decoder.decode(data[start : start + _PIECE], start + _PIECE >= len(data))
            if len(beyond_ascii) < _ENOUGH:
                beyond_ascii += [character for character in text[:_ENOUGH] if character > "\x7f"]
    except UnicodeDecodeError:
        return 0.0
    return sum(map(frequent.__contains__, beyond_ascii)) / max(1, len(beyond_ascii))
