"""The clock decides what is still to come: one that is plainly wrong replaces no feed by an empty one."""

from datetime import UTC, datetime

import pytest

from refeed.clock import present
from refeed.options import Options
from refeed.problems import RefeedError


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
