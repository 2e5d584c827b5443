"""Addresses that were given as paths."""

import shutil
from pathlib import Path

import pytest
from command_line import dump, run

from refeed.input.address import path_given


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("file:///home/ana/blog", "/home/ana/blog"),
        ("file:/home/ana/blog", "/home/ana/blog"),  # RFC 8089, 2: with the host left out
        ("file://localhost/home/ana/my%20blog", "/home/ana/my blog"),
        ("file:///home/ana/caf%E9", "/home/ana/caf\udce9"),  # the bytes of a name, whatever charset it is in
        ("zip://old.zip", "old.zip"),
        ("tar:///srv/old.tar.gz", "/srv/old.tar.gz"),
        ("zip://posts/2019/::s3://bucket/old.zip", "s3://bucket/old.zip!/posts/2019"),  # as fsspec chains them
        ("zip://posts::zip://blog.zip::file:///srv/all.zip", "/srv/all.zip!/blog.zip!/posts"),
        ("zip://::old.zip", "old.zip!/"),
        ("old.zip!/posts", "old.zip!/posts"),  # refeed's own way to say it
        ("blog", "blog"),
        ("file:blog", "file:blog"),  # a folder of this name
        ("file://elsewhere/blog", "file://elsewhere/blog"),  # of another machine: nothing reads it
        ("file:///home/ana/%00blog", "file:///home/ana/%00blog"),  # no path can hold it: it is told as no address
        ("s3://bucket/a::b", "s3://bucket/a::b"),
    ],
)
def test_what_a_path_means_that_is_given_as_an_address(text: str, path: str) -> None:
    assert path_given(text) == path


def test_a_folder_of_an_archive_is_read_that_is_named_as_fsspec_does(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    dump(tmp_path, "in/posts/low.md", title="Low")
    dump(tmp_path, "in/pages/about.md", title="About", date="2020-05-03")
    shutil.make_archive(str(tmp_path / "old"), "zip", tmp_path / "in")
    ran = run(capfdbinary, "build", f"zip://posts::{tmp_path}/old.zip")
    assert ran.lines[-1].startswith(
        "1 file (1 with articles, 0 skipped); 1 record: 1 out,"
    )  # about.md is not among them
