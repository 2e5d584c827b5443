"""Weigh what a record says of its date: header, dateline, URL, file name; every doubt is reported."""

from datetime import timedelta
from types import MappingProxyType
from typing import Final

from refeed.dates import Hints, NotADate, name_date, parse_date, path_date
from refeed.dates.dateline import Dateline, find_dateline
from refeed.dates.outlets import outlet_hints
from refeed.model import RawRecord, Statement, Timestamp
from refeed.options import SiteOptions
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# Where a date may come from beside the header; what a header's statement is called, its format says.
DATELINE: Final = "dateline"
URL: Final = "URL"
FILE_NAME: Final = "file name"
FILE_TIME: Final = "file time"
CRAWL: Final = "WARC-Date"
HISTORY: Final = "git history"
NOWHERE: Final = "none"
OF_THE_FILE: Final = frozenset({FILE_TIME, HISTORY})  # not of the text in it
NOT_THE_HEADER: Final = OF_THE_FILE | {CRAWL, DATELINE, FILE_NAME, NOWHERE, URL}

DATELINE_REACH: Final = timedelta(hours=48)  # real datelines precede the header by 25 min (median), 6.6 h (p99)

_SAME: Final = timedelta(minutes=1)  # two statements of one date may differ by their rounding
_NO_OFFSET: Final = timedelta(0)
# A day that a program wrote as a time: in the zone of whoever ran it, it may become the day before.
_MIDNIGHT: Final = late_pattern(r"(?<![0-9:])00:00(?![0-9])(?!:(?!00)[0-9])")

# A number, as of minutes that reading takes; from when to when an event lasts, which looks like a time and its zone.
_NO_CLOCK: Final = late_pattern(r"[0-9]+[.,][0-9]+|.*[0-9]:[0-9]{2} ?-[0-9]{1,2}:[0-9]{2}")
_ANY_DAY: Final = "2000-01-01"
# Keys that say when a text was made, beside `created_at`, `dateCreated`, `atom:created`, `creation_date`.
_CREATED: Final = late_pattern(
    r": (?:c_?date|c_?time|创建|作成|생성|aangemaakt|criado|cré[ée]|creado|erstell|oluşturul|utworz|создан)"
)

# A language, an address or a title from where CST is China's.
_OF_CHINA: Final = late_pattern(r"(?i:\Azh\b|\Ahttps?://[^/?#]*\.(?:cn|hk|mo|tw)(?:[:/?#]|\Z))|[\u4e00-\u9fff]")
_MAY_BE_DAMAGED: Final = frozenset({NotADate.IMPLAUSIBLE, NotADate.UNREADABLE})
_OUT_OF_REACH: Final = frozenset({NotADate.IMPLAUSIBLE, NotADate.TOO_LATE})
# The first number of four digits, or the first four of a day without signs between its parts: `20991231`.
_YEAR: Final = late_pattern(r"(?<![0-9])([0-9]{4})(?:[0-9]{4})?(?![0-9])")
# What to say of a stated date that cannot be used, and what to do.
_WHY_NOT: Final = MappingProxyType(
    {
        NotADate.AMBIGUOUS: "can be read in two ways; set `day-first` for this source in refeed.toml",
        NotADate.IMPLAUSIBLE: "is not a plausible date",
        NotADate.TOO_LATE: "is more than a year in the future",
        NotADate.UNREADABLE: "is not a valid date",
    }
)
_FOR_GOOD: Final = tuple(words for why, words in _WHY_NOT.items() if why is not NotADate.TOO_LATE)


class DateDecision(NamedTuple):
    """The date that the evidence gives, where it stands, and what is doubtful about it."""

    timestamp: Timestamp | None
    origin: str
    problems: tuple[Problem, ...] = ()
    is_lasting: bool = True  # with any later present the date is the same
    dateline: Dateline | None = None  # if the body was looked at
    is_too_late: bool = False  # the header announces a day further ahead than is plausible; a bare number is a mistake


def dateline_hints(site: SiteOptions, host: str | None, hints: Hints) -> Hints:
    """Return how an outlet writes its datelines: the user's word, else the table of outlets."""
    known = outlet_hints(host)
    if known is None or site.timezone is not None:
        return hints
    day_first = site.day_first if site.day_first is not None else known.day_first
    return known._replace(
        day_first=day_first, latest=hints.latest, abbreviations={**known.abbreviations, **hints.abbreviations}
    )


