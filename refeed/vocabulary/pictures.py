"""Find the address of a picture in a text of front matter: plain, in Markdown, as HTML, in a wikilink or style."""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.links import address_in

PICTURE_ENDINGS: Final = (".avif", ".bmp", ".gif", ".jfif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
"""What names of pictures end with, in lower case."""

ANY_PICTURE_ENDING: Final = rf"\.(?:{'|'.join(one[1:] for one in PICTURE_ENDINGS)})"
"""A regular expression for such an ending, where case is ignored."""

# Ways in which a text names a picture: `<img src>`, `[[fog.png]]`, `url(fog.png)`, an address.
_IMG: Final = late_pattern(r"""<img\s[^<>]{0,500}?\bsrc\s*=\s*["']?([^\s"'<>]+)""", re.IGNORECASE)
_WIKILINK: Final = late_pattern(r"!?\[\[((?>[^\[\]|#]+))(?>[^\[\]]*)\]\]")
_STYLE: Final = late_pattern(r"""url\(\s{0,9}["']?([^"'()\s]+)["']?\s{0,9}\)""", re.IGNORECASE)
_URL: Final = late_pattern(r"(?:https?:)?//[^\s/?#]+\.[^\s]*", re.IGNORECASE)
_AFTER_PATH: Final = late_pattern(r"[?#]")
_STYLE_OF_SIZE: Final = late_pattern(r"[@!]")  # Qiniu and others: fog.jpg!large
_NO_ADDRESS: Final = frozenset('<>"{}|')


def picture_in(text: str, *, by_ending: bool) -> str:
    """Return the address of the picture that a text names, "" if it names none: colours, names of icons, words.

    `by_ending` asks for an address that ends as those of pictures do.
    """
    for form in (_IMG, _STYLE):
        if found := form.search(text):
            return found[1]
    link = _WIKILINK.fullmatch(text)
    address = link[1].strip() if link else address_in(text.removeprefix("!") if text.startswith("![") else text)
    named = _is_file(address) or (not by_ending and (bool(_URL.fullmatch(address)) or _is_path(address)))
    return address if named else ""


def _is_file(address: str) -> bool:
    path = _AFTER_PATH.split(address, maxsplit=1)[0].lower()
    ends = any(part.endswith(PICTURE_ENDINGS) for part in (path, *_STYLE_OF_SIZE.split(path)[:-1]))
    return ends and _NO_ADDRESS.isdisjoint(address)


def _is_path(address: str) -> bool:
    """Return whether a text has folders and a name, and no blank."""
    return len(address.split()) == 1 and len([part for part in address.split("/") if part.strip(".")]) > 1
