"""Typical mistakes that people make on the command line: the last words say what to do."""

import zipfile
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from command_line import dump, run

from refeed.cli import NOTHING_WRITTEN, OK, WRONG_USAGE

Capture = pytest.CaptureFixture[bytes]


class Mistake(NamedTuple):
    """What somebody types, perhaps with a line in refeed.toml, and the line that helps."""

    typed: str
    expected: str
    status: int = WRONG_USAGE
    settings: str = ""


MISTAKES: Final = {
    "an address that cannot be read": Mistake(
        "build ftp://x.example/archive",
        "refeed: ftp://x.example/archive: refeed reads folders, files, and addresses that begin with "
        "abfs, abfss, az, gs, http, https, s3, github",
        NOTHING_WRITTEN,
    ),
    "a packed file that is not unpacked": Mistake(
        "build a.rar",
        "a.rar: notice: not a text file but a packed file that refeed does not unpack; unpack it, and give the folder "
        "[binary-file]",
        NOTHING_WRITTEN,
    ),
    "refeed's own feed": Mistake(
        "build feed.xml",
        "feed.xml: notice: refeed's own output is never read; give the folder of the articles [own-feed]",
        NOTHING_WRITTEN,
    ),
    "a host without quotation marks": Mistake(
        "build archive",
        'refeed: refeed.toml:1: x.example: a name with dots needs quotation marks: [sources."x.example"]',
        settings="[sources.x.example]\ntitle = 'X'\n",
    ),
    "source for sources": Mistake(
        "build archive",
        "refeed: refeed.toml:1: source: expected the name of an outlet, not a table; did you mean "
        '[sources."x.example"]?',
        settings="[source.'x.example']\ntitle = 'X'\n",
    ),
    "an unknown key": Mistake(
        "build archive", "refeed: refeed.toml:1: lmit: unknown key; did you mean limit?", settings="lmit = 5\n"
    ),
    "an outlet that is misspelt": Mistake(
        "build archive --outlet Harbor-Ledger",
        "settings: warning: outlet = 'Harbor-Ledger' matched no article; did you mean 'Harbour Ledger'? [rule-unused]",
        OK,
    ),
    "a folder that is misspelt": Mistake(
        "build archiv", "refeed: archiv: No such file or directory; give a folder or a file that exists"
    ),
    "a folder in the place of a command": Mistake(
        "archive", "Error: 'archive' is a path, not a command; did you mean `refeed build archive`?"
    ),
    "an option that is misspelt": Mistake(
        "build archive --limitt 5", "Error: No such option '--limitt'. Did you mean '--limit'?"
    ),
    "a folder for the feed": Mistake(
        "build archive -o archive", "refeed: archive: is a folder; name a file in it", NOTHING_WRITTEN
    ),
    "a date in words": Mistake(
        "build archive --since yesterday",
        "Error: Invalid value for --since: not a valid date; write it as 2026-11-20 or 2026-11-20T08:00:00Z",
    ),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with an archive, a feed of it and a packed file."""
    dump(tmp_path / "archive", "tide.md", title="Tide", source="Harbour Ledger")
    (tmp_path / "a.rar").write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(40))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


@pytest.mark.parametrize("name", MISTAKES)
def test_a_typical_mistake_is_told_with_what_to_do(name: str, folder: Path, capfdbinary: Capture) -> None:
    assert run(capfdbinary, "build", "archive", "-o", "feed.xml").status == OK
    mistake = MISTAKES[name]
    if mistake.settings:
        (folder / "refeed.toml").write_text(mistake.settings)
    ran = run(capfdbinary, *mistake.typed.split())
    assert (mistake.expected, ran.status) == (
        next((line for line in ran.lines if mistake.expected == line), ran.lines),
        mistake.status,
    )


def test_a_zip_is_read(folder: Path, capfdbinary: Capture) -> None:
    with zipfile.ZipFile("archive.zip", "w") as packed:
        packed.write(folder / "archive" / "tide.md", "tide.md")
    assert b">Tide</title>" in run(capfdbinary, "build", "archive.zip").out
