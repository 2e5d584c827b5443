"""The words of articles follow the dumps: what is new, what has changed, and nothing that is withheld."""

import json
import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import time

import pytest
from command_line import dump, run
from damage import damage_table

from refeed.options import Options
from refeed.pipeline.build import build_with_entries
from refeed.pipeline.entries.task import EntryResult
from refeed.pipeline.entry_maker import ArchiveOfBuild, EntryMaker
from refeed.search.find import Finder, Question, load_finder
from refeed.search.query import Query
from refeed.search.reader import NotReadyError, Reader
from refeed.search.store import UNUSED
from refeed.search.update import State, file_for, is_up_to_date, made_for, update

NOW = datetime(2026, 1, 15, tzinfo=UTC)
LONG = 3_600.0  # seconds that no test takes


def options_of(folder: Path, **more: object) -> Options:
    chosen = {"paths": (str(folder / "in"),), "index": str(folder / "index"), "workers": 1, **more}
    return Options(**chosen)  # type: ignore[arg-type]


def follow(options: Options, files: str, seconds: float = LONG, begin: int = 0) -> int | None:
    """Build, and bring the words up to date."""
    feed = build_with_entries(options, NOW, archive_links=lambda *_: ())
    assert feed.table
    archive = ArchiveOfBuild(feed.table, feed.options, NOW)
    return update(file_for(options) or "", made_for(options), archive, State(files, ""), seconds, begin)


def aged(folder: Path) -> None:
    """Let the dumps be so old that they cannot change unseen."""
    for path in folder.rglob("*.md"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def finder_of(options: Options) -> Finder:
    return load_finder(Reader(file_for(options) or "", made_for(options)))


def titles(options: Options, typed: str) -> list[str]:
    finder = finder_of(options)
    return [entry.title for entry in finder.entries(finder.find(Question(Query(typed), {})).numbers)]


def raw(options: Options) -> bytes:
    """Return all bytes of the file and of what SQLite keeps beside it."""
    path = Path(file_for(options) or "")
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def test_the_words_follow_the_dumps(tmp_path: Path) -> None:
    options = options_of(tmp_path, limit=1)
    dump(tmp_path / "in", "tide.md", title="Tide", body="<p>High water at noon.</p>")
    dump(tmp_path / "in", "lamp.md", title="Lamp", date="2020-05-02T08:00:00Z", body="<p>The lamp is lit.</p>")
    follow(options, "first")
    assert titles(options, "noon") == ["Tide"]  # also what is not in the feed, which has one article
    assert titles(options, "") == ["Lamp", "Tide"]
    dump(tmp_path / "in", "tide.md", title="Tide", body="<p>Low water at dusk.</p>")
    (tmp_path / "in" / "lamp.md").unlink()
    dump(tmp_path / "in", "rope.md", title="Rope", date="2020-05-03T08:00:00Z")
    follow(options, "second")
    assert [titles(options, typed) for typed in ("noon", "dusk", "lamp", "rope")] == [[], ["Tide"], [], ["Rope"]]
    reader = Reader(file_for(options) or "", made_for(options))
    assert [is_up_to_date(reader, State(files, "")) for files in ("first", "second", "")] == [False, True, False]


def test_an_article_that_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    options = options_of(tmp_path)
    dump(tmp_path / "in", "tide.md", title="Tide")
    dump(tmp_path / "in", "lamp.md", title="Lamp")
    follow(options, "first")
    before = {title: number for number, title in numbered(options)}
    dump(tmp_path / "in", "lamp.md", title="Lamp", body="<p>Another text, long enough to be read.</p>")
    follow(options, "second")
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
    follow(options, "first")
    assert titles(options, "part") == ["Part 10", "Part 2", "Part 1"]  # the later path first
    dump(tmp_path / "in", "part-3.md", title="Part 3")
    follow(options, "second")
    assert titles(options, "part") == ["Part 10", "Part 3", "Part 2", "Part 1"]


def test_the_newest_can_be_found_first(tmp_path: Path) -> None:
    options = options_of(tmp_path)
    texts = [
        {"title": f"Buoy {n}", "date": f"2020-05-01T08:{n:02}:00Z", "url": f"https://x.example/{n}"} for n in range(60)
    ]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "all.json").write_text(json.dumps([{**text, "content": "<p>A buoy.</p>"} for text in texts]))
    assert follow(options, "first", seconds=0) == 50  # so short that it ends after one piece
    finder = finder_of(options)
    assert (finder.total, finder.is_whole) == (60, False)
    assert titles(options, "")[:2] == ["Buoy 59", "Buoy 58"]
    assert len(titles(options, "")) == 50
    assert not is_up_to_date(finder.reader, State("first", ""))
    assert follow(options, "first") is None  # it goes on where it was
    assert len(titles(options, "")) == 60
    assert finder_of(options).is_whole


