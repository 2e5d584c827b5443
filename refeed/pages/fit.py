"""Fit sanitised HTML into pages: pictures that wait, headings below the page's own, tables that scroll by themselves.

A long article is cut into parts, so that no page is heavy. Nothing is judged here: the sanitiser did that. Its output
is read token by token and written again with every text and value escaped, so that no element and no attribute comes in
but those written down below.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from types import MappingProxyType
from typing import Final

from refeed.html.tree import HEADINGS
from refeed.limits import truncate
from refeed.model import SafeHtml
from refeed.startup.late_patterns import late_pattern

Attributes = dict[str, str]
Starts = dict[str, Callable[[Attributes], str]]
"""Element → what is written for its beginning."""

FULL: Final = 80_000
"""Bytes after which the next block begins another part: with its frame no page has 200 kB then."""

SMALL: Final = 7_000
"""Bytes of content that are one part for certain: what grows most, `<img src="http://x">`, grows to the 11-fold."""

_OVERFULL: Final = 1.4  # times as many bytes: here a part ends wherever that may be
_PIECE: Final = 4_000  # characters of a text that are written at once
_LONGEST_NOTE: Final = 1_000  # characters of the words for a picture, an abbreviation
_OF_PICTURE: Final = (
    260  # bytes: about what is written for a picture beside its own attributes, which stand there twice
)

# HTML Standard, 13.1.2: elements without an end tag.
_VOID: Final = frozenset({"br", "hr", "img", "source", "wbr"})
_PLAYERS: Final = MappingProxyType({"audio": "Sound", "video": "Video"})
# An article is best cut before one of these: no sentence, no cell, no picture with its caption is cut then.
_BLOCKS: Final = frozenset(
    {"blockquote", "details", "div", "dl", "dt", "figure", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul"}
) | HEADINGS  # fmt: skip
_KEPT: Final = frozenset({"dir", "href", "lang"})  # attributes of what goes on in the next part

# What the sanitiser writes: the end of an element, its beginning with attributes, text. Whatever else is text, too.
_TOKEN: Final = late_pattern(r'</([a-z][a-z0-9]*)>|<([a-z][a-z0-9]*)((?: [a-z][a-z0-9:-]*="[^"]*")*)>|([^<]+|<)')
_ATTRIBUTE: Final = late_pattern(r' ([a-z][a-z0-9:-]*)="([^"]*)"')


def fit(content: SafeHtml, *, pictures: bool, top: int = 2, full: int = FULL) -> tuple[str, ...]:
    """Return content as it stands on pages: one part, or several of a long article, each of them well-formed.

    Headings are of level `top` and below; links stand for pictures that are not wanted.
    """
    writer = _Writer(pictures=pictures, top=top, full=full)
    for end, start, attributes, text in _TOKEN.findall(content):
        if text:
            writer.write_text(unescape(text))
        elif end:
            writer.write_end(end)
        else:
            found = _ATTRIBUTE.findall(attributes)
            writer.write_start(start, {name: unescape(value) for name, value in found})
    return writer.parts


def picture(address: str, **attributes: str) -> str:
    """Write a picture that is loaded by the page's script, if the viewer wants pictures, or without scripts at once."""
    facts = {"decoding": "async", "loading": "lazy", "referrerpolicy": "no-referrer", "alt": "", **attributes}
    if not is_foreign(address):
        return _tag("img", {"src": address, **facts})
    return f"{_tag('img', {'data-src': address, **facts})}<noscript>{_tag('img', {'src': address, **facts})}</noscript>"


def is_foreign(address: str) -> bool:
    """Return whether it has to be fetched; a `data:` picture is written out in the page."""
    return not address.lower().startswith("data:")


@dataclass(slots=True)
class _Element:
    """One that has not ended."""

    name: str
    begun: str  # as it is called where it is written: a heading stands below those of the page
    attributes: Attributes
    items: int = 0  # of a list, so far

    @property
    def end(self) -> str:
        """What ends the element."""
        return f"</{self.begun}>" + ("</div>" if self.name == "table" else "")


