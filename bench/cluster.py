"""Build an archive on a cluster of Dask: what that costs against processes of this machine, and with workers killed.

    python bench/cluster.py [FOLDER] [--count N] [--workers N] [--rounds N] [--kills N] [--limit N]

Without FOLDER it generates one of so many dumps. Scheduler and workers are programs of their own, as on other machines.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

BENCH: Final = Path(__file__).resolve().parent
PYTHON: Final = sys.executable
TICKS: Final = os.sysconf("SC_CLK_TCK")
# As `--cluster local:N` has it: Dask watches itself, which takes more than its own work does.
QUIET: Final = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
}
FIRST_TASK: Final = 3.0  # seconds in which no worker is killed: refeed connects


class Cost(NamedTuple):
    """What a build has cost."""

    wall: float
    cpu: float  # of all programs
    feed: bytes


class Cluster(NamedTuple):
    """A scheduler, and the nannies that start workers again when they end."""

    address: str
    scheduler: int
    nannies: tuple[int, ...]

    def workers(self) -> list[int]:
        """Return the ids of the workers: what the nannies have started, but for what minds semaphores."""
        found = (child for nanny in self.nannies for child in children(nanny))
        return [pid for pid in found if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()]


def children(pid: int) -> list[int]:
    """Return the ids of the processes that any thread of a process has started."""
    try:
        return [int(one) for path in Path(f"/proc/{pid}/task").glob("*/children") for one in path.read_text().split()]
    except OSError:  # it has ended
        return []


def tree(pid: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield pid
    for child in children(pid):
        yield from tree(child)


def cpu_of(pids: list[int]) -> float:
    """Return the seconds of processor time that processes, and those that they have waited for, have taken."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15]))
    return total / TICKS


def cpu_beside(running: Cluster | None) -> list[float]:
    """Return the processor time of the scheduler, and of all workers together."""
    if running is None:
        return []
    return [cpu_of([running.scheduler]), cpu_of([pid for nanny in running.nannies for pid in tree(nanny)])]


def peak(pid: int) -> int:
    """Return the largest memory of a process, in MB."""
    (line,) = (one for one in Path(f"/proc/{pid}/status").read_text().splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


@contextmanager
def cluster(workers: int, folder: Path, variables: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """Start a scheduler and workers, each with a nanny; with these variables, if any are given."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    commands = [["scheduler", "--host", "127.0.0.1", "--port", str(port)]]
    commands += [["worker", address, "--nthreads", "1", "--memory-limit", "0"]] * workers
    log = (folder / "dask.log").open("ab")
    settings = {**(variables or os.environ), **QUIET}
    started = [
        subprocess.Popen([PYTHON, "-m", "dask", *command, "--no-dashboard"], cwd=folder, stderr=log, env=settings)
        for command in commands
    ]
    try:
        yield Cluster(address, started[0].pid, tuple(process.pid for process in started[1:]))
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def build(folder: Path, out: Path, limit: int, *options: str, beside: Cluster | None = None) -> Cost:
    """Build once, and add what the programs of a cluster have cost meanwhile."""
    command = [PYTHON, "-m", "refeed", "build", str(folder), "--no-index", "--no-config", "--limit", str(limit)]
    before, began = cpu_beside(beside), time.monotonic()
    with subprocess.Popen([*command, "--quiet", "-o", str(out), *options]) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - began
    parts = [
        usage.ru_utime + usage.ru_stime,
        *(now - then for now, then in zip(cpu_beside(beside), before, strict=True)),
    ]
    if process.returncode:
        sys.exit(f"{' '.join(options)}: exit status {process.returncode}")
    if beside:
        shown = ", ".join(
            f"{name} {cpu:.1f} s" for name, cpu in zip(("client", "scheduler", "workers"), parts, strict=True)
        )
        print(f"    CPU: {shown}; the client has at most {usage.ru_maxrss // 1024} MB")
    return Cost(wall, sum(parts), out.read_bytes())


def compare(folder: Path, work: Path, limit: int, workers: int, rounds: int) -> Cost:
    """Build here and on a cluster in turns, print what each costs, and return the cheapest build here."""
    here, there = list[Cost](), list[Cost]()
    with cluster(workers, work) as running:
        build(folder, work / "first.xml", limit, "--cluster", running.address)  # so that the workers have started
        for _ in range(rounds):
            here.append(build(folder, work / "here.xml", limit, "--workers", str(workers)))
            address = ("--cluster", running.address)
            there.append(build(folder, work / "there.xml", limit, *address, beside=running))
        print(f"    the scheduler: at most {peak(running.scheduler)} MB")
    for name, costs in ((f"--workers {workers}", here), (f"{workers} workers of a cluster", there)):
        walls, cpus = (min(cost.wall for cost in costs), min(cost.cpu for cost in costs))
        print(f"{name}: {walls:.1f} s, {cpus:.1f} s of CPU")
    ratios = [
        min(c.wall for c in there) / min(c.wall for c in here),
        min(c.cpu for c in there) / min(c.cpu for c in here),
    ]
    print(f"ratio: wall {ratios[0]:.2f}, CPU {ratios[1]:.2f}")
    print("the same bytes" if {cost.feed for cost in (*here, *there)} == {here[0].feed} else "DIFFERENT bytes")
    return min(here)


def kill(folder: Path, work: Path, limit: int, workers: int, kills: int, expected: Cost) -> None:
    """Build with a worker killed at random, and print how many feeds are right."""
    moments, right = Random(1), 0
    with cluster(workers, work) as running:
        build(folder, work / "first.xml", limit, "--cluster", running.address)
        for _ in range(kills):
            moment = FIRST_TASK + moments.uniform(0, expected.wall)
            timer = threading.Timer(moment, lambda: os.kill(moments.choice(running.workers()), signal.SIGKILL))
            timer.start()
            right += build(folder, work / "killed.xml", limit, "--cluster", running.address).feed == expected.feed
            timer.join()
    print(f"a worker killed in each of {kills} builds: {right} right feeds")


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    for name, default in (("count", 60_000), ("workers", 2), ("rounds", 3), ("kills", 20), ("limit", 50)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        folder = given.folder or work / "archive"
        if not given.folder:
            subprocess.run([PYTHON, BENCH / "generate.py", folder, str(given.count)], check=True)
        here = compare(folder.resolve(), work, given.limit, given.workers, given.rounds)
        if given.kills:
            kill(folder.resolve(), work, given.limit, given.workers, given.kills, here)


if __name__ == "__main__":
    main()