def test_articles_that_give_no_entry_are_passed_over(tmp_path: Path) -> None:
    options = options_of(tmp_path, stubs="skip")
    (tmp_path / "in").mkdir()
    texts = [{"title": f"Buoy {n}", "date": f"2020-05-01T08:{n:02}:00Z", "content": "<p></p>"} for n in range(1, 60)]
    texts.append({"title": "Tide", "date": "2020-05-01T08:00:00Z", "content": "<p>High water at noon.</p>"})
    (tmp_path / "in" / "all.json").write_text(json.dumps(texts))
    assert follow(options, "first", seconds=0) == 50
    assert follow(options, "first", seconds=0, begin=50) is None
    assert titles(options, "noon") == ["Tide"]


def test_only_what_has_changed_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = options_of(tmp_path)
    dump(tmp_path / "in", "tide.md", title="Tide")
    dump(tmp_path / "in", "lamp.md", title="Lamp")
    aged(tmp_path / "in")
    follow(options, "first")
    asked = list[str]()
    result = EntryMaker.result

    def listening(maker: EntryMaker, position: int) -> EntryResult:
        made = result(maker, position)
        asked.append(made.built.origin.path.rpartition("/")[2] if made.built else "")
        return made

    monkeypatch.setattr(EntryMaker, "result", listening)
    follow(options, "first")
    assert asked == []
    dump(tmp_path / "in", "lamp.md", title="Lamp", body="<p>Another text, long enough to be read.</p>")
    follow(options, "second")
    assert asked == ["lamp.md"]
    assert titles(options, "another") == ["Lamp"]


def test_what_is_withdrawn_is_no_longer_in_the_file(tmp_path: Path) -> None:
    options = options_of(tmp_path)
    dump(tmp_path / "in", "tide.md", title="Tide")
    dump(tmp_path / "in", "plan.md", title="Swordfish", body="<p>The swordfish, swordfish.</p>")
    follow(options, "first")
    assert b"swordfish" in raw(options).lower()
    dump(tmp_path / "in", "plan.md", title="Swordfish", body="<p>The swordfish, swordfish.</p>", draft="true")
    follow(options, "second")
    assert titles(options, "swordfish") == []
    assert b"swordfish" not in raw(options).lower()


def test_a_preview_and_a_server_for_others_do_not_share_words(tmp_path: Path) -> None:
    options = options_of(tmp_path)
    preview = options_of(tmp_path, withheld="include")
    dump(tmp_path / "in", "plan.md", title="Swordfish", draft="true")
    dump(tmp_path / "in", "tide.md", title="Tide")
    follow(options, "first")
    follow(preview, "first")
    assert titles(preview, "swordfish") == ["Swordfish"]
    assert titles(options, "") == ["Tide"]
    assert b"swordfish" not in raw(options).lower()


@pytest.mark.parametrize("damage", [b"", b"no database at all, and long enough to be looked at", b"SQLite format 3\0"])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: bytes) -> None:
    options = options_of(tmp_path)
    dump(tmp_path / "in", "tide.md", title="Tide")
    Path(file_for(options) or "").write_bytes(damage)
    with pytest.raises(NotReadyError):
        titles(options, "tide")
    follow(options, "first")
    assert titles(options, "tide") == ["Tide"]


def test_a_damaged_table_is_made_again(tmp_path: Path) -> None:
    options = options_of(tmp_path)
    dump(tmp_path / "in", "tide.md", title="Tide")
    follow(options, "first")
    damage_table(Path(file_for(options) or ""), "articles")
    dump(tmp_path / "in", "lamp.md", title="Lamp")
    assert follow(options, "second") is None
    assert sorted(titles(options, "")) == ["Lamp", "Tide"]


