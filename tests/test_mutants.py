"""Every mistake that bench/mutants.py makes on purpose can still be made: code moves, and would leave it behind."""

import shlex
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MUTANTS = tomllib.loads((ROOT / "bench" / "mutants.toml").read_text(encoding="utf-8"))["mutant"]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant["name"])
def test_the_text_stands_once_in_its_file_and_its_tests_exist(mutant: dict[str, str]) -> None:
    assert (ROOT / mutant["file"]).read_text(encoding="utf-8").count(mutant["find"]) == 1
    tests = [word for word in shlex.split(mutant["tests"]) if word.startswith("tests")]
    assert tests
    assert all((ROOT / test.partition("::")[0]).exists() for test in tests)
