"""The settings by name: what each accepts, on which commands it stands, and how a text becomes its value."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple


class Setting(NamedTuple):
    """One setting: its name on the command line and in refeed.toml, and how a text becomes its value."""

    name: str
    on: str  # the commands that know it
    help: str
    read: Callable[[str], Any] = str
    choices: tuple[str, ...] = ()
    many: bool = False
    flag: bool = False
    metavar: str = "TEXT"
    short: str = ""

    @property
    def key(self) -> str:
        """Its field in Options."""
        return self.name.replace("-", "_")


def read_duration(text: str) -> timedelta:
    """Read `90m`, `48h`, `7d` or `2w`, with an optional sign."""
    found = re.fullmatch(r"([+-]?)(\d{1,6})\s*([mhdw])", text.strip())
    if not found:
        raise ValueError("a duration is a number and m, h, d or w, such as 48h")
    unit = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}[found[3]]
    span = timedelta(**{unit: int(found[2])})
    return -span if found[1] == "-" else span


def read_bytes(text: str) -> int:
    """Read `4000000`, `500k` or `4M` (powers of ten)."""
    found = re.fullmatch(r"(\d{1,15})\s*([kKmMgG]?)[bB]?", text.strip())
    if not found:
        raise ValueError("a size is a number of bytes with an optional k, M or G, such as 4M")
    return int(found[1]) * {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}[found[2].lower()]


def read_count(text: str) -> int:
    """Read a number from 0."""
    if not re.fullmatch(r"\d{1,12}", text.strip()):
        raise ValueError("a number from 0 is needed")
    return int(text)


def read_span(text: str) -> timedelta:
    """Read a duration that cannot be negative."""
    span = read_duration(text)
    if span < timedelta(0):
        raise ValueError("a span cannot be negative; write it as 48h or 7d")
    return span


def read_path(text: str) -> str:
    """Read the name of a file."""
    if not text or "\0" in text:
        raise ValueError("the name of a file is needed")
    return text


def read_format(text: str) -> str:
    """Read the name of an output."""
    from refeed.outputs import output_names  # a list of file names, only where a format is given

    if text not in output_names():
        raise ValueError("one of these is needed: " + ", ".join(output_names()))
    return text


def read_moment(text: str) -> datetime:
    """Read a date in UTC, with or without a time."""
    return _dated(text)[0]


def read_until(text: str) -> datetime:
    """Read a date in UTC; a bare day counts whole."""
    value, whole_day = _dated(text)
    return value + (timedelta(days=1) if whole_day else timedelta(microseconds=1))


def _dated(text: str) -> tuple[datetime, bool]:
    from refeed.dates import NotADate, parse_date  # only where a date option is given

    dated = parse_date(text)
    if isinstance(dated, NotADate):
        reasons = {
            NotADate.AMBIGUOUS: "which number is the day and which the month?",
            NotADate.IMPLAUSIBLE: "no article is that old: dates begin with 1990-01-01",
        }
        reason = reasons.get(dated, "this is no date")
        raise ValueError(f"{reason}; write it as 2026-11-20 or 2026-11-20T08:00:00Z")  # noqa: TRY004  a value, no type
    return dated.value, dated.precision == "day"


def read_pattern(text: str) -> re.Pattern[str]:
    """Read a regular expression."""
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(f"this is no regular expression: {error}") from None


def read_url(text: str) -> str:
    """Read an absolute http(s) address."""
    from refeed.urls import readable  # only where an address is given

    url = readable(text)
    if url is None:
        raise ValueError("an absolute address is needed, such as https://example.org/feeds/")
    return url


_FEED: Final = "build"
_SELECT: Final = "build check"
_READ: Final = "build check inspect"
_SHOW: Final = "inspect"

# In the order of --help.
SETTINGS: Final = (
    Setting("output", _FEED, "Write the feed to FILE, whole or not at all.", read_path, metavar="FILE", short="-o"),
    Setting("format", _FEED, "Write the feed as FORMAT (default: atom).", read_format, metavar="FORMAT", short="-f"),
    Setting(
        "base-url", _FEED, "Where the feed is served: a folder's address, or the feed's own.", read_url, metavar="URL"
    ),
    Setting(
        "limit",
        _FEED,
        "Exactly the newest N articles; 0: all of them (default: 50, or the span, whichever is more).",
        read_count,
        metavar="N",
    ),
    Setting(
        "span",
        _FEED,
        "At least everything this long before the newest (default: 48h, without --limit).",
        read_span,
        metavar="48h",
    ),
    Setting(
        "max-bytes",
        _FEED,
        "Stop before the feed grows larger than N (default: 4M, without --limit).",
        read_bytes,
        metavar="N",
    ),
    Setting("content", _FEED, "Whole articles or their summaries (default: full).", choices=("full", "summary")),
    Setting("since", _SELECT, "Only articles from TIME on (UTC).", read_moment, metavar="TIME"),
    Setting("until", _SELECT, "Only articles up to TIME (UTC); a bare day is included.", read_until, metavar="TIME"),
    Setting("category", _SELECT, "Only articles of this category; repeatable.", many=True),
    Setting("author", _SELECT, "Only articles by this author; repeatable.", many=True),
    Setting("source", _SELECT, "Only articles of this outlet; repeatable.", many=True),
    Setting(
        "match", _SELECT, "Only titles that REGEX is found in; repeatable.", read_pattern, many=True, metavar="REGEX"
    ),
    Setting(
        "undated",
        _SELECT,
        "What to do with articles without any date (default: skip).",
        choices=("skip", "last", "mtime"),
    ),
    Setting(
        "future", _SELECT, "What to do with articles dated later than now (default: hold).", choices=("hold", "include")
    ),
    Setting(
        "stubs",
        _SELECT,
        "What stands for articles without text of their own (default: link).",
        choices=("link", "summary", "skip"),
    ),
    Setting("exclude", _READ, "Leave out files and folders like GLOB; repeatable.", many=True, metavar="GLOB"),
    Setting("now", _READ, "Take TIME for the present.", read_moment, metavar="TIME"),
    Setting("strict", _READ, "Exit with 1, and write nothing, when there are errors.", flag=True),
    Setting("if-changed", _FEED, "Exit with 3 when the feed did not change (needs -o).", flag=True),
    Setting("verbose", _READ, "Name every problem.", flag=True),
    Setting("json", _READ, "Report as JSON.", flag=True),
    Setting(
        "html",
        _SHOW,
        "Write a page with every body before and after, side by side, to FILE instead of the table.",
        read_path,
        metavar="FILE",
    ),
    Setting("debug", _READ, "Show where refeed itself failed.", flag=True),
)


def settings_for(command: str) -> Iterable[Setting]:
    """Give the settings that a command knows."""
    return (setting for setting in SETTINGS if command in setting.on.split())


def read_setting(setting: Setting, value: object) -> Any:
    """Turn a raw value, from the command line or from TOML, into the setting's own; ValueError says what is wrong."""
    if setting.flag:
        if not isinstance(value, bool):
            raise ValueError("true or false is needed")
        return value
    if setting.many:
        items = value if isinstance(value, list | tuple) else [value]
        return tuple(_read_one(setting, item) for item in items)
    return _read_one(setting, value)


