"""Recognise elements that a script turns into a player or an embedded post, and find the page to link instead."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from refeed.addresses.players import page_of
from refeed.startup.named_tuple import NamedTuple


class Mark(NamedTuple):
    """How an element says which player or post a script puts in its place."""

    attribute: str
    template: str  # of the page; \1 stands for the first group
    pattern: str = "(.+)"  # of the attribute's whole value


_TWITTER: Final = r"https://twitter.com/i/status/\1"
_VIMEO: Final = r"https://vimeo.com/\1"
_YOUTUBE: Final = r"https://www.youtube.com/watch?v=\1"
_YOUTUBE_ID: Final = r"([\w-]{11})"

# The name or a class of such an element.
MARKS: Final = MappingProxyType(
    {
        "amp-dailymotion": Mark("data-videoid", r"https://www.dailymotion.com/video/\1"),
        "amp-facebook": Mark("data-href", r"\1"),
        "amp-gist": Mark("data-gistid", r"https://gist.github.com/\1"),
        "amp-imgur": Mark("data-imgur-id", r"https://imgur.com/\1"),
        "amp-instagram": Mark("data-shortcode", r"https://www.instagram.com/p/\1/"),
        "amp-pinterest": Mark("data-url", r"\1"),
        "amp-reddit": Mark("data-src", r"\1"),
        "amp-soundcloud": Mark(
            "data-trackid", r"https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/\1", "([0-9]+)"
        ),
        "amp-tiktok": Mark("data-src", r"\1"),
        "amp-twitter": Mark("data-tweetid", _TWITTER),
        "amp-vimeo": Mark("data-videoid", _VIMEO),
        "amp-youtube": Mark("data-videoid", _YOUTUBE),
        "astro-youtube": Mark("id", _YOUTUBE, _YOUTUBE_ID),
        "bluesky-embed": Mark(
            "data-bluesky-uri", r"https://bsky.app/profile/\1/post/\2", r"at://([^/]+)/app\.bsky\.feed\.post/(\w+)"
        ),
        "embedly-card": Mark("href", r"\1"),
        "fb-post": Mark("data-href", r"\1"),
        "fb-video": Mark("data-href", r"\1"),
        "flourish-embed": Mark("data-src", r"https://public.flourish.studio/\1/", r"((?:story|visualisation)/[0-9]+)"),
        "imgur-embed-pub": Mark("data-id", r"https://imgur.com/\1", r"((?:a/|gallery/)?\w+)"),
        "infogram-embed": Mark("data-id", r"https://infogram.com/\1"),
        "instagram-media": Mark("data-instgrm-permalink", r"\1"),
        "lite-vimeo": Mark("videoid", _VIMEO),
        "lite-youtube": Mark("videoid", _YOUTUBE),
        "lyme": Mark("id", _YOUTUBE, rf"WYL_{_YOUTUBE_ID}"),  # WP YouTube Lyte
        "mastodon-embed": Mark("data-embed-url", r"\1"),
        "meting-js": Mark("auto", r"\1", r"(https?://.+)"),
        "oembed": Mark("url", r"\1"),  # CKEditor
        "rll-youtube-player": Mark("data-id", _YOUTUBE),
        "speakerdeck-embed": Mark("data-id", r"https://speakerdeck.com/player/\1"),
        "text-post-media": Mark("data-text-post-permalink", r"\1"),  # Threads
        "tiktok-embed": Mark("cite", r"\1"),
        "wistia_embed": Mark(
            "class", r"https://fast.wistia.net/embed/iframe/\1", r"(?:.*\s)?wistia_async_(\w{10})(?:\s.*)?"
        ),
        "youtube-player": Mark("data-id", _YOUTUBE),
    }
)
# Attributes that say it on an element of any name.
ATTRIBUTE_MARKS: Final = (
    Mark("data-oembed-url", r"\1", r"(https?://.+)"),
    Mark("data-plyr-embed-id", _VIMEO, "([0-9]+)"),
    Mark("data-plyr-embed-id", _YOUTUBE, _YOUTUBE_ID),
    Mark("data-plyr-embed-id", r"\1", r"(https?://.+)"),
    Mark("data-vimeo-id", _VIMEO, "([0-9]+)"),
    Mark("data-youtube-id", _YOUTUBE, _YOUTUBE_ID),
    Mark("data-yt-id", _YOUTUBE, _YOUTUBE_ID),
    Mark("data-ytid", _YOUTUBE, _YOUTUBE_ID),
)

# What headers and elements call a service → the numbers that it knows videos by, and their page.
_NUMBERED: Final = MappingProxyType(
    {
        "bilibili": Mark("", r"https://www.bilibili.com/video/\1", r"((?:BV|av)\w{4,14})"),
        "bvid": Mark("", r"https://www.bilibili.com/video/\1", r"(BV\w{4,14})"),
        "dailymotion": Mark("", r"https://www.dailymotion.com/video/\1", r"(\w{5,9})"),
        "tenvideo": Mark("", r"https://v.qq.com/x/page/\1.html", r"(\w{11})"),
        "vimeo": Mark("", _VIMEO, "([0-9]{5,12})"),
        "youtube": Mark("", _YOUTUBE, _YOUTUBE_ID),
    }
)
# Attributes in which elements keep such a number.
_NUMBERS: Final = frozenset(
    {
        "data-bvid",
        "data-embed",
        "data-embed-id",
        "data-id",
        "data-vid",
        "data-video",
        "data-video-id",
        "data-videoid",
        "data-vimeo",
        "data-youtube",
        "video-id",
        "videoid",
    }
)
_METING: Final = ("server", "type", "id")
# The attributes without which no element is marked by any other.
ATTRIBUTES: Final = frozenset({mark.attribute for mark in ATTRIBUTE_MARKS} | _NUMBERS | {"server", "data-server"})
# What MetingJS and APlayer call the service and the kind of thing; the number stands beside them.
_NETEASE: Final = frozenset({"album", "playlist", "song"})


def page_of_number(service: str, number: str) -> str | None:
    """Return the page of a video that is named by its number."""
    mark = _NUMBERED.get(service)
    found = re.fullmatch(mark.pattern, number) if mark else None
    return found.expand(mark.template) if mark and found else None


def numbered_page(names: Iterable[str], attributes: Mapping[str, str]) -> str | None:
    """Return the page of a video that an element names by its number, the service by a part of its names."""
    numbers = [(name, value) for name, value in attributes.items() if name in _NUMBERS]
    if not numbers:
        return None
    said = " ".join((*names, *(name for name, _ in numbers), attributes.get("data-type", "")))
    said += " " + attributes.get("data-provider", "")
    services = [service for service in _NUMBERED if service in said.lower()]
    pages = (page_of_number(service, value) for service in services for _, value in numbers)
    return next((page for page in pages if page), None)


def netease_page(attributes: Mapping[str, str]) -> str | None:
    """Return the page of a song that an element names for MetingJS or APlayer."""
    server, kind, number = (attributes.get(name) or attributes.get(f"data-{name}", "") for name in _METING)
    known = server == "netease" and kind in _NETEASE and number.isdecimal()
    return f"https://music.163.com/#/{kind}?id={number}" if known else None


def marked_page(mark: Mark, value: str) -> str | None:
    """Return the page that the value of a mark's attribute names."""
    found = re.fullmatch(mark.pattern, value)
    return page_of(found.expand(mark.template)) if found else None
