"""Add `--accept`, which rewrites expectations from the actual results, and say how property tests run."""

import gc
import os
import re
import signal
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings
from s3_server import moto, moto_serving

# No property depends on time. The examples are the same for the same code, so that a change is judged by what it
# changes; with REFEED_FUZZ set every run tries others, and what they find becomes a fixture.
FUZZED = bool(os.environ.get("REFEED_FUZZ"))
settings.register_profile("refeed", deadline=None, derandomize=not FUZZED, max_examples=100 if FUZZED else 40)
settings.register_profile("thorough", deadline=None, derandomize=False, max_examples=400)
settings.load_profile("refeed")


# A job in the background of a shell ignores Ctrl-C, and so would every process that a test starts and interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)

gc.disable()  # until all tests are found: what they load is no garbage


# Those of fsspec and Dask stay as long as the process.
LEAVE_THREADS: Final = frozenset(
    {
        "test_cluster.py",
        "test_cluster_of_objects.py",
        "test_nothing_withheld_comes_from_a_cluster",
        "test_github_builds.py",
        "test_publishing.py",
        "test_remote_builds.py",
        "test_s3_server.py",
        "test_site_objects.py",
        "test_store_errors.py",
    }
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites the expectations; their `why` stays, that of a new one is for a person to write."""
    parser.addoption("--accept", action="store_true", help="rewrite the expectations under fixtures/; read the diff")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put last what leaves threads behind: beside one, workers are no copies but begun from nothing."""
    items.sort(key=lambda item: not LEAVE_THREADS.isdisjoint({item.path.name, item.name}))


def pytest_collection_finish() -> None:
    """Take what is there by now for good: looking for garbage in it costs each process that a test forks a copy."""
    gc.freeze()
    gc.enable()


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Return whether the expectations are to be rewritten."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="module")
def _folders(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return what makes folders for the tests of a module; the name of each begins as it is told."""
    root, numbers = tmp_path_factory.mktemp(request.path.stem), count()

    def make(name: str) -> Path:
        path = root / f"{name}{next(numbers)}"
        path.mkdir()
        return path

    return make


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, _folders: Callable[[str], Path]) -> Path:
    """Make a folder among those of its module: each build looks for a site around it, in thousands of names else."""
    return _folders(re.sub(r"\W", "_", request.node.name)[:30])


@pytest.fixture(autouse=True, scope="session")
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the indexes of tests out of the user's cache folder; processes that tests start inherit it."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True, scope="session")
def _ctrl_c_reaches_programs() -> None:
    """Let SIGINT end the programs that tests start: a shell that runs the tests in the background has it ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", params=moto(), ids=["moto"] * len(moto()))
def moto_address(request: pytest.FixtureRequest) -> Iterator[str]:
    """Start moto's server for all tests that ask one; each file has a bucket of its own."""
    with moto_serving(request.param) as address:
        yield address
