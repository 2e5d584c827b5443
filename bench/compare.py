"""Measure `refeed build` against a plain script and a bare loop on one archive, and `refeed --help` against an import.

python bench/compare.py [--count N] [--median BYTES] [--rounds N] [--starts N] [--seed N] [--folder FOLDER]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
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


def alternate(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[Run]]:
    """Run the programs in turns after one round that is not counted, so that a slow minute hits all of them."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            with tempfile.TemporaryDirectory() as cache:
                measured = run(command, cache)
            if number:
                runs[name].append(measured)
    return runs


def report(runs: Mapping[str, Sequence[Run]]) -> None:
    """Print the ratios of the medians, the first program to each of the others, then a small table."""
    medians = {name: median(one.wall for one in of_one) for name, of_one in runs.items()}
    first, *others = medians
    for other in others:
        print(f"{first} / {other}: {medians[first] / medians[other]:.2f}  (medians of {len(runs[other])} runs)")
    print(f"  {'':<16} {'median s':>9} {'min s':>9} {'max s':>9} {'CPU s':>9} {'peak MB':>9}")
    for name, of_one in runs.items():
        walls = [one.wall for one in of_one]
        cpu, peak = median(one.cpu for one in of_one), max(one.peak for one in of_one)
        print(f"  {name:<16} {medians[name]:>9.3f} {min(walls):>9.3f} {max(walls):>9.3f} {cpu:>9.3f} {peak:>9.1f}")
    print(flush=True)


def compare_builds(folder: str, work: str, rounds: int) -> None:
    """Measure both ways from the same folder to a feed, and the least that any way has to do."""
    commands = {
        "refeed build": [PYTHON, "-m", "refeed", "build", folder, "-o", f"{work}/refeed.xml"],
        "plain script": [PYTHON, str(BENCH / "plain_script.py"), folder, f"{work}/plain.xml"],
        "floor": [PYTHON, str(BENCH / "floor.py"), folder],
    }
    report(alternate(commands, rounds))


def compare_starts(starts: int) -> None:
    """Measure what it costs to start refeed without work to do."""
    commands = {
        "refeed --help": [PYTHON, "-m", "refeed", "--help"],
        "import click": [PYTHON, "-c", "import click"],
    }
    report(alternate(commands, starts))


def make_archive(folder: str, count: int, median_size: int, seed: int) -> str:
    """Generate the archive and return what the generator says of it."""
    # In a process of its own: a child's peak memory is never counted below what its parent held at the fork.
    sizes = ["--median", str(median_size), "--seed", str(seed), "--describe"]
    command = [PYTHON, str(BENCH / "generate.py"), folder, str(count), *sizes]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def main() -> None:
    """Read the command line, make the archive unless there is one, and measure."""
    parser = argparse.ArgumentParser(description="Measure refeed against a plain script.")
    parser.add_argument("--count", type=int, default=5_000, help="dumps in the archive (default: 5000)")
    parser.add_argument("--median", type=int, default=22_000, help="bytes of a body (default: 22000)")
    parser.add_argument("--rounds", type=int, default=3, help="counted runs of each build (default: 3)")
    parser.add_argument("--starts", type=int, default=15, help="counted runs of --help (default: 15)")
    parser.add_argument("--seed", type=int, default=1, help="of the archive (default: 1)")
    parser.add_argument("--folder", type=Path, help="measure on this archive instead of a generated one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = str((options.folder or Path(work) / "archive").absolute())
        made = "" if options.folder else make_archive(folder, options.count, options.median, options.seed)
        compare_builds(folder, work, options.rounds)
    compare_starts(options.starts)
    print(made, end="")


if __name__ == "__main__":
    main()
