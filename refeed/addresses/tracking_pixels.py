"""Recognise pictures without content: placeholders, visitor counters and the decoration of pages."""

import re
from typing import Final

from refeed.addresses.parts import is_listed, split_address
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.pictures import ANY_PICTURE_ENDING

# Services that show any picture: a size, a topic or a random one.
_RANDOM: Final = frozenset(
    {
        "api.btstu.cn",
        "api.dujin.org",
        "api.ixiaowai.cn",
        "api.mtyqx.cn",
        "baconmockup.com",
        "dummyimage.com",
        "fakeimg.pl",
        "fillmurray.com",
        "fpoimg.com",
        "img.paulzzh.tech",
        "img.xjh.me",
        "loremflickr.com",
        "lorempixel.com",
        "picsum.photos",
        "placebear.com",
        "placebeard.it",
        "placecage.com",
        "placehold.co",
        "placehold.it",
        "placeholder.com",
        "placeimg.com",
        "placekitten.com",
        "source.unsplash.com",
        "unsplash.it",
    }
)

# What scripts and editors leave when they do not know the address, as the whole of it or as the file's name.
_NOTHING: Final = frozenset(
    {"[object object]", "about:blank", "nan", "null", "undefined", "图片地址", "圖片地址", "地址"}
)

# Words in the file names of pictures that stand for one that is still loading, or for an empty space: a name that is
# made only of them, with at least one of the first kind.
_EMPTY: Final = frozenset(
    {
        "1x1",
        "blank",
        "clear",
        "dot",
        "empty",
        "gray",
        "grey",
        "lazy",
        "lazyload",
        "load",
        "loader",
        "loading",
        "noimage",
        "none",
        "pixel",
        "placeholder",
        "spaceball",
        "spacer",
        "trans",
        "transparent",
        "whitedot",
    }
)
_FILLING: Final = frozenset(
    {"ajax", "bg", "default", "icon", "image", "img", "lqip", "photo", "pic", "sg", "thumb", "thumbnail", "white"}
)
_PICTURE_NAME: Final = late_pattern(rf"([^/]{{1,60}}){ANY_PICTURE_ENDING}", re.IGNORECASE)
_NAME_BREAK: Final = late_pattern(r"[-_.@ ]+")
_NUMBER: Final = late_pattern(r"[0-9]{1,4}x[0-9]{0,4}|[0-3]")  # `pixel-6.jpg` may be the telephone

# Hosts that only count readers, with the domains below them (put together by hand, of the kind that
# EasyPrivacy, https://easylist.to, lists: analytics, feed services, republishing counters, affiliate pixels).
_COUNTER_HOSTS: Final = frozenset(
    {
        "2o7.net",
        "51.la",
        "amazon-adsystem.com",
        "assoc-amazon.com",
        "atdmt.com",
        "bat.bing.com",
        "chartbeat.net",
        "cnzz.com",
        "counter.theconversation.com",
        "counter.theconversation.edu.au",
        "counter.yadro.ru",
        "da.feedsportal.com",
        "demdex.net",
        "doubleclick.net",
        "feeds.wordpress.com",
        "feedsportal.com",
        "google-analytics.com",
        "googleadservices.com",
        "googletagmanager.com",
        "hits.guardian.co.uk",
        "hits.theguardian.com",
        "hm.baidu.com",
        "imrworldwide.com",
        "ioam.de",
        "krxd.net",
        "mathtag.com",
        "mc.yandex.ru",
        "met.vgwort.de",
        "omtrdc.net",
        "pheedo.com",
        "pixel.propublica.org",
        "pixel.wp.com",
        "px.ads.linkedin.com",
        "quantserve.com",
        "revsci.net",
        "rss.buysellads.com",
        "scorecardresearch.com",
        "statcounter.com",
        "stats.wordpress.com",
        "stats.wp.com",
        "tracking.feedpress.com",
        "tracking.feedpress.it",
        "xiti.com",
    }
)
# Ends of the paths of counters on any host (the same).
_COUNTER_ENDS: Final = (
    "/_/stat",  # Medium
    "/matomo.php",
    "/mf.gif",  # FeedsPortal under a publisher's own name
    "/piwik.php",
    "/track/open.php",  # Mailchimp
    "/wf/open",  # SendGrid
)
# Host and path of counters on hosts that show other things as well, and what begins so and goes on behind a slash.
_COUNTER_PAGES: Final = (
    "api.follow.it/track-rss-story-loaded/",
    "b.hatena.ne.jp/entry/image/",  # how many bookmarked the article
    "blogger.googleusercontent.com/tracker/",
    "eotrx.substackcdn.com/open",
    "facebook.com/tr",
    "t.co/i/adsct",
)
_COUNTER_BEGINNINGS: Final = (
    *(page.rstrip("/") + "/" for page in _COUNTER_PAGES),
    "feedproxy.google.com/~",
    "feeds.feedburner.com/~",
)

# WordPress plug-ins count the readers of feeds at the blog's own address.
_COUNTER_QUERIES: Final = late_pattern(r"(?:\A|&)(?:feed-stats-post-id=|ak_action=api_record_view)")

# Pictures that stand under many articles of an outlet or of a kind of page: logos, error pictures, icons. End of host
# and path.
_DECORATION: Final = (
    "/graphics/icon-zoom.png",
    "/website/img/error.svg",
    "icons.mydrivers.com/news/end_article.png",
    "img.solidot.org//0/446/liiLIZF8Uh6yM.jpg",
    "static.rfi.fr/meta_og_twcards/RFI_FB.png",
)
# Parts of host and path.
_DECORATION_PATHS: Final = (
    "/servicelinks/",  # icons of a Drupal module that shares articles
    "addthis.com/static/btn/",
    "addtoany.com/buttons/",
)


def is_placeholder(address: str, *, late: bool) -> bool:
    """Return whether an address, perhaps a relative one, is that of a placeholder; one kept for later has any name."""
    lower = address.lower()
    if lower in _NOTHING or lower.startswith("holder.js/"):
        return True
    spot = split_address(address)
    name = spot.path.rpartition("/")[2]
    return name.lower() in _NOTHING or is_listed(spot.host, _RANDOM) or (not late and _is_empty_name(name))


def is_decoration(url: str) -> bool:
    """Return whether a picture at an absolute address counts readers or decorates pages."""
    spot = split_address(url)
    page = spot.host_and_path
    return (
        is_listed(spot.host, _COUNTER_HOSTS)
        or page.endswith(_DECORATION)
        or spot.path.endswith(_COUNTER_ENDS)
        or page in _COUNTER_PAGES
        or page.startswith(_COUNTER_BEGINNINGS)
        or bool(spot.query and _COUNTER_QUERIES.search(spot.query))
        or any(path in page for path in _DECORATION_PATHS)
    )


def _is_empty_name(name: str) -> bool:
    picture = _PICTURE_NAME.fullmatch(name)
    if picture is None:
        return False
    words = [word for word in _NAME_BREAK.split(picture[1].lower()) if word]
    if _EMPTY.isdisjoint(words):  # nearly always
        return False
    return all(word in _EMPTY or word in _FILLING or _NUMBER.fullmatch(word) for word in words)
