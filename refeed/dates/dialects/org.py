"""Org's time stamps, <2024-01-02 Tue 15:04-16:00 +1w>; of a range the first one."""

import re
from typing import Final

from refeed.dates.dialect import Dialect, Hints, NotADate, ParsedDate
from refeed.dates.dialects import iso
from refeed.startup.late_patterns import late_pattern

# Org Mode manual, 8.1: in angle brackets if active, else in square ones; two of them make a range.
_STAMP: Final = late_pattern(
    r"(?:<(?P<active>[^<>]*)>|\[(?P<inactive>[^\[\]]*)\])(?:--?-?(?:<[^<>]*>|\[[^\[\]]*\]))?",
)
# The name of the day is in whatever language the writer's Emacs speaks, and says nothing that the day does not.
_DAY: Final = late_pattern(
    r"(?P<day>[0-9]{4}([-/.])[0-9]{1,2}\2[0-9]{1,2})(?:,? ?\(?[^\W\d_][^\s\d()]*\)?(?= |\Z))?(?P<rest>.*)", re.DOTALL
)
# The end of a span of time, and how often an entry comes again: `-16:00`, `+1w`.
_UNTIL: Final = late_pattern(r"(?<=:[0-9]{2})-[0-9]{1,2}:[0-9]{2}(?= |\Z)")
_REPEATED: Final = late_pattern(r"(?: (?:[.+]?\+|--?)[0-9]{1,3}[hdwmy](?:/[0-9]{1,3}[hdwmy])?){1,3}\Z")


def _parse(text: str, hints: Hints) -> ParsedDate | NotADate | None:
    stamp = _STAMP.fullmatch(text)
    if stamp is None:
        return None
    bare = _UNTIL.sub("", _REPEATED.sub("", (stamp["active"] or stamp["inactive"] or "").strip()))
    day = _DAY.fullmatch(bare)
    return iso.DIALECT.parse(day["day"] + day["rest"] if day else bare, hints)


DIALECT = Dialect("org", _parse, cost=5)
