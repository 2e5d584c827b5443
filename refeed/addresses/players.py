"""Find the page to open instead of a player or an embedded post, and its picture if the address holds one."""

import re
from functools import cached_property
from typing import Final
from urllib.parse import unquote

from refeed.addresses.snapshots import original
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_LITERAL: Final = late_pattern(r"(?:[\w/@-]|\\[^\w])*(?![?*+{])")  # what a pattern begins with, up to its first choice
_ESCAPE: Final = late_pattern(r"\\(.)")


class Template(NamedTuple):
    """An address, and what to write for it."""

    begins: str  # what every such address begins with, in small letters: nearly always the host
    pattern: re.Pattern[str]  # from the beginning of the address, without its scheme and `www.`
    template: str  # \1 stands for the first group


class _Rules:
    """Addresses, and what to write for each: made when the first is looked for, as most bodies have no player."""

    def __init__(self, table: dict[str, str]) -> None:
        self._table = table

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """The rules, in the order of the table."""
        return tuple(
            Template(_literal(pattern), late_pattern(pattern, re.IGNORECASE), template)
            for pattern, template in self._table.items()
        )


def _literal(pattern: str) -> str:
    found = _LITERAL.match(pattern)
    return _ESCAPE.sub(r"\1", found[0]).lower() if found else ""


_ORIGIN: Final = late_pattern(r"https?://(?:www\.|m\.)?", re.IGNORECASE)

