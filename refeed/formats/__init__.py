"""The input formats: what a format is, which there are, and which of them claims a document."""

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cache
from operator import itemgetter
from types import MappingProxyType

from refeed.formats._once import forget as forget
from refeed.model import Document, RawRecord
from refeed.problems import Problem
from refeed.startup.module_names import module_names
from refeed.startup.named_tuple import NamedTuple


class Match(IntEnum):
    """How sure a format is that a document is its own."""

    NO = 0
    MAYBE = 1
    LIKELY = 2
    SURE = 3


class Format(NamedTuple):
    """One input format: `sniff` says whether a document is its own, `parse` says what the document says."""

    name: str
    sniff: Callable[[Document], Match]
    parse: Callable[[Document], Iterator[RawRecord | Problem]]


@cache
def load_formats() -> Mapping[str, Format]:
    """Import every public module here, packages aside, and return its FORMAT by name, in the order of the names."""
    formats = {}
    for module in module_names(__path__):
        format_ = importlib.import_module(f"{__name__}.{module}").FORMAT
        if not isinstance(format_, Format) or format_.name != module.replace("_", "-"):
            raise TypeError(f"refeed/formats/{module}.py: FORMAT must be a Format named like its file")
        formats[format_.name] = format_
    return MappingProxyType(formats)


def votes(document: Document) -> tuple[tuple[str, Match], ...]:
    """Ask every format; the strongest vote comes first, equal ones by name."""
    by_name = [(name, format_.sniff(document)) for name, format_ in load_formats().items()]
    return tuple(sorted(by_name, key=itemgetter(1), reverse=True))  # equal votes keep their order, reversed or not


def detect(document: Document) -> tuple[Format | None, Problem | None]:
    """Choose the format with the strongest vote; a tie goes to the first by name and is a problem."""
    claims = [format_ for format_ in load_formats().values() if format_.sniff(document)]
    if len(claims) < 2:  # nearly always; votes need not be compared
        return (claims[0] if claims else None), None
    name, problem = choose(document.source.path, votes(document))
    return (load_formats()[name] if name else None), problem


def choose(path: str, ranked: Sequence[tuple[str, Match]]) -> tuple[str | None, Problem | None]:
    """Name the winner of ranked votes; None if no format claims the document."""
    name, strongest = ranked[0]
    if strongest is Match.NO:
        return None, None
    if len(ranked) == 1 or ranked[1][1] < strongest:
        return name, None
    rivals = ", ".join(rival for rival, vote in ranked if vote == strongest)
    return name, Problem("ambiguous-format", f"claimed by {rivals} alike; read as {name}", path)
