"""Count for each filter how many articles it left out; those that several leave out count for each."""

from collections.abc import Iterator, Mapping
from typing import Final

from refeed.options import Options
from refeed.report import FilterCount, Totals

_NAMES: Final = ("outlet", "author", "category", "language")
_LIMITS: Final = ("limit", "span", "max_bytes")


def filter_counts(options: Options, missed: Mapping[str, int], totals: Totals) -> tuple[FilterCount, ...]:
    """Return the filters in force as the command line has them; `missed` has what each left out by its option."""
    stated = {
        **{name: [*getattr(options, name)] for name in _NAMES},
        "match": [pattern.pattern for pattern in options.match],
        **{name: [f"{when:%Y-%m-%dT%H:%M:%SZ}"] for name in ("since", "until") if (when := getattr(options, name))},
        "exclude": [*options.exclude],
    }
    units = {"since": "article", "until": "article", "exclude": "file or folder"}
    named = ((name, " ".join(f"--{name} {value}" for value in values)) for name, values in stated.items() if values)
    counts = [FilterCount(text, missed.get(name, 0), units.get(name, "record")) for name, text in named]
    if limits := " ".join(_limits(options)):
        counts.append(FilterCount(limits, totals.beyond_limit, "article"))
    return tuple(counts)


def _limits(options: Options) -> Iterator[str]:
    """Yield the limits of the feed that are stated and limit anything."""
    for name in _LIMITS:
        if value := getattr(options, name):
            yield f"--{name.replace('_', '-')}" + (f" {value}" if isinstance(value, int) else "")
