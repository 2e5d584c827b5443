"""Break refeed on purpose, one mistake at a time, and see whether the tests that should notice do.

`mutants.toml` lists the mistakes. Each is made in a copy of the project, and only its tests run there: a mutant that
they do not fail on has survived. Exits with 1 when more survive than the allowed number, or when the text that a mutant
replaces does not stand in its file exactly once.
"""

import argparse
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parent.parent
COPIED: Final = ("refeed", "tests", "fixtures", "docs", "README.md", "SECURITY.md", "pyproject.toml", "refeed.toml")
SECONDS: Final = 180  # a mutant whose tests take longer is noticed: they hang
ALLOWED: Final = 3  # survivors

_times = count(1_000_000_000)  # of files: compiled modules are told from newer sources by whole seconds


class Mutant(NamedTuple):
    """One mistake: a text in a file, what replaces it, and the tests that should fail then."""

    name: str
    file: str
    find: str
    replace: str
    tests: str

    def source(self, folder: Path) -> str:
        """Return the file with the mistake in it."""
        return (folder / self.file).read_text().replace(self.find, self.replace)

    def fault(self) -> str | None:
        """Say why the mistake cannot be made."""
        path = ROOT / self.file
        found = path.read_text().count(self.find) if path.exists() else 0
        return None if found == 1 else f"{self.name}: {self.find!r} stands {found} times in {self.file}"


def load_mutants() -> tuple[Mutant, ...]:
    """Read the table."""
    table = tomllib.loads((ROOT / "bench" / "mutants.toml").read_text())
    return tuple(Mutant(**row) for row in table["mutant"])


def copy_project(folder: Path) -> Path:
    """Copy what the tests need."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder)
    return folder


def passes(folder: Path, tests: Sequence[str]) -> bool:
    """Run tests in a copy, and return whether all of them passed."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return False
    if done.returncode not in {0, 1, 2}:  # 2: a module could not be loaded
        raise SystemExit(f"{shlex.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.returncode == 0


def survives(mutant: Mutant, folder: Path) -> bool:
    """Make the mistake in a copy, run its tests, and undo it."""
    path = folder / mutant.file
    original, mutated = path.read_text(), mutant.source(folder)
    try:
        _write(path, mutated)
        return passes(folder, shlex.split(mutant.tests))
    finally:
        _write(path, original)


def _write(path: Path, text: str) -> None:
    path.write_text(text)
    moment = next(_times)
    os.utime(path, (moment, moment))


def run(mutants: Sequence[Mutant], jobs: int) -> list[Mutant]:
    """Try each mutant in one of several copies; return the survivors."""
    with tempfile.TemporaryDirectory(prefix="mutants.") as name:
        folders: SimpleQueue[Path] = SimpleQueue()
        for number in range(jobs):
            folder = Path(name) / str(number)
            folder.mkdir()
            folders.put(copy_project(folder))

        def attempt(mutant: Mutant) -> bool:
            folder = folders.get()
            try:
                survived = survives(mutant, folder)
            finally:
                folders.put(folder)
            print(f"{'SURVIVED' if survived else 'killed  '}  {mutant.name}", flush=True)
            return survived

        with ThreadPoolExecutor(jobs) as pool:
            return [mutant for mutant, survived in zip(mutants, pool.map(attempt, mutants), strict=True) if survived]


def main() -> int:
    """Run the mutants that the command line names, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", help="only mutants whose names contain one of these")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--sample", type=int, help="only so many, drawn at random")
    parser.add_argument("--seed", type=int, default=0, help="of --sample")
    arguments = parser.parse_args()
    mutants = [
        mutant
        for mutant in load_mutants()
        if not arguments.names or any(name in mutant.name for name in arguments.names)
    ]
    if arguments.sample:
        mutants = random.Random(arguments.seed).sample(mutants, min(arguments.sample, len(mutants)))
    if faults := [fault for mutant in mutants if (fault := mutant.fault())]:
        raise SystemExit("\n".join(faults))
    survivors = run(mutants, arguments.jobs)
    print(
        f"{len(mutants) - len(survivors)} of {len(mutants)} killed", *(f"  {one.name}" for one in survivors), sep="\n"
    )
    return int(len(survivors) > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
