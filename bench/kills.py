"""Kill `refeed publish` at random moments, run it again, and compare the folder with that of a run that nobody killed.

python bench/kills.py [--kills N] [--dumps N] [--seed N]

Every other kill hits the first run into an empty folder, the rest one after dumps were added, edited and withdrawn.
A killed run must leave no document that is neither the old one nor the new one, and no second run may see a difference.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Final, NamedTuple, NoReturn

from generate import EntryTask, generate
from sizes import MEDIAN

from refeed.cli import main

CALLS: Final = frozenset({"open", "os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir"})
"""What a run does to files, as the interpreter tells it (https://docs.python.org/3/library/audit_events.html)."""
LONGEST: Final = 0.004  # seconds from such a call to the kill: a page takes about as long
NOW: Final = "2026-11-20T00:00:00Z"

Tree = Mapping[str, bytes]


class Start(NamedTuple):
    """What a run finds, and what it leaves when nobody kills it."""

    archive: Path
    site: Path | None  # the folder as the run before it left it; None: there is none
    before: Tree
    after: Tree
    calls: int  # to files below the folder


class Kill(NamedTuple):
    """When a run is killed."""

    call: int
    delay: float  # seconds after it


def publish(archive: Path, site: Path, kill: Kill | None = None) -> int:
    """Publish in a process of its own, which may be killed, and return how many calls it made below the folder."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _publish_here(archive, site, kill, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        calls = int(told.read() or 0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in ({0} if kill is None else {0, -signal.SIGALRM}):
        raise SystemExit(f"publish ended with status {status}")
    return calls


def _publish_here(archive: Path, site: Path, kill: Kill | None, writer: int) -> NoReturn:
    calls, below = 0, str(site)

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal calls
        if event not in CALLS or not str(arguments[0]).startswith(below):
            return
        calls += 1
        if kill and calls == kill.call:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)  # it ends the process at once, whatever that is doing
            signal.setitimer(signal.ITIMER_REAL, max(kill.delay, 1e-6))

    sys.addaudithook(count)
    status = main(_arguments(archive, site))
    os.write(writer, str(calls).encode())
    os._exit(status)


def _arguments(archive: Path, site: Path) -> list[str]:
    # With an index only the writing is done again and again.
    own = ("--no-config", "--index", str(site.with_name("index")), "--now", NOW, "--workers", "1", "--quiet")
    about = ("--base-url", "https://x.example/", "--min-articles", "2")
    return ["publish", str(archive), "-o", str(site), *own, *about]


def tree(site: Path) -> Tree:
    """Return all files below a folder but for those that a run was writing: their names begin with a dot."""
    found = (path for path in site.rglob("*") if path.is_file() and (path.name[0] != "." or path.suffix == ".json"))
    return MappingProxyType({path.relative_to(site).as_posix(): path.read_bytes() for path in found})


def leftovers(site: Path) -> list[str]:
    """Return what is neither a document nor the manifest, and folders that are empty."""
    known = tree(site)
    paths = (path for path in site.rglob("*") if path.relative_to(site).as_posix() not in known)
    return [str(path) for path in paths if not path.is_dir() or not any(path.iterdir())]


def starts(work: Path, dumps: int) -> tuple[Start, Start]:
    """Return the first run, and one after every third dump was edited, withdrawn, or new."""
    archive, changed, first, second = (work / name for name in ("archive", "changed", "first", "second"))
    generate(EntryTask(archive, 1, MEDIAN, "flat"), dumps, bare=True)
    shutil.copytree(archive, changed)
    for number, path in enumerate(sorted(archive.rglob("*.*"))):
        other = changed / path.relative_to(archive)
        if number % 9 == 0:
            other.unlink()
        elif number % 9 == 3:
            other.write_bytes(path.read_bytes() + b"\n<p>The tide is high tonight, said the keeper.</p>\n")
        elif number % 9 == 6:
            path.unlink()
    if status := main(_arguments(archive, work / "here")):  # what a run loads, its copies need not load again
        raise SystemExit(f"publish ended with status {status}")
    calls = publish(archive, first)
    shutil.copytree(first, second)
    calls_of_second = publish(changed, second)
    before, after = tree(first), tree(second)
    return Start(archive, None, MappingProxyType({}), before, calls), Start(
        changed, first, before, after, calls_of_second
    )


def killed(start: Start, site: Path, kill: Kill) -> list[str]:
    """Kill a run, run it again, and return what is wrong."""
    shutil.rmtree(site, ignore_errors=True)
    if start.site:
        shutil.copytree(start.site, site)
    publish(start.archive, site, kill)
    halfway = tree(site)
    wrong = [
        f"half-written: {path}"
        for path, data in halfway.items()
        if Path(path).name[0] != "." and data not in {start.before.get(path), start.after.get(path)}
    ]
    publish(start.archive, site)
    again = tree(site)
    wrong += [f"differs: {path}" for path in {*again, *start.after} if again.get(path) != start.after.get(path)]
    return [*wrong, *(f"left behind: {path}" for path in leftovers(site))]


def run(kills: int, dumps: int, seed: int, say: Callable[[str], None]) -> int:
    """Kill as many runs as asked for, and return how many were not put right by the next one."""
    rng, failed = Random(seed), 0
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        both = starts(work, dumps)
        for number in range(kills):
            start = both[number % 2]
            kill = Kill(rng.randint(1, start.calls), rng.uniform(0, LONGEST))
            wrong = killed(start, work / "site", kill)
            failed += bool(wrong)
            say(f"kill {number + 1}: call {kill.call} of {start.calls}, {kill.delay * 1e3:.1f} ms: {wrong or 'right'}")
    say(f"{kills} kills, {failed} not put right by the next run")
    return failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Kill `refeed publish` at random moments, and run it again.")
    parser.add_argument("--kills", type=int, default=50, help="how many runs are killed (default: 50)")
    parser.add_argument("--dumps", type=int, default=60, help="how many dumps the archive has (default: 60)")
    parser.add_argument("--seed", type=int, default=1, help="another number, other moments (default: 1)")
    options = parser.parse_args()
    raise SystemExit(bool(run(options.kills, options.dumps, options.seed, print)))
