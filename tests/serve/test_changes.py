"""The page that says what subscribers see new since the feed changed last."""

from pathlib import Path

import pytest
from asking import ask
from bs4 import BeautifulSoup
from command_line import dump

from refeed.options import Options
from refeed.serve.app import make_app
from refeed.serve.builder import Builder
from refeed.serve.changes import changes_between
from refeed.serve.http.codings import make_variants
from refeed.watch.log import BuildLog


class Site:
    """A server of a folder, which builds when it is told to."""

    def __init__(self, folder: Path) -> None:
        """Begin; nothing is built yet."""
        self.builder = Builder(Options(paths=(str(folder),), workers=1, limit=3), BuildLog(lambda *_: None))
        self.app = make_app(self.builder, None, local=True)

    def page(self, path: str = "/changes") -> BeautifulSoup:
        """Return a page."""
        reply = ask(self.app, path)
        assert reply.status == 200
        return BeautifulSoup(reply.body, "lxml")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is remembered out of the user's folders."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_what_a_build_adds_changes_and_takes_is_shown(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for number in range(1, 4):
        dump(folder, f"{number}.md", title=f"Note {number}", date=f"2025-01-0{number}T08:00:00Z", body="<p>Words.</p>")
    site = Site(folder)
    site.builder.rebuild()
    assert "has not changed since the server was started" in site.page().get_text()
    assert not site.page("/").select("a[href='/changes']")

    dump(folder, "2.md", title="Note 2, mended", date="2025-01-02T08:00:00Z", body="<p>Words.</p>")
    dump(folder, "4.md", title="Note 4", date="2025-01-04T08:00:00Z", body="<p>Words.</p>")
    site.builder.rebuild()
    page = site.page()
    # Three entries go out: 4 is new, 3 is as it was, 2 has another title, and 1 has no room any more.
    assert [" ".join(one.get_text(" ", strip=True).split()) for one in page.select(".changes > li")] == [
        "new Note 4 2025-01-04",
        "changed Note 2, mended 2025-01-02 title : 'Note 2' 'Note 2, mended'",
        "out of window Note 1 2025-01-01",
    ]
    assert "1 new, 1 changed, 1 out of window" in page.select_one(".facts").get_text()  # type: ignore[union-attr]
    new, changed = page.select(".changes a")
    assert ask(site.app, str(new["href"])).status == ask(site.app, str(changed["href"])).status == 200
    assert site.page("/").select("a[href='/changes']")

    site.builder.rebuild()  # of the same files: what changed last is still told
    assert len(site.page().select(".changes > li")) == 3


def test_what_was_taken_out_is_shown_to_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    dump(folder, "1.md", title="Secret", date="2025-01-01T08:00:00Z", body="<p>Words.</p>")
    dump(folder, "2.md", title="Note", date="2025-01-02T08:00:00Z", body="<p>Words.</p>")
    site = Site(folder)
    public = make_app(site.builder, "https://quay.example/")
    site.builder.rebuild()
    dump(folder, "1.md", title="Secret", date="2025-01-01T08:00:00Z", body="<p>Words.</p>", draft="true")
    site.builder.rebuild()
    assert "Secret" in site.page().get_text()
    assert ask(public, "/changes").status == 403
    assert b"/changes" not in ask(public, "/").body


def test_of_many_changes_some_are_shown() -> None:
    def feed(*numbers: int) -> bytes:
        entries = "".join(f"<entry><id>urn:x:{number}</id><title>{number}</title></entry>" for number in numbers)
        return f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()

    old, new = (make_variants(data, quality=1) for data in (feed(0), feed(*range(251))))
    changes = changes_between(old[0], new[-1], is_cut=False)  # as it is, and in the smallest coding
    assert changes
    assert (changes.total, len(changes.shown), changes.summary) == (250, 200, "250 new")


def test_a_feed_of_the_size_of_an_archive_is_not_compared() -> None:
    (old, *_), (new, *_) = (make_variants(data, quality=1) for data in (b"<feed/>", b"<feed/>" + b" " * 2**25))
    assert changes_between(old, new, is_cut=False) is None
