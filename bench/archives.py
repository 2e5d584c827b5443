"""Archives to measure on: made when they are asked for, and edited as somebody would."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

GENERATOR: Final = Path(__file__).with_name("generate.py")


class Archives(NamedTuple):
    """Where archives come from."""

    keep: Path
    own: Path | None  # somebody's archive, to be measured instead of generated ones

    def name(self, count: int, *options: str) -> str:
        """Say which archive it is."""
        return str(self.own) if self.own else " ".join([str(count), "dumps", *options])

    def get(self, count: int, *options: str) -> Path:
        """Return a copy of somebody's archive, which may be edited, or else a generated one."""
        if own := self.own:
            return self._made("copy", lambda folder: shutil.copytree(own, folder, symlinks=True))
        return self.generated(count, *options)

    def generated(self, count: int, *options: str) -> Path:
        """Return an archive of so many dumps."""
        command = [sys.executable, str(GENERATOR)]
        name = "-".join([str(count), *(option.lstrip("-") for option in options)])
        return self._made(
            name, lambda folder: subprocess.run([*command, str(folder), str(count), *options], check=True)
        )

    def _made(self, name: str, make: Callable[[Path], object]) -> Path:
        """Make a folder whole, unless it is there from an earlier call."""
        folder, unfinished = self.keep / name, self.keep / f"{name}.unfinished"
        if not folder.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(folder)
            os.sync()  # the disk is not to be busy with it while others are on the clock
        return folder


class Edits:
    """Edits one dump of an archive after the other, and undoes all of it in the end."""

    def __init__(self, folder: Path) -> None:
        """Find what can be edited."""
        self._dumps = sorted(path for path in folder.rglob("*.md") if path.is_file())
        self._rng = Random(0)
        self._sizes: dict[Path, int] = {}

    def edit(self) -> None:
        """Add a sentence to a dump."""
        path = self._rng.choice(self._dumps)
        self._sizes.setdefault(path, path.stat().st_size)
        with path.open("ab") as file:
            file.write(b"<p>Somebody has added a sentence.</p>\n")

    def undo(self) -> None:
        """Cut off what was added."""
        for path, size in self._sizes.items():
            os.truncate(path, size)
