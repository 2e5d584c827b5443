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
    """Print a row for every program, with the ratios of its seconds to those of one of them."""
    width = max(map(len, figures))
    names = ("wall s", "min", "max", "× base", "CPU s", "× base", "peak MB")
    print(f"  {f'(base: {base})':<{width}}" + "".join(f" {name:>8}" for name in names))
    least = figures[base]
    for name, of_one in figures.items():
        walls = f" {of_one.wall:>8.3f} {of_one.fastest:>8.3f} {of_one.slowest:>8.3f} {of_one.wall / least.wall:>8.2f}"
        rest = f" {of_one.cpu:>8.3f} {of_one.cpu / least.cpu:>8.2f} {of_one.peak:>8.1f}"
        print(f"  {name:<{width}}{walls}{rest}", flush=True)


def line(name: str, counts: Sequence[int], points: Sequence[Figures]) -> None:
    """Print points, and how far each lies from the straight line that fits all of them best."""
    rows = [[f"{count:>10} {point.peak:>8.1f}"] for count, point in zip(counts, points, strict=True)]
    fits = []
    for clock, seconds in (("wall", [point.wall for point in points]), ("CPU", [point.cpu for point in points])):
        slope, start = linear_regression(counts, seconds)
        fits.append(f"{clock} {start:.2f} s + {slope * 1e6:.1f} µs a file (r² {correlation(counts, seconds) ** 2:.4f})")
        for row, count, second in zip(rows, counts, seconds, strict=True):
            row.append(f"{second:>8.3f} {second / (start + slope * count) - 1:>8.1%}")
    print(f"  {name}: {', '.join(fits)}")
    print(f"  {'files':>10} {'peak MB':>8} {'wall s':>8} {'off line':>8} {'CPU s':>8} {'off line':>8}")
    for row in rows:
        print(f"  {' '.join(row)}", flush=True)
