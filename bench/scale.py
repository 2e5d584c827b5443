"""Measure `refeed build` in parts: each asks one question, and its count is the number of dumps in the archive.

python bench/scale.py [PART[=COUNT[,COUNT...]] ...]
    [--rounds N] [--starts N] [--workers N] [--keep FOLDER] [--folder FOLDER]
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from filecmp import cmp
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import table
from archives import Archives, Edits
from measure import INTERVAL, Program, measure, run

BENCH: Final = Path(__file__).resolve().parent
PYTHON: Final = sys.executable
LONG: Final = ("--median", "22000")
TINY: Final = ("--median", "200")

FLOOR: Final = "floor"
STAT: Final = "walk + stat"
COLD: Final = "cold"  # with as many workers as refeed thinks fit
ONE: Final = "cold, one process"
SEVERAL: Final = "cold, workers"
INDEXED: Final = "cold, index"
WARM: Final = "warm, nothing changed"
SITE: Final = "site"
SITE_INDEXED: Final = "site, index"
EDITED: Final = "warm, one file changed"


class Bench(NamedTuple):
    """How to measure, and where."""

    rounds: int
    starts: int  # rounds of what takes the blink of an eye
    workers: int
    archives: Archives
    work: Path  # feeds and indexes

    def feed(self, name: str) -> Path:
        """Return the file for a feed."""
        return self.work / f"{name}.xml"

    def refeed(self, folder: Path, name: str, *options: str, limit: int = 50) -> list[str]:
        """Return the command that builds a feed of this name."""
        out = ["--limit", str(limit), "-o", str(self.feed(name))]
        return [PYTHON, "-m", "refeed", "build", str(folder), *out, *options]

    def cold(self, folder: Path, name: str = COLD, workers: int | None = None, *, limit: int = 50) -> Program:
        """Return the build without an index."""
        given = [f"--workers={workers}"] if workers else []
        return Program(self.refeed(folder, name, "--no-index", *given, limit=limit))

    def indexed(self, folder: Path, name: str = INDEXED) -> Program:
        """Return the build that begins an index."""
        index = self.work / f"{name}.index"

        def forget() -> None:
            for file in self.work.glob(f"{index.name}*"):  # and what SQLite keeps beside it
                file.unlink()

        return Program(self.refeed(folder, name, f"--index={index}"), forget)

    def warm(self, folder: Path, name: str = WARM, change: Callable[[], None] = lambda: None) -> Program:
        """Return the build with the index of a build just before it, and perhaps a change between the two."""
        command = self.refeed(folder, name, f"--index={self.work / f'{name}.index'}")

        def before() -> None:
            run(command)
            change()

        return Program(command, before)

    def site(self, folder: Path, name: str, *options: str) -> Program:
        """Return the run that writes a site into a new folder, with a new index if any."""

        def forget() -> None:
            shutil.rmtree(self.work / name, ignore_errors=True)
            for file in self.work.glob("site.index*"):
                file.unlink()

        return Program(self._publish(folder, name, *options), forget)

    def site_again(self, folder: Path) -> Program:
        """Return the run that finds nothing new since a run just before it."""
        command = self._publish(folder, WARM, f"--index={self.work / 'site again.index'}")
        return Program(command, lambda: run(command))

    def _publish(self, folder: Path, name: str, *options: str) -> list[str]:
        base = "--base-url=https://example.org/"
        return [PYTHON, "-m", "refeed", "publish", str(folder), "-o", str(self.work / name), base, *options]


def floor(folder: Path, *options: str) -> Program:
    """Return the bare loop over the files."""
    return Program([PYTHON, str(BENCH / "floor.py"), *options, str(folder)])


def measure_builds(bench: Bench, counts: Sequence[int]) -> None:
    """Compare cold, warm and edited archives with the least that looking at the files costs."""
    folder = bench.archives.get(counts[0])
    edits = Edits(folder)
    try:
        figures = measure(
            {
                FLOOR: floor(folder),
                STAT: floor(folder, "--stat"),
                ONE: bench.cold(folder, ONE, 1),
                SEVERAL: bench.cold(folder, SEVERAL, bench.workers),
                COLD: bench.cold(folder),
                INDEXED: bench.indexed(folder),
                WARM: bench.warm(folder),
                EDITED: bench.warm(folder, EDITED, edits.edit),
            },
            bench.rounds,
        )
    finally:
        edits.undo()
    wall = {name: of_one.wall for name, of_one in figures.items()}
    least = 2 * wall[STAT] + 0.3
    table.heading(f"build: {bench.archives.name(counts[0])}")
    table.ratio(wall[ONE] / wall[FLOOR], f"{ONE} / {FLOOR}", 4.5)
    table.ratio(wall[SEVERAL] / wall[FLOOR], f"{SEVERAL} / {FLOOR}", 3)
    table.ratio(wall[COLD] / wall[FLOOR], f"{COLD} (as many workers as refeed thinks fit) / {FLOOR}", 3)
    table.ratio(wall[INDEXED] / wall[COLD], f"{INDEXED} / {COLD}: what writing the index costs")
    table.ratio(wall[WARM] / least, f"{WARM} / (2 × {STAT} + 0.3 s)", 1)
    table.ratio(wall[EDITED] / least, f"{EDITED} / (2 × {STAT} + 0.3 s)", 1.2)
    table.ratio(
        max(figures[name].peak for name in (ONE, SEVERAL, COLD, INDEXED)) / 150, "peak of the cold builds / 150 MB", 1
    )
    table.programs(figures, FLOOR)
    _must_be_the_same(bench.feed(name) for name in (ONE, SEVERAL, COLD, INDEXED, WARM))


def _must_be_the_same(feeds: Iterable[Path]) -> None:
    """End the measurement when two ways to build gave two feeds: the figures would mean nothing."""
    first, *others = feeds
    for other in others:
        if not cmp(first, other, shallow=False):
            raise SystemExit(f"{first.stem} and {other.stem}: not the same feed")


def measure_start(bench: Bench, counts: Sequence[int]) -> None:
    """Measure what a build costs where there is next to nothing to build."""
    folder = bench.archives.generated(counts[0], "--bare")
    figures = measure(
        {
            "python": Program([PYTHON, "-c", "pass"]),
            "import click": Program([PYTHON, "-c", "import click"]),
            "refeed --help": Program([PYTHON, "-m", "refeed", "--help"]),
            INDEXED: bench.indexed(folder),
            WARM: bench.warm(folder),
        },
        bench.starts,
    )
    table.heading(f"start: {counts[0]} dumps, nothing else in the folder")
    table.ratio(figures[WARM].cpu, f"CPU seconds, {WARM}", 0.2)
    table.ratio(figures[INDEXED].cpu, f"CPU seconds, {INDEXED}", 0.3)
    table.programs(figures, "python")


def measure_plain(bench: Bench, counts: Sequence[int], *options: str) -> None:
    """Compare with a plain script on long articles."""
    folder = bench.archives.get(counts[0], *LONG)
    script = [PYTHON, str(BENCH / "plain_script.py"), *options, str(folder), str(bench.feed("plain"))]
    figures = measure(
        {
            "plain script": Program(script),
            ONE: bench.cold(folder, ONE, 1),
            SEVERAL: bench.cold(folder, SEVERAL, bench.workers),
            COLD: bench.cold(folder),
            FLOOR: floor(folder),
        },
        bench.rounds,
    )
    table.heading(f"plain script{' that reads every body' if options else ''}: {bench.archives.name(counts[0], *LONG)}")
    for name in (COLD, SEVERAL, ONE):
        table.ratio(figures[name].wall / figures["plain script"].wall, f"{name} / plain script", 0.5)
    table.programs(figures, "plain script")


def measure_every(bench: Bench, counts: Sequence[int]) -> None:
    """Compare with a plain script that reads every body."""
    measure_plain(bench, counts, "--every-body")


def measure_whole(bench: Bench, counts: Sequence[int]) -> None:
    """Measure how fast all entries of an archive go out."""
    folder = bench.archives.get(counts[0])
    figures = measure(
        {FLOOR: floor(folder), "whole": bench.cold(folder, "whole", bench.workers, limit=0)}, bench.rounds
    )
    with bench.feed("whole").open("rb") as feed:
        entries = sum(line.count(b"<entry") for line in feed)
    whole = figures["whole"]
    table.heading(f"whole: {bench.archives.name(counts[0])}, {entries} entries in one feed, {bench.workers} workers")
    table.ratio(whole.peak / 250, "peak / 250 MB", 1)
    table.ratio(entries / whole.wall / bench.workers, "entries a second and worker")
    table.ratio(entries / whole.cpu, "entries a second of CPU")
    table.programs(figures, FLOOR)


def measure_site(bench: Bench, counts: Sequence[int]) -> None:
    """Compare a site of many feeds, with a page for every article, with one feed of all articles."""
    folder = bench.archives.get(counts[0])
    whole = "one feed of all"
    figures = measure(
        {
            whole: bench.cold(folder, "whole", limit=0),
            SITE: bench.site(folder, SITE, "--no-index"),
            SITE_INDEXED: bench.site(folder, SITE_INDEXED, f"--index={bench.work / 'site.index'}"),
            WARM: bench.site_again(folder),
        },
        bench.rounds,
    )
    outlets = len([*bench.work.glob(f"{SITE}/outlet/*/")])
    table.heading(f"site: {bench.archives.name(counts[0])}, feeds of {outlets} outlets, pages")
    table.ratio(figures[SITE].cpu / figures[whole].cpu, f"CPU, {SITE} / {whole}", 1.5)
    table.ratio(figures[WARM].cpu / figures[SITE_INDEXED].cpu, f"CPU, {WARM} / {SITE_INDEXED}")
    table.ratio(figures[SITE].peak / 300, f"peak, {SITE} / 300 MB", 1)
    table.programs(figures, whole)


def measure_growth(bench: Bench, counts: Sequence[int]) -> None:
    """Measure whether time and memory grow with the number of files, and how."""
    if len(counts) < 3:
        raise SystemExit("growth: a straight line means nothing below three points; give three sizes or more")
    programs: dict[tuple[str, int], Program] = {}
    for count in counts:
        folder = bench.archives.generated(count)
        programs |= {
            (FLOOR, count): floor(folder),
            (ONE, count): bench.cold(folder, f"{ONE} {count}", 1),
            (SEVERAL, count): bench.cold(folder, f"{SEVERAL} {count}", bench.workers),
            (WARM, count): bench.warm(folder, f"{WARM} {count}"),
        }
    figures = measure(programs, bench.rounds)
    table.heading(f"growth: {', '.join(map(str, counts))} dumps, and the straight line through them")
    for name in (FLOOR, ONE, SEVERAL, WARM):
        table.line(name, counts, [figures[name, count] for count in counts])


def measure_many(bench: Bench, counts: Sequence[int]) -> None:
    """Measure the memory that very many small files take: one run of each program, under watch."""
    folder = bench.archives.generated(counts[0], *TINY)
    programs = {
        FLOOR: floor(folder),
        STAT: floor(folder, "--stat"),
        SEVERAL: bench.cold(folder, SEVERAL, bench.workers),
        INDEXED: bench.indexed(folder),
        WARM: bench.warm(folder),
    }
    figures = measure(programs, 0)
    table.heading(f"many: {counts[0]} tiny dumps, each program once, the page cache as it was")
    for name in (SEVERAL, INDEXED, WARM):
        table.ratio(figures[name].peak / 300, f"peak, {name} / 300 MB", 1)
    table.programs(figures, FLOOR)


class Part(NamedTuple):
    """One question."""

    ask: Callable[[Bench, Sequence[int]], None]
    counts: tuple[int, ...]
    usual: bool  # asked when no part is named


PARTS: Final[Mapping[str, Part]] = MappingProxyType(
    {
        "build": Part(measure_builds, (60_000,), usual=True),
        "start": Part(measure_start, (2,), usual=True),
        "plain": Part(measure_plain, (5_000,), usual=True),
        "whole": Part(measure_whole, (20_000,), usual=True),
        "site": Part(measure_site, (20_000,), usual=True),
        "growth": Part(measure_growth, (10_000, 30_000, 100_000, 300_000), usual=True),
        "every": Part(measure_every, (500,), usual=False),
        "many": Part(measure_many, (1_000_000,), usual=False),
    }
)


def _part(text: str) -> tuple[str, tuple[int, ...]]:
    name, _, counts = text.partition("=")
    if name not in PARTS:
        raise argparse.ArgumentTypeError(f"{name}: no part; there are {', '.join(PARTS)}")
    return name, tuple(int(count) for count in counts.split(",")) if counts else PARTS[name].counts


def main() -> None:
    """Read the command line, measure part after part."""
    parser = argparse.ArgumentParser(description="Measure refeed build.")
    parser.add_argument("parts", metavar="PART[=COUNT,...]", nargs="*", type=_part, help="; ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=5, help="counted runs of each program (default: 5)")
    parser.add_argument("--starts", type=int, default=15, help="counted runs in the part start (default: 15)")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes (default: one for each core)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep archives there, and use those that are there")
    parser.add_argument(
        "--folder", type=Path, help="build, plain, every, whole, site: measure on a copy of this archive"
    )
    options = parser.parse_args()
    usual = [(name, part.counts) for name, part in PARTS.items() if part.usual]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, page cache warm")
    times = f"medians of {options.rounds}" if options.rounds else "of one run under watch"
    print(f"times: {times} (start: of {options.starts}); memory: sum of PSS, looked at every {INTERVAL} s")
    for name, counts in options.parts or usual:
        # Archives that are not kept go after their part: all of them together would fill a small disk.
        with tempfile.TemporaryDirectory(prefix="refeed-bench-") as work:
            keep = Path(work) if options.folder or not options.keep else options.keep.absolute()
            archives = Archives(keep, options.folder)
            bench = Bench(options.rounds, options.starts, options.workers, archives, Path(work))
            PARTS[name].ask(bench, counts)


if __name__ == "__main__":
    main()
