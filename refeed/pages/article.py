"""Fit sanitised HTML into a page: pictures that wait, headings below the page's own, tables that scroll by themselves.

Nothing is judged here: the sanitiser did that. Its output is read token by token and written again with every text and
value escaped, so that no element and no attribute comes in but those written down below.
"""

from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from types import MappingProxyType
from typing import Final

from refeed.html.tree import HEADINGS
from refeed.model import SafeHtml

Attributes = dict[str, str]
Starts = dict[str, Callable[[Attributes], str]]
"""Element → what is written for its beginning."""

# HTML Standard, 13.1.2: elements without an end tag.
_VOID: Final = frozenset({"br", "hr", "img", "wbr"})
_PLAYERS: Final = MappingProxyType({"audio": "Sound", "video": "Video"})


def fit(content: SafeHtml, *, pictures: bool, top: int = 2) -> str:
    """Return content as it stands on a page, headings from level `top` on, links for pictures that are not wanted."""
    writer = _Writer(pictures=pictures, top=top)
    writer.feed(content)
    writer.close()
    return "".join(writer.written)


def picture(address: str, **attributes: str) -> str:
    """Write a picture that is loaded by the page's script, if the viewer wants pictures, or without scripts at once."""
    facts = {"decoding": "async", "loading": "lazy", "referrerpolicy": "no-referrer", "alt": "", **attributes}
    if not is_foreign(address):
        return _tag("img", {"src": address, **facts})
    return f"{_tag('img', {'data-src': address, **facts})}<noscript>{_tag('img', {'src': address, **facts})}</noscript>"


def is_foreign(address: str) -> bool:
    """Return whether it has to be fetched; a `data:` picture is written out in the page."""
    return not address.lower().startswith("data:")


class _Writer(HTMLParser):
    """Writes what it is fed, changed where a page needs it."""

    def __init__(self, *, pictures: bool, top: int) -> None:
        super().__init__()
        self.written: list[str] = []
        self._pictures, self._top = pictures, top
        self._outline: list[str] = []  # the headings that the current one stands below, as the article calls them
        self._in_links = 0
        self._silent = ""  # the player whose link is written instead of it, until it ends
        self._starts: Starts = {
            "a": self._link,
            "audio": lambda attributes: self._player("audio", attributes),
            "img": self._picture,
            "table": lambda attributes: '<div class="scroll">' + _tag("table", attributes),
            "video": lambda attributes: self._player("video", attributes),
        }

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write an element's beginning."""
        if self._silent:
            return
        attributes = {name: value or "" for name, value in attrs}
        start = self._starts.get(tag)
        self.written.append(start(attributes) if start else _tag(self._begun(tag), attributes))

    def handle_endtag(self, tag: str) -> None:
        """Write an element's end."""
        if self._silent:
            self._silent = "" if tag == self._silent else self._silent
        elif tag not in _VOID:
            self._in_links -= tag == "a"
            name = self._heading() if tag in HEADINGS else tag
            self.written.append(f"</{name}>" + ("</div>" if tag == "table" else ""))

    def handle_data(self, data: str) -> None:
        """Write text."""
        if not self._silent:
            self.written.append(escape(data, quote=False))

    def _begun(self, tag: str) -> str:
        """Return the name of an element; that of a heading says how deep it stands, with no level left out."""
        if tag not in HEADINGS:
            return tag
        while self._outline and self._outline[-1] >= tag:
            self._outline.pop()
        self._outline.append(tag)
        return self._heading()

    def _heading(self) -> str:
        return f"h{min(6, self._top + len(self._outline) - 1)}"

    def _link(self, attributes: Attributes) -> str:
        self._in_links += 1
        return _tag("a", {**attributes, "rel": "noopener noreferrer nofollow"})

    def _picture(self, attributes: Attributes) -> str:
        address = attributes.pop("src", "")
        if not address:
            return escape(attributes.get("alt", ""))
        if self._pictures or not is_foreign(address):
            return picture(address, **attributes)
        return self._instead("Picture", address, attributes.get("alt", ""))

    def _player(self, tag: str, attributes: Attributes) -> str:
        """Keep a player from loading anything before it is started."""
        if not self._pictures:
            self._silent = tag
            return self._instead(_PLAYERS[tag], attributes.get("src", ""), "")
        poster = attributes.pop("poster", "")
        later = {"data-poster": poster} if poster else {}
        return _tag(tag, {**attributes, **later, "controls": "", "preload": "none"})

    def _instead(self, kind: str, address: str, words: str) -> str:
        """Write a link to something that is not loaded; inside another link only its words."""
        host = address.partition("://")[2].partition("/")[0]
        about = escape(f"{kind}: {words}" if words.strip() else f"{kind} at {host}")
        if self._in_links or not address:
            return f'<span class="instead">{about}</span>'
        return _tag("a", {"class": "instead", "href": address, "rel": "noopener noreferrer nofollow"}) + f"{about}</a>"


def _tag(name: str, attributes: Attributes) -> str:
    shown = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{shown}>"
