"""Write pictures of emoji and smileys as text."""

import re
from typing import Final

from bs4.element import Tag

from refeed.html.tree import attribute, words
from refeed.startup.late_patterns import late_pattern

# Where such pictures are kept: Twemoji and WordPress, GitHub, Facebook, Weibo, Bilibili, WeChat, Tieba, Discuz!.
_SOURCES: Final = (
    "//abs-0.twimg.com/emoji/",
    "//abs.twimg.com/emoji/",
    "//s.w.org/images/core/emoji/",
    "/appstyle/expression/",
    "/images/emoji.php",
    "/images/icon/emotion/",
    "/images/icons/emoji/",
    "/sinajs.cn/face",
    "/static/image/smiley/",
    "/tb/editor/images/face/",
    "/twemoji",
    "/wp-includes/images/smilies/",
    "face.t.sinajs.cn/",
    "h5.sinaimg.cn/m/emoticon/",
    "hdslb.com/bfs/emote/",
    "res.wx.qq.com/t/wx_fed/we-emoji/",
)
_SOURCE_WORDS: Final = ("emo", "expression", "face", "smil")  # each of them holds one of these
_CLASSES: Final = frozenset({"emoji", "emoticon", "smiley", "smilies", "sticker", "twemoji", "wp-smiley"})
_LONGEST: Final = 20  # characters of a name such as ":slightly_smiling:"

# Names of emoji in brackets ([doge]), and how large the pictures of emoji are at most, in pixels.
_BRACKETS: Final = late_pattern(r"\[[^\[\]<>]{1,8}\]")
_SMALL: Final = 36
_PIXELS: Final = late_pattern(r"([0-9]{1,3})(?:\.[0-9]*)?(?:px)?")
_LETTER_SIZE: Final = late_pattern(r"(?:^|[;\s])(?:width|height)\s*:\s*[0-9.]{1,5}r?em\b", re.IGNORECASE)

# Twemoji, WordPress and GitHub name their files after the code points (1f468-200d-1f467.png).
_FILE: Final = late_pattern(r"/((?:[0-9a-f]{2,5}-){0,9}[0-9a-f]{2,5})\.(?:png|svg)(?:\?.*)?\Z")
_FIRST_SYMBOL: Final = 0x203C


def emoji_text(picture: Tag) -> str | None:
    """Return what a picture of an emoji says, or None for any other picture."""
    name = attribute(picture, "alt")
    source = attribute(picture, "src")
    if any(word in source for word in _SOURCE_WORDS) and any(part in source for part in _SOURCES):
        return name if 0 < len(name) <= _LONGEST else _code_points(source)
    if 0 < len(name) <= _LONGEST and not _CLASSES.isdisjoint(words(picture)):
        return name
    return name if _BRACKETS.fullmatch(name) and _is_small(picture) else None


def _code_points(source: str) -> str | None:
    found = _FILE.search(source)
    points = [int(part, 16) for part in found[1].split("-")] if found else []
    if not points or max(points) < _FIRST_SYMBOL or any(0xD800 <= point < 0xE000 for point in points):
        return None
    return "".join(map(chr, points)) if max(points) <= 0x10FFFF else None


def _is_small(picture: Tag) -> bool:
    sizes = [_PIXELS.fullmatch(attribute(picture, name)) for name in ("width", "height")]
    return any(size and int(size[1]) <= _SMALL for size in sizes) or bool(
        _LETTER_SIZE.search(attribute(picture, "style"))
    )
