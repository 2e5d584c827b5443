"""Print what was measured: ratios first, then what each program took, and lines through points."""

from collections.abc import Mapping, Sequence
from statistics import correlation, linear_regression

from measure import Figures


def heading(text: str) -> None:
    """Begin a part."""
    print(f"\n== {text}")


def ratio(value: float, text: str, aim: float | None = None) -> None:
    """Print one figure, and what it should be at most."""
    print(f"{value:>8.2f}  {text}" + (f"  (aim: {aim:g} at most)" if aim else ""), flush=True)


def programs(figures: Mapping[str, Figures], base: str) -> None:
    """Print a row for every program, with the ratio of its wall-clock time to that of one of them."""
    width = max(map(len, figures))
    head = ("ratio", "wall s", "min", "max", "CPU s", "peak MB")
    print(f"  {'':<{width}}" + "".join(f" {name:>9}" for name in head))
    for name, of_one in figures.items():
        times = (of_one.wall / figures[base].wall, of_one.wall, of_one.fastest, of_one.slowest, of_one.cpu)
        print(f"  {name:<{width}}" + "".join(f" {time:>9.3f}" for time in times) + f" {of_one.peak:>9.1f}")
    print(f"  (ratio: to {base})", flush=True)


def line(name: str, counts: Sequence[int], points: Sequence[Figures]) -> None:
    """Print points, and how far each lies from the straight line that fits all of them best."""
    walls = [point.wall for point in points]
    slope, start = linear_regression(counts, walls)
    fit = f"{start:.2f} s + {slope * 1e6:.1f} µs a file, r² {correlation(counts, walls) ** 2:.4f}"
    print(f"  {name}: {fit}" if len(counts) > 2 else f"  {name}: a line takes three points or more")
    print(f"  {'files':>12} {'wall s':>9} {'µs a file':>9} {'off line':>9} {'CPU s':>9} {'peak MB':>9}")
    for count, point in zip(counts, points, strict=True):
        off = point.wall / (start + slope * count) - 1
        each = point.wall / count * 1e6
        print(
            f"  {count:>12} {point.wall:>9.3f} {each:>9.1f} {off:>9.1%} {point.cpu:>9.3f} {point.peak:>9.1f}",
            flush=True,
        )
