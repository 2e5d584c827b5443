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

# Whether it is to be published at all, as people ask themselves: `ready_to_publish: no`, `already-public: false`.
_PUBLISHED: Final = tuple(
    map(
        "".join,
        product(
            (
                "already",
                "becomes",
                "be",
                "can",
                "canbe",
                "ok",
                "okto",
                "readyto",
                "should",
                "shouldbe",
                "tobe",
                "willbe",
            ),
            ("golive", "live", "public", "publish", "published"),
        ),
    )
)

# Themes and plug-ins of Hexo, VuePress, Halo and Typecho that encrypt an article by a word in its header.
PASSWORDS: Final = tuple(
    map(
        "".join,
        product(
            ("access", "article", "blog", "content", "encrypt", "entry", "note", "page", "protect", "theme", "view"),
            ("passcode", "password", "passwd", "pwd"),
        ),
    )
)

_FOR_THOSE_WHO_PAY: Final = (
    *("gatedcontent", "haspaywall", "isgated", "ismemberonly", "ismembersonly", "ispaidcontent", "ispaywalled"),
    *("memberexclusive", "paidcontent", "patrononly", "patreononly", "patronsonly", "premiumcontent"),
    *("sponsorsonly", "subscriptionrequired", "supportersonly"),
)
# When it was thrown away: any day is a yes.
THROWN_AWAY: Final = tuple(
    map("".join, product(("deleted", "removed", "retracted", "trashed", "withdrawn"), ("at", "date", "on", "time")))
)

YES: Final = MappingProxyType(
    {
        **dict.fromkeys((*_OUT_OF_FEEDS, "hideinlist"), "private"),  # the last is Gridea's: its feed is a list, too
        **dict.fromkeys(("draftonly", "intrash", "ispreview", "isremoved", "isspam", "removed", "spam"), "draft"),
        **dict.fromkeys(("banned", "blocked", "disabled", "inactive", "isdisabled", "suspended", "withdrawn"), "draft"),
        **dict.fromkeys(("incomplete", "needsreview", "needswork", "underconstruction", "workinprogress"), "draft"),
        **dict.fromkeys(("exclude", "excluded", "ignore", "ignored"), "private"),
        **dict.fromkeys(("intern", "internalonly", "privateonly"), "private"),
        **dict.fromkeys(("adminlogin", "login", "sitelogin"), "locked"),  # Grav's, in a table of who has `access`
        **dict.fromkeys(("formembers", "gated", "ispaid", "requiressubscription", "subscriberonly"), "locked"),
        **dict.fromkeys(("authrequired", "needlogin", "needslogin", "requireauth"), "locked"),
        **dict.fromkeys(("authenticated", "loggedinonly", "requiresauth", "requiresauthentication"), "locked"),
        **dict.fromkeys(_FOR_THOSE_WHO_PAY, "locked"),
        **dict.fromkeys(("haspassword", "passwordprotect", "passwordrequired", "requirespassword"), "locked"),
        **dict.fromkeys(("restrict", "restrictedaccess"), "locked"),
        **dict.fromkeys(("adminonly", "adminsonly", "familyonly", "personalonly", "staffonly", "teamonly"), "private"),
        **dict.fromkeys(("privatenote", "privatepage", "privatepost"), "private"),
        **dict.fromkeys(
            ("emailonly", "excludefrombuild", "excludefromsite", "justme", "newsletteronly", "onlyme"), "private"
        ),
        **dict.fromkeys(("notlisted", "unlist"), "private"),
        **dict.fromkeys(("nobuild", "quarantined", "retracted", "skipbuild", "skippublish"), "draft"),
        **dict.fromkeys(("destroyed", "harddeleted", "purged", "softdeleted", "tombstone", "tombstoned"), "draft"),
    }
)
NO: Final = MappingProxyType(
    {
        **dict.fromkeys(_ON_THE_SITE, "draft"),
        **dict.fromkeys(_PUBLISHED, "draft"),
        "pub": "draft",
        **dict.fromkeys(("buildable", "generate", "onweb", "publishtoweb", "showonsite", "showonweb"), "draft"),
        "shouldoutput": "draft",  # Statiq's
        **dict.fromkeys(("datepublished", "publishedversion"), "draft"),  # Contentful's: null until then
        **dict.fromkeys(_IN_FEEDS, "private"),
        **dict.fromkeys(("publicaccess", "publicly", "publiclyvisible"), "private"),
        **dict.fromkeys(("accessibleforfree", "isaccessibleforfree", "isfree"), "locked"),  # schema.org
    }
)
# Of what an article is like: a word for drafts alone, as the whole value, says what its author thinks of it. Not among
# them are keys for its subject, as `topic` and `series`: there a draft is of beer, or of players.
QUALITIES: Final = frozenset(
    {"certainty", "completeness", "completion", "condition", "confidence", "edition", "env", "environment", "flag"}
    | {
        "acl",
        "flags",
        "group",
        "share",
        "sharing",
        "label",
        "permissions",
        "level",
        "lifecycle",
        "maturity",
        "mode",
        "phase",
        "quality",
        "readiness",
        "version",
    }
)
# What keeps an article out, as the value of `feed` and `rss`.
LEFT_OUT: Final = frozenset({"exclude", "excluded", "hidden", "hide", "ignore", "skip"})
# Of these, a table is about parts: jekyll-feed's `feed: {excerpt_only: false}`.
OF_PARTS: Final = frozenset({"feed", "rss"})
HIDES: Final = frozenset(
    {"hidden", "hide", "ishidden", "unindexed", "隐藏", "隱藏"}
)  # off the lists of some themes: a warning only
# Keys that say for whom the article is, and words for nobody.
READERS: Final = frozenset({"access", "accesslevel", "audience", "privacy", "publishto", "visibility", "visibleto"})
_NOBODY: Final = frozenset({"me", "nobody", "noone", "nadie", "niemand", "personne"})
_NO_PRIVACY: Final = frozenset(product(("privacy",), ("0", "false", "no", "none", "off")))
FOR_NOBODY: Final = frozenset(
    {*product(READERS, {"0", "false", "no", "none", "off", *_NOBODY}), *product(("sharedwith", "sharewith"), _NOBODY)}
    - _NO_PRIVACY
) | {("template", "none")}  # Wintersmith makes no page
