"""The benchmarks run, and the archive that they measure on is the same every time."""

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import feedparser
import pytest
from folders import ROOT

BENCH = ROOT / "bench"


def run(script: str, *arguments: str, hash_seed: str = "0") -> str:
    command = [sys.executable, str(BENCH / script), *arguments]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8", env=environment).stdout


def contents(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Return what imports a module of the benchmarks, which are no package."""
    monkeypatch.syspath_prepend(str(BENCH))
    return importlib.import_module


@pytest.fixture
def archive(load: Callable[[str], Any]) -> Callable[..., dict[str, bytes]]:
    """Return what fills a folder with so many dumps and returns what is in it."""
    generate = load("generate")

    def fill(folder: Path, count: int, **chosen: Any) -> dict[str, bytes]:
        generate.generate(generate.EntryTask(folder, **chosen), count)
        return contents(folder)

    return fill


Archive = Callable[..., dict[str, bytes]]


def test_the_same_seed_gives_the_same_archive(tmp_path: Path, archive: Archive) -> None:
    for name, seed, hash_seed in (("first", "1", "1"), ("second", "1", "2")):
        run("generate.py", str(tmp_path / name), "60", "--seed", seed, hash_seed=hash_seed)
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    assert contents(tmp_path / "first") != archive(tmp_path / "third", 60, seed=2)


def test_every_dump_gets_a_file_and_keeps_it_in_a_larger_archive(tmp_path: Path, archive: Archive) -> None:
    small, large = archive(tmp_path / "small", 60), archive(tmp_path / "large", 300)
    dumps = {name: data for name, data in small.items() if "/20" in name}  # a folder by day
    assert len(dumps) == 60
    assert dumps.items() <= large.items()
    assert len([name for name in large if "/20" in name]) == 300


def test_several_processes_write_what_one_writes(
    tmp_path: Path, load: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    generate = load("generate")
    monkeypatch.setattr(generate, "CHUNK", 10)  # so that several processes have more than one piece of work
    said, written = [], []
    for processes in (1, 2):
        order = generate.EntryTask(tmp_path / str(processes), seed=1, median=100, tree="mixed")
        said.append(generate.describe(generate.generate(order, 45, bare=True, processes=processes)))
        written.append(contents(tmp_path / str(processes)))
    assert said[0] == said[1]
    assert len(written[0]) == 45
    assert written[0] == written[1]


def test_the_same_dumps_stand_in_trees_of_several_shapes(tmp_path: Path, load: Callable[[str], Any]) -> None:
    generate, trees = load("generate"), {}
    run("generate.py", str(tmp_path / "days"), "60", "--tree", "days", "--bare")
    for tree in ("mixed", "flat"):
        generate.generate(generate.EntryTask(tmp_path / tree, tree=tree), 60, bare=True)
    for tree in ("mixed", "days", "flat"):
        trees[tree] = contents(tmp_path / tree)
    assert sorted(trees["mixed"].values()) == sorted(trees["days"].values()) == sorted(trees["flat"].values())
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d/[^/]+\.md", name) for name in trees["days"])
    assert all("/" not in name for name in trees["flat"])


def test_one_article_in_a_thousand_is_a_book_where_articles_are_short(load: Callable[[str], Any]) -> None:
    draw_size = load("sizes").draw_size
    rng = Random(1)  # noqa: S311
    short = [draw_size(rng, 4_000) for _ in range(50_000)]
    books = short.count(1_000_000)
    assert 30 <= books <= 70
    assert 3_900 <= sorted(short)[25_000] <= 4_100
    assert 190_000 <= max(size for size in short if size < 1_000_000) <= 200_000
    assert max(draw_size(rng, 200) for _ in range(50_000)) <= 200_000  # no books among tiny dumps


@pytest.mark.parametrize(
    ("chosen", "least", "most"),
    [pytest.param((), 3.5, 4.5, id="usual"), pytest.param(("--median", "22000"), 18, 26, id="large")],
)
def test_sizes_are_those_asked_for_and_the_markup_is_as_dense_as_in_real_archives(
    tmp_path: Path, chosen: tuple[str, ...], least: float, most: float
) -> None:
    said = run("generate.py", str(tmp_path), "300", *chosen, "--describe")
    dumps = [path.read_bytes() for path in tmp_path.rglob("*.md") if "/20" in path.as_posix()]
    density = round(sum(map(len, dumps)) / sum(data.count(b"<") for data in dumps))
    assert said.startswith("300 dumps, ")
    assert f"{density} bytes per tag" in said
    assert 70 <= density <= 80
    assert least <= float(re.findall(r"median ([\d.]+)", said)[0]) <= most


def test_every_body_is_parsed_once(load: Callable[[str], Any]) -> None:
    bodies = load("bodies")
    samples = bodies.make_samples(8, 3_000, 1)
    assert [sample.dirty for sample in samples] == [False, True] * 4
    assert all(3_000 <= sample.size <= 8_000 for sample in samples)
    assert bodies.look_inside(samples).parses == (1,) * 8


def test_the_cost_of_a_body_is_told_with_its_shares() -> None:
    said = run("bodies.py", "--count", "8", "--rounds", "1", "--size", "2000")
    assert "per 10 kB" in said
    assert "sanitise " in said
    assert "bs4 parses a body: 1 to 1" in said


def test_the_floor_opens_every_file(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "long.md").write_bytes(b"x" * 9_000)
    (tmp_path / "short.md").write_bytes(b"x" * 10)
    assert run("floor.py", str(tmp_path)) == "2 files, 4106 bytes read\n"  # the first 4096 of one, 10 of the other
    assert run("floor.py", "--stat", str(tmp_path)) == "2 files, 9010 bytes in them\n"


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine", encoding="utf-8")
    command = [sys.executable, str(BENCH / "generate.py"), str(tmp_path), "5"]
    assert "is not empty" in subprocess.run(command, check=False, capture_output=True, encoding="utf-8").stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.md"]


def test_the_plain_script_makes_a_feed_of_the_newest_fifty(tmp_path: Path, archive: Archive) -> None:
    archive(tmp_path / "archive", 60)
    feeds = []
    for options in ((), ("--every-body",)):
        said = run("plain_script.py", *options, str(tmp_path / "archive"), str(tmp_path / "plain.xml"))
        assert "50 entries written" in said
        feeds.append(feedparser.parse((tmp_path / "plain.xml").read_bytes()))
        assert not feeds[-1].bozo
    assert len(feeds[0].entries) == 50
    assert feeds[0].entries == feeds[1].entries


def test_the_plain_script_may_look_at_lines_of_dates_alone(tmp_path: Path) -> None:
    posts = tmp_path / "posts" / "2024"
    posts.mkdir(parents=True)
    for day in range(1, 61):
        header = f"---\ntitle: Day {day}\ndate: 2024-{1 + day // 28:02}-{1 + day % 28:02}\n---\n"
        (posts / f"{day}.md").write_text(header + "Rain.\n", encoding="utf-8")
    said = run("plain_script.py", "--date-lines", str(tmp_path / "posts"), str(tmp_path / "plain.xml"))
    assert said == f"50 dumps read, 50 entries written to {tmp_path / 'plain.xml'}\n"
    titles = [entry.title for entry in feedparser.parse((tmp_path / "plain.xml").read_bytes()).entries]
    assert titles == [f"Day {day}" for day in range(60, 10, -1)]  # the first ten are the oldest of sixty


def test_the_memory_of_all_processes_of_a_session_is_added_up(load: Callable[[str], Any]) -> None:
    memory = load("measure").memory
    hold = "import sys; held = bytearray(b'x') * 30_000_000; print('held', flush=True); sys.stdin.read()"
    parent = (
        f"import subprocess, sys; held = bytearray(b'x') * 20_000_000; subprocess.run([sys.executable, '-c', {hold!r}])"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", parent], start_new_session=True, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline() == b"held\n"
        held = memory(process.pid)
        process.stdin.close()
    assert 50 < held < 100  # 20 in one process, 30 in the other, and two interpreters
    assert memory(process.pid) == 0


def test_a_program_that_fails_ends_the_measurement_with_what_it_said(load: Callable[[str], Any]) -> None:
    measure = load("measure")
    with pytest.raises(SystemExit, match=r"ended with status 3 and said:\nno such thing"):
        measure.run([sys.executable, "-c", "print('no such thing'); raise SystemExit(3)"])


def test_a_round_prepares_every_run_and_counts_all_but_the_first(tmp_path: Path, load: Callable[[str], Any]) -> None:
    measure = load("measure")
    log = tmp_path / "log"

    def program(name: str) -> Any:
        def prepare() -> None:
            with log.open("a", encoding="utf-8") as lines:
                lines.write(f"before {name}\n")

        return measure.Program([sys.executable, "-c", f"print({name!r}, file=open({str(log)!r}, 'a'))"], prepare)

    figures = measure.measure({"a": program("a"), "b": program("b")}, 2)
    assert log.read_text().split("\n") == [*["before a", "a", "before b", "b"] * 3, ""]
    assert list(figures) == ["a", "b"]
    assert all(0 < of_one.fastest <= of_one.wall <= of_one.slowest for of_one in figures.values())


def test_edits_are_undone(tmp_path: Path, load: Callable[[str], Any], archive: Archive) -> None:
    archives = load("archives")
    before = archive(tmp_path / "archive", 3)
    edits = archives.Edits(tmp_path / "archive")
    for _ in range(20):  # some files more than once
        edits.edit()
    assert contents(tmp_path / "archive") != before
    edits.undo()
    assert contents(tmp_path / "archive") == before


def test_a_straight_line_is_told_from_a_bent_one(
    load: Callable[[str], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    table, measure = (load(name) for name in ("table", "measure"))
    walls = {"straight": (1.5, 2.5, 4.5), "bent": (1.0, 4.0, 16.0)}
    for name, of_one in walls.items():
        table.line(name, (1_000, 2_000, 4_000), [measure.Figures(wall, wall, wall, wall, 10.0) for wall in of_one])
    straight, bent = capsys.readouterr().out.split("bent: ")
    assert "straight: wall 0.50 s + 1000.0 µs a file (r² 1.0000), CPU 0.50 s + 1000.0 µs a file (r² 1.0000)" in straight
    assert straight.count(" 0.0%") == 6  # three points, by two clocks
    assert " 0.0%" not in bent


def test_every_measure_of_an_archive_of_ones_own_is_named_with_its_ratio(
    tmp_path: Path,
    load: Callable[[str], Any],
    archive: Archive,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = archive(tmp_path / "archive", 3)
    nothing = tmp_path / "python"  # builds nothing: .ci/run runs the builds, too
    nothing.write_text('#!/bin/sh\nfor word; do [ "$before" = -o ] && echo feed > "$word"; before=$word; done\n')
    nothing.chmod(0o755)
    monkeypatch.setattr(load("scale"), "PYTHON", str(nothing))
    monkeypatch.setattr("sys.argv", ["scale.py", "build", "--rounds", "0", "--folder", str(tmp_path / "archive")])
    load("scale").main()
    said = capsys.readouterr().out
    assert f"== build: {tmp_path / 'archive'}\n" in said
    ratios = re.findall(r"^ +\d+\.\d\d  (.+?)(?:  \(aim: (.+) at most\))?$", said, re.MULTILINE)
    assert ratios == [
        ("cold, one process / floor", "4.5"),
        ("cold, workers / floor", "3"),
        ("cold (as many workers as refeed thinks fit) / floor", "3"),
        ("cold, index / cold: what writing the index costs", ""),
        ("warm, nothing changed / (2 × walk + stat + 0.3 s)", "1"),
        ("warm, one file changed / (2 × walk + stat + 0.3 s)", "1.2"),
        ("peak of the cold builds / 150 MB", "1"),
    ]
    assert contents(tmp_path / "archive") == before  # it was measured on a copy


def test_the_growth_of_every_way_to_build_is_told_and_archives_can_be_kept(
    tmp_path: Path, load: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scale = load("scale")
    monkeypatch.setattr(scale, "PYTHON", "true")  # nothing is built here either
    archives = load("archives").Archives(tmp_path / "kept", None)
    bench = scale.Bench(rounds=0, starts=1, workers=2, archives=archives, work=tmp_path)
    scale.measure_growth(bench, (1, 2, 3))
    said = capsys.readouterr().out
    assert said.count("µs a file (r² ") == 8  # floor, one process, workers, warm: by two clocks
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["1", "2", "3"]


def test_a_site_is_measured_against_one_feed_of_all_articles(
    tmp_path: Path, load: Callable[[str], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    archives = load("archives").Archives(tmp_path / "kept", None)
    bench = load("scale").Bench(rounds=0, starts=1, workers=1, archives=archives, work=tmp_path)
    load("scale").measure_site(bench, (12,))
    said = capsys.readouterr().out
    assert "== site: 12 dumps, feeds of 0 outlets, pages\n" in said  # none has five articles
    assert re.findall(r"^ +\d+\.\d\d  (.+?)(?:  \(aim: (.+) at most\))?$", said, re.MULTILINE) == [
        ("CPU, site / one feed of all", "1.5"),
        ("CPU, warm, nothing changed / site, index", ""),
        ("peak, site / 300 MB", "1"),
    ]


def test_a_part_that_does_not_exist_is_refused() -> None:
    command = [sys.executable, str(BENCH / "scale.py"), "bild=20"]
    assert (
        "bild: no part; there are build, "
        in subprocess.run(command, check=False, capture_output=True, text=True).stderr
    )


def test_the_model_of_clusters_fits_what_was_measured(load: Callable[[str], Any]) -> None:
    model = load("cluster_model")
    for dumps, workers, cpu, memory in model.MEASURED:
        found = model.estimate(dumps, workers)
        told = found.client + found.scheduler + found.each_worker * workers
        assert told == pytest.approx(sum(cpu), rel=0.3)
        assert found.memory / 1e6 == pytest.approx(memory, rel=0.4)
