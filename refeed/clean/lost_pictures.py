"""Replace a picture that cannot be shown by the words that its author gave it."""

import re
from typing import Final

from bs4.element import Tag

from refeed.html.page import Page
from refeed.html.tree import attribute, shown, squeeze
from refeed.startup.late_patterns import late_pattern

# What editors write where nobody described a picture: names of files, and the word itself.
_NO_WORDS: Final = late_pattern(
    r"(?:alt|alt[ -]text|figure|im(?:age|g)|photo|pic(?:ture)?|screen[ -]?shot|图片|圖片|画像|在这里插入图片描述)"
    r"[ _-]?[0-9]{0,20}"
    r"|\S*\.(?:avif|bmp|gif|jpe?g|png|svg|webp)|[\d\W_]*",
    re.IGNORECASE,
)


def leave_words(page: Page, picture: Tag) -> int:
    """Put the description of a picture in its place; where its caption says the same, the caption is enough."""
    said = attribute(picture, "alt") or attribute(picture, "title")
    if not said or _NO_WORDS.fullmatch(said) or _is_caption(said, picture):
        return page.drop(picture)
    page.become(picture, "span", said)
    return 0


def _is_caption(said: str, picture: Tag) -> bool:
    around = picture.parent
    last = around if around is not None and around.name == "a" else picture
    after = last.find_next_sibling()
    return isinstance(after, Tag) and after.name == "figcaption" and shown(after) == squeeze(said)