def header_date(raw: RawRecord, hints: Hints, site: SiteOptions) -> DateDecision:
    """Return the header's date: the first statement that is one wins, and a later one that differs is reported.

    Of one that is only a day a later one may say the time, or what says nothing else. When a text was begun says
    nothing against when it was published.
    """
    chosen, origin, is_lasting, is_too_late = None, "", True, False
    problems: list[Problem] = []
    clocks = raw.clocks
    for statement in raw.dates:
        date = parse_date(statement.text, hints)
        if date is NotADate.UNREADABLE and isinstance(_on_day(_ANY_DAY, statement.text, hints), Timestamp):
            clocks = (statement, *clocks)
        elif isinstance(date, NotADate):
            problems += _refused(statement, date, later=chosen is not None)
            is_ahead = lies_ahead(statement.text, date, hints)
            is_lasting = is_lasting and (_has_time(chosen) or not (is_ahead or date is NotADate.TOO_LATE))
            is_too_late |= chosen is None and is_ahead
        elif chosen is None or _completes(statement, date, chosen, origin):
            date = _in_its_language(date, statement, raw, hints) if date.zone == "ambiguous" else date
            chosen, origin = shifted(date, site), statement.origin
            problems += _assumed(statement.origin, statement.text, date, hints)
        elif (_is_of_draft(origin) or not _is_of_draft(statement.origin)) and _apart(chosen, shifted(date, site)):
            problems.append(_conflict(statement, chosen, origin))
    found = DateDecision(chosen, origin, tuple(problems), is_lasting, is_too_late=is_too_late)
    return at_time_of_day(found, clocks, raw, hints, site) if clocks else found


def at_time_of_day(
    found: DateDecision, clocks: tuple[Statement, ...], raw: RawRecord, hints: Hints, site: SiteOptions
) -> DateDecision:
    """Return a decision for a day with the first time that statements of nothing but a time say.

    The time at which a text was begun is none at which it was published.
    """
    chosen, origin, is_lasting, problems = found.timestamp, found.origin, found.is_lasting, [*found.problems]
    for clock in clocks:
        if chosen is None:  # of no day
            problems += _refused(clock, NotADate.UNREADABLE, later=False) if clock in raw.dates else []
        elif not _has_time(chosen) and (_is_of_draft(origin) or not _is_of_draft(clock.origin)):
            date = _on_day(chosen.day, clock.text, hints)
            if isinstance(date, Timestamp):
                problems += _assumed(clock.origin, clock.text, date, hints)
                chosen, origin = shifted(date, site), origin if origin in NOT_THE_HEADER else clock.origin
            is_lasting = is_lasting and date is not NotADate.TOO_LATE
    return found._replace(timestamp=chosen, origin=origin, problems=tuple(problems), is_lasting=is_lasting)


def _in_its_language(date: Timestamp, statement: Statement, raw: RawRecord, hints: Hints) -> Timestamp:
    """Return a date with CST of a feed that states its language: America's (RFC 822, 5.1), but for China's."""
    if raw.format != "feed" or not raw.languages or hints.zone_known or "CST" not in statement.text:
        return date
    is_chinese = any(_OF_CHINA.search(one.text) for one in (*raw.languages, *raw.links, *raw.titles))
    zone = "Asia/Shanghai" if is_chinese else "-06:00"
    read = parse_date(statement.text, hints._replace(abbreviations={"CST": zone}))
    return date if isinstance(read, NotADate) else read


def _on_day(day: str, clock: str, hints: Hints) -> Timestamp | NotADate:
    """Return a time of a day, both as written, or why there is none: midnight says no more than the day."""
    if _NO_CLOCK.fullmatch(clock) or _MIDNIGHT.search(clock):
        return NotADate.NONE
    date = parse_date(f"{day} {clock}", hints)
    return date if isinstance(date, NotADate) or (_has_time(date) and date.day == day) else NotADate.NONE


def _has_time(date: Timestamp | None) -> bool:
    return date is not None and date.precision != "day"


def _completes(statement: Statement, date: Timestamp, chosen: Timestamp, origin: str) -> bool:
    """Return whether a statement says the time of the day that was chosen: both as written, and of one event."""
    if _has_time(chosen) or not _has_time(date) or date.day != chosen.day:
        return False
    return _is_of_draft(origin) == _is_of_draft(statement.origin) and not _MIDNIGHT.search(statement.text)


def _is_of_draft(origin: str) -> bool:
    """Return whether a statement tells when a text was begun, or came into a database: not when it was published."""
    return "creat" in origin.casefold() or _CREATED.search(origin) is not None


def lies_ahead(text: str, why: NotADate, hints: Hints) -> bool:
    """Return whether a text that gives no date announces a day further ahead than is plausible: `2099-13-01`.

    Whatever its day is, its writer does not mean now. Seconds that lie there are a mistake.
    """
    if why is NotADate.TOO_LATE:
        return not text.isdecimal()
    if hints.latest is None or why not in _MAY_BE_DAMAGED:
        return False
    year = _YEAR.search(text)
    return year is not None and int(year[1]) >= hints.latest.year


def stated_update(raw: RawRecord, hints: Hints, site: SiteOptions) -> DateDecision:
    """Return when the header says that the article was updated; of a day a later statement may say the time."""
    chosen, origin, is_lasting = None, "", True
    problems: list[Problem] = []
    for statement in raw.updates:
        date = parse_date(statement.text, hints)
        if isinstance(date, NotADate):
            problems += _refused(statement, date, later=False) if chosen is None else []
            is_lasting = is_lasting and date is not NotADate.TOO_LATE
        elif chosen is None or _completes(statement, date, chosen, origin):
            date = _in_its_language(date, statement, raw, hints) if date.zone == "ambiguous" else date
            problems += _assumed(statement.origin, statement.text, date, hints)
            chosen, origin = shifted(date, site), statement.origin
        if _has_time(chosen):
            break
    return DateDecision(chosen, origin, tuple(problems), is_lasting)


