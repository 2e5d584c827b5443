"""Measure `refeed build` against a plain script on one synthetic archive, and `refeed --help` against an import.

python bench/compare.py [--count N] [--rounds N] [--starts N] [--seed N] [--folder FOLDER]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

BENCH: Final = Path(__file__).resolve().parent
PYTHON: Final = sys.executable
KILO: Final = 1 if sys.platform == "darwin" else 1_024  # ru_maxrss counts bytes on macOS, kilobytes elsewhere


class Run(NamedTuple):
    """What one run of a program cost."""

    wall: float  # seconds
    cpu: float  # seconds, user and system, of the program and the children it waited for
    peak: float  # megabytes, of the largest single process


def run(command: Sequence[str], cache: str) -> Run:
    """Run a program to its end, without an index from earlier runs; a program that fails ends the measurement."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        # Only to be waited for with wait4, which alone tells what this one child used.
        child = subprocess.Popen(
            [*command],
            cwd=BENCH.parent,
            env={**os.environ, "XDG_CACHE_HOME": cache},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace")
            raise SystemExit(f"{' '.join(command)}\nended with status {child.returncode} and said:\n{said}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * KILO / 1e6)


def alternate(commands: Sequence[Sequence[str]], rounds: int) -> tuple[tuple[Run, ...], ...]:
    """Run the programs in turns after one round that is not counted, so that a slow minute hits all of them."""
    counted = []
    for number in range(rounds + 1):
        turn = []
        for command in commands:
            with tempfile.TemporaryDirectory() as cache:
                turn.append(run(command, cache))
        if number:
            counted.append(turn)
    return tuple(zip(*counted, strict=True))


def report(names: tuple[str, str], runs: Sequence[Sequence[Run]]) -> None:
    """Print the ratio of the medians first, then a small table."""
    first, second = (median(one.wall for one in of_one) for of_one in runs)
    print(f"{names[0]} / {names[1]}: {first / second:.2f}  (medians of {len(runs[0])} runs)")
    print(f"  {'':<16} {'median s':>9} {'min s':>9} {'max s':>9} {'CPU s':>9} {'peak MB':>9}")
    for name, of_one in zip(names, runs, strict=True):
        walls = [one.wall for one in of_one]
        cpu, peak = median(one.cpu for one in of_one), max(one.peak for one in of_one)
        print(f"  {name:<16} {median(walls):>9.3f} {min(walls):>9.3f} {max(walls):>9.3f} {cpu:>9.3f} {peak:>9.1f}")
    print(flush=True)


def compare_builds(folder: str, work: str, rounds: int) -> None:
    """Measure both ways from the same folder to a feed."""
    refeed = [PYTHON, "-m", "refeed", "build", folder, "-o", f"{work}/refeed.xml"]
    script = [PYTHON, str(BENCH / "plain_script.py"), folder, f"{work}/plain.xml"]
    report(("refeed build", "plain script"), alternate((refeed, script), rounds))


def compare_starts(starts: int) -> None:
    """Measure what it costs to start refeed without work to do."""
    commands = ([PYTHON, "-m", "refeed", "--help"], [PYTHON, "-c", "import click"])
    report(("refeed --help", "import click"), alternate(commands, starts))


def main() -> None:
    """Read the command line, make the archive unless there is one, and measure."""
    parser = argparse.ArgumentParser(description="Measure refeed against a plain script.")
    parser.add_argument("--count", type=int, default=5_000, help="dumps in the archive (default: 5000)")
    parser.add_argument("--rounds", type=int, default=3, help="counted runs of each build (default: 3)")
    parser.add_argument("--starts", type=int, default=15, help="counted runs of --help (default: 15)")
    parser.add_argument("--seed", type=int, default=1, help="of the archive (default: 1)")
    parser.add_argument("--folder", type=Path, help="measure on this archive instead of a generated one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = str((options.folder or Path(work) / "archive").absolute())
        if options.folder is None:
            # In a process of its own: a child's peak memory is never counted below what its parent held at the fork.
            generator = str(BENCH / "generate.py")
            run([PYTHON, generator, folder, str(options.count), "--seed", str(options.seed)], work)
        compare_builds(folder, work, options.rounds)
    compare_starts(options.starts)


if __name__ == "__main__":
    main()
