"""Readers show a link for every entry of a Hexo tree, with the blog's settings beside its posts and without."""

import mailbox
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import feedparser
import pytest
from reader import make_reader
from readers import NEWSBOAT, save
from rss2email.main import run as r2e

from refeed.cli import main

# A blog, and a robot's dumps in the same form, of which nothing says where they are from.
TREE: Final = {
    "blog/_config.yml": "title: Quay\nurl: https://quay.example\npermalink: :year/:month/:day/:title/\n",
    "blog/source/_posts/tide.md": "---\ntitle: Tide\ndate: 2024-01-02 08:00:00\n---\n\nLow water at six.\n",
    "blog/source/_posts/fog.md": "---\ntitle: Fog\ndate: 2024-01-03\npermalink: notes/fog/\n---\n\nNobody sailed.\n",
    "dumps/source/_posts/kettle.md": "---\ntitle: Kettle\ndate: 2024-01-04 09:00:00\n---\n\nIt sang at four.\n",
}
LINKS: Final = {
    "Tide": "https://quay.example/2024/01/02/tide/",  # Hexo's pattern
    "Fog": "https://quay.example/notes/fog/",  # the post's own
    "Kettle": "https://feeds.example/#urn:uuid:",  # a place on the page of the feed, named by the id
}


def with_feedparser(feed: Path, _state: Path) -> dict[str, str]:
    return {entry.title: entry.link for entry in feedparser.parse(feed.read_bytes()).entries}


def with_newsboat(feed: Path, state: Path) -> dict[str, str]:
    NEWSBOAT.poll(feed.as_uri(), state)
    return {item.title: item.link for item in NEWSBOAT.items(state)}


def with_reader(feed: Path, state: Path) -> dict[str, str]:
    with closing(make_reader(str(state / "reader.db"), feed_root=str(feed.parent))) as reader:
        reader.add_feed(feed.name)
        reader.update_feed(feed.name)
        return {entry.title or "": entry.link or "" for entry in reader.get_entries()}


def with_rss2email(feed: Path, state: Path) -> dict[str, str]:
    save(
        state / "rss2email.cfg",
        "[DEFAULT]\nfrom = b@quay.example\nto = a@quay.example\nemail-protocol = maildir\n"
        f"maildir-path = {state}\n[feed.quay]\nurl = {feed.as_uri()}\n",
    )
    r2e(["-c", str(state / "rss2email.cfg"), "-d", str(state / "rss2email.json"), "run"])
    return {mail["Subject"]: mail["X-RSS-URL"] for mail in mailbox.Maildir(state / "INBOX")}


Show = Callable[[Path, Path], dict[str, str]]
"""Reads the feed with a reader, and gives the link that it shows for each title."""

READERS: Final[dict[str, Show]] = {
    "feedparser": with_feedparser,
    **({"newsboat": with_newsboat} if shutil.which("newsboat") or os.environ.get("CI") else {}),
    "reader": with_reader,
    "rss2email": with_rss2email,
}


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build one feed of the tree for all readers."""
    folder = tmp_path_factory.mktemp("hexo")
    for name, text in TREE.items():
        save(folder / "tree" / name, text)
    out = folder / "feed.xml"
    arguments = ["build", "--no-config", "--base-url", "https://feeds.example/", "-o", str(out), str(folder / "tree")]
    assert main(arguments) == 0
    return out


@pytest.mark.parametrize("show", READERS.values(), ids=[*READERS])
def test_a_reader_shows_a_link_for_every_entry(feed: Path, tmp_path: Path, show: Show) -> None:
    shown = show(feed, tmp_path)
    assert shown.keys() == LINKS.keys()
    assert [title for title, link in shown.items() if not link.startswith(LINKS[title])] == []


def test_the_feed_has_one_page_and_says_where_it_is(feed: Path) -> None:
    links = feedparser.parse(feed.read_bytes()).feed.links
    assert [(link.rel, link.href) for link in links] == [
        ("self", "https://feeds.example/feed.xml"),
        ("alternate", "https://feeds.example/"),
    ]


def test_a_subscriber_who_changes_the_format_sees_nothing_new(feed: Path, tmp_path: Path) -> None:
    tree, folder = str(feed.parent / "tree"), feed.parent
    for name in ("feed.rss", "feed.json"):
        arguments = ["build", "--no-config", "--base-url", "https://feeds.example/", "-o", str(folder / name), tree]
        assert main(arguments) == 0
    with closing(make_reader(str(tmp_path / "reader.db"), feed_root=str(folder))) as reader:
        reader.add_feed("feed.xml")
        reader.update_feed("feed.xml")
        before = {entry.id: (entry.title, entry.link) for entry in reader.get_entries()}
        assert len(before) == len(LINKS)
        for old, new in (("feed.xml", "feed.rss"), ("feed.rss", "feed.json"), ("feed.json", "feed.xml")):
            reader.change_feed_url(old, new)
            updated = reader.update_feed(new)
            assert updated is None or updated.new == 0
            assert {entry.id: (entry.title, entry.link) for entry in reader.get_entries()} == before
