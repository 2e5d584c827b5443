"""Rewrite times of day as 24 hours behind their day: "à 15h04", "PM 3:04", "15:04, 2 Ocak 2024"."""

import re
from types import MappingProxyType
from typing import Final

from refeed.dates.dialects._clock import hour_of_24
from refeed.dates.zones import ZONE
from refeed.startup.late_patterns import late_pattern

# What stands between a day and its time, in the languages of the names of months.
_AT: Final = (
    r"à|a las?|a les|às|alle(?: ore)?|la|ore|ora|om|um|kl\.?|klo|at|o godz\.|godz\.|v|ve|o|ob|в|о|об|у|u|στις|saat|"
    r"vào lúc|lúc|pukul|เวลา|ساعت|الساعة|בשעה"
)
# CLDR's names of the halves of the day. Those of Chinese for a night, which may be another day's, are not among them.
_HALVES: Final = MappingProxyType(
    {
        "a": r"a(?:\.m\.|\. m\.|m)|上午|午前|오전|π\.?μ\.?|ص|sáng|SA",
        "p": r"p(?:\.m\.|\. m\.|m)|下午|午後|午后|오후|μ\.?μ\.?|م|chiều|CH",
    }
)
_HALF: Final = "|".join(_HALVES.values())
_MORNING: Final = late_pattern(_HALVES["a"], re.IGNORECASE)
# Behind a colon one digit is enough: programs that put a time together from numbers write 9:5:7.
_TWO: Final = r"(?:[0-9]{2}|(?<=:)[0-9](?![0-9]))"
_CLOCK: Final = (
    rf"(?:(?P<before>{_HALF}) ?)?(?P<hour>[0-9]{{1,2}})"
    rf"(?:(?P<rule>[:.\-])(?P<minute>{_TWO})(?:(?P=rule)(?P<second>{_TWO})(?P<decimals>[.,][0-9]{{1,9}})?)?"
    r"| ?h(?: ?(?P<minute_h>[0-9]{2}))?)?"
    rf"(?: ?(?P<after>{_HALF})(?![^\W_]))?(?P<word>(?: ?(?:Uhr|uur|hrs?|hs|h)| น\.?)(?![^\W_]))?(?P<zone> ?{ZONE})?"
)
# A time of day behind the rest of a text, with what stands between the two.
_LAST: Final = late_pattern(rf"(?<=[\w.)])(?:[T_]| ?[,;·|@/-] ?| )(?:(?:{_AT}) )?{_CLOCK}\Z", re.IGNORECASE)
_FIRST: Final = late_pattern(
    rf"(?:(?:{_AT}) )?{_CLOCK}(?: ?[,·|@-] ?| )(?:on |le |am |vom )?(?P<day>[^:]+)", re.IGNORECASE
)


def with_plain_time(text: str) -> str:
    """Return the text with its time as `15:04:05`, after the day; as it is where it has no time that is surely one."""
    last, first = _LAST.search(text), _FIRST.fullmatch(text)
    if last and (time := _time(last)):
        return f"{text[: last.start()]} {time}"
    if first and (time := _time(first)):
        return f"{first['day']} {time}"
    return text


def _time(match: re.Match[str]) -> str | None:
    half = match["before"] or match["after"]
    if match["before"] and match["after"]:
        return None
    told = match["minute"] or half or match["word"] or "h" in match[0][match.end("hour") - match.start() :].lower()[:2]
    # Hyphens part a date or a zone from a time as well: three numbers are a time.
    if not told or (match["rule"] == "-" and not match["second"]):
        return None
    hour = int(match["hour"])
    plain = hour_of_24(hour, "a" if _MORNING.fullmatch(half) else "p") if half else hour
    if plain is None:
        return None
    minute = (match["minute"] or match["minute_h"] or "00").zfill(2)
    second = f":{match['second'].zfill(2)}{match['decimals'] or ''}" if match["second"] else ""
    zone = (match["zone"] or "").strip()
    return f"{plain:02}:{minute}{second}{' ' + zone if zone else ''}"
