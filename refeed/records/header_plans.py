"""Read YAML headers in one go if they are written like many before: the same keys in one order, alike values.

Robots write thousands of such. What they have in common becomes a pattern of its own, faster than that of
all lines; whatever it does not match is read as before.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from refeed.formats.headers.strict_yaml import value_like
from refeed.named_tuple import NamedTuple

_OFTEN: Final = 8  # headers of one shape that were looked at before it is worth a pattern
_LOOKED_AT: Final = 4  # one in so many of those without a pattern
_SHAPES: Final = 256  # that are counted at a time
_PLANS: Final = 4

Lines = tuple[tuple[str, ...], Sequence[str]]
"""The keys of a header and their values, as they are written."""


class _Plan(NamedTuple):
    """What headers of one shape have in common."""

    pattern: re.Pattern[str]
    keys: tuple[str, ...]
    colons: int  # those that a blank follows, outside of quotes
    quoted: tuple[int, ...]  # which of the values stand in quotes


class HeaderPlans:
    """What this process has seen of the headers that it read."""

    def __init__(self, *, often: int = _OFTEN, looked_at: int = _LOOKED_AT) -> None:
        """Begin with none."""
        self._often, self._looked_at = often, looked_at
        self._plans: list[_Plan] = []
        self._seen = Counter[tuple[str, ...]]()
        self._unplanned = 0

    def read(self, text: str) -> Lines | None:
        """Divide a printable header as `read_yaml_lines` does; None if it is written like none of those."""
        for number, plan in enumerate(self._plans):
            if found := plan.pattern.fullmatch(text):
                if number:  # files of one folder are written alike
                    self._plans = [plan, *self._plans[:number], *self._plans[number + 1 :]]
                values = found.groups()
                others = text.count(": ") - plan.colons
                if others and others != sum(values[at].count(": ") for at in plan.quoted):
                    return None  # in a bare text: a mapping, or a fault
                return None if "#" in text and " #" in text else (plan.keys, values)
        return None

    def learn(self, text: str, raw: Mapping[str, str]) -> None:
        """Look at a header that was read without a plan."""
        self._unplanned += 1
        if self._unplanned % self._looked_at:
            return
        if len(self._seen) == _SHAPES:
            self._seen.clear()
        shape = (*raw, *map(value_like, raw.values()))
        self._seen[shape] += 1
        if self._seen[shape] == self._often and (plan := _plan_of(text, raw)) and plan not in self._plans:
            self._plans = [plan, *self._plans[: _PLANS - 1]]  # the one that was of no use for longest goes


def _plan_of(text: str, raw: Mapping[str, str]) -> _Plan | None:
    """Return what matches this header and those like it; None if blanks stand in it where they are not usual."""
    parts = list[str]()
    for key, written in raw.items():
        between = ": " if text.startswith(f"{key}: {written}\n") else ":"
        line = f"{key}{between}{written}\n"
        if not text.startswith(line):
            return None
        text = text[len(line) :]
        parts.append(f"{key}{between}({value_like(written)})\n")
    quoted = tuple(at for at, written in enumerate(raw.values()) if written[:1] in {'"', "'"})
    return _Plan(re.compile("".join(parts)), tuple(raw), sum(": (" in part for part in parts), quoted)
