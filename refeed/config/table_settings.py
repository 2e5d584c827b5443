"""The settings in the tables of refeed.toml: the feed, the sources, the site."""

from typing import Final

from refeed.config.parsers import (
    parse_duration,
    parse_encoding,
    parse_iri,
    parse_language,
    parse_permalink,
    parse_selector,
    parse_url,
    parse_words,
    parse_zone,
)
from refeed.config.setting import Setting
from refeed.config.settings import SETTINGS
from refeed.config.site_settings import SITE

_FILTERS: Final = frozenset({"category", "author", "outlet", "language", "match"})

# The table [publish]: settings of the command line that describe a site.
PUBLISH_SETTINGS: Final = SITE.settings

# The table [feed] of refeed.toml: what the feed says of itself (RFC 4287, 4.1.1).
FEED_SETTINGS: Final = (
    Setting("author", "", "Who publishes the feed (default: its title).", parse_words),
    Setting("icon", "", "The address of a small square picture.", parse_url),
    Setting("id", "", "What readers know the feed by; `refeed init` writes a new one. Never change it.", parse_iri),
    Setting("language", "", "The language of the feed's own texts, such as en or zh-Hans.", parse_language),
    Setting("link", "", "The address of the site that the feed belongs to.", parse_url),
    Setting("logo", "", "The address of a picture twice as wide as high.", parse_url),
    Setting("rights", "", "The copyright notice or licence.", parse_words),
    Setting("subtitle", "", "What the feed is about, in a sentence.", parse_words),
    Setting("title", "", "Its title (default: the folder's name).", parse_words),
)

# A table [feeds.NAME] of refeed.toml: the filters of a feed on a published site, by the names that they have elsewhere.
NAMED_FEED_SETTINGS: Final = (
    Setting("title", "", "Its title (default: NAME).", parse_words),
    *(setting for setting in SETTINGS if setting.name in {"limit", *_FILTERS}),
)

# A table [sources."PATTERN"] of refeed.toml: what the user knows about some dumps.
SITE_SETTINGS: Final = (
    Setting(
        "abbreviations",
        "",
        'What time zone abbreviations mean here: `{ CST = "Asia/Shanghai" }`.',
        parse_zone,
    ),
    Setting(
        "address",
        "",
        "`shared`: their address is not an article's own, but that of a list or a site.",
        choices=("article", "shared"),
    ),
    Setting("day-first", "", "Whether 03/04/2021 is 3 April (true) or 4 March (false).", flag=True),
    Setting("drop", "", "CSS selectors of elements that are not part of the article.", parse_selector, many=True),
    Setting("encoding", "", "The encoding of files that are not UTF-8, such as gb18030.", parse_encoding),
    Setting("keep", "", "A CSS selector of the elements that are the article.", parse_selector),
    Setting("language", "", "The language of articles that do not state one.", parse_language),
    Setting("offset", "", "Added to header dates, for feeds that call their local time GMT.", parse_duration),
    Setting(
        "permalink",
        "",
        "How the site names the pages of posts that state no address, such as `/:year/:month/:title/`.",
        parse_permalink,
    ),
    Setting("replace", "", 'Pairs of a text and its replacement: `[["old", "new"]]`.'),
    Setting(
        "site", "", "The address of the site that they are posts of: their links and pictures lead there.", parse_url
    ),
    Setting("timezone", "", "The time zone of dates without one: an IANA name or an offset.", parse_zone),
    Setting("title", "", "The outlet's name.", parse_words),
)
