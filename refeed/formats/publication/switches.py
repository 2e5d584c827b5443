"""Keys of content systems with a plain "no" for what is not on the site, and of those that keep it out of its feed.

Not among them, because they are as often about what the article is of: `online` (an event's), `available` (a
product's), `open`; nor `sitemap` and `noindex` (search engines), `listing` and `list` (themes' lists).
"""

from itertools import product
from types import MappingProxyType
from typing import Final

# Wagtail's `live` is "True if the page is published", Craft's entries are `enabled`, tables of shops have `active`.
_ON_THE_SITE: Final = ("active", "enabled", "isactive", "isenabled", "live")
# The author has published it, but not in a feed: of themes (`nofeed`, `hiddenFromRss`, `hide_from_feed`, `rss_ignore`).
_OUT_OF_FEEDS: Final = tuple(
    first + feed + last
    for first, last in (
        *(("no", ""), ("skip", ""), ("", "exclude"), ("", "ignore"), ("exclude", ""), ("ignore", "")),
        *(("excludefrom", ""), ("hiddenfrom", ""), ("hidefrom", ""), ("hidein", ""), ("hiddenin", "")),
    )
    for feed in ("feed", "rss")
)
_IN_FEEDS: Final = tuple(map("".join, product(("", "in", "showin", "includein", "addto"), ("feed", "rss"))))

YES: Final = MappingProxyType(dict.fromkeys(_OUT_OF_FEEDS, "private"))
NO: Final = MappingProxyType({**dict.fromkeys(_ON_THE_SITE, "draft"), **dict.fromkeys(_IN_FEEDS, "private")})
# Of these, a table is about parts: jekyll-feed's `feed: {excerpt_only: false}`.
OF_PARTS: Final = frozenset({"feed", "rss"})
HIDES: Final = frozenset(
    {"hidden", "hide", "ishidden", "unindexed", "隐藏", "隱藏"}
)  # off the lists of some themes: a warning only
