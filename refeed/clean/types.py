"""What a step of cleaning is given and what it tells: Body, Rules, Flaw, Lead, Step, Change and Cleaned."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bs4 import BeautifulSoup

from refeed.limits import Limits
from refeed.model import SafeHtml

if TYPE_CHECKING:
    from refeed.dates.dateline import Dateline


class BodyRules(NamedTuple):
    """What the user says about the bodies of a source."""

    drop: tuple[str, ...] = ()  # CSS selectors
    keep: str | None = None  # a CSS selector
    replace: tuple[tuple[str, str], ...] = ()  # a text, and what stands for it


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


class Flaw(NamedTuple):
    """An address that could not be kept, under the code of a problem."""

    code: str
    address: str


class Lead(NamedTuple):
    """The address of the picture that stands for the article."""

    address: str


Note = int | Flaw | Lead
"""What a step tells about one change: how many visible characters went (0: none), or a Flaw, or the Lead."""


class Step(NamedTuple):
    """One kind of cleaning: it changes the parsed body in place and yields a note for every change."""

    name: str
    run: Callable[[BeautifulSoup, Body], Iterator[Note]]


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
    prose: str  # the same without code, unless code is all there is; it tells the language
    captions: tuple[str, ...]  # those lines of the text that are captions without a picture
    markup: str
    image: str | None
    changes: tuple[Change, ...]
    problems: tuple[tuple[str, str], ...]  # code and message
