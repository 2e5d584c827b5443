"""Every problem code is expected somewhere: a report that disappears makes a test fail."""

import json
import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

import pytest
from folders import FIXTURES, ROOT

from refeed.problem_kinds import CODES

# What no file of the fixtures can show, because it is no regular file, or changes while refeed reads it.
IN_TESTS: Final = MappingProxyType(
    {
        "ambiguous-format": "formats/test_formats.py",
        "broken-archive": "input/test_archives.py",
        "changed-file": "pipeline/test_builds.py",
        "internal-error": "pipeline/test_guard.py",
        "no-link": "sites/test_posts_of_sites.py",
        "outside": "input/test_archives.py",
        "over-time": "pipeline/test_guard.py",
        "own-feed": "pipeline/test_builds.py",
        "special-file": "pipeline/test_hostile.py",
        "symlink": "pipeline/test_hostile.py",
        "unreadable": "input/test_read.py",
    }
)


def expected() -> Iterator[str]:
    """Yield the code of every problem that a fixture expects."""
    for path in FIXTURES.rglob("*.expected.json"):
        stated = json.loads(path.read_bytes())
        yield from (problem["code"] for problem in (stated, *stated.get("problems", ())) if "code" in problem)
    for path in FIXTURES.rglob("expected.problems"):
        yield from re.findall(r"^.* \[([a-z-]+)\]$", path.read_text(), re.MULTILINE)
    for path in (*FIXTURES.glob("clean/*.txt"), *FIXTURES.glob("markup/*.txt")):
        yield from re.findall(r"^! problem: ([a-z-]+) \S", path.read_text(), re.MULTILINE)


EXPECTED: Final = frozenset(expected())


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_expected(code: str) -> None:
    if code in IN_TESTS:
        assert f'"{code}"' in (ROOT / "tests" / IN_TESTS[code]).read_text()
    else:
        assert code in EXPECTED


def test_no_unknown_code_is_expected() -> None:
    assert CODES.keys() >= EXPECTED


def test_what_fixtures_expect_needs_no_mention() -> None:
    assert EXPECTED.isdisjoint(IN_TESTS)
