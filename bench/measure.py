"""Run programs in turns, and tell what each of them took: time, CPU, and the memory of all its processes."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Final, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)

INTERVAL: Final = 0.02  # seconds between two looks at the memory
SESSION: Final = 3  # the field of /proc/PID/stat, counted from the end of the program's name


class Program(NamedTuple):
    """What is run, and what must be done before each of its runs, on nobody's clock."""

    command: Sequence[str]
    prepare: Callable[[], object] = lambda: None


class Run(NamedTuple):
    """What one run of a program took."""

    wall: float  # seconds
    cpu: float  # seconds, user and system, of the program and of the children that it waited for
    peak: float  # megabytes, the largest sum of PSS of its processes; 0 where nobody looked


class Figures(NamedTuple):
    """What the counted runs of a program took, and its peak in the run before them."""

    wall: float
    fastest: float
    slowest: float
    cpu: float
    peak: float


def run(command: Sequence[str], *, watched: bool = False) -> Run:
    """Run a program to its end; one that fails ends the measurement."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        # In a session of its own, by which its processes are known. Waited for with wait4, which tells what it used.
        child = subprocess.Popen([*command], stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
        watcher = _Watcher(child.pid) if watched else None
        try:
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace")
            raise SystemExit(f"{' '.join(command)}\nended with status {child.returncode} and said:\n{said}")
    return Run(wall, usage.ru_utime + usage.ru_stime, watcher.stop() if watcher else 0.0)


class _Watcher:
    """Looks at the memory of a session again and again until it is told to stop."""

    def __init__(self, session: int) -> None:
        self._session, self._peak, self._end = session, 0.0, Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        looking = True
        while looking:
            self._peak = max(self._peak, memory(self._session))
            looking = not self._end.wait(INTERVAL)

    def stop(self) -> float:
        self._end.set()
        self._thread.join()
        return self._peak


def memory(session: int) -> float:
    """Return the megabytes that the processes of a session hold: pages that several share are counted once."""
    kilobytes = 0
    for process in Path("/proc").iterdir():
        if not process.name.isdecimal():
            continue
        try:
            status = (process / "stat").read_text(encoding="utf-8", errors="replace")
            if int(status.rpartition(")")[2].split()[SESSION]) == session:
                lines = (process / "smaps_rollup").read_text(encoding="ascii").splitlines()
                kilobytes += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except (OSError, StopIteration):  # it has ended since
            continue
    return kilobytes * 1_024 / 1e6


def measure(programs: Mapping[K, Program], rounds: int) -> dict[K, Figures]:
    """Run the programs in turns, so that a slow minute hits all of them, and return the medians.

    A round before the counted ones fills the page cache and is the one in which the memory is watched, since watching
    takes time. Without counted rounds, that one has to do.
    """
    first = _round(programs, watched=True)
    counted = [_round(programs) for _ in range(rounds)] or [first]
    figures = {}
    for name in programs:
        walls = [runs[name].wall for runs in counted]
        cpu = median(runs[name].cpu for runs in counted)
        figures[name] = Figures(median(walls), min(walls), max(walls), cpu, first[name].peak)
    return figures


def _round(programs: Mapping[K, Program], *, watched: bool = False) -> dict[K, Run]:
    runs = {}
    for name, program in programs.items():
        program.prepare()
        runs[name] = run(program.command, watched=watched)
    return runs
