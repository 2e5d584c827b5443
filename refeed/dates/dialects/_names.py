"""Names of months and weekdays in many languages, from names.tsv beside this module.

names.tsv is written from CLDR through Babel by `pytest tests/dates/test_names.py --accept`: language, kind, then the
names of the first month or of Monday, of the next one, and so on, each in all its forms, parted by "|".
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final
from unicodedata import normalize

# The Persian calendar's months, as Iran and Afghanistan call them.
_PERSIAN: Final = (
    "فروردین|حمل",
    "اردیبهشت|ثور",
    "خرداد|جوزا",
    "تیر|سرطان",
    "مرداد|اسد",
    "شهریور|سنبله",
    "مهر|میزان",
    "آبان|عقرب",
    "آذر|قوس",
    "دی|جدی",
    "بهمن|دلو",
    "اسفند|حوت",
)


def folded(name: str) -> str:
    """Return a name in the one form that the tables have; Persian's is without the joiners that texts lack, too."""
    return normalize("NFC", name).casefold().rstrip(".").replace("\u200c", "")


@cache
def months() -> Mapping[str, frozenset[int]]:
    """Return which months a name may mean: two, where languages disagree (listopad)."""
    return _numbers("month")


@cache
def weekdays() -> frozenset[str]:
    """Return the names of weekdays."""
    return frozenset(_numbers("weekday"))


@cache
def persian_months() -> Mapping[str, int]:
    """Return the months of the Persian calendar."""
    return MappingProxyType(
        {folded(name): number for number, names in enumerate(_PERSIAN, 1) for name in names.split("|")}
    )


def _numbers(wanted: str) -> Mapping[str, frozenset[int]]:
    found = defaultdict[str, set[int]](set)
    for line in files(__package__).joinpath("names.tsv").read_text(encoding="utf-8").splitlines():
        _, kind, *columns = line.split("\t")
        if kind == wanted:
            for number, names in enumerate(columns, 1):
                for name in names.split("|"):
                    found[name].add(number)
    return MappingProxyType({name: frozenset(numbers) for name, numbers in found.items()})
