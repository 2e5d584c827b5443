"""A repository on GitHub is read as its files are."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import fsspec.implementations.github as library
import pytest
from github_api import Repository, github
from packing import write, zipped

from refeed.options import FeedOptions, Options
from refeed.pipeline.build import build
from refeed.problems import RefeedError
from refeed.report import Report

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)


def post(number: int, words: str = "The ferry waits. ") -> bytes:
    return f"---\ntitle: Tide {number}\ndate: 2020-05-0{number} 10:00:00 +0000\n---\n\n{words}\n".encode()


FILES: Final = {
    "_config.yml": b"title: The harbour\nurl: https://blog.example\npermalink: :year/:title/\n",
    "_posts/a b.md": post(1),
    "_posts/2020/ебб.md": post(2, "The ferry waits. " * 70_000),  # too long for an answer of the interface
    "_drafts/d.md": post(3),
    "old.zip": zipped({"c.md": post(4)}),
}


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    with github(FILES) as served:
        get = library.requests.get

        def asked(url: str, **more: Any) -> Any:
            return get(url.replace("https://api.github.com", served.url), **more)

        monkeypatch.setattr(library.requests, "get", asked)
        yield served


def built(path: str, **more: Any) -> Report:
    feed = FeedOptions(id="urn:x:feed", title="The harbour")
    return build(Options(paths=(path,), limit=0, feed=feed, **more), NOW)


@pytest.mark.parametrize(("below", "out"), [("", 3), ("/old.zip", 1)])
def test_the_feed_of_a_repository_is_that_of_its_files(
    repository: Repository, tmp_path: Path, below: str, out: int
) -> None:
    expected = built(str(write(tmp_path / "notes", FILES)) + below, unpack=True)
    found = built(f"github://harbour/notes{below}", unpack=True)
    assert (found.feed, found.totals) == (expected.feed, expected.totals)
    assert found.totals.out == out
    assert {*repository.users} == {""}


def test_a_token_in_the_environment_is_shown(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "tide")
    assert built("github://harbour/notes").totals.out == 2
    assert {*repository.users} == {"Basic aGFyYm91cjp0aWRl", ""}  # harbour:tide; whole files lie on another server


def test_what_changes_is_read_by_the_next_build(repository: Repository) -> None:
    assert built("github://harbour/notes").totals.out == 2
    repository.files = {**FILES, "_posts/e.md": post(5)}
    assert built("github://harbour/notes").totals.out == 3


def test_a_repository_that_gives_no_more_answers_gives_no_feed(repository: Repository) -> None:
    built("github://harbour/notes")
    for most in range(len(repository.users)):
        repository.users.clear()
        repository.most = most
        with pytest.raises(RefeedError, match="nothing was written"):
            built("github://harbour/notes")


def test_a_repository_that_is_not_there_is_told(repository: Repository) -> None:
    with pytest.raises(RefeedError, match=r"^github://harbour/gone: .*nothing was written$"):
        built("github://harbour/gone")
    assert repository.users
