"""Find which expression ends another: `{% endfigure %}` the figure before it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from refeed.markup.templates.syntax import PlacedExpression
from refeed.markup.templates.table import SINGLE, WRAPPERS


class Endings:
    """The expressions of a text that end others, by their names."""

    def __init__(self, places: Iterable[PlacedExpression]) -> None:
        """Take all expressions, in their order."""
        self._ends: dict[str, list[PlacedExpression]] = defaultdict(list)
        self._starts: dict[str, list[int]] = defaultdict(list)  # of those that may have an end, or stand alone
        for place in places:
            name = place.expression.name
            if place.expression.is_end:
                self._ends[name].append(place)
            elif name in WRAPPERS and name in SINGLE and not place.expression.is_alone:
                self._starts[name].append(place.start)

    def has(self, name: str) -> bool:
        """Return whether any expression of a name ends another."""
        return name in self._ends

    def of(self, place: PlacedExpression) -> PlacedExpression | None:
        """Return the first expression behind another that may be its end."""
        ends = self._ends.get(place.expression.name, [])
        number = bisect_right(ends, place.start, key=lambda end: end.start)
        return ends[number] if number < len(ends) else None

    def is_closed(self, place: PlacedExpression) -> bool:
        """Return whether an expression has an end; of those that may stand alone the last one before it has it."""
        if place.expression.is_alone:
            return False
        end = self.of(place)
        starts = self._starts.get(place.expression.name, [])
        number = bisect_right(starts, place.start)
        return end is not None and (number == len(starts) or starts[number] > end.start)
