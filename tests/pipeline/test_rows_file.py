"""Rows of a first pass as a file: merged in any order they give the feed of one build, and a wrong file is refused."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import dump, run
from folders import FIXTURES

from refeed.options import Options
from refeed.pipeline.first_pass.rows_file import open_rows
from refeed.problems import ConfigurationError

BUILDS = FIXTURES / "builds"
NOW = ("--now", "2026-11-20T00:00:00Z", "--no-config")
EVERYTHING = ("--limit", "0", "--undated", "last", *NOW)


def scan(capfdbinary: pytest.CaptureFixture[bytes], folder: Path, rows: Path, *options: str) -> str:
    """Scan a folder and return where its rows are."""
    assert run(capfdbinary, "scan", str(folder), "-o", str(rows), *options, *NOW).status == 0
    return str(rows)


def test_shards_in_any_order_give_the_feed_of_one_build(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    folders = [BUILDS / name for name in ("doubts", "identity", "stubs")]  # sorted, as shards are merged
    whole = run(capfdbinary, "build", *map(str, folders), *EVERYTHING, "--no-index")
    shards = [
        scan(capfdbinary, folder, tmp_path / f"{number}.rows", "--undated", "last")
        for number, folder in enumerate(folders)
    ]
    assert run(capfdbinary, "build", "--from", *shards, *EVERYTHING) == whole
    turned = run(capfdbinary, "build", "--from", *shards[::-1], *EVERYTHING).out
    entries = [feed[feed.index(b"<entry") :] for feed in (whole.out, turned)]
    assert entries[0] == entries[1]
    assert whole.out.count(b"<entry") > 20


def test_a_feed_of_shards_has_the_title_and_the_id_of_a_build_of_their_folders(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    folders = [BUILDS / name for name in ("stubs", "doubts")]  # not sorted
    made = [scan(capfdbinary, folder, tmp_path / f"{folder.name}.rows") for folder in folders]
    feeds = [
        run(capfdbinary, "build", *map(str, folders), "--no-index", *NOW).out,
        run(capfdbinary, "build", "--from", *made, *NOW).out,
    ]
    told = [feed[: feed.index(b"<updated>")] for feed in feeds]
    assert told[0] == told[1]
    assert b">stubs, doubts</title>" in told[0]


def test_a_scan_says_what_it_found(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    dump(tmp_path, "a.md", title="Ferry")
    rows = tmp_path / "a.rows"
    ran = run(capfdbinary, "scan", str(tmp_path), "-o", str(rows), *NOW)
    assert ran.lines[-1].startswith(f"wrote {rows}: 1 record of 1 file, ")
    assert run(capfdbinary, "scan", str(rows.parent), *NOW, "--exclude", "*.rows").out == rows.read_bytes()


def test_the_output_of_the_settings_is_the_feed_and_stays_it(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    dump(tmp_path, "a.md")
    (tmp_path / "refeed.toml").write_text('output = "feed.xml"\n')
    (tmp_path / "feed.xml").write_text("the old feed")
    assert run(capfdbinary, "scan", str(tmp_path)).out
    assert (tmp_path / "feed.xml").read_text() == "the old feed"


def test_a_damaged_file_is_refused_wherever_it_is_damaged(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    dump(archive, "a.md", title="Ferry")
    rows = scan(capfdbinary, archive, tmp_path / "a.rows")
    sound, options = Path(rows).read_bytes(), Options(paths=(rows,), from_rows=True)
    assert [len(scanned.batch.names) for scanned in open_rows(options).scanned(datetime.now(UTC))] == [1]
    cut = [sound[:size] for size in range(0, len(sound), 7)]
    flipped = [sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :] for at in range(0, len(sound), 7)]
    for damaged in (*cut, *flipped):
        Path(rows).write_bytes(damaged)
        with pytest.raises(ConfigurationError, match="scan again"):
            [*open_rows(options).scanned(datetime.now(UTC))]


def test_what_cannot_be_merged_is_said(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    archive, inner = tmp_path / "archive", tmp_path / "archive/2026"
    inner.mkdir(parents=True)
    dump(inner, "a.md")
    outer_rows, inner_rows = tmp_path / "outer.rows", tmp_path / "inner.rows"
    scan(capfdbinary, archive, outer_rows)
    scan(capfdbinary, inner, inner_rows)

    def refused(*arguments: str) -> str:
        ran = run(capfdbinary, "build", "--from", *arguments, *NOW)
        assert (ran.status, ran.out) == (2, b"")
        return ran.lines[-1]

    assert refused(str(outer_rows), str(inner_rows)).endswith("they hold some files twice; scan each folder once")
    assert "another setting of category, undated; scan again" in refused(
        str(outer_rows), "--category", "Boats", "--undated", "last"
    )
    assert refused(str(inner / "a.md")).endswith("was not written by `refeed scan` of this version; scan again")
    assert refused(str(tmp_path / "none.rows")).endswith(
        "No such file or directory; give a file that `refeed scan` wrote"
    )
    assert refused() == "refeed: --from needs files that `refeed scan` wrote, each given as PATH"


def test_rows_of_dates_that_are_not_plausible_yet_are_read_again(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    dump(archive, "a.md", date="2026-05-01")
    rows = scan(capfdbinary, archive, tmp_path / "a.rows")
    ran = run(capfdbinary, "build", "--from", rows, "--now", "2020-01-01", "--no-config")
    assert (ran.status, ran.lines[-1]) == (
        2,
        f"refeed: {rows}: holds dates that are not plausible at 2020-01-01 yet; scan again",
    )


def test_settings_that_were_found_do_not_name_what_is_read(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    dump(tmp_path, "a.md")
    scan(capfdbinary, tmp_path, tmp_path / "a.rows")
    (tmp_path / "refeed.toml").write_text('paths = ["a.rows"]\n')
    monkeypatch.chdir(tmp_path)
    ran = run(capfdbinary, "build", "--from")
    assert (ran.status, ran.lines[-1]) == (2, "refeed: --from needs files that `refeed scan` wrote, each given as PATH")
