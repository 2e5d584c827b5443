"""The syntax of addresses, dates, languages and types: exactly what each specification allows."""

import re
from datetime import date, datetime
from html import unescape
from typing import Final

from refeed.vocabulary.english_dates import MONTHS, WEEKDAYS

# RFC 3987, 2.2: no blanks, quotation marks, angle brackets, braces, backslashes, control characters.
_NOT_IN_IRI: Final = re.compile(r"[\s\"<>{}\\^`|\x00-\x20\x7f-\x9f]")
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:.+")
# RFC 3339, 5.6, with the upper-case letters that RFC 4287, 3.3, asks for.
_RFC_3339: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_DANGEROUS: Final = ("javascript:", "vbscript:", "data:text/html", "data:image/svg", "data:application")
# RFC 822, 5, with the years of four digits of RFC 1123, 5.2.14.
_RFC_822: Final = re.compile(
    rf"(?:({'|'.join(WEEKDAYS)}), )?(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}}|\d\d)"
    r" ([01]\d|2[0-3]):[0-5]\d(?::([0-5]\d|60))? (?:UT|GMT|[ECMP][SD]T|[A-IK-Z]|[+-]\d{4})",
    re.ASCII,
)
# RFC 5646, 2.1: language, extended language, script, region, variants, extensions, private use.
_LANGUAGE: Final = re.compile(
    r"(?:[A-Z]{2,8}(-[A-Z]{3}){0,3}(-[A-Z]{4})?(-([A-Z]{2}|\d{3}))?(?>(-([A-Z0-9]{5,8}|\d[A-Z0-9]{3}))*)"
    r"(?>(-[A-WYZ0-9](-[A-Z0-9]{2,8})+)*)(-X(-[A-Z0-9]{1,8})+)?|X(-[A-Z0-9]{1,8})+)",
    re.ASCII | re.IGNORECASE,
)
_MAIL: Final = re.compile(r"[^\s@<>()]+@[^\s@<>()]+")
# RFC 6838, 4.2: type and subtype; parameters may stand behind them.
_MEDIA_TYPE: Final = re.compile(r"[A-Za-z0-9][\w!#$&^.+-]*/[A-Za-z0-9][\w!#$&^.+-]*(?:\s*;.*)?", re.ASCII | re.DOTALL)
# A reference that HTML knows; `R&D;` is none.
_REFERENCE: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def is_iri(text: str) -> bool:
    """Return whether an address, whole or relative, holds only what it may."""
    return not _NOT_IN_IRI.search(text)


def is_absolute(text: str) -> bool:
    """Return whether an address begins with a scheme."""
    return _ABSOLUTE.fullmatch(text) is not None


def is_dangerous(text: str) -> bool:
    """Return whether an address runs a program, or a document of its own, in the reader that opens it."""
    # Browsers ignore white space and control characters in it (WHATWG URL, 4.4).
    return "".join(character for character in text if character > " ").lower().startswith(_DANGEROUS)


def is_web_address(text: str) -> bool:
    """Return whether readers can open an address."""
    return text[:8].lower().startswith(("http://", "https://")) and is_iri(text)


def is_rfc3339(text: str) -> bool:
    """Return whether a text is a date as Atom and JSON Feed write it, and there is such a day."""
    return rfc3339_date(text) is not None


def rfc3339_date(text: str) -> datetime | None:
    """Return the date that a text is, as Atom and JSON Feed write it."""
    if not _RFC_3339.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def is_rfc822(text: str) -> bool:
    """Return whether a text is a date as RSS writes it, there is such a day, and it is that day of the week."""
    match = _RFC_822.fullmatch(text)
    if match is None:
        return False
    weekday, day, month, year = match.group(1, 2, 3, 4)
    century = 0 if len(year) == 4 else 1900 if int(year) >= 70 else 2000
    try:
        found = date(int(year) + century, MONTHS.index(month) + 1, int(day))
    except ValueError:
        return False
    return weekday is None or WEEKDAYS[found.weekday()] == weekday


def is_mail_address(text: str) -> bool:
    """Return whether a text is an address of mail, as Atom wants it (RFC 4287, 3.2.3)."""
    return _MAIL.fullmatch(text) is not None


def is_language(text: str) -> bool:
    """Return whether a text is a language tag."""
    return _LANGUAGE.fullmatch(text) is not None


def is_media_type(text: str) -> bool:
    """Return whether a text is a media type, with or without parameters."""
    return _MEDIA_TYPE.fullmatch(text) is not None


def is_size(text: str) -> bool:
    """Return whether a text is a number of bytes, or of anything else: none has more digits than a computer counts."""
    return text.isascii() and text.isdecimal() and len(text) < 20


def shows_references(text: str) -> str:
    """Return the first reference that people would read in a plain text; "" if there is none."""
    return next((found[0] for found in _REFERENCE.finditer(text) if unescape(found[0]) != found[0]), "")
