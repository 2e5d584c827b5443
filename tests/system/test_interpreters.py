"""Every Python that refeed runs on makes the same feed: Debian's own with the oldest dateutil, this one, the newest.

.ci/interpreters makes environments for the others, and REFEED_INTERPRETERS names their programs.
"""

import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from folders import FIXTURES, ROOT

INTERPRETERS: Final = [path for path in os.environ.get("REFEED_INTERPRETERS", "").split(os.pathsep) if path]
CORPUS: Final = ROOT.parent / "shared" / "corpus"
ATOM: Final = "{http://www.w3.org/2005/Atom}"

# Every dump of the fixtures in one archive, all formats, charsets and habits that refeed knows; and real ones, if any.
ARCHIVES: Final = [FIXTURES / name for name in ("builds", "clean", "dates", "formats", "hostile", "input", "text")]

READ_ZONES: Final = """
import sys
from datetime import datetime
from refeed.dates.zones import read_in

for line in open(sys.argv[1], encoding="utf-8"):
    if not line.startswith("# "):
        zone, local, *_ = line.split("\\t")
        print(zone, local, read_in(datetime.fromisoformat(local), zone).isoformat())
"""

pytestmark = pytest.mark.skipif(
    not INTERPRETERS and "CI" not in os.environ,
    reason="REFEED_INTERPRETERS names no other Python; see .ci/interpreters",
)


def run(python: str, *arguments: object) -> str:
    # In the project's folder `python -m refeed` runs what lies here, whatever is installed.
    command = [python, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def feed(python: str, output: Path) -> bytes:
    paths = [*ARCHIVES, *([CORPUS] if CORPUS.is_dir() else [])]
    options = ("--limit", 0, "--undated", "last", "--now", "2026-11-20T00:00:00Z", "--no-index", "--quiet")
    run(python, "-m", "refeed", "build", *paths, *options, "-o", output)
    return output.read_bytes()


@cache
def own_feed() -> bytes:
    """Return what this Python makes of the archives: once, whatever it is compared with."""
    with tempfile.TemporaryDirectory() as folder:
        return feed(sys.executable, Path(folder) / "ours.xml")


def ids_and_links(document: bytes) -> list[tuple[str, list[str]]]:
    return [
        (entry.findtext(f"{ATOM}id") or "", [link.get("href", "") for link in entry.iter(f"{ATOM}link")])
        for entry in ET.fromstring(document).iter(f"{ATOM}entry")  # noqa: S314  refeed's own feed
    ]


def test_debians_own_python_is_among_them() -> None:
    prefixes = [run(python, "-c", "import sys; print(sys.base_prefix)").strip() for python in INTERPRETERS]
    assert "/usr" in prefixes, "the oldest Python that people have has to be tested; see .ci/interpreters"


@pytest.mark.parametrize("python", INTERPRETERS)
def test_the_same_feed_byte_for_byte(python: str, tmp_path: Path) -> None:
    ours = own_feed()
    theirs = feed(python, tmp_path / "theirs.xml")
    assert len(ids_and_links(ours)) > (300 if not CORPUS.is_dir() else 400)
    assert ids_and_links(theirs) == ids_and_links(ours)
    assert theirs == ours


@pytest.mark.parametrize("python", INTERPRETERS)
def test_the_same_moments_in_the_gaps_of_clocks(python: str) -> None:
    table = FIXTURES / "dates" / "zones.tsv"
    assert run(python, "-c", READ_ZONES, table) == run(sys.executable, "-c", READ_ZONES, table)
