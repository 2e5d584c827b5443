"""Every setting of a run, as values."""

import re
from collections.abc import Mapping
from dataclasses import field, fields, replace
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Annotated, Final, Literal

from refeed.field_checks import Between, NotNegative, check_fields
from refeed.limits import DEFAULT_LIMITS, Limits
from refeed.site import Site
from refeed.startup.value import Value, dataclass
from refeed.work_tree import WorkTree

CONFIGURATION_NAME: Final = "refeed.toml"
DEFAULT_LIMIT: Final = 50
MIN_ARTICLES: Final = 5
DEFAULT_SPAN: Final = timedelta(hours=48)
MOST_OF_SPAN: Final = 1_000  # articles of the default span; Feedbin takes 300, Inoreader blocks feeds of 3,000
MAX_AHEAD: Final = timedelta(days=366)  # a date further ahead than this is a mistake, not an announcement
DEFAULT_MAX_BYTES: Final = 4_000_000  # CommaFeed refuses more than 5 MiB, Miniflux more than 15 MiB

MOST_WORKERS: Final = 256
LOCAL_CLUSTER: Final = "local"
MOST_PORT: Final = 65_535

Amount = Annotated[int, Between(0)]
Content = Literal["full", "summary"]
Future = Literal["hold", "include"]
Stubs = Literal["link", "summary", "skip"]
Withheld = Literal["skip", "include"]
Undated = Literal["skip", "last", "mtime", "git"]
Archive = Literal["month", "none"]
Pages = Literal["full", "list", "none"]
FeedKind = Literal["outlet", "category", "author", "language", "none"]


