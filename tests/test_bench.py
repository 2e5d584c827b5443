"""The benchmarks run, and the archive that they measure on is the same every time."""

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest

BENCH = Path(__file__).parent.parent / "bench"


def run(script: str, *arguments: str, hash_seed: str = "0") -> str:
    command = [sys.executable, str(BENCH / script), *arguments]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8", env=environment).stdout


def archive(folder: Path, count: int, *, seed: str = "1", hash_seed: str = "0") -> dict[str, bytes]:
    run("generate.py", str(folder), str(count), "--seed", seed, hash_seed=hash_seed)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_same_seed_gives_the_same_archive(tmp_path: Path) -> None:
    first = archive(tmp_path / "first", 60, hash_seed="1")
    assert first == archive(tmp_path / "second", 60, hash_seed="2")
    assert first != archive(tmp_path / "third", 60, seed="2")


def test_every_dump_gets_a_file_and_keeps_it_in_a_larger_archive(tmp_path: Path) -> None:
    small, large = archive(tmp_path / "small", 60), archive(tmp_path / "large", 300)
    dumps = {name: data for name, data in small.items() if "/20" in name}  # a folder by day
    assert len(dumps) == 60
    assert dumps.items() <= large.items()
    assert len([name for name in large if "/20" in name]) == 300


@pytest.mark.parametrize("median", ["3000", "22000"])
def test_the_markup_is_as_dense_as_in_real_archives(tmp_path: Path, median: str) -> None:
    said = run("generate.py", str(tmp_path), "300", "--median", median, "--describe")
    dumps = [path.read_bytes() for path in tmp_path.rglob("*.md") if "/20" in path.as_posix()]
    density = round(sum(map(len, dumps)) / sum(data.count(b"<") for data in dumps))
    assert said.startswith("300 dumps, ")
    assert f"{density} bytes per tag" in said
    assert 70 <= density <= 80


def test_larger_articles_can_be_asked_for(tmp_path: Path) -> None:
    medians = [
        float(re.findall(r"median ([\d.]+)", run("generate.py", str(tmp_path / size), "300", *chosen, "--describe"))[0])
        for size, chosen in (("usual", ()), ("large", ("--median", "22000")))
    ]
    assert 3 <= medians[0] <= 4
    assert 18 <= medians[1] <= 26


def test_every_body_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    bodies = importlib.import_module("bodies")
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
    assert run("floor.py", str(tmp_path)) == "2 files, 4106 bytes read\n"


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine", encoding="utf-8")
    command = [sys.executable, str(BENCH / "generate.py"), str(tmp_path), "5"]
    assert "is not empty" in subprocess.run(command, check=False, capture_output=True, encoding="utf-8").stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.md"]


def test_the_plain_script_makes_a_feed_of_the_newest_fifty(tmp_path: Path) -> None:
    archive(tmp_path / "archive", 120)
    said = run("plain_script.py", str(tmp_path / "archive"), str(tmp_path / "plain.xml"))
    feed = feedparser.parse((tmp_path / "plain.xml").read_bytes())
    assert not feed.bozo
    assert len(feed.entries) == 50
    assert "50 entries written" in said


def test_the_comparison_names_every_ratio(tmp_path: Path) -> None:
    archive(tmp_path / "archive", 30)
    said = run("compare.py", "--folder", str(tmp_path / "archive"), "--rounds", "1", "--starts", "1")
    lines = said.splitlines()
    assert lines[0].startswith("refeed build / plain script: ")
    assert lines[1].startswith("refeed build / floor: ")
    assert "refeed --help / import click: " in said