def _read_one(setting: Setting, value: object) -> Any:
    if isinstance(value, bool) or not isinstance(value, str | int | date):
        kind = {bool: "true or false", dict: "a table", float: "a fraction", list: "a list"}.get(type(value), "a time")
        raise ValueError(f"a single value is needed, not {kind}")  # noqa: TRY004  the caller names the place
    text = value.isoformat() if isinstance(value, date) else str(value)
    if setting.choices and text not in setting.choices:
        raise ValueError("one of these is needed: " + ", ".join(setting.choices))
    return setting.read(text)


def read_iri(text: str) -> str:
    """Read an absolute IRI or a UUID."""
    from refeed.identity import is_iri_or_uuid  # only where an id is given

    iri = is_iri_or_uuid(text)
    if iri is None:
        raise ValueError("an absolute IRI or a UUID is needed, such as urn:uuid:…; `refeed init` writes a fresh one")
    return iri


def read_zone(text: str) -> str:
    """Read a time zone: an IANA name or an offset."""
    from refeed.dates import known_zone  # only where a zone is given

    if not known_zone(text):
        raise ValueError("a time zone is needed, such as Asia/Shanghai or +08:00")
    return text


def read_encoding(text: str) -> str:
    """Read the name of a character encoding."""
    import codecs  # only where an encoding is given

    try:
        name = codecs.lookup(text).name
        b"x".decode(name, "replace")  # some codecs are none of text: rot13, hex, idna
    except (LookupError, UnicodeError, ValueError):
        name = ""
    if not name or "escape" in name or name == "punycode":
        raise ValueError("this is no encoding that Python knows; try gb18030, big5 or cp932")
    return name


def read_language(text: str) -> str:
    """Read a language tag (BCP 47)."""
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", text):
        raise ValueError("a language tag is needed, such as en or zh-Hans")
    return text


def read_selector(text: str) -> str:
    """Read a CSS selector."""
    from refeed.clean.rules import selector_fault  # only where a rule is given

    if fault := selector_fault(text):
        raise ValueError(f"this is no CSS selector: {fault}")
    return text


# The table [feed] of refeed.toml: what the feed says of itself (RFC 4287, 4.1.1).
FEED_SETTINGS: Final = (
    Setting("author", "", "Who publishes the feed; by default its title."),
    Setting("icon", "", "The address of a small square picture.", read_url),
    Setting("id", "", "By this readers know the feed; `refeed init` writes a fresh one. Never change it.", read_iri),
    Setting("language", "", "The language of the feed's own texts, such as en or zh-Hans.", read_language),
    Setting("link", "", "The address of the site that the feed belongs to.", read_url),
    Setting("logo", "", "The address of a picture twice as wide as high.", read_url),
    Setting("rights", "", "Who may do what with it."),
    Setting("subtitle", "", "What it is, in a sentence."),
    Setting("title", "", "Its title; by default the folder's name."),
)

# A table [sources."PATTERN"] of refeed.toml: what the user knows of some dumps.
SOURCE_SETTINGS: Final = (
    Setting(
        "abbreviations",
        "",
        'What zone abbreviations mean there: `{ CST = "Asia/Shanghai" }`.',
        read_zone,
    ),
    Setting("day-first", "", "Whether 03/04/2021 is the 3rd of April (true) or the 4th of March (false).", flag=True),
    Setting("drop", "", "CSS selectors of elements that are not the article.", read_selector, many=True),
    Setting("encoding", "", "The encoding of files that are not UTF-8, such as gb18030.", read_encoding),
    Setting("keep", "", "A CSS selector of the elements that are the article.", read_selector),
    Setting("language", "", "The language of articles that state none.", read_language),
    Setting("offset", "", "Added to header dates: for feeds that call their local time GMT.", read_duration),
    Setting("replace", "", 'Pairs of a text in the article and what stands for it: `[["old", "new"]]`.'),
    Setting("timezone", "", "The zone of dates that state none: an IANA name or an offset.", read_zone),
    Setting("title", "", "The outlet's name."),
)
