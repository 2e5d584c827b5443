"""Real readers subscribe to a running server: every article once, and no news when dumps move or change.

newsboat and sfeed are programs, reader is a Python library. Where a program is not installed the others check alone,
except in CI, where a missing one is a failure.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from asking import fetch, serving, until
from reader import make_reader
from readers import DUMPS, NEWSBOAT, Item, save

Refresh = Callable[[str, Path], list[Item]]
"""Polls the address once, and gives what the reader then holds; its state lives in a folder of its own."""


def with_newsboat(url: str, state: Path) -> list[Item]:
    NEWSBOAT.poll(url, state)
    return NEWSBOAT.items(state)


def with_sfeed(url: str, state: Path) -> list[Item]:
    program = shutil.which("sfeed_update")
    if program is None or shutil.which("curl") is None:
        pytest.fail("sfeed or curl is not installed (apt-get install sfeed curl); CI checks the feed in a real reader")
    configuration = state / "sfeedrc"
    configuration.write_text(f'sfeedpath="{state}/feeds"\nfeeds() {{\n\tfeed "archive" "{url}"\n}}\n')
    environment = {"HOME": str(state), "LANG": "C.UTF-8", "PATH": os.defpath, "TZ": "UTC"}
    subprocess.run([program, str(configuration)], check=True, env=environment, timeout=60, stdout=subprocess.DEVNULL)
    # sfeed(5): timestamp, title, link, content, content type, id, author, enclosure, categories.
    rows = [line.split("\t") for line in (state / "feeds" / "archive").read_text(encoding="utf-8").splitlines()]
    return [Item(row[5], row[1], row[2], datetime.fromtimestamp(int(row[0]), UTC), row[3], unread=True) for row in rows]


def with_reader(url: str, state: Path) -> list[Item]:
    with closing(make_reader(str(state / "reader.db"))) as reader:
        reader.add_feed(url, exist_ok=True)
        reader.update_feed(url)
        return [
            Item(
                entry.id,
                entry.title or "",
                entry.link or "",
                entry.published or datetime.min.replace(tzinfo=UTC),
                entry.content[0].value,
                unread=not entry.read,
            )
            for entry in reader.get_entries()
        ]


PROGRAMS: Final[dict[str, Refresh]] = {"newsboat": with_newsboat, "sfeed_update": with_sfeed}
THERE: Final = {name: refresh for name, refresh in PROGRAMS.items() if shutil.which(name) or os.environ.get("CI")}
READERS: Final = {"reader": with_reader, **THERE}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Path]:
    """Save the dumps as files, and keep proxies of the machine away from readers."""
    for dump in DUMPS:
        save(tmp_path / "archive" / dump.name, dump.text)
    for name in READERS:
        (tmp_path / name).mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "127.0.0.1")
        yield tmp_path / "archive"


def shown(items: list[Item], pages: str) -> list[tuple[str, str, str]]:
    """Return what a reader shows, with `page` for the link of an entry that leads to its page on the server."""
    return sorted(
        (item.title, "page" if item.link.startswith(pages) else item.link, item.published.isoformat()) for item in items
    )


EXPECTED: Final = sorted((dump.title, dump.link or "page", dump.published) for dump in DUMPS)


def test_readers_that_subscribe_to_the_server_show_every_article_once(archive: Path) -> None:
    folder = archive.parent

    def refreshed() -> dict[str, list[Item]]:
        return {name: refresh(live.url, folder / name) for name, refresh in READERS.items()}

    ferry, _, lamps, *_ = DUMPS
    with serving(folder, "--now", "2026-11-20T00:00:00Z") as live:
        pages = live.url.replace("feed.xml", "entry/")
        before = refreshed()
        for name, items in before.items():
            assert shown(items, pages) == EXPECTED, name
            assert len({item.id for item in items}) == len(DUMPS), name
        assert refreshed() == before  # a poll that ends in 304

        tag = fetch(live.url).headers["etag"]
        save(archive / lamps.name, lamps.text.replace("Boats come home.", "Boats stay out."))
        (archive / ferry.name).rename(archive / "another name.md")
        save(archive / "new.md", "<!--1700500000000-->\n[New](https://ledger.example/new)\n------\n\n<p>It is new.</p>")
        until(lambda: live.shows("Boats stay out.") and live.shows("It is new."))
        assert fetch(live.url).headers["etag"] != tag

        new = ("New", "https://ledger.example/new", "2023-11-20T17:06:40+00:00")
        for name, items in refreshed().items():
            assert shown(items, pages) == sorted([*EXPECTED, new]), name
            old = {item.id for item in before[name]}
            assert [item.title for item in items if item.id not in old] == ["New"], name
            assert {item.id for item in items} > old, name
