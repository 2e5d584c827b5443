"""The names of months and weekdays are CLDR's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from babel.dates import get_day_names, get_month_names
from folders import ROOT

from refeed.dates.dialects._names import folded, months, persian_months, weekdays

TABLE: Final = ROOT / "refeed/dates/dialects/names.tsv"
LANGUAGES: Final = (
    "ar",
    "bg",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fr",
    "gl",
    "he",
    "hi",
    "hr",
    "hu",
    "id",
    "is",
    "it",
    "ko",
    "lt",
    "lv",
    "nb",
    "nl",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sr",
    "sv",
    "th",
    "tr",
    "uk",
    "vi",
    # Countries that call months otherwise than the rest of their language: Syria and its neighbours, Algeria and
    # Tunisia, Morocco, Mauritania, Austria.
    "ar_SY",
    "ar_DZ",
    "ar_MA",
    "ar_MR",
    "de_AT",
)
SHORTEST: Final = 2  # letters: one letter is a word of its own in too many languages


def names(language: str, kind: str, number: int) -> str:
    get = get_month_names if kind == "month" else get_day_names
    found = (
        folded(get(width, context, language)[number])
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
    )
    # Catalan's "de gener": the preposition is no part of the name. Names that are numbers are read without a table.
    bare = (name.removeprefix("de ").removeprefix("d’") for name in found)
    return "|".join(dict.fromkeys(name for name in bare if len(name) >= SHORTEST and not any(map(str.isdigit, name))))


def lines() -> Iterator[str]:
    for language in LANGUAGES:
        for kind, numbers in (("month", range(1, 13)), ("weekday", range(7))):
            columns = [names(language, kind, number) for number in numbers]
            if all(columns):
                yield "\t".join((language, kind, *columns))


def test_the_table_is_cldr_s(accept: bool) -> None:
    expected = "".join(f"{line}\n" for line in lines())
    if accept:
        Path(TABLE).write_text(expected, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Stycznia", {1}), ("sept.", {9}), ("März", {3}), ("мая", {5}), ("มิ.ย.", {6}), ("listopad", {10, 11})],
)
def test_a_name_means_its_month_or_those_on_which_languages_disagree(name: str, expected: set[int]) -> None:
    assert months()[folded(name)] == expected


def test_weekdays_and_persian_months() -> None:
    assert {"mardi", "di", "вторник", "tue"} <= weekdays()
    assert persian_months()["دی"] == 10
