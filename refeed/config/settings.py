"""The settings by name: what each is for, what it accepts, and on which commands it stands."""

from collections.abc import Iterable
from typing import Final, get_args

from refeed.config.limit_settings import parse_limit
from refeed.config.parsers import (
    parse_cluster,
    parse_format,
    parse_int,
    parse_language,
    parse_path,
    parse_port,
    parse_regex,
    parse_size,
    parse_span,
    parse_time,
    parse_until,
    parse_url,
    parse_workers,
)
from refeed.config.setting import Group, Setting
from refeed.config.site_settings import SITE
from refeed.options import Content, Future, Stubs, Undated, Withheld

_FILE: Final = "build watch"
_FEED: Final = "build publish serve watch"
_SELECT: Final = "build check publish serve watch"
_SCAN: Final = f"{_SELECT} scan"
_SHOW: Final = "build check scan serve watch"
_READ: Final = "build check inspect publish rules scan serve watch"
_TELL: Final = "build check inspect publish"
_LIVE: Final = "serve watch"


# Where the other settings stand.
_LOCATING: Final = (
    Setting(
        "config",
        _READ,
        "Read the settings in FILE (or REFEED_CONFIG; default: the nearest refeed.toml).",
        parse_path,
        metavar="FILE",
        variable="REFEED_CONFIG",
    ),
    Setting("no-config", _READ, "Ignore refeed.toml.", flag=True),
)
_FROM_ROWS: Final = Setting(
    "from-rows", "build check", "Take each PATH for a file that `refeed scan` wrote.", flag=True, alias="from"
)
COMMAND_LINE_ONLY: Final = (*_LOCATING, _FROM_ROWS)

