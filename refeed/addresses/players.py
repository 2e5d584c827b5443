"""Players and embedded posts: the page that people open instead, and its picture where the address holds one."""

import re
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import unquote


class Template(NamedTuple):
    """An address, and what to write for it."""

    pattern: re.Pattern[str]  # from the beginning of the address, without its scheme and `www.`
    template: str  # \1 stands for the first group


def _rules(table: dict[str, str]) -> tuple[Template, ...]:
    return tuple(Template(re.compile(pattern, re.IGNORECASE), template) for pattern, template in table.items())


_ORIGIN: Final = re.compile(r"https?://(?:www\.|m\.)?", re.IGNORECASE)

# A player → its page, as the services say how to embed them (the "embed" help of each); by host.
_PAGES: Final = _rules(
    {
        r"archive\.org/embed/([^?#]+)": r"https://archive.org/details/\1",
        r"asciinema\.org/a/(\w+)(?:\.js|/embed|/iframe)": r"https://asciinema.org/a/\1",
        r"bilibili\.com/blackboard/(?:html5)?(?:mobile)?player\.html\?(?:[^#]*?&)??bvid=(\w+)": (
            r"https://www.bilibili.com/video/\1"
        ),
        r"codepen\.io/([^/?#]+)/embed/(?:preview/)?(\w+)": r"https://codepen.io/\1/pen/\2",
        r"dailymotion\.com/(?:embed/|swf/)(?:video/)?(\w+)": r"https://www.dailymotion.com/video/\1",
        r"embed\.(music|podcasts)\.apple\.com/([^#]+)": r"https://\1.apple.com/\2",
        r"embed\.ted\.com/talks/([^#]+)": r"https://www.ted.com/talks/\1",
        r"geo\.dailymotion\.com/player[\w/-]*\.html\?(?:[^#]*?&)??video=(\w+)": r"https://www.dailymotion.com/video/\1",
        r"gist\.github\.com/([^?#]+)\.js": r"https://gist.github.com/\1",
        r"instagram\.com/(p|reel|tv)/([\w-]+)": r"https://www.instagram.com/\1/\2/",
        r"open\.spotify\.com/embed(?:-podcast)?/(\w+)/(\w+)": r"https://open.spotify.com/\1/\2",
        r"platform\.twitter\.com/embed/(?:index|Tweet)\.html\?(?:[^#]*?&)??id=([0-9]+)": (
            r"https://twitter.com/i/status/\1"
        ),
        r"player\.bilibili\.com/player\.html\?(?:[^#]*?&)??bvid=(\w+)": r"https://www.bilibili.com/video/\1",
        r"player\.bilibili\.com/player\.html\?(?:[^#]*?&)??aid=([0-9]+)": r"https://www.bilibili.com/video/av\1",
        r"player\.vimeo\.com/video/([0-9]+)": r"https://vimeo.com/\1",
        r"player\.youku\.com/embed/([\w=]+)": r"https://v.youku.com/v_show/id_\1.html",
        r"streamable\.com/[eo]/(\w+)": r"https://streamable.com/\1",
        r"t\.me/([\w/]+)\?(?:[^#]*?&)??embed=1": r"https://t.me/\1",
        r"tiktok\.com/(?:embed|player)/(?:v[0-9]/)?([0-9]+)": r"https://www.tiktok.com/@/video/\1",
        r"v\.qq\.com/(?:iframe|txp/iframe)/player\.html\?(?:[^#]*?&)??vid=(\w+)": r"https://v.qq.com/x/page/\1.html",
        r"youtube(?:-nocookie)?\.com/embed/?(?:videoseries)?\?(?:[^#]*?&)??list=([\w-]+)": (
            r"https://www.youtube.com/playlist?list=\1"
        ),
        r"youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]{6,20})": r"https://www.youtube.com/watch?v=\1",
    }
)
# The address of the page stands, encoded, in the player's.
_WITH_PAGE: Final = _rules(
    {
        r"facebook\.com/(?:v[0-9.]+/)?plugins/(?:post|video)\.php\?(?:[^#]*?&)??href=(https?[^&#]+)": r"\1",
        r"twitframe\.com/show\?(?:[^#]*?&)??url=(https?[^&#]+)": r"\1",
        r"w\.soundcloud\.com/player/\?(?:[^#]*?&)??url=(https?(?::|%3a)(?:/|%2f){2}(?:www\.)?soundcloud[^&#]+)": r"\1",
    }
)
# WordPress shows a post of its own, or of another site, at its address with something behind it.
_WORDPRESS: Final = re.compile(r"(https?://[^?#]+/)embed/?#\?secret=")

# A page → its picture.
_PICTURES: Final = _rules(
    {
        r"dailymotion\.com/video/(\w+)": r"https://www.dailymotion.com/thumbnail/video/\1",
        r"youtu\.be/([\w-]{6,20})": r"https://i.ytimg.com/vi/\1/hqdefault.jpg",
        r"youtube\.com/(?:live|shorts)/([\w-]{6,20})": r"https://i.ytimg.com/vi/\1/hqdefault.jpg",
        r"youtube\.com/watch\?(?:[^#]*?&)??v=([\w-]{6,20})": r"https://i.ytimg.com/vi/\1/hqdefault.jpg",
    }
)

# An element of a script that puts a player or a post in its place: its name or class → the attribute that says which,
# and the page.
MARKS: Final = MappingProxyType(
    {
        "amp-twitter": ("data-tweetid", r"https://twitter.com/i/status/\1"),
        "amp-vimeo": ("data-videoid", r"https://vimeo.com/\1"),
        "amp-youtube": ("data-videoid", r"https://www.youtube.com/watch?v=\1"),
        "fb-post": ("data-href", r"\1"),
        "fb-video": ("data-href", r"\1"),
        "instagram-media": ("data-instgrm-permalink", r"\1"),
        "lite-youtube": ("videoid", r"https://www.youtube.com/watch?v=\1"),
        "rll-youtube-player": ("data-id", r"https://www.youtube.com/watch?v=\1"),
        "tiktok-embed": ("cite", r"\1"),
        "youtube-player": ("data-id", r"https://www.youtube.com/watch?v=\1"),
    }
)


def page_of(url: str) -> str:
    """Return the page that people open instead of a player, the player's own address where none is known."""
    if wordpress := _WORDPRESS.match(url):
        return wordpress[1]
    inner = _first(_WITH_PAGE, url)
    if inner:
        return unquote(inner)
    return _first(_PAGES, url) or url


def picture_of(url: str) -> str | None:
    """Return the picture of a page with a video, where its address holds it."""
    return _first(_PICTURES, url)


def _first(rules: tuple[Template, ...], url: str) -> str | None:
    origin = _ORIGIN.match(url)
    if origin is None:
        return None
    found = ((rule, rule.pattern.match(url, origin.end())) for rule in rules)
    return next((match.expand(rule.template) for rule, match in found if match), None)
