"""The words of articles follow the dumps: what is new, what has changed, and nothing that is withheld."""

import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import dump, run

from refeed.options import Options
from refeed.search.find import Finder, Question, load_finder
from refeed.search.query import Query
from refeed.search.store import Reader, Store, path_beside
from refeed.search.update import made_for, update, write_articles

NOW = datetime(2026, 1, 15, tzinfo=UTC)


def options_of(folder: Path, **more: object) -> Options:
    chosen = {"paths": (str(folder / "in"),), "index": str(folder / "index"), "workers": 1, **more}
    return Options(**chosen)  # type: ignore[arg-type]


def finder_of(options: Options) -> Finder:
    return load_finder(Reader(path_beside(options.index or ""), made_for(options)))


def titles(options: Options, typed: str) -> list[str]:
    finder = finder_of(options)
    return [entry.title for entry in finder.entries(finder.find(Question(Query(typed), {})).numbers)]


def raw(options: Options) -> bytes:
    """Return all bytes of the file and of what SQLite keeps beside it."""
    path = Path(path_beside(options.index or ""))
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def test_the_words_follow_the_dumps(tmp_path: Path) -> None:
    options = options_of(tmp_path, limit=1)
    dump(tmp_path / "in", "tide.md", title="Tide", body="<p>High water at noon.</p>")
    dump(tmp_path / "in", "lamp.md", title="Lamp", date="2020-05-02T08:00:00Z", body="<p>The lamp is lit.</p>")
    update(options, NOW, "first")
    assert titles(options, "noon") == ["Tide"]  # also what is not in the feed, which has one article
    assert titles(options, "") == ["Lamp", "Tide"]
    dump(tmp_path / "in", "tide.md", title="Tide", body="<p>Low water at dusk.</p>")
    (tmp_path / "in" / "lamp.md").unlink()
    dump(tmp_path / "in", "rope.md", title="Rope", date="2020-05-03T08:00:00Z")
    update(options, NOW, "second")
    assert [titles(options, typed) for typed in ("noon", "dusk", "lamp", "rope")] == [[], ["Tide"], [], ["Rope"]]
    assert Reader(path_beside(options.index or ""), made_for(options)).fact("state") == "second"


def test_an_article_that_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    options = options_of(tmp_path)
    dump(tmp_path / "in", "tide.md", title="Tide")
    dump(tmp_path / "in", "lamp.md", title="Lamp")
    update(options, NOW, "first")
    before = {title: number for number, title in numbered(options)}
    dump(tmp_path / "in", "lamp.md", title="Lamp", body="<p>Another text, long enough to be read.</p>")
    update(options, NOW, "second")
    after = {title: number for number, title in numbered(options)}
    assert after["Tide"] == before["Tide"]
    assert after["Lamp"] > before["Lamp"]


def numbered(options: Options) -> list[tuple[int, str]]:
    finder = finder_of(options)
    return [(number, finder.entries([number])[0].title) for number in finder.catalogue.numbers]


def test_articles_of_one_moment_keep_the_order_of_the_feed(tmp_path: Path) -> None:
    options = options_of(tmp_path)
    for number in (1, 2, 10):
        dump(tmp_path / "in", f"part-{number}.md", title=f"Part {number}")
    update(options, NOW, "first")
    assert titles(options, "part") == ["Part 10", "Part 2", "Part 1"]  # the later path first
    dump(tmp_path / "in", "part-3.md", title="Part 3")
    update(options, NOW, "second")
    assert titles(options, "part") == ["Part 10", "Part 3", "Part 2", "Part 1"]


def test_the_newest_can_be_found_first(tmp_path: Path) -> None:
    # As if the process ended before the others: what was written stays, and the next one goes on.
    options = options_of(tmp_path)
    dump(tmp_path / "in", "tide.md", title="Tide", date="2020-05-01T08:00:00Z")
    dump(tmp_path / "in", "lamp.md", title="Lamp", date="2020-05-02T08:00:00Z")
    with closing(Store(path_beside(options.index or ""), made_for(options))) as store:
        write_articles(store, options, NOW, limit=1)
    assert titles(options, "") == ["Lamp"]
    reader = Reader(path_beside(options.index or ""), made_for(options))
    assert (reader.fact("state"), reader.fact("total")) == ("", "2")
    update(options, NOW, "first")
    assert titles(options, "") == ["Lamp", "Tide"]


def test_what_is_withdrawn_is_no_longer_in_the_file(tmp_path: Path) -> None:
    options = options_of(tmp_path)
    dump(tmp_path / "in", "tide.md", title="Tide")
    dump(tmp_path / "in", "plan.md", title="Swordfish", body="<p>The swordfish, swordfish.</p>")
    update(options, NOW, "first")
    assert b"swordfish" in raw(options).lower()
    dump(tmp_path / "in", "plan.md", title="Swordfish", body="<p>The swordfish, swordfish.</p>", draft="true")
    update(options, NOW, "second")
    assert titles(options, "swordfish") == []
    assert b"swordfish" not in raw(options).lower()


def test_a_preview_and_a_server_for_others_do_not_share_words(tmp_path: Path) -> None:
    options = options_of(tmp_path)
    preview = options_of(tmp_path, withheld="include")
    dump(tmp_path / "in", "plan.md", title="Swordfish", draft="true")
    dump(tmp_path / "in", "tide.md", title="Tide")
    update(options, NOW, "first")
    update(preview, NOW, "first")
    assert titles(preview, "swordfish") == ["Swordfish"]
    assert titles(options, "") == []  # until it has made its own again
    update(options, NOW, "first")
    assert titles(options, "") == ["Tide"]


@pytest.mark.parametrize("damage", [b"", b"no database at all, and long enough to be looked at", b"SQLite format 3\0"])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: bytes) -> None:
    options = options_of(tmp_path)
    dump(tmp_path / "in", "tide.md", title="Tide")
    Path(path_beside(options.index or "")).write_bytes(damage)
    assert titles(options, "tide") == []
    update(options, NOW, "first")
    assert titles(options, "tide") == ["Tide"]


def test_nobody_else_reads_the_file_and_it_goes_with_the_index(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    options = options_of(tmp_path)
    dump(tmp_path / "in", "tide.md", title="Tide")
    update(options, NOW, "first")
    found = [*tmp_path.glob("index*")]
    assert tmp_path / "index-search" in found
    assert {stat.S_IMODE(path.stat().st_mode) for path in found} == {0o600}
    run(capfdbinary, "index", "--clear", "--index", str(tmp_path / "index"))
    assert [*tmp_path.glob("index*")] == []


def test_the_file_is_no_input(tmp_path: Path) -> None:
    options = options_of(tmp_path, index=str(tmp_path / "in" / "index"))
    dump(tmp_path / "in", "tide.md", title="Tide")
    update(options, NOW, "first")
    update(options, NOW, "second")
    with sqlite3.connect(tmp_path / "in" / "index-search") as database:
        assert database.execute("SELECT count(*) FROM articles").fetchone() == (1,)