# In the order of --help.
GROUPS: Final = (
    Group(
        "What goes out",
        (
            Setting(
                "output",
                f"{_FILE} scan",
                "Write to FILE instead of stdout, whole or not at all.",
                parse_path,
                metavar="FILE",
                short="-o",
            ),
            Setting(
                "format",
                _FILE,
                "Choose the format of the feed (default: from the extension of FILE, else atom).",
                parse_format,
                metavar="FORMAT",
                short="-f",
            ),
            Setting(
                "base-url",
                _FEED,
                "Say where the feed is served: the address of its folder, or its own.",
                parse_url,
                metavar="URL",
            ),
            Setting(
                "limit",
                _FEED,
                "Publish exactly the newest N articles; 0 means all (default: 50 or --span, whichever is more).",
                parse_int,
                metavar="N",
            ),
            Setting(
                "span",
                _FEED,
                "Publish at least everything this long before the newest article "
                "(default: 48h and up to 1,000 articles, without --limit).",
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
            Setting(
                "content",
                _FEED,
                "Publish whole articles or only their summaries (default: full).",
                choices=get_args(Content),
            ),
            Setting(
                "html",
                "inspect",
                "Write a page to FILE instead, with every body before and after cleaning side by side.",
                parse_path,
                metavar="FILE",
            ),
        ),
    ),
    SITE,
    Group(
        "Which articles",
        (
            Setting("since", _SELECT, "Keep only articles from TIME on (UTC).", parse_time, metavar="TIME"),
            Setting(
                "until",
                _SELECT,
                "Keep only articles up to TIME (UTC); a day without a time is included.",
                parse_until,
                metavar="TIME",
            ),
            Setting("category", _SCAN, "Keep only articles in this category; repeatable.", many=True),
            Setting("author", _SCAN, "Keep only articles by this author; repeatable.", many=True),
            Setting("outlet", _SCAN, "Keep only articles of this outlet; repeatable.", many=True, alias="source"),
            Setting(
                "language",
                _SCAN,
                "Keep only articles that state this language; en also matches en-GB; repeatable.",
                parse_language,
                many=True,
                metavar="TAG",
            ),
            Setting(
                "match",
                _SCAN,
                "Keep only articles with a title that REGEX matches somewhere; repeatable.",
                parse_regex,
                many=True,
                metavar="REGEX",
            ),
            Setting(
                "exclude", _READ, "Leave out files and folders that match GLOB; repeatable.", many=True, metavar="GLOB"
            ),
            Setting("unpack", _READ, "Read what is in archives among the files, too (zip, tar, gz, WARC).", flag=True),
        ),
    ),
    Group(
        "Odd ones",
        (
            Setting(
                "undated",
                _SCAN,
                "Choose what happens to articles without a date (default: skip).",
                choices=get_args(Undated),
            ),
            Setting(
                "future",
                _SCAN,
                "Choose what happens to articles dated in the future (default: hold).",
                choices=get_args(Future),
            ),
            Setting(
                "withheld",
                _SHOW,
                "Choose what happens to drafts, private, locked and expired articles (default: skip).",
                choices=get_args(Withheld),
            ),
            Setting(
                "stubs",
                _SELECT,
                "Choose what goes out for articles without text of their own (default: link).",
                choices=get_args(Stubs),
            ),
            Setting(
                "allow",
                _READ,
                "Raise or lower a limit on what is read, such as max-file-bytes=200M; repeatable.",
                parse_limit,
                many=True,
                metavar="NAME=N",
            ),
            Setting("now", _READ, "Use TIME as the current time.", parse_time, metavar="TIME"),
        ),
    ),
    Group(
        "Speed",
        (
            Setting(
                "workers",
                f"{_SCAN} rules",
                "Use N processes (or REFEED_WORKERS; default: as many as help, at most one per processor and 8).",
                parse_workers,
                metavar="N",
                variable="REFEED_WORKERS",
            ),
            Setting(
                "cluster",
                "build check publish scan",
                "Use the Dask cluster whose scheduler is at ADDRESS, or start one of N workers here: local[:N].",
                parse_cluster,
                metavar="ADDRESS",
            ),
            Setting(
                "index",
                f"{_SELECT} rules",
                "Remember in FILE what was read, for the next build (or REFEED_INDEX; default: in the cache folder).",
                parse_path,
                metavar="FILE",
                variable="REFEED_INDEX",
            ),
            Setting("no-index", f"{_SELECT} rules", "Read every file again and remember nothing.", flag=True),
            _FROM_ROWS,
        ),
    ),
    Group(
        "Server and changes",
        (
            Setting("host", "serve", "Listen on HOST (default: 127.0.0.1, only this machine).", metavar="HOST"),
            Setting(
                "port", "serve", "Listen on port N; 0 means any free one (default: 8000).", parse_port, metavar="N"
            ),
            Setting(
                "access-log",
                "serve",
                "Write a line for each request to stdout, in the common log format and without queries.",
                flag=True,
            ),
            Setting(
                "poll", _LIVE, "Check every file every few seconds, for drives that do not report changes.", flag=True
            ),
        ),
    ),
    Group("Settings", _LOCATING),
    Group(
        "Messages",
        (
            Setting("strict", _TELL, "Exit with 1 and write nothing if there are errors.", flag=True),
            Setting("if-changed", "build publish", "Exit with 3 if nothing changed (needs -o).", flag=True),
            Setting("quiet", f"{_TELL} rules scan serve watch", "Print nothing but errors.", flag=True, short="-q"),
            Setting("verbose", _TELL, "Name every problem.", flag=True, short="-v"),
            Setting("json", f"{_TELL} rules", "Print the report as JSON.", flag=True),
            Setting("debug", f"{_TELL} rules scan", "Show where refeed itself failed.", flag=True),
        ),
    ),
)
SETTINGS: Final = tuple(setting for group in GROUPS for setting in group.settings)


def settings_for(command: str) -> Iterable[Setting]:
    """Return the settings that a command knows."""
    return (setting for setting in SETTINGS if command in setting.on.split())
