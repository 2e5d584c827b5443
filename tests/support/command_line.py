"""Run refeed as a user does: in this process, or as a process of its own where streams and environment matter."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, NamedTuple

import pytest

from refeed.cli import main


def environment(**more: str) -> dict[str, str]:
    """Return a program's own environment: of the machine only where libraries are, and the cache folder of tests."""
    kept = {name: os.environ[name] for name in ("PATH", "XDG_CACHE_HOME")}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC", **more}


class Ran(NamedTuple):
    """What a run left behind."""

    status: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of stderr."""
        return self.err.splitlines()


def run(capture: pytest.CaptureFixture[bytes], *arguments: str) -> Ran:
    """Run in this process."""
    status = main(arguments)
    out, err = capture.readouterr()
    return Ran(status, out, err.decode())


def process(
    *arguments: str, cwd: Path, env: Mapping[str, str] | None = None, stdout: int | IO[bytes] = subprocess.PIPE
) -> Ran:
    """Run as a process."""
    command = [sys.executable, "-m", "refeed", *arguments]
    done = subprocess.run(
        command, cwd=cwd, env=environment(**(env or {})), stdout=stdout, stderr=subprocess.PIPE, check=False
    )
    return Ran(done.returncode, done.stdout or b"", done.stderr.decode())


def shell(script: str, cwd: Path) -> Ran:
    """Run a line of bash, in which $REFEED is the program."""
    variables = environment(REFEED=f"{sys.executable} -m refeed")
    done = subprocess.run(["bash", "-c", script], cwd=cwd, env=variables, capture_output=True, check=False)
    return Ran(done.returncode, done.stdout, done.stderr.decode())


def dump(folder: Path, name: str, *, title: str = "Harbour", date: str = "2020-05-01T08:00:00Z", **keys: str) -> Path:
    """Write a small dump with front matter; its link is made of its name."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    body = keys.pop("body", "<p>Text enough to be read.</p>")
    facts = {"title": title, "date": date, "link": f"https://x.example/{path.stem}", **keys}
    header = "".join(f"{key}: {value}\n" for key, value in facts.items() if value)
    path.write_text(f"---\n{header}---\n\n{body}\n")
    return path


def let_settle() -> None:
    """Wait until dumps are settled: what was written within a tenth of a second before a build is read again."""
    time.sleep(0.3)
