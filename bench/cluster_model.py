"""Estimate what a first build of the newest 50 takes on a cluster, and what it waits for.

    python bench/cluster_model.py

Workers read dumps. The one who builds lists folders, hands out work, adds up rows and chooses among them, and a
scheduler passes everything on: that grows with the dumps, whatever the number of workers is. So from some number on
more of them are of no use. The rates are fitted to two builds on two workers (`cluster.py`), which the last lines show
again: no larger archive and no other number of workers has been measured. Disks and networks are not in it.
"""

from typing import Final, NamedTuple

ROW: Final = 69  # bytes of a record on the disk of the one who builds
NAME: Final = 40  # bytes of the name of a file there, as most archives have them

# Seconds of processor time: whatever there is to read, and for each dump.
CLIENT: Final = (1.6, 35e-6)
SCHEDULER: Final = (0.45, 29e-6)
WORKERS: Final = (2.5, 225e-6)

# Dumps, and the seconds of processor time that client, scheduler and two workers took.
MEASURED: Final = ((5_000, (1.8, 0.6, 3.6)), (60_000, (3.7, 2.2, 16.0)))


class Estimate(NamedTuple):
    """What a build takes."""

    client: float
    scheduler: float
    each_worker: float
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
    client, scheduler, together = (fixed + dumps * each for fixed, each in (CLIENT, SCHEDULER, WORKERS))
    return Estimate(client, scheduler, together / workers, dumps * (ROW + NAME))


def duration(seconds: float) -> str:
    """Show a time with a unit that fits."""
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.1f} {unit}"
    return f"{seconds:.0f} s"


def main() -> None:
    """Print the estimates, and how far they are from what was measured."""
    print("| dumps | workers | time | waits for | disk of the client |\n|---|---|---|---|---|")
    for power in range(6, 10):
        for workers in (1, 2, 4, 16, 64):
            found = estimate(10**power, workers)
            disk = f"{found.disk / 2**30:.1f} GB"
            print(f"| 10^{power} | {workers} | {duration(found.seconds)} | {found.waits_for} | {disk} |")
    print()
    for dumps, measured in MEASURED:
        found = estimate(dumps, 2)
        told = (found.client, found.scheduler, found.each_worker * 2)
        parts = zip(("client", "scheduler", "workers"), told, measured, strict=True)
        print(f"{dumps:,} dumps:", ", ".join(f"{name} {says:.1f} s, measured {was:.1f}" for name, says, was in parts))


if __name__ == "__main__":
    main()
