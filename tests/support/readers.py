"""Feed readers, and dumps with what a reader has to show for each.

newsboat is a real reader; the other one does no more than RFC 4287 4.2.6 asks: it keeps one item for each id. Where
newsboat is not installed the second one checks alone, except in CI, where a missing newsboat is a failure.
"""

import json
import os
import shutil
import sqlite3
import subprocess
from calendar import timegm
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Final, NamedTuple

import feedparser
import pytest


class Item(NamedTuple):
    """What a reader keeps of one entry."""

    id: str
    title: str
    link: str
    published: datetime
    content: str
    unread: bool


class Dump(NamedTuple):
    """A file, and what a reader has to show for it."""

    name: str
    text: str
    title: str
    link: str
    published: str


DUMPS: Final = (
    Dump(
        name="articles/2023-11-14/700001_Ferry.md",
        text="<!--1700000000000-->\n[The ferry is back [photos]](https://ledger.example/a/1_(ferry)?x=1&y=2)\n------\n\n"
        "<div><i>Tue, 14 Nov 2023 21:59:00 GMT</i></div><p>The ferry crosses the sound again. People waved.</p>",
        title="The ferry is back [photos]",
        link="https://ledger.example/a/1_(ferry)?x=1&y=2",
        published="2023-11-14T21:59:00+00:00",  # the dateline; the epoch is 22:13:20
    ),
    Dump(
        name="articles/2023-11-13/700002.md",
        text="[石桥重新开放](https://shanhai.example/a/2)\n------\n日期：Mon, 13 Nov 2023 08:00:00 +0800\n\n"
        "<p>石桥今天早上重新开放，许多人过桥。</p>",
        title="石桥重新开放",
        link="https://shanhai.example/a/2",
        published="2023-11-13T00:00:00+00:00",
    ),
    Dump(
        name="archived/2023-11-12/2023-11-12-Lamps.md",
        text='---\nlayout: post\ntitle: "Lamps in the harbour"\ndate: 2023-11-12T18:30:00.000Z\nauthor: Harbour Radio\n'
        "from: https://radio.harbour.example/lamps\ntags: [ Harbour Radio ]\ncategories: [ Harbour Radio ]\n---\n"
        "<!--1699813800000-->\n[Lamps in the harbour](https://radio.harbour.example/lamps)\n------\n\n<div>\n"
        "<div><i>Ada Reed<br>2023-11-12T18:05:00.000Z</i></div><p>Every lamp burns. Boats come home.</p>\n</div>\n",
        title="Lamps in the harbour",
        link="https://radio.harbour.example/lamps",
        published="2023-11-12T18:05:00+00:00",  # the dateline
    ),
    Dump(
        name="source/_posts/kettle.md",
        text="\n---\ntitle: 'Kettles sing at four'\ncategories: \n - News\n - Evening Ledger\nauthor: Evening Ledger\n"
        "comments: false\ndate: Sat, 11 Nov 2023 16:00:00 GMT\n---\n\n<div>   \n<p>All kettles of the town sang.</p>",
        title="Kettles sing at four",
        link="",  # such dumps state none
        published="2023-11-11T16:00:00+00:00",
    ),
    Dump(
        name="_posts/2023-11-10-rain.md",
        text='---\nlayout: post\ntitle: "Rain & \\"wind\\" at <b> Cape Low"\ndate: 2023-11-10T12:00:00+01:00\n'
        "author: Stonebridge\nfrom: http://stonebridge.example/rain/\n---\n<p>It rained. Then the wind came.</p>\n",
        title='Rain & "wind" at <b> Cape Low',
        link="http://stonebridge.example/rain/",
        published="2023-11-10T11:00:00+00:00",
    ),
    Dump(
        name="content/posts/orchard.md",
        text='+++\ntitle = "The orchard book"\ndate = 2023-11-09T07:15:00Z\n+++\n\n## Pears\n\nThe pears are in.\n',
        title="The orchard book",
        link="",
        published="2023-11-09T07:15:00+00:00",
    ),
    Dump(
        name="content/posts/tides.md",
        text='{\n  "title": "A table of tides",\n  "date": "2023-11-08T05:00:00-02:00"\n}\n\nHigh water at noon.\n',
        title="A table of tides",
        link="",
        published="2023-11-08T07:00:00+00:00",
    ),
    Dump(
        name="content/bells.md",
        text="Title: Bells without a clock\nDate: 2023-11-07 06:30\nAuthor: Ada Reed\n\nThe bells ring at will.\n",
        title="Bells without a clock",
        link="",
        published="2023-11-07T06:30:00+00:00",  # no zone stated: UTC is the default
    ),
)


