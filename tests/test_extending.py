"""Every example of docs/extending.md, added to a copy of refeed as it stands there, passes its own commands."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from folders import ROOT

PAGE: Final = (ROOT / "docs" / "extending.md").read_text()
BLOCK: Final = re.compile(
    r"^(Add a row to|Append to)? ?((?:`[^`\n]+`(?: in )?)+):\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
COMMAND: Final = re.compile(r"^    (pytest .*)$", re.MULTILINE)


class Example(NamedTuple):
    """One section of the page: what it adds, and the commands that accept it."""

    title: str
    text: str

    @property
    def commands(self) -> list[list[str]]:
        """The command lines, divided into words."""
        return [shlex.split(line) for line in COMMAND.findall(self.text)]

    def blocks(self) -> Iterator[tuple[str, list[str], str]]:
        """Yield what is to be done with a block, the names before it, and the block."""
        for verb, names, block in BLOCK.findall(self.text):
            yield verb, re.findall(r"`([^`]+)`", names), block


EXAMPLES: Final = [Example(*part.split("\n", 1)) for part in PAGE.split("\n## ")[1:]]


def add_row(text: str, table: str, row: str) -> str:
    """Put a row where it belongs in a sorted table."""
    lines = text.splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{table}: "))
    rows = [number for number in range(start, len(lines)) if re.match(r"        [\"']", lines[number])]
    after = next(number for number in rows if lines[number].strip() > row)
    return "".join([*lines[:after], f"        {row}\n", *lines[after:]])


def rewrite(path: Path, text: str) -> None:
    """Write a file anew: what was there is the same file in every copy."""
    path.unlink()
    path.write_text(text)


def apply(example: Example, folder: Path) -> set[str]:
    """Write an example into a copy of refeed; return the files that it touches."""
    touched = set()
    for verb, names, block in example.blocks():
        path = folder / names[-1]
        path.parent.mkdir(parents=True, exist_ok=True)
        if verb == "Add a row to":
            rewrite(path, add_row(path.read_text(), names[0], block.strip()))
        elif verb == "Append to":
            rewrite(path, path.read_text() + block)
        else:
            assert not path.exists(), f"{names[-1]}: the example is not new"
            path.write_text(block)
        touched.add(names[-1])
    return touched


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what the tests of the examples need."""
    folder = tmp_path_factory.mktemp("original")
    for name in ("refeed", "tests", "fixtures"):
        shutil.copytree(ROOT / name, folder / name)  # with what is compiled already
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_page_has_an_example_of_each_kind() -> None:
    assert [example.title for example in EXAMPLES] == [
        "An input format",
        "An output",
        "A date dialect",
        "A cleaning rule",
        "A rule for one site",
    ]
    assert all(example.commands for example in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_an_example_is_accepted(example: Example, original: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(original, tmp_path / "copy", copy_function=os.link)
    touched = apply(example, folder)
    assert len([name for name in touched if name.startswith("refeed/")]) == 1
    assert all(name.startswith(("refeed/", "fixtures/")) for name in touched)
    modules = [name for name in touched if name.endswith(".py")]
    for command in (*example.commands, ["ruff", "check", *modules], ["ruff", "format", "--check", *modules]):
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:]
