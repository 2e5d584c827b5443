"""Read the parameters of an address; an unreadable one is an error, because ignoring it would give another list."""

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from starlette.exceptions import HTTPException

from refeed.limits import truncate

_LONGEST: Final = 500  # characters of a name; none is as long
_SHOWN: Final = 60  # characters of a value
_DIGITS: Final = 8  # of the number of a page
_EXAMPLE: Final = "2025-05-31"
_FIRST: Final = "0001-01-01"
_LENGTHS: Final[Mapping[str, int]] = MappingProxyType({"year": 4, "month": 7, "day": 10})


def page_in(parameters: Mapping[str, str]) -> int:
    """Return the number of the page, 1 if none is given. Another spelling of a number is answered with 404."""
    text = parameters.get("page", "")
    if not text:
        return 1
    if not (text.isascii() and text.isdecimal() and text[0] != "0" and len(text) <= _DIGITS):
        raise HTTPException(404)
    return int(text)


def day_in(parameters: Mapping[str, str], name: str) -> date | None:
    """Return the day that is stated, if any."""
    text = parameters.get(name, "")
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text or day >= date(9999, 1, 1):  # `2024-W01-1` is one of ISO 8601, too
        raise _unreadable(name, text, f"not a day. Write it like {_EXAMPLE}.")
    return day


def period_in(parameters: Mapping[str, str], kind: str) -> str:
    """Return the year, the month or the day that is stated, as it is written in addresses; "" if none is."""
    text, example = parameters.get(kind, ""), _EXAMPLE[: _LENGTHS[kind]]
    first = text + _FIRST[len(text) :]
    try:
        is_one = len(text) == len(example) and date.fromisoformat(first).isoformat() == first
    except ValueError:
        is_one = False
    if text and not is_one:
        raise _unreadable(kind, text, f"not a {kind}. Write it like {example}.")
    return text


def name_in(parameters: Mapping[str, str], kind: str) -> str:
    """Return the name of a kind that is stated; "" if none is."""
    text = parameters.get(kind, "")
    if len(text) > _LONGEST:
        raise _unreadable(kind, text, "longer than any name.")
    return text


def word_in(parameters: Mapping[str, str], name: str, words: Collection[str]) -> str:
    """Return which of a few words is stated; "" if none is."""
    text = parameters.get(name, "")
    if text and text not in words:
        raise _unreadable(name, text, f"expected {' or '.join(words)}.")
    return text


def _unreadable(name: str, text: str, why: str) -> HTTPException:
    return HTTPException(400, f"{name}={truncate(text, _SHOWN)}: {why}")
