"""The settings by name: what each is for, what it accepts, and on which commands it stands."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, NamedTuple

from refeed.config.parsers import (
    parse_amount,
    parse_depth,
    parse_duration,
    parse_encoding,
    parse_format,
    parse_int,
    parse_iri,
    parse_language,
    parse_path,
    parse_port,
    parse_regex,
    parse_selector,
    parse_size,
    parse_span,
    parse_time,
    parse_until,
    parse_url,
    parse_workers,
    parse_zone,
)
from refeed.limits import DEFAULT_LIMITS


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


_FILE: Final = "build watch"
_FEED: Final = "build serve watch"
_SELECT: Final = "build check serve watch"
_READ: Final = "build check inspect serve watch"
_TELL: Final = "build check inspect"
_SHOW: Final = "inspect"
_LIVE: Final = "serve watch"


def _limit(name: str, help_: str, read: Callable[[str], int] = parse_amount) -> Setting:
    default: int = getattr(DEFAULT_LIMITS, name.replace("-", "_"))
    return Setting(name, "", f"{help_} (default: {default:,}).", read, metavar="N")


# The table [allow] of refeed.toml, and what --allow takes.
LIMIT_SETTINGS: Final = (
    _limit("max-attributes", "Attributes of an element; the rest of them is left out"),
    _limit("max-body-bytes", "Bytes of a body; a longer one is cut"),
    _limit("max-depth", "How deep elements may be nested in a body; of a deeper one only the text is left"),
    _limit("max-elements", "Elements of a body; one with more is cut"),
    _limit("max-file-bytes", "Bytes of a file; a larger one is left out"),
    _limit("max-header-bytes", "Bytes of the header that a file begins with; a file with a longer one is left out"),
    _limit(
        "max-header-depth", "How deep values may be nested in a header; a deeper one is read line by line", parse_depth
    ),
    _limit("max-name-length", "Characters of an author, a category or an outlet; a longer one is cut"),
    _limit("max-names", "Authors and categories of an article; more are left out"),
    _limit("max-records", "Articles in one file; what follows is left out"),
    _limit("max-seconds", "Seconds of processor time for one file; one that takes longer is left out"),
    _limit("max-title-length", "Characters of a title; a longer one is cut"),
    _limit("max-url-length", "Characters of an address or an id that a header states; a longer one is left out"),
)


def parse_limit(text: str) -> tuple[str, int]:
    """Read NAME=N, where NAME is one of the limits; its field and its value."""
    name, equals, amount = text.partition("=")
    setting = next((setting for setting in LIMIT_SETTINGS if setting.name == name.strip()), None)
    if not equals or setting is None:
        known = ", ".join(setting.name for setting in LIMIT_SETTINGS)
        raise ValueError(f"NAME=N is needed, where NAME is one of {known}")
    return setting.key, setting.read(amount)


# In the order of --help.
SETTINGS: Final = (
    Setting("output", _FILE, "Write the feed to FILE, whole or not at all.", parse_path, metavar="FILE", short="-o"),
    Setting("format", _FILE, "Write the feed as FORMAT (default: atom).", parse_format, metavar="FORMAT", short="-f"),
    Setting(
        "base-url", _FEED, "Where the feed is served: a folder's address, or the feed's own.", parse_url, metavar="URL"
    ),
    Setting(
        "limit",
        _FEED,
        "Exactly the newest N articles; 0: all of them (default: 50, or the span, whichever is more).",
        parse_int,
        metavar="N",
    ),
    Setting(
        "span",
        _FEED,
        "At least everything this long before the newest (default: 48h, without --limit).",
        parse_span,
        metavar="48h",
    ),
    Setting(
        "max-bytes",
        _FEED,
        "Stop before the feed grows larger than N (default: 4M, without --limit).",
        parse_size,
        metavar="N",
    ),
    Setting("content", _FEED, "Whole articles or their summaries (default: full).", choices=("full", "summary")),
    Setting("since", _SELECT, "Only articles from TIME on (UTC).", parse_time, metavar="TIME"),
    Setting("until", _SELECT, "Only articles up to TIME (UTC); a bare day is included.", parse_until, metavar="TIME"),
    Setting("category", _SELECT, "Only articles of this category; repeatable.", many=True),
    Setting("author", _SELECT, "Only articles by this author; repeatable.", many=True),
    Setting("source", _SELECT, "Only articles of this outlet; repeatable.", many=True),
    Setting(
        "match", _SELECT, "Only titles that REGEX is found in; repeatable.", parse_regex, many=True, metavar="REGEX"
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
    Setting(
        "allow",
        _READ,
        "Raise or lower a limit on what is read, such as max-file-bytes=200M; repeatable.",
        parse_limit,
        many=True,
        metavar="NAME=N",
    ),
    Setting("now", _READ, "Take TIME for the present.", parse_time, metavar="TIME"),
    Setting(
        "workers",
        _SELECT,
        "Share the work among N processes (default: as many as pay, one a processor and 8 at most).",
        parse_workers,
        metavar="N",
    ),
    Setting(
        "index",
        _SELECT,
        "Remember in FILE what was read, for the next build (default: a file in the cache folder).",
        parse_path,
        metavar="FILE",
    ),
    Setting("no-index", _SELECT, "Read every file again, and remember nothing.", flag=True),
    Setting("strict", _TELL, "Exit with 1, and write nothing, when there are errors.", flag=True),
    Setting("if-changed", "build", "Exit with 3 when the feed did not change (needs -o).", flag=True),
    Setting("verbose", _TELL, "Name every problem.", flag=True),
    Setting("json", _TELL, "Report as JSON.", flag=True),
    Setting(
        "html",
        _SHOW,
        "Write a page with every body before and after, side by side, to FILE instead of the table.",
        parse_path,
        metavar="FILE",
    ),
    Setting("host", "serve", "Listen at HOST (default: 127.0.0.1, this machine alone).", metavar="HOST"),
    Setting("port", "serve", "Listen at port N (default: 8000; 0: any free one).", parse_port, metavar="N"),
    Setting("poll", _LIVE, "Look at every file every few seconds, for drives that tell of no changes.", flag=True),
    Setting("debug", _TELL, "Show where refeed itself failed.", flag=True),
)

# The table [feed] of refeed.toml: what the feed says of itself (RFC 4287, 4.1.1).
FEED_SETTINGS: Final = (
    Setting("author", "", "Who publishes the feed; by default its title."),
    Setting("icon", "", "The address of a small square picture.", parse_url),
    Setting("id", "", "By this readers know the feed; `refeed init` writes a fresh one. Never change it.", parse_iri),
    Setting("language", "", "The language of the feed's own texts, such as en or zh-Hans.", parse_language),
    Setting("link", "", "The address of the site that the feed belongs to.", parse_url),
    Setting("logo", "", "The address of a picture twice as wide as high.", parse_url),
    Setting("rights", "", "Who may do what with it."),
    Setting("subtitle", "", "What it is, in a sentence."),
    Setting("title", "", "Its title; by default the folder's name."),
)

# A table [sources."PATTERN"] of refeed.toml: what the user knows of some dumps.
SITE_SETTINGS: Final = (
    Setting(
        "abbreviations",
        "",
        'What zone abbreviations mean there: `{ CST = "Asia/Shanghai" }`.',
        parse_zone,
    ),
    Setting("day-first", "", "Whether 03/04/2021 is the 3rd of April (true) or the 4th of March (false).", flag=True),
    Setting("drop", "", "CSS selectors of elements that are not the article.", parse_selector, many=True),
    Setting("encoding", "", "The encoding of files that are not UTF-8, such as gb18030.", parse_encoding),
    Setting("keep", "", "A CSS selector of the elements that are the article.", parse_selector),
    Setting("language", "", "The language of articles that state none.", parse_language),
    Setting("offset", "", "Added to header dates: for feeds that call their local time GMT.", parse_duration),
    Setting("replace", "", 'Pairs of a text in the article and what stands for it: `[["old", "new"]]`.'),
    Setting("timezone", "", "The zone of dates that state none: an IANA name or an offset.", parse_zone),
    Setting("title", "", "The outlet's name."),
)


def settings_for(command: str) -> Iterable[Setting]:
    """Return the settings that a command knows."""
    return (setting for setting in SETTINGS if command in setting.on.split())


def parse_setting(setting: Setting, value: object) -> Any:
    """Turn a raw value, from the command line or from TOML, into the setting's own; ValueError says what is wrong."""
    if setting.flag:
        if not isinstance(value, bool):
            raise ValueError("true or false is needed")
        return value
    if setting.many:
        items = value if isinstance(value, list | tuple) else [value]
        return tuple(_parse_one(setting, item) for item in items)
    return _parse_one(setting, value)


def _parse_one(setting: Setting, value: object) -> Any:
    if isinstance(value, bool) or not isinstance(value, str | int | date):
        kind = {bool: "true or false", dict: "a table", float: "a fraction", list: "a list"}.get(type(value), "a time")
        raise ValueError(f"a single value is needed, not {kind}")  # noqa: TRY004  the caller names the place
    text = value.isoformat() if isinstance(value, date) else str(value)
    if setting.choices and text not in setting.choices:
        raise ValueError("one of these is needed: " + ", ".join(setting.choices))
    return setting.read(text)
