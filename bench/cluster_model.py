"""Estimate what a first build of the newest 50 takes on a cluster, and what it waits for.

    python bench/cluster_model.py

Workers read dumps and fold rows. The one who builds lists folders, hands out work, passes rows on and merges what comes
back, and a scheduler passes everything on: that grows with the dumps, whatever the number of workers is. So from some
number on more of them are of no use. The rates are fitted to builds that `cluster.py` measured, on two processors that
did other work, too. The last lines show them again: dumps of 4 kB, the million of 108 bytes. Disks and networks are not
in it, and beyond a million nothing has been measured.
"""

from typing import Final, NamedTuple

ROW: Final = 69  # bytes of a record on the disk of the one who builds
NAME: Final = 40  # bytes of the name of a file there, as most archives have them

# Seconds of processor time: whatever there is to read, and for each dump.
CLIENT: Final = (1.6, 18e-6)
SCHEDULER: Final = (0.2, 10e-6)
WORKERS: Final = (1.5, 185e-6)
# Bytes of memory of the one who builds, likewise: where each article stands, and a line for each of 2 % duplicates.
MEMORY: Final = (100e6, 52.0)


class Measured(NamedTuple):
    """What a build took: seconds of processor time of client, scheduler and all workers, and memory of the client."""

    dumps: int
    workers: int
    cpu: tuple[float, float, float]
    memory: int  # MB


MEASURED: Final = (
    Measured(20_000, 2, (2.0, 0.3, 4.7), 74),
    Measured(60_000, 1, (2.5, 0.6, 10.9), 102),
    Measured(60_000, 2, (2.5, 0.5, 10.0), 103),
    Measured(60_000, 4, (3.2, 0.9, 12.1), 103),
    Measured(1_000_000, 2, (19.9, 10.5, 192.1), 152),
)


class Estimate(NamedTuple):
    """What a build takes."""

    client: float
    scheduler: float
    each_worker: float
    memory: float  # bytes
    disk: float  # bytes

    @property
    def seconds(self) -> float:
        """Return how long it takes: all work at the same time, and the slowest is waited for."""
        return max(self.client, self.scheduler, self.each_worker)

    @property
    def waits_for(self) -> str:
        """Name the slowest."""
        parts = {"workers": self.each_worker, "client": self.client, "scheduler": self.scheduler}
        return max(parts, key=parts.__getitem__)


def estimate(dumps: int, workers: int) -> Estimate:
    """Return what a build of so many dumps takes."""
    client, scheduler, together, memory = (fixed + dumps * each for fixed, each in (CLIENT, SCHEDULER, WORKERS, MEMORY))
    return Estimate(client, scheduler, together / workers, memory, dumps * (ROW + NAME))


def duration(seconds: float) -> str:
    """Show a time with a unit that fits."""
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.1f} {unit}"
    return f"{seconds:.0f} s"


def main() -> None:
    """Print the estimates, and how far they are from what was measured."""
    print("| dumps | workers | time | waits for | memory of the client | its disk |\n|---|---|---|---|---|---|")
    for power in range(6, 10):
        for workers in (1, 2, 4, 16, 64):
            found = estimate(10**power, workers)
            sizes = f"{found.memory / 1e9:.1f} GB | {found.disk / 1e9:.1f} GB"
            print(f"| 10^{power} | {workers} | {duration(found.seconds)} | {found.waits_for} | {sizes} |")
    print()
    for dumps, workers, cpu, memory in MEASURED:
        found = estimate(dumps, workers)
        told = (found.client, found.scheduler, found.each_worker * workers)
        parts = zip(("client", "scheduler", "workers"), told, cpu, strict=True)
        seconds = ", ".join(f"{name} {says:.1f} s, measured {was:.1f}" for name, says, was in parts)
        print(f"{dumps:,} dumps, workers {workers}: {seconds}; {found.memory / 1e6:.0f} MB, measured {memory}")


if __name__ == "__main__":
    main()