def test_nobody_else_reads_the_file_and_it_goes_with_the_index(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    options = options_of(tmp_path)
    dump(tmp_path / "in", "tide.md", title="Tide")
    follow(options, "first")
    found = [*tmp_path.glob("index*")]
    assert Path(file_for(options) or "") in found
    assert {stat.S_IMODE(path.stat().st_mode) for path in found} == {0o600}
    run(capfdbinary, "index", "--clear", "--index", str(tmp_path / "index"))
    assert [*tmp_path.glob("index*")] == []


def test_the_file_is_no_input(tmp_path: Path) -> None:
    options = options_of(tmp_path, index=str(tmp_path / "in" / "index"))
    dump(tmp_path / "in", "tide.md", title="Tide")
    follow(options, "first")
    follow(options, "second")
    with closing(sqlite3.connect(file_for(options) or "")) as database:
        assert database.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_servers_with_other_settings_have_files_of_their_own(tmp_path: Path) -> None:
    dump(tmp_path / "in", "tide.md", title="Tide")
    dump(tmp_path / "in", "lamp.md", title="Lamp", date="2019-01-01")
    one, other = options_of(tmp_path), options_of(tmp_path, since=datetime(2020, 1, 1, tzinfo=UTC))
    follow(one, "first")
    follow(other, "first")
    assert sorted(titles(one, "")) == ["Lamp", "Tide"]
    assert titles(other, "") == ["Tide"]
    # What decides nothing about articles is not asked for: a feed of another length has the same words.
    assert file_for(options_of(tmp_path, limit=5)) == file_for(one)


def test_a_file_that_no_server_has_used_for_a_week_is_removed(tmp_path: Path) -> None:
    dump(tmp_path / "in", "tide.md", title="Tide")
    unused, used = (options_of(tmp_path, author=(name,)) for name in ("Ada", "Bo"))
    for options in (unused, used):
        follow(options, "first")
    then = time() - UNUSED - 60
    os.utime(file_for(unused) or "", (then, then))
    (tmp_path / "index-search").write_bytes(b"of an older release")
    os.utime(tmp_path / "index-search", (then, then))
    follow(options_of(tmp_path), "first")
    assert {str(path) for path in tmp_path.glob("index-search*") if path.suffix == ""} >= {file_for(used)}
    assert not [*tmp_path.glob(f"{Path(file_for(unused) or '').name}*"), *tmp_path.glob("index-search")]


def test_an_article_that_is_left_out_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = options_of(tmp_path, stubs="skip")
    dump(tmp_path / "in", "tide.md", title="Tide")
    dump(tmp_path / "in", "stub.md", title="Stub", link="https://x.example/stub", body="")
    aged(tmp_path)
    made = list[int]()
    result = EntryMaker.result

    def noted(self: EntryMaker, position: int) -> EntryResult:
        made.append(position)
        return result(self, position)

    monkeypatch.setattr(EntryMaker, "result", noted)
    follow(options, "first")
    assert len(made) == 2
    follow(options, "second")
    assert len(made) == 2
    dump(tmp_path / "in", "stub.md", title="Stub", link="https://x.example/stub", body="<p>Words at last.</p>")
    os.utime(tmp_path / "in" / "stub.md", (1_700_000_000, 1_700_000_000))
    follow(options, "third")
    assert (len(made), sorted(titles(options, ""))) == (3, ["Stub", "Tide"])


def test_what_another_file_said_is_gone_with_it(tmp_path: Path) -> None:
    """Of the stub nothing has changed, but it is what its article says again."""
    options = options_of(tmp_path, stubs="skip")
    dump(tmp_path / "in", "stub.md", title="Tide", link="https://x.example/tide", body="")
    aged(tmp_path)
    follow(options, "first")
    dump(tmp_path / "in", "text.md", title="Tide", link="https://x.example/tide", body="<p>High water at noon.</p>")
    aged(tmp_path)
    follow(options, "second")
    assert titles(options, "noon") == ["Tide"]
    (tmp_path / "in" / "text.md").unlink()
    follow(options, "third")
    assert titles(options, "noon") == []
