"""Write CSS selectors that find an element again: by its id and classes, its links and pictures, its text."""

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import Final

from bs4.element import NavigableString, Tag

from refeed.html.tree import attribute
from refeed.rules.width import width
from refeed.startup.named_tuple import NamedTuple

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{1,60}")
# What classes say of the looks of an element, not of what it is for: an author's paragraphs have them, too.
_LOOKS: Final = re.compile(
    r"(?:align|alignnone|aligncenter|bold|caption|center|clear|clearfix|color|column|columns|container|content|embed"
    r"|entry|figure|has|image|img|indent|intro|is|italic|large|lead|left|line|link|md|mb|mt|mx|my|normal|note|number"
    r"|p|para|paragraph|pb|pt|px|py|quote|right|row|section|size|sm|small|span|spacer|strong|table|text|title|underline"
    r"|wide|wp-block|wp-image|wrapper)(?:[-_].*|[0-9]*)",
    re.IGNORECASE,
)
# What is given a selector by what it holds; more would also find what is around them.
_HOLDERS: Final = frozenset(
    {"center", "em", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "small", "strong"}
)
_LONGEST_ADDRESS: Final = 200
_LONGEST_TEXT: Final = 80
_SHORTEST_TEXT: Final = 20  # columns
_SHORTEST_HEADING: Final = 8  # likewise, of one that a list follows
_UNQUOTABLE: Final = re.compile(r'["\\\x00-\x1f\x7f]')


class Way(IntEnum):
    """What a selector goes by; the first is the one that says best what it is for."""

    NAME = 0
    ADDRESS = 1
    LIST = 2  # a list and the heading above it
    TEXT = 3


class Selector(NamedTuple):
    """A CSS selector, and what it goes by."""

    way: Way
    css: str


def selectors_of(tag: Tag) -> tuple[Selector, ...]:
    """Return the selectors that find an element, and would find its like in other articles."""
    return (*_by_name(tag), *_by_address(tag), *_by_text(tag))


def selectors_of_list(heading: Tag, listed: Tag) -> tuple[Selector, ...]:
    """Return the selectors that find a list and the heading above it, in one go: without either no other is found."""
    inside = dict.fromkeys(filter(None, map(_address, listed.find_all("a", limit=8))))
    by_address = [f"{heading.name}:has(+ {listed.name} {address}), {listed.name}:has({address})" for address in inside]
    text = _own_text(heading, _SHORTEST_HEADING)
    by_text = [f"{text}:has(+ {listed.name}), {text} + {listed.name}"] if text else []
    return tuple(Selector(Way.LIST, css) for css in (*by_text, *by_address))


def _by_name(tag: Tag) -> Iterator[Selector]:
    name = attribute(tag, "id")
    if _NAME.fullmatch(name):
        yield Selector(Way.NAME, f"#{name}")
    classes = dict.fromkeys(attribute(tag, "class").split())
    yield from (Selector(Way.NAME, f".{one}") for one in classes if _NAME.fullmatch(one) and not _LOOKS.fullmatch(one))


def _by_address(tag: Tag) -> Iterator[Selector]:
    if own := _address(tag):
        yield Selector(Way.ADDRESS, own)
    if tag.name in _HOLDERS:
        inside = dict.fromkeys(filter(None, map(_address, tag.find_all(["a", "img"], limit=8))))
        yield from (Selector(Way.ADDRESS, f"{tag.name}:has({one})") for one in inside)


def _address(tag: Tag) -> str:
    """Return the selector of a link or a picture by its address."""
    key = {"a": "href", "img": "src"}.get(tag.name)
    value = tag.attrs.get(key) if key else None
    if not isinstance(value, str) or len(value) > _LONGEST_ADDRESS or _UNQUOTABLE.search(value):
        return ""
    return f'{tag.name}[{key}="{value}"]' if value[:1] not in {"", "#"} and not value.startswith("data:") else ""


def _by_text(tag: Tag) -> Iterator[Selector]:
    if tag.name not in _HOLDERS:
        return
    if css := _own_text(tag, _SHORTEST_TEXT):
        yield Selector(Way.TEXT, css)


def _own_text(tag: Tag, shortest: int) -> str:
    """Return the selector of an element by its longest text; "" if that is shorter than `shortest` columns."""
    texts = [" ".join(text.split(" ")) for text in tag.contents if type(text) is NavigableString]
    longest = max((text.strip() for text in texts), key=len, default="")[:_LONGEST_TEXT].rstrip()
    is_enough = width(longest) >= shortest and not _UNQUOTABLE.search(longest)
    return f'{tag.name}:-soup-contains-own("{longest}")' if is_enough else ""
