"""Local times in zones: the table in fixtures/dates/zones.tsv, also under the oldest dateutil."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from folders import FIXTURES
from hypothesis import given
from hypothesis import strategies as st

from refeed.dates.zones import known_zone, read_in

_LINES: Final = (FIXTURES / "dates" / "zones.tsv").read_text("utf-8").splitlines()
ROWS: Final = [line.split("\t") for line in _LINES if not line.startswith("# ")]
ZONES: Final = sorted({zone for zone, *_ in ROWS})


@pytest.mark.parametrize(("zone", "local", "expected", "why"), ROWS)
def test_a_local_time_in_a_zone(zone: str, local: str, expected: str, why: str) -> None:
    assert read_in(datetime.fromisoformat(local), zone) == datetime.fromisoformat(expected), why
    assert why


@given(st.datetimes(datetime(1971, 1, 1), datetime(2036, 12, 31)), st.sampled_from(ZONES))  # noqa: DTZ001  local times
def test_a_local_time_is_never_further_from_utc_than_any_offset(local: datetime, zone: str) -> None:
    read = read_in(local, zone)
    assert read.tzinfo is UTC
    assert abs(read - local.replace(tzinfo=UTC)) <= timedelta(hours=14)


def test_a_name_that_is_no_zone_is_an_error() -> None:
    assert not known_zone("Europe/Atlantis")
    with pytest.raises(LookupError, match="Europe/Atlantis"):
        read_in(datetime(2024, 1, 1), "Europe/Atlantis")  # noqa: DTZ001  a local time
