"""The process ends at once when the command line has run, and leaves nothing undone that somebody waits for."""

import subprocess
import sys
from pathlib import Path

import pytest

from refeed.version import VERSION

AT_THE_END = "import atexit, sys; atexit.register(print, 'put away', file=sys.stderr)"
IN_A_THREAD = (  # it waits for the end of the first one
    "import sys, threading; first = threading.main_thread(); "
    "threading.Thread(target=lambda: (first.join(), print('put away', file=sys.stderr))).start()"
)


def ended(program: str) -> "subprocess.CompletedProcess[str]":
    """Run a program that then runs refeed with a command that does not exist."""
    code = f"{program}; sys.argv[1:] = ['bild']; from refeed.__main__ import run; run()"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("program", [AT_THE_END, IN_A_THREAD])
def test_what_others_have_begun_is_done_before_the_process_ends(program: str) -> None:
    done = ended(program)
    assert done.returncode == 2  # wrong usage: there is no command of this name
    assert done.stderr.endswith("put away\n")


def test_without_a_stderr_the_status_is_the_same() -> None:
    assert ended("import sys; sys.stderr = None").returncode == 2


def test_ctrl_c_while_refeed_is_loaded_is_told_in_a_sentence() -> None:
    at_once = (
        "import sys, signal, refeed.startup.quick_click as loading; loading.load_click = lambda: signal.raise_signal(2)"
    )
    done = ended(at_once)
    assert (done.returncode, done.stderr) == (130, "\nrefeed: interrupted; the -o file was not changed\n")
    assert ended(f"{at_once}; sys.stderr = None").returncode == 130


def test_a_profiler_that_runs_refeed_writes_what_it_saw(tmp_path: Path) -> None:
    file = tmp_path / "seen"
    command = [sys.executable, "-m", "cProfile", "-o", str(file), "-m", "refeed", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert VERSION in done.stdout
    assert file.stat().st_size > 0
