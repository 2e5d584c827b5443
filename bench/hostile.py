"""Measure what huge and hostile files cost: `python bench/hostile.py [FOLDER]` (it needs 3 GB of disk for a while).

Each file is built alone beside an innocent article, in a process of its own: seconds of processor time, the most memory
that the process had, how many entries came out, and the lines that tell of the file.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

HEADER: Final = "---\ntitle: {}\ndate: 2020-06-01T08:00:00Z\nlink: https://h.example/{}\n---\n\n"
LINE: Final = "The tide turns at noon, and the ferry sails with it. "
MIB: Final = 2**20


def write(path: Path, pieces: Iterable[str | bytes]) -> None:
    """Write a file piece by piece."""
    with path.open("wb") as out:
        out.writelines(piece.encode() if isinstance(piece, str) else piece for piece in pieces)


def headed(pieces: Iterable[str | bytes]) -> Iterable[str | bytes]:
    """Put a header above a body."""
    yield HEADER.format("Huge", "huge")
    yield from pieces


def sparse(path: Path) -> None:
    """Make a file that is 1 GB of nothing below a header."""
    write(path, headed(["<p>", LINE * 100]))
    os.truncate(path, 2**30)


def bomb() -> Iterable[str]:
    """Yield a header whose aliases stand for 10 to the power of 20 items."""
    yield "---\ntitle: Bomb\ndate: 2020-06-01T08:00:00Z\nlink: https://h.example/bomb\na0: &a0 [x]\n"
    for depth in range(1, 21):
        yield f"a{depth}: &a{depth} [{', '.join([f'*a{depth - 1}'] * 10)}]\n"
    yield "---\n\n<p>Fog.</p>\n"


def records(count: int) -> Iterable[str]:
    """Yield articles, an hour apart."""
    for number in range(count):
        yield f"<!--{1_000_000_000_000 + 600_000 * number}-->\n[n](http://h.example/{number})\n------\n\n"


CASES: Final[dict[str, Callable[[Path], None]]] = {
    "nothing": Path.touch,
    "1 GB, sparse": sparse,
    "1 GB of text": lambda path: write(path, headed((LINE * 20_000 + "\n") for _ in range(1_000))),
    "60 MB of text": lambda path: write(path, headed((LINE * 20_000 + "\n") for _ in range(56))),
    "60 MB in GB18030": lambda path: write(
        path, headed(("港口的雾很浓，渡轮停航。\n" * 40_000).encode("gb18030") for _ in range(56))
    ),
    "60 MB in UTF-16": lambda path: write(
        path,
        [b"\xff\xfe", *(piece.encode("utf-16-le") for piece in (HEADER.format("Huge", "huge"), *[LINE * 10_000] * 56))],
    ),
    "60 MB with a bad byte and an emoji": lambda path: write(
        path, headed(LINE * 20_000 if n else b"\xff\xf0\x9f\x8c\x8a" for n in range(56))
    ),
    "50 MB on one line": lambda path: write(path, headed(LINE * 20_000 for _ in range(50))),
    "50 MB on one line, with an emoji": lambda path: write(
        path, headed(LINE * 20_000 if n else "<p>🌊" for n in range(50))
    ),
    "50 MB of tags": lambda path: write(path, headed("<b><i>x</b></i>" * 70_000 for _ in range(48))),
    "100,000 nested <div>": lambda path: write(path, headed(["<div>" * 100_000, "Fog.", "</div>" * 100_000])),
    "100,000 attributes": lambda path: write(path, headed(["<p ", *(f"a{n}=1 " for n in range(100_000)), ">Fog."])),
    "YAML alias bomb": lambda path: write(path, bomb()),
    "100,000 header keys": lambda path: write(
        path, ["---\ntitle: Keys\n", *(f"key{n}: value\n" for n in range(100_000)), "---\n\nFog.\n"]
    ),
    "title of 10 MB": lambda path: write(
        path, ["---\ntitle: ", "Fog " * 2_500_000, "\ndate: 2020-06-01\n---\n\nFog.\n"]
    ),
    "title of 10 MB in a heading": lambda path: write(
        path, ["<!--1591000000000-->\n[", "Fog " * 2_500_000, "](https://h.example/)\n------\n\nFog.\n"]
    ),
    "1,000,000 records": lambda path: write(path, records(1_000_000)),
    "1,000,000 records inside an element": lambda path: write(
        path,
        ["<!--1591000000000-->\n[n](http://h.example/)\n------\n\n", "<div>" * 9, *records(1_000_000), "</div>" * 10],
    ),
    "1,000,000 rules": lambda path: write(
        path, ["<!--1591000000000-->\n[n](http://h.example/)\n------\n\n", "](http)\n------\n" * 10**6]
    ),
}


def measure(folder: Path) -> tuple[float, int, int, list[str]]:
    """Build a folder in a process of its own."""
    command = [sys.executable, "-m", "refeed", "build", str(folder), "--no-index", "--workers", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = process.stdout, process.stderr
    assert out is not None  # noqa: S101  they are pipes
    assert err is not None  # noqa: S101
    feed = out.read()
    told = err.read().decode()
    _, _, usage = os.wait4(process.pid, 0)
    lines = [line for line in told.splitlines() if "huge.md" in line or "in the feed" in line]
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss, feed.count(b"<entry"), lines


def crowded(folder: Path) -> None:
    """Make 300,000 files in one directory."""
    for number in range(300_000):
        (folder / f"{number}.md").write_text(HEADER.format(f"Fog {number}", number) + "<p>Fog.</p>\n")


def main() -> None:
    """Print the table."""
    base = Path(tempfile.mkdtemp(prefix="hostile-", dir=sys.argv[1] if len(sys.argv) > 1 else None))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(f"{'case':40} {'CPU s':>6} {'MB':>5} {'out':>5}  told")
    try:
        for name, make in {**CASES, "300,000 files in one directory": crowded}.items():
            folder = base / "in"
            folder.mkdir()
            make(folder if make is crowded else folder / "huge.md")
            (folder / "innocent.md").write_text(HEADER.format("Harbour", "harbour") + "<p>Fog over the harbour.</p>\n")
            seconds, kilobytes, entries, lines = measure(folder)
            told = "; ".join(line.rpartition("/")[2][:110] for line in lines[:2]) + (
                f" … {len(lines)}" if len(lines) > 2 else ""
            )
            print(f"{name:40} {seconds:6.2f} {kilobytes / 1024:5.0f} {entries:5}  {told}", flush=True)
            shutil.rmtree(folder)
    finally:
        shutil.rmtree(base)


if __name__ == "__main__":
    main()
