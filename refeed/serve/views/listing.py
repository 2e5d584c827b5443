"""Choose the articles of a list by its address: filters, and one page of many."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode

from refeed.feeds.articles import Facet
from refeed.pages.rendering import Paging
from refeed.serve.http.parameters import day_in, name_in, page_in
from refeed.startup.named_tuple import NamedTuple

PAGE: Final = 50
"""Articles on one page."""

_FACETS: Final = ("outlet", "category", "author", "language")


class Choices(NamedTuple):
    """What an address asks for."""

    facets: tuple[Facet, ...] = ()
    since: date | None = None
    until: date | None = None  # that day, too
    page: int = 1

    @property
    def values(self) -> dict[str, str]:
        """Return the filters as the parameters of an address, each written in one way."""
        days = {"from": self.since, "to": self.until}
        return {**dict(self.facets), **{name: day.isoformat() for name, day in days.items() if day}}

    def query(self, page: int, *, pictures: bool) -> str:
        """Return the query of the address of a page, with its mark; "" where none is needed."""
        values = {
            **self.values,
            **({"page": str(page)} if page > 1 else {}),
            **({} if pictures else {"pictures": "off"}),
        }
        return f"?{urlencode(values)}" if values else ""


def choices_of(parameters: Mapping[str, str]) -> Choices:
    """Read the parameters of an address; HTTPException says which of them cannot be read."""
    named = ((kind, name_in(parameters, kind)) for kind in _FACETS)
    facets = tuple(Facet(kind, name) for kind, name in named if name)
    return Choices(facets, day_in(parameters, "from"), day_in(parameters, "to"), page_in(parameters))


def chosen(choices: Choices, dates: Sequence[float], members: Mapping[Facet, Sequence[int]]) -> Sequence[int]:
    """Return the positions of the articles that every filter lets pass."""
    positions: Sequence[int] = _between(choices, dates)
    for facet in choices.facets:
        some = {*members.get(facet, ())}
        positions = [position for position in positions if position in some]
    return positions


def page_of(positions: Sequence[int], choices: Choices, *, pictures: bool) -> tuple[Sequence[int], Paging] | None:
    """Return the positions on the page that is asked for, and what leads to its neighbours; None if there is none."""
    start = (choices.page - 1) * PAGE
    if choices.page > 1 and start >= len(positions):
        return None
    some = positions[start : start + PAGE]
    last = start + len(some)
    newer = choices.query(choices.page - 1, pictures=pictures) or "?" if start else None
    older = choices.query(choices.page + 1, pictures=pictures) if last < len(positions) else None
    return some, Paging(start + 1, last, len(positions), newer, older)


def _between(choices: Choices, dates: Sequence[float]) -> range:
    """Return the positions of the articles of some days in UTC; dates are in order, the newest first."""
    start, stop = 0, len(dates)
    if choices.until:
        start = bisect_right(dates, -_midnight(choices.until + timedelta(days=1)), key=lambda seconds: -seconds)
    if choices.since:
        stop = bisect_right(dates, -_midnight(choices.since), key=lambda seconds: -seconds)
    return range(start, max(start, stop))


def _midnight(day: date) -> float:
    return datetime.combine(day, time(), UTC).timestamp()
