"""The day that the name of a file or its folder begins with: 2024-1-2-x.md, 20240102T030405--x.md, "Jan 2, 2024.md"."""

import re
from datetime import datetime
from typing import Final

from refeed.dates._fold import fold
from refeed.dates.dialect import Hints, ParsedDate
from refeed.dates.paths import LONGEST, day_of, path_date
from refeed.model import Timestamp
from refeed.startup.late_patterns import late_pattern

# At the beginning of the name of a file or of its folder, which is the owner's own, also what in an address may count
# something else: Jekyll takes one digit, too; Zettelkasten and denote write a minute or a second.
_OWN: Final = late_pattern(
    r"[\[(（【]?(?P<year>(?:19|20)[0-9]{2})"
    r"(?:(?P<rule>[-_])(?P<month>[0-9]{1,2})(?P=rule)(?P<day>[0-9]{1,2})"
    r"| (?P<month_b>[0-9]{2}) (?P<day_b>[0-9]{2})"
    r"|(?P<month_s>[0-9]{2})(?P<day_s>[0-9]{2})T?(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?)(?![0-9])"
)
# A folder of one month, and a day at the beginning of the file's name, or of its folder's: 2024-01/02-x.md,
# 2024/01/02-x/index.md.
_IN_MONTH: Final = late_pattern(
    r"(?:\A|/)(?P<year>(?:19|20)[0-9]{2})(?:[-_./]?(?P<month>[0-9]{2})|年/?(?P<month_c>[0-9]{1,2})月)"
    r"/(?:(?P<day>[0-9]{2})(?=[-_ .])|(?P<day_c>[0-9]{1,2})[日号號])[^/]*(?:/[^/]*)?\Z"
)
# The name of a note may be the whole day in words, and so may what a name begins with: up to the day in Chinese,
# Japanese or Korean, else up to the year.
_WITH_YEAR: Final = late_pattern(r"[0-9]{4}|[年년]")
_IN_WORDS: Final = late_pattern(r"[^\n]{0,30}?(?:[日号號]|[0-9]일|(?<=[^0-9])(?:19|20)[0-9]{2}(?![0-9]))")
_NO_HINTS: Final = Hints()


def name_date(name: str) -> Timestamp | None:
    """Find the day that the name of a file, or that of its folder, begins with; else one in its path."""
    name = name[-LONGEST:]
    for part in reversed(name.split("/")[-2:]):
        if day := _own_day(_OWN.match(part)):
            return _timestamp(day)
    found = path_date(name)
    if found:
        return found
    day = _own_day(_IN_MONTH.search(name)) or _day_in_words(name.rpartition("/")[2])
    return _timestamp(day) if day else None


def _own_day(match: re.Match[str] | None) -> datetime | None:
    if match is None:
        return None
    parts = {key.partition("_")[0]: value for key, value in match.groupdict().items() if value and key != "rule"}
    return day_of(parts["year"], parts["month"], parts["day"])


def _day_in_words(name: str) -> datetime | None:
    """Return the day that a name is, without its ending, or that it begins with, as people write it in a text."""
    stem = fold(name.rpartition(".")[0] or name)
    if not _WITH_YEAR.search(stem):
        return None
    from refeed.dates.dialects import chinese, eras, iso, loose, numbered, slash, words  # few names are in words

    first = _IN_WORDS.match(stem)
    for text in (stem, first[0] if first else ""):
        for dialect in (iso, chinese, eras, slash, numbered, loose, words) if text else ():
            said = dialect.DIALECT.parse(text, _NO_HINTS)
            if isinstance(said, ParsedDate):
                return day_of(*said.day.split("-"))
    return None


def _timestamp(day: datetime) -> Timestamp:
    return Timestamp(day, "day", "none", day.isoformat()[:10])
