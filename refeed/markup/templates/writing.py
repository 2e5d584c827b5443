"""Write HTML for expressions: pictures, players, links, code, quotes."""

import re
from collections.abc import Mapping
from html import escape, unescape
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from refeed.addresses.snapshots import original
from refeed.markup.templates.escapes import without_raw_marks
from refeed.startup.late_patterns import late_pattern

# A service → the address of its player, or of the page where there is none; cleaning makes a link with a picture of it.
PLAYERS: Final = MappingProxyType(
    {
        "asciinema": "https://asciinema.org/a/{}/embed",
        "bilibili": "https://player.bilibili.com/player.html?bvid={}",
        "dailymotion": "https://www.dailymotion.com/embed/video/{}",
        "soundcloud": "https://soundcloud.com/{}",
        "speakerdeck": "https://speakerdeck.com/player/{}",
        "spotify": "https://open.spotify.com/embed/{}",
        "vimeo": "https://player.vimeo.com/video/{}",
        "youtube": "https://www.youtube.com/embed/{}",
    }
)
PAGES: Final = MappingProxyType(
    {
        "codepen": "https://codepen.io/{}",
        "codesandbox": "https://codesandbox.io/s/{}",
        "docswell": "https://www.docswell.com/s/{}",
        "gist": "https://gist.github.com/{}",
        "github": "https://github.com/{}",
        "instagram": "https://www.instagram.com/p/{}/",
        "jsfiddle": "https://jsfiddle.net/{}/",
        "mastodon": "https://{}",
        "niconico": "https://www.nicovideo.jp/watch/{}",
        "slideshare": "https://www.slideshare.net/slideshow/embed_code/key/{}",
        "stackblitz": "https://stackblitz.com/edit/{}",
        "telegram": "https://t.me/{}",
        "tweet": "https://twitter.com/i/status/{}",
    }
)

# A page with a video → its player: writers give either to a template.
_VIDEOS: Final = (
    late_pattern(
        r"https?://(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^#]*?&)??v=|shorts/|live/|embed/)(?P<youtube>[\w-]{6,20})"
    ),
    late_pattern(r"https?://youtu\.be/(?!playlist\?)(?P<youtube>[\w-]{6,20})"),
    late_pattern(r"https?://(?:player\.)?vimeo\.com/(?:video/)?(?P<vimeo>[0-9]{5,12})"),
    late_pattern(r"https?://(?:www\.)?bilibili\.com/video/(?P<bilibili>BV\w{6,14})"),
)
_ADDRESS: Final = late_pattern(r"(?:https?:)?//\S+", re.IGNORECASE)
_IDENTIFIER: Final = late_pattern(r"[\w@./=?&:%+-]{1,300}")
_ESCAPED: Final = late_pattern(r"&(?:lt|gt|quot|amp|#0?39);")
_LINE_BREAK: Final = late_pattern(r"<br\s{0,5}/?>(?:\r?\n)?", re.IGNORECASE)


def attributes(pairs: Mapping[str, str]) -> str:
    """Write attributes that have a value."""
    return "".join(f' {name}="{escape(value)}"' for name, value in pairs.items() if value)


def link(address: str, words: str = "") -> str:
    """Write a link; without words the address is its text, without an address the words stand alone."""
    text = escape(words or address, quote=False)
    return f'<a href="{escape(address)}">{text}</a>' if address else text


def picture(address: str, alt: str = "", caption: str = "", target: str = "") -> str | None:
    """Write a picture with its caption, perhaps as a link; without an address there is none."""
    if not address:
        return None
    image = f'<img src="{escape(address)}" alt="{escape(alt)}">'
    image = f'<a href="{escape(target)}">{image}</a>' if target else image
    return f"<figure>{image}<figcaption>{caption}</figcaption></figure>" if caption else image


def player(service: str, identifier: str, title: str = "") -> str | None:
    """Write what shows a video, a sound or a post of a service."""
    if _ADDRESS.fullmatch(identifier):
        return embed(identifier, title)
    if not _IDENTIFIER.fullmatch(identifier):
        return None
    if service in PLAYERS:
        address = PLAYERS[service].format(quote(identifier, safe="/?&=:%"))
        return f"<iframe{attributes({'src': address, 'title': title})}></iframe>"
    return link(PAGES[service].format(identifier.strip("/")), title) if service in PAGES else None


def embed(address: str, title: str = "") -> str | None:
    """Write a page that is shown in an article: its player where one is known, else a link."""
    for video in _VIDEOS:
        if found := video.match(original(address)):
            service = str(found.lastgroup)
            return player(service, found[service], title)
    return link(address, title) if _ADDRESS.fullmatch(address) else None


def media(element: str, address: str, poster: str = "", caption: str = "") -> str | None:
    """Write a sound or a video that is a file, with its caption."""
    if not address:
        return None
    written = f"<{element} controls{attributes({'src': address, 'poster': poster})}></{element}>"
    return f"<figure>{written}<figcaption>{caption}</figcaption></figure>" if caption else written


def code(text: str, title: str = "") -> str:
    """Write code as it stands; a rich editor may have escaped it, or broken its lines with elements."""
    lines = without_raw_marks(text)
    if "<" not in _LINE_BREAK.sub("", lines) and (_ESCAPED.search(lines) or _LINE_BREAK.search(lines)):
        lines = unescape(_LINE_BREAK.sub("\n", lines))
    # A title is a block of its own: what begins with it would end at the first empty line (CommonMark 0.31.2, 4.6).
    above = f"<p><strong>{escape(title, quote=False)}</strong></p>\n\n" if title else ""
    return f"{above}<pre><code>{escape(_without_margin(lines), quote=False)}\n</code></pre>"


def _without_margin(text: str) -> str:
    """Leave out empty lines around code."""
    lines = text.rstrip().split("\n")
    while lines and not lines[0].strip():
        del lines[0]
    return "\n".join(lines)
