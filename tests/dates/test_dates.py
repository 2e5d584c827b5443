"""Every row of fixtures/dates: what each dialect reads, what it refuses, and that no two claim one text."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from folders import ROOT

from refeed.dates import Dialect, Hints, NotADate, fold, known_zone, load_dialects, name_date, parse_date, path_date
from refeed.dates.damaged import complete
from refeed.dates.outlets import outlet_hints
from refeed.model import Timestamp

TABLES = ROOT / "fixtures" / "dates"
OTHER_TABLES = {"damaged", "names", "outlets", "paths", "unclaimed", "zones"}
ANSWERS = {"yes": True, "no": False}


class Row(NamedTuple):
    """One line of a table: a text, what it should give, the reason, and the hints it is read with."""

    table: str
    text: str
    expected: str
    hints: Hints


def rows(table: str) -> list[Row]:
    found = []
    for line in (TABLES / f"{table}.tsv").read_text(encoding="utf-8").splitlines():
        text, expected, why, *hints = line.split("\t")
        assert why, f"{table}: {text!r} has no reason"
        found.append(Row(table, text, expected, read_hints(hints[0] if hints else "")))
    assert found, f"{table}.tsv is empty"
    return found


def read_hints(text: str) -> Hints:
    options = dict(option.split("=", 1) for option in text.split())
    latest = options.pop("latest", None)
    hints = Hints(
        zone=options.pop("zone", "UTC"),
        zone_known=ANSWERS[options.pop("zone_known", "no")],
        day_first=ANSWERS.get(options.pop("day_first", "")),
        by_mark=ANSWERS[options.pop("by_mark", "no")],
        abbreviations=dict(pair.split(":", 1) for pair in filter(None, options.pop("abbreviations", "").split(","))),
        latest=datetime.fromisoformat(latest) if latest else None,
    )
    assert not options, f"unknown hints: {options}"
    return hints


def show(value: Timestamp | NotADate) -> str:
    """Write a result as the tables do."""
    if isinstance(value, NotADate):
        return f"- {value}"
    assert value.value.tzinfo is UTC
    moment = value.value.strftime("%Y-%m-%dT%H:%M:%S.%f").rstrip("0").rstrip(".")
    return f"{moment}Z {value.precision} {value.zone} {value.day}"


DIALECT_TABLES = sorted({path.stem for path in TABLES.glob("*.tsv")} - OTHER_TABLES)
ROWS = [row for table in (*DIALECT_TABLES, "unclaimed") for row in rows(table)]


def test_every_dialect_has_a_table_and_every_table_a_dialect() -> None:
    assert sorted(load_dialects()) == DIALECT_TABLES


def test_dialects_are_named_as_their_modules_and_end_with_those_that_ask_most() -> None:
    for name, dialect in load_dialects().items():
        assert isinstance(dialect, Dialect)
        assert dialect.parse.__module__ == f"refeed.dates.dialects.{name}"
    assert list(load_dialects())[-2:] == ["loose", "respelled"]


def test_every_row_is_read_as_it_says(subtests: pytest.Subtests) -> None:
    for row in ROWS:
        with subtests.test(f"{row.table}: {row.text}"):
            assert show(parse_date(row.text, row.hints)) == row.expected


def test_exactly_its_own_dialect_claims_a_text(subtests: pytest.Subtests) -> None:
    for row in ROWS:
        text = fold(row.text)
        with subtests.test(f"{row.table}: {row.text}"):
            claims = [name for name, dialect in load_dialects().items() if dialect.parse(text, row.hints) is not None]
            assert claims == ([] if row.table == "unclaimed" else [row.table])


@pytest.mark.parametrize("row", [*rows("names"), *rows("paths")], ids=lambda row: row.text)
def test_paths_and_names_of_files(row: Row) -> None:
    timestamp = (name_date if row.table == "names" else path_date)(row.text)
    if timestamp is None:
        assert row.expected == "-"
    else:
        assert show(timestamp) == f"{row.expected}T00:00:00Z day none {row.expected}"


@pytest.mark.parametrize("row", rows("outlets"), ids=lambda row: row.text)
def test_outlets(row: Row) -> None:
    hints = outlet_hints(row.text)
    shown = f"{hints.zone}{' day-first' if hints.day_first else ''}" if hints else "-"
    assert shown == row.expected
    assert hints is None or (hints.zone_known and known_zone(hints.zone))


def test_no_host_is_no_outlet() -> None:
    assert outlet_hints(None) is None


@pytest.mark.parametrize("name", ["Asia/Shanghai", "Europe/Paris", "UTC", "GMT", "+08:00", "-0330", "UTC+8"])
def test_known_zones(name: str) -> None:
    assert known_zone(name)


@pytest.mark.parametrize(
    "name",
    ["", "Nowhere/Town", "CST", "localtime", "posixrules", "../../etc/passwd", "/etc/localtime", "UTC+3:75", "+25:00"],
)
def test_unknown_zones(name: str) -> None:
    assert not known_zone(name)


def test_an_unknown_zone_in_the_hints_is_an_error_not_a_guess() -> None:
    with pytest.raises(LookupError, match="Nowhere/Town"):
        parse_date("2020-10-11 05:59:06", Hints(zone="Nowhere/Town"))


def test_the_usual_dates_need_neither_dateutil_nor_email() -> None:
    code = (
        "import sys\n"
        "from refeed.dates import Hints, parse_date\n"
        "for text in ('2020-10-11T05:59:06Z', '1602395946000', 'Wed, 12 Oct 2022 09:21:33 GMT', '2020-10-11 05:59'):\n"
        "    parse_date(text, Hints(zone='+08:00'))\n"
        "print(sorted({'dateutil', 'email', 'zoneinfo'} & set(sys.modules)))\n"
    )
    assert run(code, {}) == "[]\n"


def test_a_line_without_a_number_needs_no_dialect() -> None:
    code = (
        "import sys\n"
        "from refeed.dates import parse_date\n"
        "print(parse_date('The ferry waits on Monday').name, 'refeed.dates.dialects.loose' in sys.modules)\n"
        "print(parse_date('二〇二一年五月一日').day)\n"  # none of them is a digit
    )
    assert run(code, {}) == "UNREADABLE False\n2021-05-01\n"


def test_the_machine_s_zone_and_locale_do_not_matter() -> None:
    code = (
        "import pathlib, sys\n"
        "from refeed.dates import Hints, parse_date\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).glob('*.tsv')):\n"
        "    for line in path.read_text(encoding='utf-8').splitlines():\n"
        "        print(parse_date(line.split('\\t')[0], Hints(zone='Europe/Paris')))\n"
    )
    here = run(code, {"TZ": "UTC", "LC_ALL": "C"})
    assert "datetime" in here
    assert here == run(code, {"TZ": "Asia/Shanghai", "LC_ALL": "fr_FR.UTF-8"})


def run(code: str, environment: dict[str, str]) -> str:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(TABLES)],
        env={**os.environ, **environment, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    ).stdout


@pytest.mark.parametrize("row", rows("damaged"), ids=lambda row: row.text)
def test_a_damaged_date_is_completed_to_the_earliest(row: Row) -> None:
    assert not isinstance(parse_date(row.text, row.hints), Timestamp), "nothing is damaged"
    found = complete(row.text, row.hints)
    assert (show(found) if found else "-") == row.expected
