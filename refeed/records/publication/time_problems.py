"""Report records whose time has not come yet, or is over."""

from datetime import UTC, datetime, timedelta
from math import inf
from typing import Final

from refeed.problems import Problem

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def held_back(until: float, path: str, line: int) -> Problem:
    """Return the problem of a record that goes out from some second since 1970 on; infinity: too far to be believed."""
    message = (
        f"dated {_moment(until)}: held back until then" if until < inf else "dated more than a year ahead: held back"
    )
    return Problem("future", message, path, line)


def expired(at: float, path: str, line: int) -> Problem:
    """Return the problem of a record that was over at some second since 1970."""
    return Problem("expired", f"expired at {_moment(at)}", path, line)


def _moment(seconds: float) -> str:
    return f"{_EPOCH + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"
