"""Build from objects of a store as from files: the same bytes in every way, and from a store that fails.

    python bench/objects.py [--count N] [--faults N] [--rate SHARE] [--moto PYTHON]

The store is the server that the tests use, in a program of its own; or moto's, if a Python is named that has it
(`moto_store.py`). A run with faults has another seed each, its archive is a small one, and its store that of the tests.
Each request fails with that chance: with 503, half a body, a connection that ends, or late.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cluster import QUIET, cluster

BENCH: Final = Path(__file__).resolve().parent
PYTHON: Final = sys.executable
BUCKET: Final = "s3://bucket/"
KEYS: Final = {
    "AWS_ALLOW_HTTP": "true",
    "AWS_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "a",
    "AWS_SECRET_ACCESS_KEY": "b",
}
FEW: Final = 100  # objects where the store fails
WAYS: Final = (("--workers", "1"), ("--workers", "2"), ("--cluster", "local:2"))


def serve(folder: Path, seed: int, rate: float) -> None:
    """Serve the files of a folder as objects, until nobody holds the other end of stdin."""
    sys.path.insert(0, str(BENCH.parent / "tests" / "support"))
    from stores import Faults, serving

    files = {f"bucket/{folder.name}/{path.relative_to(folder)}": path for path in folder.rglob("*") if path.is_file()}
    with serving({name: path.read_bytes() for name, path in files.items()}) as store:
        if rate:
            store.faults = Faults(seed, rate)
        print(store.url, flush=True)
        sys.stdin.read()


@contextmanager
def store(folder: Path, seed: int = 0, rate: float = 0.0, *, moto: str = "") -> Iterator[dict[str, str]]:
    """Start a store, and yield the variables by which refeed finds it."""
    command = [PYTHON, __file__, "--serve", str(folder), "--seed", str(seed), "--rate", str(rate)]
    if moto:
        command = [moto, str(BENCH / "moto_store.py"), str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        url = process.stdout.readline().strip() if process.stdout else ""
        try:
            yield {**os.environ, **KEYS, **QUIET, "AWS_ENDPOINT_URL": url}
        finally:
            process.communicate()


def build(path: str, out: Path, variables: dict[str, str], *options: str) -> tuple[int, str]:
    """Build once; return the exit status and what was said last."""
    command = [PYTHON, "-m", "refeed", "build", path, "--no-config", "--now", "2026-11-20"]
    command += ["--quiet", "--base-url", "https://feeds.example.org/", "-o", str(out), *options]
    done = subprocess.run(command, env=variables, stderr=subprocess.PIPE, text=True, check=False)
    return done.returncode, (done.stderr.splitlines() or [""])[-1]


def compare(folder: Path, work: Path, moto: str) -> None:
    """Build from files and from objects in every way, cold and with an index, and print whether all feeds are one."""
    with store(folder, moto=moto) as variables, cluster(2, work, variables) as running:
        feeds = list[bytes]()
        for path in (str(folder), BUCKET + folder.name):
            for way in (*WAYS, ("--cluster", running.address)):
                name = "-".join(way).strip("-").replace("/", "")
                for index in [
                    ("--index", str(work / f"{len(feeds)}-{name}.index"))
                ] * 2:  # it is new, and then it is not
                    began = time.monotonic()
                    status, said = build(path, work / "feed.xml", variables, *way, *index)
                    feed = (work / "feed.xml").read_bytes() if not status else said.encode()
                    feeds += [feed]
                    same = "the same bytes" if feed == feeds[0] else f"DIFFERENT: {said}"
                    print(f"{path}, {' '.join(way)}, {index[0]}: {time.monotonic() - began:.0f} s, {same}", flush=True)
        print(f"{len(feeds)} builds, {len(set(feeds))} feed of {len(feeds[0]):,} bytes")


def fail(folder: Path, work: Path, runs: int, rate: float) -> None:
    """Build from a store that fails at random, and print how many feeds are right, and how many builds say why not."""
    with store(folder) as variables:
        build(BUCKET + folder.name, work / "feed.xml", variables, "--limit", "0", "--no-index", "--workers", "1")
    right, outcomes = (work / "feed.xml").read_bytes(), Counter[str]()
    for seed in range(runs):
        out = work / "feed.xml"  # a feed names itself
        out.write_bytes(b"old")
        with store(folder, seed, rate) as variables:
            status, said = build(
                BUCKET + folder.name, out, variables, "--limit", "0", "--no-index", *WAYS[0 if seed % 5 else 2]
            )
        feed = out.read_bytes()
        clear = status == 1 and feed == b"old" and said.startswith("refeed: s3://") and "nothing was written" in said
        outcomes["right" if status == 0 and feed == right else "a clear error" if clear else f"WRONG: {said}"] += 1
    for outcome, number in outcomes.most_common():
        print(f"{runs} builds, {rate:.0%} of requests fail: {outcome}: {number}", flush=True)


def generated(work: Path, count: int) -> Path:
    """Return a new archive of so many dumps."""
    folder = work / f"archive-{count}"
    subprocess.run([PYTHON, BENCH / "generate.py", folder, str(count)], check=True)
    return folder


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--faults", type=int, default=50)
    parser.add_argument("--rate", type=float, default=0.05)
    parser.add_argument("--moto", default="", help="a Python that has moto[server]")
    parser.add_argument("--seed", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve, given.seed, given.rate)
        return
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        if given.count:
            compare(generated(work, given.count), work, given.moto)
        if given.faults:
            fail(generated(work, FEW), work, given.faults, given.rate)


if __name__ == "__main__":
    main()
