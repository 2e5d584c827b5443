"""Write players and embedded posts, from arguments by name or by position."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from refeed.addresses.embed_marks import netease_page
from refeed.markup.templates import writing
from refeed.markup.templates.expression import Expression
from refeed.markup.templates.handlers import ADDRESS_NAMES, CAPTION_NAMES, Handler, Posts, Words, address_of, caption_of
from refeed.startup.late_patterns import late_pattern

_NAMES: Final = (
    "id",
    "key",
    "code",
    "hash",
    "video_id",
    "videoid",
    "tweetid",
    "url",
    "src",
    "href",
    "bvid",
    "aid",
    "repo",
)
_OF_USERS: Final = {"codepen": "https://codepen.io/{}/pen/{}", "tweet": "https://twitter.com/{}/status/{}"}
# How a pen is named: letters in both cases, or a digest. Its user has a name of another kind, mostly.
_PEN: Final = late_pattern(r"(?=[A-Z]*[a-z])(?=[a-z]*[A-Z])[A-Za-z]{5,8}|[0-9a-f]{32}")
_PEN_OF_USER: Final = late_pattern(r"[\w-]+/(?:details|embed|full|pen)/\w+")
_USER: Final = late_pattern(r"(?=[^\W\d])[\w-]{2,40}")
# The options of a plug-in for how to show a pen.
_LOOKS: Final = frozenset(
    {"anonymous", "css", "dark", "default", "editable", "false", "html", "js", "light", "result", "true"}
)
_STATUS: Final = late_pattern(r"[0-9]{2,20}")
# The accounts of Mastodon are on many hosts.
_HOST: Final = late_pattern(r"[\w-]+(?:\.[\w-]+)+/.*")


def player_of(service: str) -> Handler:
    """Return what writes a player or a post of a service."""

    def write(expression: Expression, _posts: Posts) -> str | None:
        said = expression.first(*_NAMES)
        user = expression.first("user", "username", "author") if service in _OF_USERS else ""
        if service == "gist" and len(expression.words) > 1:
            said = "/".join(expression.words[:2])
        if service == "tweet" and not said and _STATUS.fullmatch(expression.word(1)):  # Quarto's extension
            user, said = expression.words[:2]
        if user and said:
            return writing.link(_OF_USERS[service].format(quote(user), quote(said)), expression.first("title"))
        if not said and service in _IN_ORDER and (found := _IN_ORDER[service](expression)):
            return found
        number = 1 if expression.word(0) == "video" else 0  # of a plug-in that shows playlists, too
        said = said or expression.word(number)
        is_named = service not in _NAMED or "//" in said or _NAMED[service].fullmatch(said)
        return writing.player(service, said, expression.first(*CAPTION_NAMES)) if is_named else None

    return write


def _pen(expression: Expression) -> str | None:
    """Write a link to a pen whose name and user are said, and perhaps its title; None where the order tells nothing.

    Who says the user first says the name next; who says the name first says the user last.
    """
    words = [word for word in expression.words if word.lower() not in _LOOKS]
    pens = [number for number, word in enumerate(words) if _PEN.fullmatch(word)]
    if len(pens) != 1:
        return None
    before, after = ([word for word in side if _USER.fullmatch(word)] for side in _sides(words, pens[0]))
    if bool(before) == bool(after):
        return None
    title = next((word for word in words if " " in word), "")
    return writing.link(_OF_USERS["codepen"].format(quote((before or after)[-1]), words[pens[0]]), title)


def _sides(words: list[str], number: int) -> tuple[list[str], list[str]]:
    return words[:number], words[number + 1 :]


# Services whose shortcodes take several arguments in an order of their own.
_IN_ORDER: Final[Mapping[str, Callable[[Expression], str | None]]] = MappingProxyType({"codepen": _pen})
# Services of whose pages only such a name makes the address of one.
_NAMED: Final = MappingProxyType({"codepen": _PEN_OF_USER, "mastodon": _HOST, "tweet": _STATUS})


def player_of_file(element: str) -> Handler:
    """Return what writes a sound or a video: a player of a service, or a file."""

    def write(expression: Expression, _posts: Posts) -> str | None:
        address = address_of(expression)
        title = expression.first(*CAPTION_NAMES)
        if (found := writing.embed(address, title)) and found.startswith("<iframe"):
            return found
        named = next((word for word in expression.words if re.search(r"\.(?:m4a|mp3|mp4|ogg|webm|wav)\b", word)), "")
        file = expression.first(*ADDRESS_NAMES) or named
        return writing.media(element, file, expression.first("poster"), caption_of(title))

    return write


_SERVERS: Final = frozenset({"kugou", "netease", "tencent", "xiami"})
_NETEASE_KINDS: Final = frozenset({"album", "artist", "playlist", "search", "song"})
_of_file: Final = player_of_file("audio")


def write_music(expression: Expression, posts: Posts) -> str | Words | None:
    """Write a song: a file, or what a service calls it: `music netease song 1`, `meting "1" "netease"`."""
    words = expression.words
    number = expression.first("id") or next((word for word in words if word.isdecimal()), "")
    server = expression.first("server") or next((word for word in words if word in _SERVERS), "")
    kind = expression.first("type") or next((word for word in words if word in _NETEASE_KINDS), "song")
    server = server or ("netease" if expression.name == "netease" else "")
    page = netease_page({"server": server, "type": kind, "id": number})
    return writing.link(page, _title_of(expression)) if page else _of_file(expression, posts)


def _title_of(expression: Expression) -> str:
    return " – ".join(filter(None, (expression.first("name", "title"), expression.first("artist", "author"))))
