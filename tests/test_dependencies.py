"""Every dependency has bounds, and what is installed lies within them."""

import re
import tomllib
from importlib.metadata import requires, version
from typing import Final

import pytest
from folders import ROOT

PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS: Final = PROJECT["optional-dependencies"]
REQUIREMENTS: Final = [
    text
    for text in (*PROJECT["dependencies"], *EXTRAS["serve"], *EXTRAS["dev"])
    if not text.startswith(f"{PROJECT['name']}[")
]
REQUIREMENT: Final = re.compile(
    r"(?P<name>[\w-]+)(?:==(?P<exact>[\d.]+)|(?:>=(?P<least>[\d.]+),)?<(?P<below>[\d.]+))(?:; .*)?"
)
INSIDE_USED: Final = {"beautifulsoup4"}  # html/tree_builder.py


def numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"[0-9]+", text)))


@pytest.mark.parametrize("text", REQUIREMENTS)
def test_a_dependency_ends_before_a_release_that_may_change_what_it_does(text: str) -> None:
    requirement = REQUIREMENT.fullmatch(text)
    assert requirement, "no upper bound"
    installed = numbers(version(requirement["name"]))
    if requirement["exact"]:
        assert installed == numbers(requirement["exact"])
        return
    below = numbers(requirement["below"])
    assert numbers(requirement["least"] or "0") <= installed < below
    # A new major version; before the first one, or where the inside of a package is used, a new minor version.
    assert len(below) == (2 if below[0] == 0 or requirement["name"] in INSIDE_USED else 1)


def needed(text: str, known: set[str]) -> set[str]:
    """Return the names of a requirement and of all that it needs, but for extras."""
    name = (re.match(r"[\w.-]+", text) or [""])[0].lower()
    if name not in known:
        known.add(name)
        for more in requires(name) or ():
            if ";" not in more:
                needed(more, known)
    return known


def test_whoever_needs_no_cluster_and_no_store_installs_none() -> None:
    known = set[str]()
    for text in PROJECT["dependencies"]:
        needed(text, known)
    assert {"beautifulsoup4", "soupsieve"} <= known  # the second is what the first needs
    assert known.isdisjoint({"aiohttp", "dask", "distributed", "fsspec", "obstore", "requests", "s3fs"})
