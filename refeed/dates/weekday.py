"""ISO dates with a weekday in one of 38 languages, and Org's time stamps: <2024-01-02 Tue 15:04>."""

import re
from typing import Final

from refeed.dates import chinese, iso
from refeed.dates._dialect import Dialect, Hints, NotADate, ParsedDate
from refeed.dates._names import folded, weekdays

# Org Mode manual, 8.1: in angle brackets if active, else in square ones; what repeats it or warns of it may follow.
_ORG: Final = re.compile(r"(?:<(?P<active>[^<>]*)>|\[(?P<inactive>[^\[\]]*)\])")
_REPEATED: Final = re.compile(r"(?: (?:[.+]?\+|--?)[0-9]{1,3}[hdwmy]){1,3}\Z")
_WORD: Final = r"[^\W\d_][^\s\d,()]*"
_PATTERN: Final = re.compile(
    rf"(?:(?P<before>{_WORD}),? )?(?P<day>[0-9]{{4}}([-/.])[0-9]{{1,2}}\3[0-9]{{1,2}})"
    rf"(?:,? ?(?P<bracket>\()?(?P<after>{_WORD})(?(bracket)\)),?)?(?P<time>(?:T|,? )[0-9]{{1,2}}[ :apAP].*)?",
    re.DOTALL,
)


def _parse(text: str, hints: Hints) -> ParsedDate | NotADate | None:
    org = _ORG.fullmatch(text)
    bare = _REPEATED.sub("", org["active"] or org["inactive"] or "") if org else text
    if org and (found := iso.DIALECT.parse(bare, hints)) is not None:
        return found
    match = _PATTERN.fullmatch(bare)
    if match is None or chinese.DIALECT.parse(text, hints) is not None:
        return None
    words = [folded(word) for word in match.group("before", "after") if word]
    if len(words) != 1 or words[0] not in weekdays():
        return None
    return iso.DIALECT.parse(match["day"] + (match["time"] or ""), hints)


DIALECT = Dialect("weekday", _parse, cost=5)