class _Writer:
    """Writes what it is told, changed where a page needs it."""

    def __init__(self, *, pictures: bool, top: int, full: int) -> None:
        self._full, self._overfull = full, int(_OVERFULL * full)
        self._ended: list[str] = []  # parts
        self._written: list[str] = []  # of the part that is being written
        self._weight = 0  # bytes of it, without pictures that it holds itself
        self._open: list[_Element] = []
        self._pictures, self._top = pictures, top
        self._outline: list[str] = []  # the headings that the current one stands below, as the article calls them
        self._silent = ""  # the player whose link is written instead of it, until it ends
        self._starts: Starts = {
            "a": lambda attributes: _tag("a", {**attributes, "rel": "noopener noreferrer nofollow"}),
            "audio": lambda attributes: self._player("audio", attributes),
            "img": self._picture,
            "table": lambda attributes: '<div class="scroll">' + _tag("table", attributes),
            "video": lambda attributes: self._player("video", attributes),
        }

    @property
    def parts(self) -> tuple[str, ...]:
        """What was written of each part."""
        return (*self._ended, "".join(self._written))

    def write_start(self, tag: str, stated: Attributes) -> None:
        """Write an element's beginning."""
        if self._silent:
            return
        self._make_room(self._full if tag in _BLOCKS else self._overfull)
        attributes = {name: _shortened(name, value) for name, value in stated.items()}
        weight = _weight_of_picture(attributes) if tag == "img" else None
        element = _Element(tag, self._begun(tag), attributes)
        if tag == "li" and self._open:
            self._open[-1].items += 1
        self._write(self._start(element), weight)
        if tag not in _VOID and not self._silent:
            self._open.append(element)

    def write_end(self, tag: str) -> None:
        """Write an element's end."""
        if self._silent:
            self._silent = "" if tag == self._silent else self._silent
        elif self._open and self._open[-1].name == tag:
            self._write(self._open.pop().end)

    def write_text(self, data: str) -> None:
        """Write text."""
        for piece in () if self._silent else _pieces(data):
            self._make_room(self._overfull)
            self._write(escape(piece, quote=False))

    def _write(self, text: str, weight: int | None = None) -> None:
        self._written.append(text)
        self._weight += len(text.encode()) if weight is None else weight

    def _make_room(self, most: int) -> None:
        """Begin another part if this one holds `most` bytes; open elements end in this one and go on in the next."""
        if self._weight < most:
            return
        self._ended.append("".join([*self._written, *(element.end for element in reversed(self._open))]))
        self._written, self._weight, self._outline = [], 0, []
        for element in self._open:
            again = {name: value for name, value in element.attributes.items() if name in _KEPT}
            if element.name == "ol" and "reversed" not in element.attributes:
                first = int(element.attributes.get("start") or 1) + element.items
                again["start"] = str(first - (element is not self._open[-1]))  # an item that is cut keeps its number
            self._write(self._start(_Element(element.name, element.begun, again)))

    def _start(self, element: _Element) -> str:
        start = self._starts.get(element.name)
        return start({**element.attributes}) if start else _tag(element.begun, element.attributes)

    def _begun(self, tag: str) -> str:
        """Return the name of an element; that of a heading says how deep it stands, with no level left out."""
        if tag not in HEADINGS:
            return tag
        while self._outline and self._outline[-1] >= tag:
            self._outline.pop()
        self._outline.append(tag)
        return f"h{min(6, self._top + len(self._outline) - 1)}"

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
        if not address or any(element.name == "a" for element in self._open):
            return f'<span class="instead">{about}</span>'
        return _tag("a", {"class": "instead", "href": address, "rel": "noopener noreferrer nofollow"}) + f"{about}</a>"


def _tag(name: str, attributes: Attributes) -> str:
    shown = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{shown}>"


def _shortened(name: str, value: str) -> str:
    return truncate(value, _LONGEST_NOTE) if name in {"alt", "title"} else value


def _weight_of_picture(attributes: Attributes) -> int:
    """Count what is written for a picture where it is shown, so that parts are the same where it is not."""
    own = {name: value for name, value in attributes.items() if name != "src" or is_foreign(value)}
    return _OF_PICTURE + 2 * len(_tag("img", own).encode())


def _pieces(text: str) -> Iterator[str]:
    """Yield a long text in pieces, cut after a blank if there is one."""
    start = 0
    while len(text) - start > _PIECE:
        end = start + _PIECE
        blank = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
        end = blank + 1 if blank > start else end
        yield text[start:end]
        start = end
    yield text[start:]
