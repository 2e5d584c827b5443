"""Bombs and huge files: a build of any has less than 300 MB of memory, says why it stops, and reads the rest."""

import gzip
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest
from command_line import dump, environment
from packing import tarred, zipped
from quine_zip import quine_zip

MOST: Final = 300_000  # kB that a process may have
MIB: Final = 2**20
GIB: Final = 2**30
LARGE: Final = 60  # MiB: just below what a file may have
LINE: Final = "The tide turns at noon, and the ferry sails with it. "
PLAIN: Final = "---\ntitle: Fog\ndate: 2020-06-01\n---\n\n"
RSS: Final = "<rss version='2.0'><channel><title>Harbour</title>"
LAUGHS: Final = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))
ENTITIES: Final = (
    f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "fog"><!ENTITY file SYSTEM "file:///etc/hostname">{LAUGHS}]>{RSS}'
)
MAIL: Final = (
    "From: Harbour <a@h.example>\nDate: Mon, 01 Jun 2020 08:00:00 +0000\nSubject: Fog\nMessage-ID: <1@h.example>\n"
    "List-Id: <harbour.example>\n"
)


def written(pieces: Iterable[str | bytes]) -> Callable[[Path], object]:
    """Return what writes a file piece by piece."""

    def write(path: Path) -> None:
        with path.open("wb") as out:
            out.writelines(piece.encode() if isinstance(piece, str) else piece for piece in pieces)

    return write


def long_json(path: Path) -> None:
    """Make 2 GB on one line; what follows the beginning takes no place on a disk."""
    path.write_text('[{"title": "Fog", "date": "2020-06-01", "text": "')
    os.truncate(path, 2 * GIB)


def zip_bomb(path: Path) -> None:
    """Make a zip of one text that is larger than what a process may have."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed, packed.open("a.md", "w") as out:
        out.write(PLAIN.encode())
        for _ in range(400):
            out.write(b"\n" * MIB)


def nested_bombs(path: Path) -> None:
    """Make zips in zips, sixteen in each, with 16 MB of nothing at the bottom: 16 GB in some kB."""
    data = (PLAIN + "\n" * 16 * MIB).encode()
    for name in ("a.md", "a.zip", "a.zip", "a.zip"):
        data = zipped({f"{number}{name}": data for number in range(16 if name != "a.md" else 1)})
    path.write_bytes(data)


def laughing(_: int) -> str:
    return "<item><title>&a19;&file;</title><link>https://h.example/</link></item>"


# Name of the file → what makes it, and the code of the problem that tells of it.
CASES: Final[Mapping[str, tuple[Callable[[Path], object], str]]] = {
    "line.json": (long_json, "over-limit"),
    "many.json": (
        written(
            ["[", *(f'{{"title": "Fog {n}", "date": "2020-06-01", "text": "{LINE * 9}"}},' for n in range(110_000))]
        ),
        "over-limit",
    ),
    "one.json": (
        written(['[{"title": "Fog", "date": "2020-06-01", "text": "', *[LINE * 20_000] * LARGE, '"}]']),
        "no-format",
    ),
    "rows.csv": (written(["title,date,text\n", 'Fog,2020-06-01,"', *[LINE * 20_000] * LARGE]), "broken-feed"),
    "page.html": (
        written(["<html><head><title>Fog</title></head><body><article>", *[f"<p>{LINE}</p>" * 18_000] * 50]),
        "over-limit",
    ),
    "million.xml": (written([RSS, *(["<item><title>Fog</title><guid>a</guid></item>" * 1_000] * 1_000)]), "over-limit"),
    "entities.xml": (written([ENTITIES, *map(laughing, range(3)), "</channel></rss>"]), "no-date"),
    "entry.xml": (
        written([RSS, "<item><description>", *[LINE * 20_000] * LARGE, "</description></item>"]),
        "over-limit",
    ),
    "note.enex": (
        written(
            ["<en-export><note><title>Fog</title><content>", *[LINE * 20_000] * LARGE, "</content></note></en-export>"]
        ),
        "over-limit",
    ),
    "parts.eml": (
        written([MAIL, *("Content-Type: message/rfc822\n\n" + MAIL for _ in range(300_000)), "\nFog."]),
        "over-limit",
    ),
    "large.eml": (written([MAIL, "\n", *[LINE * 20_000 + "\n"] * LARGE]), "over-limit"),
    "itself.zip": (lambda path: path.write_bytes(quine_zip()), "over-limit"),
    "bomb.zip": (zip_bomb, "over-limit"),
    "bombs.zip": (nested_bombs, "over-limit"),
    "bomb.gz": (written([gzip.compress(PLAIN.encode()), *[gzip.compress(b"\n" * 64 * MIB)] * 32]), "over-limit"),
    "outside.zip": (lambda path: path.write_bytes(zipped({"../../a.md": PLAIN.encode()})), "outside"),
    "outside.tar": (lambda path: path.write_bytes(tarred({"x/../../a.md": PLAIN.encode()})), "outside"),
}


# Of the process itself, when it has done its work: what `wait4` tells begins with the size of what forked it.
MEASURED: Final = """
import sys
from pathlib import Path
from refeed.cli import main
status = main(sys.argv[1:])
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")))
sys.exit(status)
"""


def peak(folder: Path, out: Path) -> tuple[int, str]:
    """Build in a process of its own; return the most memory that it had, in kB, and what it said."""
    options = ("--no-index", "--no-config", "--unpack", "--workers", "1", "--verbose", "--allow", "max-records=2000")
    command = [sys.executable, "-c", MEASURED, "build", str(folder), *options, "-o", str(out)]
    done = subprocess.run(command, capture_output=True, env=environment(), check=False)
    told = done.stderr.decode(errors="replace")
    assert done.returncode == 0, told
    return int(done.stdout), told


# Each huge file is read alone, or its neighbours would add to what it takes. What is small or not read lies together.
HUGE: Final = ("many.json", "one.json", "rows.csv", "page.html", "entry.xml", "note.enex", "parts.eml", "large.eml")
FOLDERS: Final = (*((name,) for name in HUGE), tuple(name for name in CASES if name not in HUGE))


@pytest.mark.parametrize("names", FOLDERS, ids=" ".join)
def test_a_bomb_costs_itself_and_little_memory(names: Sequence[str], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    dump(folder, "innocent.md", title="Harbour", date="2020-07-01T08:00:00Z")  # newer than all of them
    for name in names:
        CASES[name][0](folder / name)
    kilobytes, told = peak(folder, tmp_path / "feed.xml")
    assert kilobytes < MOST
    lines = told.splitlines()
    codes = [(name, CASES[name][1]) for name in names]
    assert [one for one in codes if not any(one[0] in line and line.endswith(f"[{one[1]}]") for line in lines)] == []
    feed = (tmp_path / "feed.xml").read_bytes()
    assert b">Harbour</title>" in feed
    assert (Path("/etc/hostname").read_bytes().strip() or b"-") not in feed
