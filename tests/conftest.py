"""Add `--accept`, which rewrites expectations from the actual results, and let no property test depend on time."""

import pytest
from hypothesis import settings

settings.register_profile("refeed", deadline=None)
settings.load_profile("refeed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites the expectations; their `why` stays, that of a new one is for a person to write."""
    parser.addoption("--accept", action="store_true", help="rewrite the expectations under fixtures/; read the diff")


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Tell whether the expectations are to be rewritten."""
    return bool(request.config.getoption("--accept"))
