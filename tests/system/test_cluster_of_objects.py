"""Processes, a cluster of this machine and one of several programs make the same of files and of objects of S3."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from command_line import environment
from dask_cluster import running_cluster
from folders import FIXTURES, ROOT
from obstore.store import S3Store
from s3_server import put_bucket

from refeed.options import FeedOptions, Options
from refeed.pipeline.build import build

NOW = datetime(2026, 11, 20, tzinfo=UTC)
CORPUS = ROOT.parent / "shared" / "corpus"  # real dumps, where they are at hand

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # sockets of Dask that are open when it ends
    pytest.mark.filterwarnings("ignore:Creating scratch directories"),  # on a machine that has much to do
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gather the dumps of all builds, and some real ones."""
    folder = tmp_path_factory.mktemp("objects") / "archive"
    for path in sorted((FIXTURES / "builds").glob("*/in")):
        shutil.copytree(path, folder / path.parent.name)
    for number, path in enumerate(sorted(path for path in CORPUS.rglob("*") if path.is_file())[::50]):
        shutil.copy(path, folder / f"{number}-{path.name}")
    return folder


@pytest.fixture(scope="module")
def clusters(moto_address: str, archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Put the archive into a bucket, and start a cluster that knows of it; give the names of two clusters."""
    with pytest.MonkeyPatch.context() as patched:
        settings = {"ENDPOINT_URL": moto_address, "ALLOW_HTTP": "true", "REGION": "us-east-1"}
        access = {**settings, "ACCESS_KEY_ID": "harbour", "SECRET_ACCESS_KEY": "tide"}
        variables = {f"AWS_{name}": value for name, value in access.items()}
        for name, value in variables.items():
            patched.setenv(name, value)
        put_bucket(f"{moto_address}/pier")
        store = S3Store("pier")
        for path in archive.rglob("*"):
            if path.is_file():
                store.put(f"archive/{path.relative_to(archive)}", path.read_bytes())
        with running_cluster(tmp_path_factory.mktemp("cluster"), environment(**variables)) as running:
            yield "local:2", running.address


def test_files_and_objects_give_the_same_in_every_way(clusters: tuple[str, str], archive: Path, tmp_path: Path) -> None:
    feed = FeedOptions(id="urn:x:feed", title="The harbour")  # else it has the name of the place

    def built(path: str, **more: Any) -> bytes | None:
        return build(Options(paths=(path,), limit=0, feed=feed, **more), NOW).feed

    expected = built(str(archive), workers=1)
    assert (expected or b"").count(b"<entry") > 30
    ways: list[dict[str, Any]] = [{"workers": 1}, {"workers": 2}, *({"cluster": name} for name in clusters)]
    for path in (str(archive), "s3://pier/archive"):
        for number, way in enumerate(ways):
            index = str(tmp_path / f"{number}-{path[:2].strip('/')}.index")
            assert built(path, index=index, **way) == expected, (path, way, "cold")
            assert built(path, index=index, **way) == expected, (path, way, "with an index")