# A player → its page, as the services say how to embed them (the "embed" help of each); by host. The longer first.
_PAGES: Final = _Rules(
    {
        r"acfun\.cn/player/(ac[0-9_]+)": r"https://www.acfun.cn/v/\1",
        r"anchor\.fm/([^/?#]+)/embed/episodes/([^?#]+)": r"https://anchor.fm/\1/episodes/\2",
        r"archive\.org/embed/([^?#]+)": r"https://archive.org/details/\1",
        r"asciinema\.org/a/(\w+)(?:\.js|/embed|/iframe)": r"https://asciinema.org/a/\1",
        r"bilibili\.com/blackboard/[\w/.-]{1,60}\?(?:[^#]*?&)??bvid=(\w+)": r"https://www.bilibili.com/video/\1",
        r"bilibili\.com/blackboard/[\w/.-]{1,60}\?(?:[^#]*?&)??aid=([0-9]+)": r"https://www.bilibili.com/video/av\1",
        r"bilibili\.com/blackboard/live/[\w.-]{1,60}\?(?:[^#]*?&)??cid=([0-9]+)": r"https://live.bilibili.com/\1",
        r"clips\.twitch\.tv/embed\?(?:[^#]*?&)??clip=([\w-]+)": r"https://clips.twitch.tv/\1",
        r"codepen\.io/([^/?#]+)/embed/(?:preview/)?(\w+)": r"https://codepen.io/\1/pen/\2",
        r"codesandbox\.io/embed/([\w-]+)": r"https://codesandbox.io/s/\1",
        r"coub\.com/embed/(\w+)": r"https://coub.com/view/\1",
        r"dailymotion\.com/(?:embed/|swf/)(?:video/)?(\w+)": r"https://www.dailymotion.com/video/\1",
        r"embed\.(music|podcasts)\.apple\.com/([^#]+)": r"https://\1.apple.com/\2",
        r"embed\.bsky\.app/embed/([^/?#]+)/app\.bsky\.feed\.post/(\w+)": r"https://bsky.app/profile/\1/post/\2",
        r"embed\.nicovideo\.jp/watch/(\w+)": r"https://www.nicovideo.jp/watch/\1",
        r"embed\.reddit\.com/([^?#]+)": r"https://www.reddit.com/\1",
        r"embed\.ted\.com/talks/([^#]+)": r"https://www.ted.com/talks/\1",
        r"geo\.dailymotion\.com/player[\w/-]*\.html\?(?:[^#]*?&)??video=(\w+)": r"https://www.dailymotion.com/video/\1",
        r"gist\.github\.com/([^?#]+)\.js": r"https://gist.github.com/\1",
        r"giphy\.com/embed/(\w+)": r"https://giphy.com/gifs/\1",
        r"imgur\.com/((?:a/)?\w+)/embed\b": r"https://imgur.com/\1",
        r"instagram\.com/(p|reel|tv)/([\w-]+)": r"https://www.instagram.com/\1/\2/",
        r"ixigua\.com/iframe/([0-9]+)": r"https://www.ixigua.com/\1",
        r"live\.bilibili\.com/(?:blanc|h5)/([0-9]+)": r"https://live.bilibili.com/\1",
        r"loom\.com/embed/(\w+)": r"https://www.loom.com/share/\1",
        r"music\.163\.com/(?:m/)?outchain/player\?(?=[^#]*?\btype=0\b)(?:[^#]*?&)??id=([0-9]+)": (
            r"https://music.163.com/#/playlist?id=\1"
        ),
        r"music\.163\.com/(?:m/)?outchain/player\?(?=[^#]*?\btype=1\b)(?:[^#]*?&)??id=([0-9]+)": (
            r"https://music.163.com/#/album?id=\1"
        ),
        r"music\.163\.com/(?:m/)?outchain/player\?(?:[^#]*?&)??id=([0-9]+)": r"https://music.163.com/#/song?id=\1",
        r"odysee\.com/\$/embed/([^?#]+)": r"https://odysee.com/\1",
        r"open\.douyin\.com/player/video\?(?:[^#]*?&)??vid=([0-9]+)": r"https://www.douyin.com/video/\1",
        r"open\.spotify\.com/embed(?:-podcast)?/(\w+)/(\w+)": r"https://open.spotify.com/\1/\2",
        r"platform\.twitter\.com/embed/(?:index|Tweet)\.html\?(?:[^#]*?&)??id=([0-9]+)": (
            r"https://twitter.com/i/status/\1"
        ),
        r"player\.bilibili\.com/player\.html\?(?:[^#]*?&)??bvid=(\w+)": r"https://www.bilibili.com/video/\1",
        r"player\.bilibili\.com/player\.html\?(?:[^#]*?&)??aid=([0-9]+)": r"https://www.bilibili.com/video/av\1",
        r"player\.twitch\.tv/\?(?:[^#]*?&)??video=v?([0-9]+)": r"https://www.twitch.tv/videos/\1",
        r"player\.twitch\.tv/\?(?:[^#]*?&)??channel=(\w+)": r"https://www.twitch.tv/\1",
        # Without its key an unlisted video does not open.
        r"player\.vimeo\.com/video/([0-9]+)\?(?:[^#]*?&)??h=(\w{6,40})": r"https://vimeo.com/\1/\2",
        r"player\.vimeo\.com/video/([0-9]+)": r"https://vimeo.com/\1",
        r"play-tv\.kakao\.com/embed/player/cliplink/([0-9]+)": r"https://tv.kakao.com/v/\1",
        r"player\.youku\.com/player\.php/(?:[\w/]{1,60}/)?sid/([\w=]+)/v\.swf": (
            r"https://v.youku.com/v_show/id_\1.html"
        ),
        r"player\.youku\.com/embed/([\w=]+)": r"https://v.youku.com/v_show/id_\1.html",
        r"podcasters\.spotify\.com/pod/show/([^/?#]+)/embed/episodes/([^?#]+)": (
            r"https://podcasters.spotify.com/pod/show/\1/episodes/\2"
        ),
        r"redditmedia\.com/([^?#]+)": r"https://www.reddit.com/\1",
        r"rutube\.ru/(?:play|video)/embed/(\w+)": r"https://rutube.ru/video/\1/",
        r"(?:imgcache|static\.video)\.qq\.com/(?:[\w/]+/)?TPout\.swf\?(?:[^#]*?&)??vid=(\w+)": (
            r"https://v.qq.com/x/page/\1.html"
        ),
        r"sketchfab\.com/(?:3d-)?models/(\w+)/embed\b": r"https://sketchfab.com/3d-models/\1",
        r"static\.hdslb\.com/\w{1,30}\.swf\?(?:[^#]*?&)??aid=([0-9]+)": r"https://www.bilibili.com/video/av\1",
        r"streamable\.com/[eo]/(\w+)": r"https://streamable.com/\1",
        r"t\.me/([\w/]+)\?(?:[^#]*?&)??embed=1": r"https://t.me/\1",
        r"tiktok\.com/(?:embed|player)/(?:v[0-9]/)?([0-9]+)": r"https://www.tiktok.com/@/video/\1",
        r"tv\.naver\.com/embed/([0-9]+)": r"https://tv.naver.com/v/\1",
        r"v\.qq\.com/(?:iframe|txp/iframe)/(?:player|preview)\.html\?(?:[^#]*?&)??vid=(\w+)": (
            r"https://v.qq.com/x/page/\1.html"
        ),
        r"vimeo\.com/((?:event|showcase)/[0-9]+)/embed\b": r"https://vimeo.com/\1",
        r"vk\.com/video_ext\.php\?(?:[^#]*?&)??oid=(-?[0-9]+)&id=([0-9]+)": r"https://vk.com/video\1_\2",
        r"widget\.deezer\.com/widget/\w{1,20}/(\w{1,20})/([0-9]+)": r"https://www.deezer.com/\1/\2",
        r"ximalaya\.com/thirdparty/player/sound/player\.html\?(?:[^#]*?&)??id=([0-9]+)": (
            r"https://www.ximalaya.com/sound/\1"
        ),
        r"youtube(?:-nocookie)?\.com/embed/?(?:videoseries)?\?(?:[^#]*?&)??list=([\w-]+)": (
            r"https://www.youtube.com/playlist?list=\1"
        ),
        r"youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]{6,20})": r"https://www.youtube.com/watch?v=\1",
        # Mastodon, Pixelfed, Misskey and PeerTube, on any host.
        r"([^/?#]+/p/[\w.@-]+/[0-9]+)/embed\b": r"https://\1",
        r"([^/?#]+)/embed/notes/(\w+)": r"https://\1/notes/\2",
        r"([^/?#]+/@[\w.@-]+/[0-9]+)/embed\b": r"https://\1",
        r"([^/?#]+/users/\w+/statuses/[0-9]+)/embed\b": r"https://\1",
        r"([^/?#]+)/videos/embed/([\w-]{22,36})": r"https://\1/videos/watch/\2",
    }
)
# The address of the page, or of another player, stands, encoded, in the player's.
_WITH_PAGE: Final = _Rules(
    {
        r"cdn\.embedly\.com/widgets/media\.html\?(?:[^#]*?&)??url=(https?[^&#]+)": r"\1",
        r"cdn\.embedly\.com/widgets/media\.html\?(?:[^#]*?&)??src=(https?[^&#]+)": r"\1",
        r"cdn\.iframe\.ly/api/iframe\?(?:[^#]*?&)??url=(https?[^&#]+)": r"\1",
        r"facebook\.com/(?:v[0-9.]+/)?plugins/(?:post|video)\.php\?(?:[^#]*?&)??href=(https?[^&#]+)": r"\1",
        r"mixcloud\.com/widget/iframe/\?(?:[^#]*?&)??feed=((?:%2f|/)[^&#]+)": r"https://www.mixcloud.com\1",
        r"twitframe\.com/show\?(?:[^#]*?&)??url=(https?[^&#]+)": r"\1",
        r"w\.soundcloud\.com/player/\?(?:[^#]*?&)??url=(https?(?::|%3a)(?:/|%2f){2}(?:www\.)?soundcloud[^&#]+)": r"\1",
    }
)
# WordPress shows a post of its own, or of another site, at its address with something behind it.
_WORDPRESS: Final = late_pattern(r"(https?://[^?#]+/)embed/?#\?secret=")

