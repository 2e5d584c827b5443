"""The types of cleaning: bodies and rules that go in, steps and their notes, the result."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from refeed.html.page import Page
from refeed.limits import Limits
from refeed.markup.dialect import COMMON, Dialect
from refeed.model import Enclosure, LinkedPost, Picture, SafeHtml
from refeed.problems import Problem
from refeed.startup.named_tuple import NamedTuple
from refeed.startup.value import Value, dataclass

if TYPE_CHECKING:
    from refeed.dates.dateline import Dateline


class BodyRules(NamedTuple):
    """What the user says about the bodies of a source."""

    drop: tuple[str, ...] = ()  # CSS selectors
    keep: str | None = None  # a CSS selector
    replace: tuple[tuple[str, str], ...] = ()  # a text, and what replaces it

    def plus(self, *more: "BodyRules") -> "BodyRules":
        """Return these rules with others behind them; a later `keep` takes the place of an earlier one."""
        keep = next((one.keep for one in reversed(more) if one.keep), self.keep)
        return BodyRules(
            tuple(chain(self.drop, *(one.drop for one in more))),
            keep,
            tuple(chain(self.replace, *(one.replace for one in more))),
        )


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
    is_untitled: bool = False  # so that its first heading is its title
    # The address of a file of the site, as the post writes it; "" where nobody can tell it.
    files: Callable[[str], str | None] | None = None
    # Whether only the files of the site tell where a picture is that the post writes so.
    seeks: Callable[[str], bool] | None = None
    posts: Mapping[str, LinkedPost | None] = MappingProxyType({})  # those that it refers to, as far as they are known
    enclosures: tuple[Enclosure, ...] = ()  # files that the header gives
    players: tuple[str, ...] = ()  # pages of sound and video that the header gives
    dialect: Dialect = COMMON  # of its Markdown
    gallery: tuple[Picture, ...] = ()  # pictures that the header gives for the text
    leads: tuple[Picture, ...] = ()  # those of `images` that the header has words for
    lost: tuple[str, ...] = ()  # files that the header gives and that nobody can find, as it writes them


class Lead(NamedTuple):
    """The address of the lead picture."""

    address: str


class Heading(NamedTuple):
    """The heading that an article without a title has for one; it is not in the body any more."""

    text: str


class Loss(NamedTuple):
    """Something that could not be kept: the code of its problem, and what it was, if possible as the body writes it."""

    code: str
    what: str


class Reference(NamedTuple):
    """A link to another post of the site, as the body writes it."""

    written: str


class RuleUse(NamedTuple):
    """A rule of the user's that found something."""

    rule: str  # as `rule_names` writes it


class Enclosed(NamedTuple):
    """A file that goes out with the article."""

    file: Enclosure


Note = int | Enclosed | Heading | Loss | Lead | Reference | RuleUse
"""What a step says: how many visible characters a change took away (0: none), a loss, what it met in the body."""


class Step(NamedTuple):
    """One kind of cleaning: it changes a page in place and yields a note for every change."""

    name: str
    run: Callable[[Page, Body], Iterator[Note]]
    elements: frozenset[str] = frozenset()  # a page without one of these names needs it not; none: any page may need it

    def may_find(self, page: Page) -> bool:
        """Return whether there may be anything to do for it."""
        return not (self.elements and self.elements.isdisjoint(page.names))


@dataclass(frozen=True, kw_only=True)
class Change(Value):
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
    problems: tuple[Problem, ...]  # their lines are counted from the first line of the body
    rules_used: frozenset[str] = frozenset()
    heading: str = ""  # what it has for a title, if it has none
    references: tuple[str, ...] = ()  # to other posts of its site, known or not, as it writes them
    enclosures: tuple[Enclosure, ...] = ()
