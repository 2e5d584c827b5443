"""What a step of cleaning is given and what it returns: Body, BodyRules, Lead, Note, Step, Change and Cleaned."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from refeed.html.page import Page
from refeed.limits import Limits
from refeed.model import SafeHtml
from refeed.problems import Problem

if TYPE_CHECKING:
    from refeed.dates.dateline import Dateline

_LONGEST_SHOWN: Final = 100  # characters of an address in a message


class BodyRules(NamedTuple):
    """What the user says about the bodies of a source."""

    drop: tuple[str, ...] = ()  # CSS selectors
    keep: str | None = None  # a CSS selector
    replace: tuple[tuple[str, str], ...] = ()  # a text, and what replaces it


class Body(NamedTuple):
    """A raw body, and what its header says about the article."""

    text: str
    markdown: bool  # Markdown is allowed, not certain
    title: str
    url: str | None
    dateline: "Dateline | None"
    images: tuple[str, ...]  # addresses as the header gives them
    rules: BodyRules = BodyRules()
    authors: tuple[str, ...] = ()
    limits: Limits = Limits()


class Lead(NamedTuple):
    """The address of the lead picture."""

    address: str


Note = int | Problem | Lead
"""What a step says about one change: how many visible characters went (0: none), or a problem, or the lead picture."""


class Step(NamedTuple):
    """One kind of cleaning: it changes a page in place and yields a note for every change."""

    name: str
    run: Callable[[Page, Body], Iterator[Note]]


@dataclass(frozen=True, slots=True)
class Change:
    """What one step did to one body."""

    step: str
    count: int
    removed: int  # characters of visible text


class Cleaned(NamedTuple):
    """A body as it goes out."""

    content: SafeHtml  # "" for a stub
    text: str  # the visible text, a block on a line
    prose: str  # the same without code, unless code is all there is; for detecting the language
    captions: tuple[str, ...]  # those lines of the text that are captions without a picture
    markup: str
    image: str | None
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def relative_address(address: str) -> Problem:
    """Return the problem of an address that leads nowhere, because the article has none to resolve it against."""
    return Problem("relative-url", f"relative address in an article without a link: {address[:_LONGEST_SHOWN]}")
