"""Compare what two commits of refeed cost: the same builds of the same archive, in turns, on the same machine."""

import argparse
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Final

from measure import run

ROOT: Final = Path(__file__).resolve().parent.parent
FILES: Final = 2_000
ROUNDS: Final = 7


def main() -> None:
    """Print the CPU time of the newer, start included, divided by that of the older: the least and the median."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", help="a commit, or a folder that holds one")
    parser.add_argument("new", nargs="?", default=str(ROOT), help="the same; by default the files as they are now")
    parser.add_argument("--folder", type=Path, help="your own archive; by default a generated one")
    parser.add_argument("--files", type=int, default=FILES, help="in a generated archive (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, _tree(chosen.old) as old, _tree(chosen.new) as new:
        # As it is installed: whoever installs a package has it compiled. The runs that are not counted do it here.
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(name, "bytecode"))
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        archive = chosen.folder or Path(name, "archive")
        if chosen.folder is None:
            run([sys.executable, str(ROOT / "bench" / "generate.py"), str(archive), str(chosen.files)])
        for part, options in (("first pass", ["--limit", "1"]), ("every body", ["--limit", "0"])):
            feed = str(Path(name, "feed.xml"))
            command = ["build", "--no-index", "--workers", "1", "--output", feed, *options, str(archive)]
            olds, news = _seconds(old, command), _seconds(new, command)
            pairs = [(next(olds), next(news)) for _ in range(chosen.rounds + 1)][1:]  # the first fills caches
            before, after = zip(*pairs, strict=True)
            print(f"{part}: {min(after) / min(before):.3f} (least), {median(after) / median(before):.3f} (median)")


def _seconds(tree: Path, command: list[str]) -> Iterator[float]:
    """Return the CPU seconds of one run after the other."""
    as_program = "runpy.run_module('refeed', run_name='__main__')"
    program = f"import runpy, sys; sys.path.insert(0, {str(tree)!r}); {as_program}"
    while True:
        yield run([sys.executable, "-c", program, *command]).cpu


@contextmanager
def _tree(name: str) -> Iterator[Path]:
    """Return the folder with the files of a commit, or the folder itself."""
    if os.path.isdir(name):  # noqa: PTH112
        yield Path(name).resolve()
        return
    with tempfile.TemporaryDirectory() as folder:
        command = ["git", "-C", str(ROOT), "archive", name, "refeed"]
        packed = subprocess.run(command, check=True, capture_output=True)
        with tarfile.open(fileobj=BytesIO(packed.stdout)) as files:
            files.extractall(folder, filter="data")
        yield Path(folder)


if __name__ == "__main__":
    main()
