"""Try a rule on articles of a source with dates near one article: a few at a time, for a limited time."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from time import monotonic
from typing import Final

from refeed.rules.sample import MOST
from refeed.rules.trial import Effect

_AT_ONCE: Final = 20  # articles that are read before it is looked whether they are enough
_MOST_READ: Final = 2_000  # articles among which those of the source are looked for
_PATIENCE: Final = 8.0  # seconds

Effects = Callable[[Sequence[int]], Awaitable[list[Effect | None]]]
"""Tries the rule on the articles at these positions; None for one of another source."""


async def nearest_effects(position: int, total: int, effects: Effects) -> list[Effect]:
    """Return what the rule does to an article and its neighbours, the nearest first."""
    found, read, ends = list[Effect](), 0, monotonic() + _PATIENCE
    positions = _outwards(position, total)
    while some := [*islice(positions, _AT_ONCE)]:
        found += [effect for effect in await effects(some) if effect]
        read += len(some)
        if len(found) >= MOST or read >= _MOST_READ or monotonic() > ends:
            break
    return found[:MOST]


def _outwards(position: int, total: int) -> Iterator[int]:
    """Yield all positions from one on, in both directions."""
    pairs = zip_longest(range(position, total), range(position - 1, -1, -1))
    return (one for one in chain.from_iterable(pairs) if one is not None)
