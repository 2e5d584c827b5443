"""The clock decides what is still to come: one that is plainly wrong replaces no feed by an empty one."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import dump, run

from refeed.clock import must_not_go_back, present
from refeed.options import Options
from refeed.problems import RefeedError
from refeed.report import Report, Totals


def test_a_clock_before_2000_is_told() -> None:
    with pytest.raises(
        RefeedError, match=r"^the clock of this machine says 1970-01-01; set it, or give the time with --now$"
    ):
        present(Options(), lambda: datetime(1970, 1, 1, 0, 5, tzinfo=UTC))


def test_any_other_time_is_the_present() -> None:
    moment = datetime(2000, 1, 1, tzinfo=UTC)
    assert present(Options(), lambda: moment) == moment


def test_the_time_that_was_given_counts() -> None:
    given = datetime(1990, 1, 1, tzinfo=UTC)
    assert present(Options(now=given), lambda: datetime(1970, 1, 1, tzinfo=UTC)) == given


def report_of(held_back: int) -> Report:
    return Report(totals=Totals(held_back=held_back), left_out=(), entry_problems=())


def test_a_clock_that_says_less_than_when_the_output_was_written_holds_nothing_back() -> None:
    with pytest.raises(
        RefeedError,
        match=r"^the clock of this machine says 2025-11-30, but the last output is of 2026-11-30, and articles "
        r"would be held back; set the clock, or give the time with --now$",
    ):
        must_not_go_back(datetime(2025, 11, 30, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC), report_of(1))


@pytest.mark.parametrize(
    ("now", "held_back"),
    [
        (datetime(2025, 11, 30, tzinfo=UTC), 0),  # nothing is lost
        (datetime(2026, 11, 29, tzinfo=UTC), 1),  # as clocks of two machines may differ
        (datetime(2026, 12, 30, tzinfo=UTC), 1),
    ],
)
def test_any_other_clock_holds_back_what_is_still_to_come(now: datetime, held_back: int) -> None:
    must_not_go_back(now, datetime(2026, 11, 30, tzinfo=UTC), report_of(held_back))


LATER = 4_000_000_000  # 2096-10-02, so the clock was right then, and an article of 2090 went out


@pytest.mark.parametrize("command", ["build", "publish"])
def test_a_clock_that_was_set_back_leaves_what_was_written(
    command: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    archive = dump(tmp_path / "archive", "tide.md", date="2090-05-01T08:00:00Z", title="Tide").parent
    target = tmp_path / ("feed.xml" if command == "build" else "site")
    arguments = (command, str(archive), "-o", str(target), "--no-config", "--no-index")
    written = target if command == "build" else target / ".refeed-manifest.json"
    feed = target if command == "build" else target / "feed.xml"
    assert run(capfdbinary, *arguments, "--now", "2096-10-02T00:00:00Z").status == 0
    before = feed.read_bytes()
    assert b"Tide" in before
    os.utime(written, (LATER, LATER))
    told = run(capfdbinary, *arguments)
    assert told.status == 1
    assert "the last output is of 2096-10-02" in told.err
    assert feed.read_bytes() == before
    assert run(capfdbinary, *arguments, "--now", "2026-11-30T00:00:00Z").status == 0  # as its user says
    assert b"Tide" not in feed.read_bytes()