def weak_date(opening: str, url_path: str, name: str, hints: Hints) -> DateDecision:
    """Return a date from outside of the header: the body's dateline, the URL, the name of file and folder."""
    dateline = find_dateline(opening, hints)
    date = dateline.date if dateline else None
    if dateline and isinstance(date, Timestamp):
        problems = tuple(_assumed(DATELINE, dateline.text, date, hints))
        return DateDecision(date, DATELINE, problems, dateline=dateline)
    is_lasting = date is not NotADate.TOO_LATE
    for day, origin in ((path_date(url_path), URL), (name_date(name), FILE_NAME)):
        if day and (hints.latest is None or day.value <= hints.latest):
            return DateDecision(day, origin, (), is_lasting, dateline)
        is_lasting = is_lasting and not day
    return DateDecision(None, "", (), is_lasting, dateline)


def completed_date(raw: RawRecord, hints: Hints, site: SiteOptions) -> DateDecision | None:
    """Return the earliest date that the first damaged statement can mean: nothing old becomes new by a broken byte."""
    from refeed.dates.damaged import complete  # few dates are damaged

    for statement in (*raw.dates, *raw.updates):
        if _may_be_damaged(statement.text, hints) and (date := complete(statement.text, hints)):
            date = shifted(date, site)
            message = f"{_stated(statement)} is damaged; read as the earliest date that it can be, {_shown(date)}"
            return DateDecision(date, statement.origin, (Problem("bad-date", message),))
    return None


def _may_be_damaged(text: str, hints: Hints) -> bool:
    """Return whether a text is no date as it stands.

    A whole one that lies far ahead or too early is damaged as seconds only: programs without a date write 1970-01-01.
    """
    date = parse_date(text, hints)
    if not isinstance(date, NotADate):
        return False
    if date in _OUT_OF_REACH:
        return text.isdecimal()
    return date in _MAY_BE_DAMAGED and not lies_ahead(text, date, hints)


def published(header: Timestamp, dateline: Dateline | None) -> DateDecision:
    """Choose when a record was published: its dateline, if complete and in accord with the header; else the header.

    A dateline that lies later than the header is no evidence: it is in another zone than it seems.
    """
    date = dateline.date if dateline else None
    if not isinstance(date, Timestamp) or date.precision == "day" or date.zone not in ("stated", "outlet"):
        return DateDecision(header, "header", dateline=dateline)
    if date.value > header.value:
        return DateDecision(header, "header", dateline=dateline)
    if date.value < header.value - DATELINE_REACH:
        message = f"the dateline says {_shown(date)}, more than 48 h before the header"
        return DateDecision(header, "header", (Problem("date-conflict", message),), dateline=dateline)
    return DateDecision(date, DATELINE, dateline=dateline)


def shifted(date: Timestamp, site: SiteOptions) -> Timestamp:
    """Return the date after the correction that the user has set for a site that calls its local time GMT."""
    offset = site.offset or _NO_OFFSET
    return date._replace(value=date.value + offset) if offset and date.precision != "day" else date


def _apart(one: Timestamp, other: Timestamp) -> bool:
    if "day" in (one.precision, other.precision):
        return abs(one.value - other.value) > timedelta(days=2)
    return abs(one.value - other.value) > _SAME


def _conflict(statement: Statement, chosen: Timestamp, origin: str) -> Problem:
    return Problem("date-conflict", f"{statement.origin} says {statement.text}, {origin} says {_shown(chosen)}")


def _refused(statement: Statement, why: NotADate, *, later: bool) -> list[Problem]:
    if why is not NotADate.NONE:
        return [refusal(statement, why)]
    if later and statement.origin == "epoch comment":
        message = f"{statement.origin} says {statement.text[:40]!r}: the header's date may be that of the crawl"
        return [Problem("crawl-date", message)]
    return []


def refusal(statement: Statement, why: NotADate) -> Problem:
    """Return the problem of a stated date that cannot be used, with its text and the cure."""
    return Problem("bad-date", f"{_stated(statement)} {_WHY_NOT[why]}")


def is_for_good(problem: Problem) -> bool:
    """Return whether a later build will say the same of a date that cannot be used."""
    return problem.code != "bad-date" or problem.message.endswith(_FOR_GOOD)


def _stated(statement: Statement) -> str:
    return f"{statement.origin}: {statement.text[:60]!r}"


def _assumed(origin: str, text: str, date: Timestamp, hints: Hints) -> list[Problem]:
    if date.zone == "assumed":
        return [Problem("date-assumed", f"{origin}: {text[:60]!r} has no time zone; read as {hints.zone}")]
    if date.zone == "ambiguous":
        message = f"{origin}: the time zone of {text[:60]!r} has several meanings; read as {hints.zone}"
        return [Problem("date-assumed", message)]
    return []


def _shown(date: Timestamp) -> str:
    return f"{date.value:%Y-%m-%dT%H:%M:%SZ}"