class Reader(NamedTuple):
    """A way to subscribe; its state lives in a folder of its own."""

    name: str
    poll: Callable[[str, Path], None]
    items: Callable[[Path], list[Item]]
    mark_all_read: Callable[[Path], None]


def newsboat_poll(url: str, state: Path) -> None:
    program = shutil.which("newsboat")
    if program is None:
        pytest.fail("newsboat is not installed (apt-get install newsboat); CI checks the feed in a real reader")
    (state / "urls").write_text(f"{url}\n", encoding="utf-8")
    (state / "config").write_text("", encoding="utf-8")
    files = ["-u", f"{state}/urls", "-C", f"{state}/config", "-c", f"{state}/cache.db"]
    # An environment of its own: no proxy, and a locale in which titles are not turned into question marks.
    environment = {"HOME": str(state), "LANG": "C.UTF-8", "PATH": os.defpath, "TZ": "UTC"}
    subprocess.run([program, "-r", *files, "-x", "reload"], check=True, env=environment, timeout=60)


def newsboat_items(state: Path) -> list[Item]:
    query = "SELECT guid, title, url, pubDate, content, unread FROM rss_item WHERE deleted = 0 ORDER BY id"
    with closing(sqlite3.connect(state / "cache.db")) as cache:
        rows = cache.execute(query).fetchall()
    return [
        Item(guid, title, link, datetime.fromtimestamp(published, UTC), content, bool(unread))
        for guid, title, link, published, content, unread in rows
    ]


def newsboat_mark_all_read(state: Path) -> None:
    with closing(sqlite3.connect(state / "cache.db")) as cache, cache:
        cache.execute("UPDATE rss_item SET unread = 0")


def by_id_poll(url: str, state: Path) -> None:
    host, path = url.removeprefix("http://").split("/", 1)
    with closing(HTTPConnection(host, timeout=60)) as connection:
        connection.request("GET", f"/{path}")
        feed = feedparser.parse(connection.getresponse().read())
    assert not feed.bozo
    kept = {item.id: item for item in by_id_items(state)}
    for entry in feed.entries:
        unread = kept[entry.id].unread if entry.id in kept else True
        published = datetime.fromtimestamp(timegm(entry.published_parsed), UTC)
        # Not entry.link: feedparser shows the id there when an entry has no link.
        link = next((link.href for link in entry.get("links", ()) if link.rel == "alternate"), "")
        kept[entry.id] = Item(entry.id, entry.title, link, published, entry.content[0].value, unread)
    by_id_save(state, kept.values())


def by_id_items(state: Path) -> list[Item]:
    saved = state / "items.json"
    rows = json.loads(saved.read_text(encoding="utf-8")) if saved.exists() else []
    return [
        Item(guid, title, link, datetime.fromisoformat(published), content, unread)
        for guid, title, link, published, content, unread in rows
    ]


def by_id_save(state: Path, items: Iterable[Item]) -> None:
    rows = json.dumps([*items], default=datetime.isoformat)
    (state / "items.json").write_text(rows, encoding="utf-8")


def by_id_mark_all_read(state: Path) -> None:
    by_id_save(state, (item._replace(unread=False) for item in by_id_items(state)))


NEWSBOAT: Final = Reader("newsboat", newsboat_poll, newsboat_items, newsboat_mark_all_read)

BY_ID: Final = Reader("by id", by_id_poll, by_id_items, by_id_mark_all_read)

READERS: Final = (BY_ID, NEWSBOAT) if shutil.which("newsboat") or os.environ.get("CI") else (BY_ID,)


def save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
