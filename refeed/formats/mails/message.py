"""Read a mail: its headers decoded (RFC 2047), the part that holds its text, and the pictures within it (RFC 2392).

The older policy of Python's parser is taken: it leaves headers as they are, so that a broken one breaks nothing else.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from email import message_from_bytes
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from email.message import Message

    Mail = Message[str, str]

_DEEPEST: Final = 20  # parts in parts; real mails need five
_MOST_PARTS: Final = 200
# The header of a mail that has several parts.
_MULTIPART: Final = re.compile(rb"(?i)\ncontent-type:[ \t\n]{0,9}multipart/")
_MOST_MULTIPARTS: Final = 100  # each line is compared with the boundaries of all that are open
_MOST_BOUNDARIES: Final = 20_000
_SPACE: Final = re.compile(r"\s+")
_CID: Final = re.compile(r"\bcid:([^\s\"'<>)]{1,300})", re.IGNORECASE)
_RASTER: Final = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})
_LARGEST_PICTURE: Final = 60_000  # bytes; the cleaning steps leave larger ones out
_MOST_PICTURES: Final = 10
_FLOWED: Final = re.compile(r"(?<=[^\n ]) \n(?=[^\n>])")  # RFC 3676: a blank at its end, and the line goes on


def read_mail(data: bytes) -> "Mail | None":
    """Parse a mail; None: it has far too many parts."""
    if sum(1 for _ in _MULTIPART.finditer(data)) > _MOST_MULTIPARTS or data.count(b"\n--") > _MOST_BOUNDARIES:
        return None
    try:
        return message_from_bytes(data)
    except (RecursionError, ValueError, LookupError):
        return None


def header(mail: "Mail", name: str) -> str:
    """Return a header in one line, decoded; "" without it."""
    value = mail.get(name)
    return "" if value is None else _SPACE.sub(" ", _decoded(_as_text(value))).strip()


def headers(mail: "Mail", name: str) -> list[str]:
    """Return all headers of one name."""
    return [_SPACE.sub(" ", _decoded(_as_text(value))).strip() for value in mail.get_all(name) or ()]


def text_of(mail: "Mail") -> str:
    """Return the text of a mail: as HTML where there is such a part, else plain."""
    parts = [*_inline_parts(mail)]
    for part in parts:
        if part.get_content_type() == "text/html" and (text := _content(part)).strip():
            return _with_pictures(text, mail)
    # A part that says that it has parts, and has none, is text whose boundary got lost.
    plain = next((part for part in parts if part.get_content_type().startswith(("text/plain", "multipart/"))), None)
    if plain is None:
        return ""
    text = _content(plain)
    return _FLOWED.sub(" ", text) if str(plain.get_param("format", "")).lower() == "flowed" else text


def _as_text(value: object) -> str:
    """Return the value of a header; bytes that are not ASCII are UTF-8 (RFC 6532)."""
    return str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _decoded(value: str) -> str:
    if "=?" not in value:
        return value
    from email.errors import HeaderParseError  # only where there is a mail
    from email.header import decode_header

    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(part if isinstance(part, str) else _in_charset(part, charset) for part, charset in parts)


def _in_charset(data: bytes, charset: str | None) -> str:
    if charset is None:  # as the parser writes what stands between encoded words
        return data.decode("raw-unicode-escape", "replace")
    return _from_charset(data, charset)


def _from_charset(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace")
    except (LookupError, ValueError):  # nobody knows the charset, or it is none of texts
        return data.decode("utf-8", "replace")


def _inline_parts(mail: "Mail") -> Iterator["Mail"]:
    """Yield the parts that are shown; what is attached, other mails among them, is not."""
    waiting, seen = [(mail, 0)], 0
    while waiting and seen < _MOST_PARTS:
        part, depth = waiting.pop()
        seen += 1
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            inner: Any = part.get_payload()
            if depth < _DEEPEST and isinstance(inner, list):
                waiting += [(one, depth + 1) for one in reversed(inner)]
        elif part.get_content_maintype() != "message" and not _is_attached(part):
            yield part


def _is_attached(part: "Mail") -> bool:
    return _as_text(part.get("content-disposition", "")).strip().lower().startswith("attachment")


def _bytes(part: "Mail") -> bytes:
    try:
        data: Any = part.get_payload(decode=True)
    except (ValueError, LookupError):
        return b""
    return data if isinstance(data, bytes) else b""


def _content(part: "Mail") -> str:
    data = _bytes(part)
    try:
        return data.decode("utf-8")  # also where the file was in another charset, and is UTF-8 by now
    except UnicodeDecodeError:
        pass
    try:
        charset = part.get_content_charset()
    except (LookupError, ValueError):
        charset = None
    return _from_charset(data, {"gb2312": "gb18030", "iso-8859-1": "cp1252"}.get(charset or "", charset or "cp1252"))


def _with_pictures(text: str, mail: "Mail") -> str:
    """Put small pictures into the text that shows them; larger ones keep an address that only the mail knows."""
    if "cid:" not in text:
        return text
    pictures: dict[str, str] = {}
    for part in _all_parts(mail):
        name, type_ = _as_text(part.get("content-id", "")).strip(" <>\n"), part.get_content_type()
        if (
            name
            and type_ in _RASTER
            and len(pictures) < _MOST_PICTURES
            and len(data := _bytes(part)) <= _LARGEST_PICTURE
        ):
            pictures[quote(name)] = f"data:{type_};base64,{b64encode(data).decode()}"
    return _CID.sub(lambda found: pictures.get(quote(found[1].replace("%40", "@")), found[0]), text)


def _all_parts(mail: "Mail") -> Iterator["Mail"]:
    for number, part in enumerate(mail.walk()):
        if number == _MOST_PARTS:
            return
        yield part
