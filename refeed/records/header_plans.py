"""Read headers in one go if they are written like many before: the same keys in one order, alike values.

Robots write thousands of such. What they have in common becomes a pattern of its own, faster than that of
all lines; whatever it does not match is read as before.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from operator import itemgetter
from typing import Final, Generic, TypeVar

from refeed.formats.headers.yaml.strict import are_flow_lists, value_like
from refeed.startup.named_tuple import NamedTuple

_OFTEN: Final = 8  # headers of one shape that were looked at before it is worth a pattern
_LOOKED_AT: Final = 4  # one in so many of those without a pattern
_SHAPES: Final = 256  # that are counted at a time
_PLANS: Final = 4
_NO_SIGNS: Final = (0, 0)

K = TypeVar("K")
Take = Callable[[Sequence[str]], tuple[str, ...]]
"""Takes some of the values of a header."""


class LineStyle(NamedTuple):
    """How the lines of a header are written."""

    like: Callable[[str], str]  # a pattern of values that are written like one
    between: tuple[str, ...]  # a key and its value
    are_lists: Callable[[tuple[str, ...]], bool]  # whether values in square brackets are what they look like


YAML: Final = LineStyle(value_like, (": ", ":"), are_flow_lists)


class _Plan(NamedTuple, Generic[K]):
    """What headers of one shape have in common."""

    pattern: re.Pattern[str]
    meaning: K  # of their keys
    colons: int  # those that a blank follows, outside of quotes
    quoted: Take | None  # takes the values in quotes, if there are any
    lists: Take | None  # the same of those in square brackets


class HeaderPlans(Generic[K]):
    """What this process has seen of the headers that it read."""

    def __init__(
        self,
        meaning: Callable[[tuple[str, ...]], K],
        style: LineStyle = YAML,
        *,
        often: int = _OFTEN,
        looked_at: int = _LOOKED_AT,
    ) -> None:
        """Begin with none; all that is asked of the keys of a header is what they mean."""
        self._meaning, self._style, self._often, self._looked_at = meaning, style, often, looked_at
        self._plans: list[_Plan[K]] = []
        self._seen = Counter[tuple[str, ...]]()
        self._unplanned = 0

    def read(self, text: str) -> tuple[K, Sequence[str]] | None:
        """Return what the keys of a printable header mean, and their values, as they are written.

        They are those that `read_raw` finds; None if it is written like none of those seen.
        """
        for number, plan in enumerate(self._plans):
            if found := plan.pattern.fullmatch(text):
                if number:  # files of one folder are written alike
                    self._plans = [plan, *self._plans[:number], *self._plans[number + 1 :]]
                values = found.groups()
                if plan.lists and not self._style.are_lists(plan.lists(values)):
                    return None
                others = text.count(": ") - plan.colons, text.count(" #") if "#" in text else 0
                if others != _NO_SIGNS and others != _signs_in(plan.quoted(values) if plan.quoted else ()):
                    return None  # in a bare text: a mapping, a comment, or a fault
                return plan.meaning, values
        return None

    def learn(self, text: str, raw: Mapping[str, str]) -> None:
        """Look at a header that was read without a plan."""
        self._unplanned += 1
        if self._unplanned % self._looked_at:
            return
        if len(self._seen) == _SHAPES:
            self._seen.clear()
        shape = (*raw, *map(self._style.like, raw.values()))
        self._seen[shape] += 1
        plan = self._plan_of(text, raw) if self._seen[shape] == self._often else None
        if plan and all(plan.pattern != other.pattern for other in self._plans):
            self._plans = [plan, *self._plans[: _PLANS - 1]]  # the one that was of no use for longest goes

    def _plan_of(self, text: str, raw: Mapping[str, str]) -> _Plan[K] | None:
        """Return what matches this header and those like it; None if blanks stand in it where they are not usual."""
        parts = list[str]()
        for key, written in raw.items():
            lines = ((between, f"{key}{between}{written}\n") for between in self._style.between)
            between, line = next((one for one in lines if text.startswith(one[1])), ("", ""))
            if not line:
                return None
            text = text[len(line) :]
            parts.append(f"{key}{between}({self._style.like(written)})\n")
        colons = sum(": (" in part for part in parts)
        quoted, lists = (_those_like(opening, raw) for opening in ({'"', "'"}, {"["}))
        return _Plan(re.compile("".join(parts)), self._meaning(tuple(raw)), colons, quoted, lists)


def values_at(*places: int) -> Take | None:
    """Return what takes the values at these places; None if there are none."""
    if len(places) == 1:
        return itemgetter(slice(places[0], places[0] + 1))  # of one place alone it would take no tuple
    return itemgetter(*places) if places else None


def _signs_in(values: Sequence[str]) -> tuple[int, int]:
    """Count what is a sign of a mapping or of a comment, unless it stands in quotes."""
    return sum(one.count(": ") for one in values), sum(one.count(" #") for one in values)


def _those_like(openings: Container[str], raw: Mapping[str, str]) -> Take | None:
    return values_at(*(at for at, written in enumerate(raw.values()) if written[:1] in openings))
