"""Dates in numbers with a weekday in one of 38 languages: 2024-01-02 Tue 15:04, Monday, 31-10-2022."""

import re
from typing import Final

from refeed.dates.dialect import Dialect, Hints, NotADate, ParsedDate
from refeed.dates.dialects import chinese, iso, slash
from refeed.dates.dialects._names import folded, weekdays

_WORD: Final = r"[^\W\d_][^\s\d,()]*"
_PATTERN: Final = re.compile(
    rf"(?:(?P<before>{_WORD}),? )?"
    r"(?P<day>(?P<year>[0-9]{4})([-/.])[0-9]{1,2}\4[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\5[0-9]{4})"
    rf"(?:,? ?(?P<bracket>\()?(?P<after>{_WORD})(?(bracket)\)),?)?(?P<time>(?:T|,? )[0-9]{{1,2}}[ :apAP].*)?",
    re.DOTALL,
)


def _parse(text: str, hints: Hints) -> ParsedDate | NotADate | None:
    match = _PATTERN.fullmatch(text)
    if match is None or chinese.DIALECT.parse(text, hints) is not None:
        return None
    words = [folded(word) for word in match.group("before", "after") if word]
    if len(words) != 1 or words[0] not in weekdays():
        return None
    dialect = iso.DIALECT if match["year"] else slash.DIALECT
    return dialect.parse(match["day"] + (match["time"] or ""), hints)


DIALECT = Dialect("weekday", _parse, cost=5)