# A page → its picture.
_PICTURES: Final = _Rules(
    {
        r"dailymotion\.com/video/(\w+)": r"https://www.dailymotion.com/thumbnail/video/\1",
        r"youtu\.be/(?!playlist\?)([\w-]{6,20})": r"https://i.ytimg.com/vi/\1/hqdefault.jpg",
        r"youtube\.com/(?:live|shorts)/([\w-]{6,20})": r"https://i.ytimg.com/vi/\1/hqdefault.jpg",
        r"youtube\.com/watch\?(?:[^#]*?&)??v=([\w-]{6,20})": r"https://i.ytimg.com/vi/\1/hqdefault.jpg",
    }
)

# Pages of videos whose address does not hold their picture.
_FILM: Final = late_pattern(
    r"https?://(?:www\.|m\.)?(?:bilibili\.com/video/(?:BV\w|av[0-9])|vimeo\.com/[0-9])", re.IGNORECASE
)


def page_of(url: str) -> str:
    """Return the page that people open instead of a player, the player's own address where none is known.

    What an archive copied of a player plays nothing: its page is that of the original.
    """
    if wordpress := _WORDPRESS.match(url):
        return wordpress[1]
    player = original(url)
    inner = _first(_WITH_PAGE, player)
    page = _first(_PAGES, unquote(inner) if inner else player)
    return page or (unquote(inner) if inner else url)


def picture_of(url: str) -> str | None:
    """Return the picture of a page with a video, where its address holds it."""
    return _first(_PICTURES, url)


def is_film(url: str) -> bool:
    """Return whether an address is that of a video's page, or of its player, at a service that shows videos alone."""
    page = page_of(url)
    return picture_of(page) is not None or _FILM.match(page) is not None


def _first(rules: _Rules, url: str) -> str | None:
    origin = _ORIGIN.match(url)
    if origin is None:
        return None
    start, lower = origin.end(), url.lower()
    near = (rule for rule in rules.templates if lower.startswith(rule.begins, start))
    found = ((rule, rule.pattern.match(url, start)) for rule in near)
    return next((match.expand(rule.template) for rule, match in found if match), None)