@dataclass(frozen=True, kw_only=True)
class FeedOptions(Value):
    """What the feed says of itself: the table [feed] of refeed.toml."""

    id: str | None = None
    title: str | None = None
    subtitle: str | None = None
    author: str | None = None
    rights: str | None = None
    language: str | None = None
    icon: str | None = None
    logo: str | None = None
    link: str | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a value of the wrong kind."""
        check_fields(self)


@dataclass(frozen=True, kw_only=True)
class SiteOptions(Value):
    """What the user knows about some dumps: a table [sources."PATTERN"] of refeed.toml."""

    title: str | None = None
    timezone: str | None = None
    day_first: bool | None = None
    offset: timedelta | None = None
    language: str | None = None
    encoding: str | None = None
    address: str | None = None  # "shared": many articles state the same one, so it identifies none
    abbreviations: Mapping[str, str] | None = None
    drop: tuple[str, ...] | None = None  # CSS selectors of what is not part of the article
    keep: str | None = None  # a CSS selector of the article
    replace: tuple[tuple[str, str], ...] | None = None  # texts and their replacements
    site: str | None = None  # the address of the site that they are posts of
    permalink: str | None = None  # how it names their pages: "/:year/:month/:title/"

    def __post_init__(self) -> None:
        """Raise ValueError for a value of the wrong kind."""
        check_fields(self)


@dataclass(frozen=True, kw_only=True)
class NamedFeed(Value):
    """A feed of the user's own on a published site: a table [feeds.NAME] of refeed.toml."""

    title: str | None = None  # None: its name
    limit: Amount | None = None  # None: that of the site
    category: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    match: tuple[re.Pattern[str], ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for a value of the wrong kind."""
        check_fields(self)


@dataclass(frozen=True, kw_only=True)
class Options(Value):
    """Every setting of a run. The names are those of the command line with `_` for `-`."""

    paths: tuple[str, ...] = ()
    feed: FeedOptions = FeedOptions()
    sources: Mapping[str, SiteOptions] = field(default_factory=dict)
    output: str | None = None
    format: str | None = None  # None: the one by whose name the output ends, else Atom
    base_url: str | None = None
    limit: Amount | None = None  # None: the newest 50, or everything of the span, whichever is more
    span: Annotated[timedelta, NotNegative()] | None = None  # None: 48 h, unless a limit is given
    max_bytes: Amount | None = None  # None: 4 MB, unless a limit is given
    content: Content = "full"
    since: datetime | None = None
    until: datetime | None = None  # first instant after the last one that counts
    category: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    match: tuple[re.Pattern[str], ...] = ()
    undated: Undated = "skip"
    future: Future = "hold"
    stubs: Stubs = "link"
    withheld: Withheld = "skip"  # "include": drafts, private, locked and expired articles go out too, for a preview
    exclude: tuple[str, ...] = ()
    unpack: bool = False  # archives among the files are read, too
    allow: Limits = DEFAULT_LIMITS
    now: datetime | None = None
    workers: Annotated[int, Between(1, MOST_WORKERS)] | None = None  # processes; None: as many as pay
    cluster: str | None = None  # the address of a scheduler of Dask that shares the work, "local" or "local:N"
    from_rows: bool = False  # the paths are files of rows that `refeed scan` wrote
    index: str | None = None  # the file in which builds remember what they read; None: none
    no_index: bool = False  # not even the one that the command line uses by default
    strict: bool = False
    if_changed: bool = False
    quiet: bool = False
    verbose: bool = False
    json: bool = False
    html: str | None = None  # where `inspect` writes its page
    site: str | None = None  # the folder that `publish` writes
    feeds: tuple[FeedKind, ...] = ("outlet", "category")  # what on a site has feeds of its own; "none": nothing
    min_articles: Annotated[int, Between(1)] = MIN_ARTICLES  # that such a feed needs
    archive: Archive = "month"
    pages: Pages = "full"  # of a site: of every article, lists only, or none
    named_feeds: Mapping[str, NamedFeed] = field(default_factory=dict)
    debug: bool = False
    host: str | None = None  # where `serve` listens; None: on this machine only
    port: Annotated[int, Between(0, MOST_PORT)] | None = None  # None: 8000
    access_log: bool = False  # `serve` writes a line for each request to stdout
    poll: bool = False  # `serve` and `watch` check every file every few seconds
    config: str | None = None  # the refeed.toml that was used
    confined: frozenset[str] = frozenset()  # keys that only a found refeed.toml names: they stay inside its folder
    folder: str = "."  # where the configuration lies: what is read without paths, and the default title
    entry_pages: str | None = None  # address of an entry's page, with {} for its key
    sites: tuple[Site, ...] = ()  # those that a run found around the files, the innermost first
    work_trees: tuple[WorkTree, ...] = ()  # of git, those that a run found around the files, if it asked for them

    def __post_init__(self) -> None:
        """Raise ValueError for a value that the command line would not take either."""
        check_fields(self)


_NOTHING_STATED: Final = SiteOptions()


def site_options(options: Options, name: str, host: str | None) -> SiteOptions:
    """Merge every [sources] table whose pattern fits a file's name or its article's host; later tables win."""
    merged = _NOTHING_STATED
    for rule in (options.sources[pattern] for pattern in fitting_patterns(options, name, host)):
        stated = {f.name: value for f in fields(rule) if (value := getattr(rule, f.name)) is not None}
        merged = replace(merged, **stated)
    return merged


def fitting_patterns(options: Options, name: str, host: str | None) -> tuple[str, ...]:
    """Return the names of the [sources] tables that fit a file's name or its article's host."""
    return tuple(pattern for pattern in options.sources if fits_source(pattern, name, host))


def table_name(pattern: str) -> str:
    """Return a [sources] table as messages name it."""
    return f'[sources."{pattern}"]'


def is_path_pattern(pattern: str) -> bool:
    """Return whether a pattern is one for paths, not a host."""
    return any(mark in pattern for mark in "/*?")


def fits_path(pattern: str, name: str) -> bool:
    """Return whether a pattern for paths fits the name of a file."""
    return fnmatchcase(name, pattern + "*" if pattern.endswith("/") else pattern)


def fits_source(pattern: str, name: str, host: str | None) -> bool:
    """Return whether the pattern of a [sources] table fits a file's name or its article's host."""
    if is_path_pattern(pattern):
        return fits_path(pattern, name)
    return host is not None and (host == pattern or host.endswith("." + pattern))
