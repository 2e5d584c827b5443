"""The dates of mail and of feeds: RFC 822, 2822 and 850, with a time of day.

A pattern of our own, not email.utils: that one takes CST for America's and a zone that it does not know for UTC, and
does not mind what else stands after the date.
"""

import re
from types import MappingProxyType
from typing import Final

from refeed.dates.dialect import Dialect, Hints, NotADate, ParsedDate, write_down
from refeed.dates.zones import ZONE
from refeed.vocabulary.english_dates import MONTHS

_MONTHS: Final = MappingProxyType({name.lower(): number for number, name in enumerate(MONTHS, 1)})
_PATTERN: Final = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?: ?, ?| ))?"
    rf"(?P<day>[0-9]{{1,2}})(?P<rule>[ -])(?P<month>{'|'.join(_MONTHS)})(?P=rule)(?P<year>[0-9]{{2,4}}) "
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<decimals>[0-9]{1,9}))?)?"
    rf"(?: ?(?P<zone>{ZONE}))?(?: ?\([^()]*\))?",
    re.ASCII | re.IGNORECASE,
)


def claims(text: str) -> bool:
    """Return whether a text is in this dialect, which the loose one must then leave alone."""
    return _PATTERN.fullmatch(text) is not None


def _parse(text: str, _hints: Hints) -> ParsedDate | NotADate | None:
    match = _PATTERN.fullmatch(text)
    if match is None:
        return None
    date = (_full_year(match["year"]), _MONTHS[match["month"].lower()], match["day"])
    return write_down(date, match.group("hour", "minute", "second", "decimals"), match["zone"])


def _full_year(text: str) -> int:
    """Complete a short year as RFC 2822 section 4.3 does."""
    year = int(text)
    if len(text) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(text) == 3 else year


DIALECT = Dialect("rfc822", _parse, cost=3)
