"""Find the address of a picture in a text of front matter: plain, in Markdown, as HTML, in a wikilink or style."""

import re
from typing import Final

from refeed.formats._links import address_in

_IMG: Final = re.compile(r"""<img\s[^<>]{0,500}?\bsrc\s*=\s*["']?([^\s"'<>]+)""", re.IGNORECASE)
_WIKILINK: Final = re.compile(r"!?\[\[([^\[\]|#]+)[^\[\]]*\]\]")
_STYLE: Final = re.compile(r"""url\(\s{0,9}["']?([^"'()\s]+)["']?\s{0,9}\)""", re.IGNORECASE)
_URL: Final = re.compile(r"(?:https?:)?//[^\s/?#]+\.[^\s]*", re.IGNORECASE)
_FILE: Final = re.compile(r"[^<>\"{}|]*\.(?:avif|bmp|gif|jfif|jpe?g|png|svg|webp)(?:[?#@!][^\s]*)?", re.IGNORECASE)
_PATH: Final = re.compile(r"\.{0,2}/?[^\s/]+(?:/[^\s/]+)+", re.IGNORECASE)


def picture_in(text: str, *, by_ending: bool) -> str:
    """Return the address of the picture that a text names, "" if it names none: colours, names of icons, words.

    `by_ending` asks for an address that ends as those of pictures do.
    """
    for form in (_IMG, _STYLE):
        if found := form.search(text):
            return found[1]
    link = _WIKILINK.fullmatch(text)
    address = link[1].strip() if link else address_in(text.removeprefix("!") if text.startswith("![") else text)
    forms = (_FILE,) if by_ending else (_URL, _FILE, _PATH)
    return address if any(form.fullmatch(address) for form in forms) else ""
