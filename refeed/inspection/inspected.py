"""What is known of one record, or of a file without any; a missing fact is None or empty."""

from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any, Final

from refeed.clean.types import Change
from refeed.model import Enclosure
from refeed.problems import Problem
from refeed.startup.named_tuple import NamedTuple
from refeed.startup.value import dataclass

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class StepRemovals(Change):
    """What one cleaning step did to the body, with the texts that are gone since."""

    texts: tuple[str, ...]


class Inspected(NamedTuple):
    """A record with its evidence and its problems, in the order in which JSON shows them."""

    path: str
    line: int
    status: str  # "entry", "withheld", "skipped"
    reason: str | None = None  # the code of the problem that keeps it out of the feed
    format: str | None = None
    id: str | None = None
    title: str | None = None
    url: str | None = None
    summary: str | None = None
    language: str | None = None
    image: str | None = None
    source: str | None = None
    published: str | None = None
    updated: str | None = None
    header_date: str | None = None
    date_precision: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    content: str = ""
    problems: tuple[Problem, ...] = ()
    evidence: Mapping[str, str] = _NOTHING  # field → where its value comes from
    body: str = ""  # "html", "markdown" or "text"
    changes: tuple[StepRemovals, ...] = ()
    votes: Mapping[str, str] = _NOTHING  # format → how surely it claims the file
    raw: str = ""  # the body as it came
    gone: frozenset[int] = frozenset()  # pieces of it that no step left standing (see refeed.html.pieces)
    is_source: bool = False  # of a site generator, which template expressions are read in

    def as_dict(self) -> dict[str, Any]:
        """Return the record as JSON shows it."""
        values = self._asdict() | {
            "authors": [*self.authors],
            "categories": [*self.categories],
            "enclosures": [file._asdict() for file in self.enclosures],
            "problems": [problem.as_dict() for problem in self.problems],
            "evidence": {**self.evidence},
            "changes": [asdict(change) for change in self.changes],
            "votes": {**self.votes},
        }
        if self.status == "skipped":
            values |= dict.fromkeys(("body", "content", "raw"))
        return {name: value for name, value in values.items() if name not in _NOT_SHOWN}


_NOT_SHOWN: Final = frozenset({"gone", "is_source"})
