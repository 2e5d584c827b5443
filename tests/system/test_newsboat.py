"""A reader that subscribes over HTTP gets every article once, and no news when dumps move, change or come again."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from local_server import answered_by
from readers import DUMPS, READERS, Item, Reader, save

from refeed.cli import main


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """Serve the feed, as it is at each request, under one address."""

    class Handler(BaseHTTPRequestHandler):
        # No Last-Modified: it counts whole seconds, and a reader would skip the second of two builds within one.
        def do_GET(self) -> None:
            body = (tmp_path / "feed.xml").read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", "application/atom+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing on stderr."""

    with answered_by(Handler) as server:
        yield f"{server}/feed.xml"


@pytest.fixture(params=READERS, ids=lambda reader: reader.name)
def reader(request: pytest.FixtureRequest) -> Reader:
    """Run a test with every reader that is there."""
    found: Reader = request.param
    return found


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Save the eight dumps as files."""
    for dump in DUMPS:
        save(tmp_path / "archive" / dump.name, dump.text)
    return tmp_path / "archive"


def refresh(archive: Path, reader: Reader, url: str) -> list[Item]:
    """Build the feed, let the reader poll it once, and tell what the reader then holds."""
    out, state = archive.with_name("feed.xml"), archive.with_name("reader")
    state.mkdir(exist_ok=True)
    assert main(["build", str(archive), "-o", str(out), "--now", "2026-11-20T00:00:00Z"]) == 0
    reader.poll(url, state)
    return reader.items(state)


def read_everything(archive: Path, reader: Reader, url: str) -> list[Item]:
    refresh(archive, reader, url)
    reader.mark_all_read(archive.with_name("reader"))
    return reader.items(archive.with_name("reader"))


def without_content(items: list[Item]) -> list[Item]:
    return sorted(item._replace(content="") for item in items)


def test_every_article_arrives_once_with_its_title_link_and_date(archive: Path, reader: Reader, url: str) -> None:
    expected = sorted((dump.title, dump.link, dump.published) for dump in DUMPS)
    items = refresh(archive, reader, url)
    assert sorted((item.title, item.link, item.published.isoformat()) for item in items) == expected
    assert len({item.id for item in items}) == len(DUMPS)
    assert all(item.unread for item in items)
    assert refresh(archive, reader, url) == items


def test_a_renamed_dump_and_an_edited_one_are_no_news(archive: Path, reader: Reader, url: str) -> None:
    before = read_everything(archive, reader, url)
    ferry, _, lamps, kettle, *_ = DUMPS
    (archive / "moved").mkdir()
    (archive / ferry.name).rename(archive / "moved" / "another name.md")
    (archive / kettle.name).rename(archive / "moved" / "2019-01-02-kettle.md")
    save(archive / lamps.name, lamps.text.replace("Boats come home.", "Boats stay out."))

    after = refresh(archive, reader, url)
    assert without_content(after) == without_content(before)
    assert not any(item.unread for item in after)
    assert [item.title for item in after if "Boats stay out." in item.content] == [lamps.title]


def test_an_article_dumped_again_is_no_news_and_a_new_one_is(archive: Path, reader: Reader, url: str) -> None:
    before = read_everything(archive, reader, url)
    ferry = DUMPS[0]
    save(archive / "again.md", ferry.text.replace("1700000000000", "1700400000000").replace("People", "Dogs"))
    save(archive / "new.md", "<!--1700500000000-->\n[New](https://ledger.example/new)\n------\n\n<p>It is new.</p>")

    after = refresh(archive, reader, url)
    assert without_content([item for item in after if not item.unread]) == without_content(before)
    assert [(item.title, item.link) for item in after if item.unread] == [("New", "https://ledger.example/new")]
    assert [item.title for item in after if "Dogs waved." in item.content] == [ferry.title]
