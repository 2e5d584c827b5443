"""Add `--accept`, which rewrites expectations from the actual results, and say how property tests run."""

import os

import pytest
from hypothesis import settings

# No property depends on time. On a developer's machine every run tries other examples; in CI they are the same for the
# same code, so that a change is judged by what it changes.
settings.register_profile("refeed", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("refeed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites the expectations; their `why` stays, that of a new one is for a person to write."""
    parser.addoption("--accept", action="store_true", help="rewrite the expectations under fixtures/; read the diff")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Tell whether the expectations are to be rewritten."""
    return bool(request.config.getoption("--accept"))
