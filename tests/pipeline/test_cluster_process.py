"""What a process on a worker answers: the work it was given, or why it does not do it."""

import pickle
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import dump

from refeed.cache.fingerprint import release
from refeed.input.discover import batches
from refeed.input.walk import Walk
from refeed.options import Options
from refeed.pipeline.workers.processes.child_process import Answer
from refeed.pipeline.workers.processes.cluster_process import Home, Piece, answer
from refeed.pipeline.workers.worker import Worker

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def asked(root: Path, *, release: str = release(), path: str = "dumps") -> Answer:
    """Ask for a scan of a folder by its relative name."""
    worker = Worker(Options(paths=("dumps",)), NOW)
    (batch,) = batches([str(root / "dumps")], Walk([str(root / "dumps")], (), frozenset()))
    home = pickle.dumps(Home(b"", str(root), (path,), worker.elsewhere()))
    work = pickle.dumps((Worker.scan, (batch._replace(prefix="dumps/"), [0]), {}))
    (packed,) = answer(pickle.dumps(tuple(Piece(release, home, work))))
    found: Answer = pickle.loads(packed)  # noqa: S301  our own
    return found


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand somewhere else: the process goes to the folder of the build."""
    monkeypatch.chdir(tmp_path)
    dump(tmp_path, "home/dumps/a.md")
    return tmp_path / "home"


def test_relative_names_begin_where_the_build_was_started(root: Path) -> None:
    (batch,) = batches([str(root / "dumps")], Walk([str(root / "dumps")], (), frozenset()))
    expected = Worker(Options(paths=(str(root / "dumps"),)), NOW).scan(batch, [0])
    assert asked(root) == Answer(expected, None)


def test_another_release_is_refused(root: Path) -> None:
    failure = asked(root, release="0.0.1 (0123456789ab)").failure or ""
    assert failure.startswith("a worker on ")
    assert failure.endswith(
        f" runs refeed {release()}, and this is 0.0.1 (0123456789ab); install the same on all of them"
    )


def test_a_worker_without_the_files_says_so(root: Path) -> None:
    failure = asked(root, path="gone").failure or ""
    assert failure.startswith("gone: a worker on ")
    assert failure.endswith(" does not have it; every worker needs the same files under the same names")
