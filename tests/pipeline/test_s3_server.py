"""S3 as moto's server speaks it, which boto's own tests are written against: objects are read, and published from."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.request import urlopen

import pytest
from command_line import run
from obstore.store import S3Store
from packing import write, zipped
from s3_server import LISTED, put_bucket

from refeed.cli import NOTHING_WRITTEN, OK
from refeed.options import FeedOptions, Options
from refeed.pipeline.build import build
from refeed.report import Report

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
MANY: Final = 50  # three answers


def post(number: int) -> bytes:
    day = f"{number % 28 + 1:02}"
    return f"---\ntitle: Tide {number}\ndate: 2020-05-{day} 10:00:00 +0000\n---\n\nThe ferry waits.\n".encode()


FILES: Final = {
    "_config.yml": b"title: The harbour\nurl: https://blog.example\npermalink: :year/:title/\n",
    "source/_posts/a b+%.md": post(1),  # what has to be escaped in an address
    "source/_posts/ебб.md": post(2),
    "source/_drafts/d.md": post(3),
}


def built(path: str, **more: Any) -> Report:
    return build(Options(paths=(path,), limit=0, feed=FeedOptions(id="urn:x:feed", title="The harbour"), **more), NOW)


@pytest.fixture(scope="module")
def bucket(moto_address: str) -> Iterator[S3Store]:
    """Make a bucket, and say by the environment where it is, as owners do."""
    with pytest.MonkeyPatch.context() as environment:
        settings = {"ENDPOINT_URL": moto_address, "ALLOW_HTTP": "true", "REGION": "us-east-1"}
        for name, value in {**settings, "ACCESS_KEY_ID": "harbour", "SECRET_ACCESS_KEY": "tide"}.items():
            environment.setenv(f"AWS_{name}", value)
        put_bucket(f"{moto_address}/harbour")
        yield S3Store("harbour")


@pytest.fixture(scope="module")
def archive(bucket: S3Store) -> S3Store:
    for name, data in FILES.items():
        bucket.put(f"archive/{name}", data)
    bucket.put("site.zip", zipped(FILES))
    return bucket


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("path", ["s3://harbour/archive", "s3://harbour/site.zip"])
@pytest.mark.parametrize("workers", [1, 2])
def test_objects_are_read_as_files_are(tmp_path: Path, path: str, workers: int) -> None:
    expected = built(str(write(tmp_path / "site", FILES)))
    found = built(path, workers=workers)
    assert (found.feed, found.totals) == (expected.feed, expected.totals)
    assert (found.totals.out, found.totals.withheld) == (2, 1)


def test_a_folder_with_more_objects_than_one_answer_lists_is_read_whole(bucket: S3Store) -> None:
    for number in range(MANY):
        bucket.put(f"many/{number:04}.md", post(number))
    with urlopen(f"{os.environ['AWS_ENDPOINT_URL']}/harbour?list-type=2&prefix=many/") as answer:  # noqa: S310  as above
        assert answer.read().count(b"<Key>") == LISTED
    assert built("s3://harbour/many").totals.out == MANY


def test_an_index_knows_the_objects_that_have_not_changed(bucket: S3Store, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    bucket.put("kept/a.md", post(1))
    assert b"Tide 1" in (built("s3://harbour/kept", index=index).feed or b"")
    bucket.put("kept/a.md", post(7))
    bucket.put("kept/b.md", post(8))
    again = built("s3://harbour/kept", index=index)
    assert again.feed == built("s3://harbour/kept").feed
    assert b"Tide 7" in (again.feed or b"")


def test_a_site_is_published_from_objects_to_objects(
    archive: S3Store, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    asked = ("--no-config", "--no-index", "--limit", "0", "--base-url", "https://feeds.example/")
    here = str(write(tmp_path / "site", FILES))
    assert run(capsysbinary, "publish", here, "-o", str(tmp_path / "out"), *asked).status == OK
    assert run(capsysbinary, "publish", "s3://harbour/archive", "-o", "s3://harbour/out", *asked).status == OK
    month = (tmp_path / "out" / "archive" / "2020" / "05.xml").read_bytes()
    assert month.count(b"<entry") == 2
    assert bytes(archive.get("out/archive/2020/05.xml").bytes()).count(b"<entry") == 2


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("s3://harbour/nothing", "does not exist, or cannot be reached"),
        # What S3 answers names a request; the owner can look at three things.
        *(
            (path, "cannot be read: there is no bucket nobody; check its name, AWS_ENDPOINT_URL and AWS_REGION")
            for path in ("s3://nobody/archive", "s3://nobody/")
        ),
    ],
)
def test_what_is_not_there_is_a_clear_error(
    capsysbinary: pytest.CaptureFixture[bytes], path: str, message: str
) -> None:
    ended = run(capsysbinary, "build", path, "--no-config", "--no-index")
    assert (ended.status, ended.out) == (NOTHING_WRITTEN, b"")
    assert ended.lines[-1] == f"refeed: {path}: {message}; nothing was written"


@pytest.mark.usefixtures("bucket")
def test_a_whole_bucket_is_read() -> None:
    """S3 answers a request for the object without a name as if there was one: it tells of the bucket."""
    put_bucket(f"{os.environ['AWS_ENDPOINT_URL']}/whole")
    store = S3Store("whole")
    for name, data in FILES.items():
        store.put(name, data)
    for path in ("s3://whole", "s3://whole/"):
        totals = built(path).totals
        assert (totals.out, totals.withheld) == (2, 1)
