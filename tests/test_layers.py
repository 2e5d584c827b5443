"""The package's shape: imports point one way, modules stay small, every room holds what it says."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from folders import ROOT

PACKAGE = ROOT / "refeed"

# A package imports from levels below its own only, and from itself. Level 0 are the modules of refeed/ itself.
LEVELS = (
    {""},
    {"addresses", "dates", "formats", "input", "text"},
    {"html", "outputs", "sites"},
    {"markup", "records"},
    {"clean"},
    {"cache", "config"},
    {"pipeline"},
    {"inspection", "watch"},
    {"serve"},
    {"commands"},
)
LEVEL = {name: level for level, packages in enumerate(LEVELS) for name in packages}
DOORS = {"__init__", "__main__", "cli"}  # what users call: it may call anything
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).as_posix()[:-3] not in DOORS)


@cache
def parsed(path: Path) -> ast.Module:
    """Return a module's tree, parsed for all tests at once."""
    return ast.parse(path.read_text())


def package_of(path: Path) -> str:
    folder, _, _ = path.relative_to(PACKAGE).as_posix().rpartition("/")
    return folder.partition("/")[0]


def runtime_imports(tree: ast.Module) -> Iterator[str]:
    """Return the packages that are imported when the module is loaded or used; those for type checkers do not count."""
    typing_only = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.dump(block.test)
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and id(node) not in typing_only:
            names = [alias.name for alias in node.names] if node.module == "refeed" else [node.module[len("refeed.") :]]
            if node.module == "refeed" or node.module.startswith("refeed."):
                yield from names
        elif isinstance(node, ast.Import):
            yield from (alias.name[len("refeed.") :] for alias in node.names if alias.name.startswith("refeed."))


@cache
def imported_packages(path: Path) -> set[str]:
    names = {name.partition(".")[0] for name in runtime_imports(parsed(path))}
    return {name if (PACKAGE / name).is_dir() else "" for name in names}


def test_every_package_has_its_level() -> None:
    assert {package_of(path) for path in MODULES} == set(LEVEL), "a new package needs its place among the levels"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_one_way(path: Path) -> None:
    own = package_of(path)
    assert not {name for name in imported_packages(path) if name != own and LEVEL[name] >= LEVEL[own]}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_formats_say_only_what_the_file_says(path: Path) -> None:
    if package_of(path) == "formats":
        assert imported_packages(path) <= {"formats", ""}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_stays_small_and_a_function_fits_on_a_screen(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 300
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= 50, f"{node.name} is too long"
