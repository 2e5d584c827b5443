"""Draw the sizes of bodies, as they are in real archives."""

from math import exp, log
from random import Random
from typing import Final

MEDIAN: Final = 3_400  # of a body: the median dump, header and all, has 4 kB

# After sizes in real archives: p50, p90, p99 are 22, 52, 176 kB where articles are long, 3.1, 12, 47 kB elsewhere.
LONG: Final = 10_000
P90: Final = log(5)
NEAR_LONG: Final = 0.53  # the slope from the median to p90
NEAR_SHORT: Final = 0.84
FAR: Final = 0.56  # from p90 on
LARGEST: Final = 200_000
LARGEST_LONG: Final = 700_000

# Where articles are short but not tiny, a few are books.
TINY: Final = 1_000
BOOK: Final = 0.001
BOOK_SIZE: Final = 1_000_000


def draw_size(rng: Random, median: int) -> int:
    """Draw the size of a body, from a straight line on each side of p90 in log size over log rank."""
    rank, long = rng.random(), median >= LONG
    if not long and median >= TINY and rng.random() < BOOK:
        return BOOK_SIZE
    distance = -log(2 * min(rank, 1 - rank) or 1e-9)  # 0 at the median, 1.61 at p90, 3.91 at p99
    near = NEAR_LONG if long else NEAR_SHORT
    if rank < 0.5:
        return int(median * exp(-near * distance))
    size = int(median * exp(near * min(distance, P90) + FAR * max(0.0, distance - P90)))
    return min(LARGEST_LONG if long else LARGEST, size)
