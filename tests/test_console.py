"""What a terminal shows: colours where they are wanted, and never where they could be taken for something else."""

import json
import os
import pty
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from command_line import dump, environment, run

from refeed.console import coloured, wants_colour

Capture = pytest.CaptureFixture[bytes]


class Terminal(StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """Return so."""
        return True


# Stream, environment, and whether there are colours.
WISHES = [
    (Terminal(), {}, True),
    (Terminal(), {"TERM": "xterm"}, True),
    (Terminal(), {"TERM": "dumb"}, False),
    (Terminal(), {"NO_COLOR": "1"}, False),
    (Terminal(), {"NO_COLOR": ""}, True),  # https://no-color.org: "when present and not an empty string"
    (Terminal(), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    (StringIO(), {}, False),
    (StringIO(), {"FORCE_COLOR": "1"}, True),
    (StringIO(), {"FORCE_COLOR": ""}, False),
]


@pytest.mark.parametrize(("stream", "variables", "expected"), WISHES)
def test_colours_are_for_terminals_unless_the_environment_says_otherwise(
    stream: StringIO, variables: dict[str, str], expected: bool
) -> None:
    assert wants_colour(stream, variables) is expected


RED, YELLOW, BLUE, DIM, END = (f"\x1b[{code}m" for code in (31, 33, 36, 2, 0))
LINES = {
    "a.md:3: error: not read [unreadable]": f"a.md:3: {RED}error{END}: not read {DIM}[unreadable]{END}",
    "a.md: warning: no zone [date-assumed]": f"a.md: {YELLOW}warning{END}: no zone {DIM}[date-assumed]{END}",
    "warning: once in the feed: x [y]": f"{YELLOW}warning{END}: once in the feed: x {DIM}[y]{END}",
    "refeed: nothing was written": f"{RED}refeed{END}: nothing was written",
    "note: settings from refeed.toml": f"{BLUE}note{END}: settings from refeed.toml",
    "3 files (3 with articles, 0 skipped)": "3 files (3 with articles, 0 skipped)",
}


@pytest.mark.parametrize("line", LINES)
def test_the_words_that_say_how_bad_it_is_have_colours(line: str) -> None:
    assert coloured(line) == LINES[line]


def test_a_terminal_gets_colours_and_a_file_gets_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    dump(tmp_path, "a.md", date="2020-05-01 08:00")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    for command in ("build", "check"):
        ran = run(capfdbinary, command)
        assert "\x1b" not in ran.err
        assert b"\x1b" not in ran.out
    main, side = pty.openpty()
    arguments = [sys.executable, "-m", "refeed", "check"]
    subprocess.run(arguments, cwd=tmp_path, env=environment(TERM="xterm"), stdout=side, stderr=side, check=True)
    os.close(side)
    with os.fdopen(main, "rb") as terminal:
        assert f": {YELLOW}warning{END}: ".encode() in terminal.read1()


def test_json_has_no_colours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture) -> None:
    dump(tmp_path, ": error: a.md", date="Invalid Date")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert json.loads(run(capfdbinary, "build", "--json").err)["problems"]
    assert json.loads(run(capfdbinary, "check", "--json").out)["problems"]
