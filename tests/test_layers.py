"""The package's shape: imports point one way, modules stay small, every room holds what it says."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from folders import ROOT

from refeed.cache.fingerprint import ABOVE_BUILDS

PACKAGE = ROOT / "refeed"

# A package imports from levels below its own only, and from itself. "" are the modules of refeed/ itself.
LEVELS = (
    {"startup"},
    {""},
    {"vocabulary"},
    {"addresses", "dates", "formats", "hidden_parts", "input", "text"},
    {"git", "html", "outputs", "sites"},
    {"markup", "records"},
    {"clean"},
    {"cache", "config"},
    {"pipeline"},
    {"rules"},
    {"comparison", "feeds", "inspection", "search", "validation", "watch"},
    {"pages"},
    {"publish", "serve"},
    {"commands"},
)
LEVEL = {name: level for level, packages in enumerate(LEVELS) for name in packages}
MANY = 21  # modules of a package from which on its docstring groups them
DOORS = {"__init__", "__main__", "cli"}  # what users call: it may call anything
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).as_posix()[:-3] not in DOORS)


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Return the nodes of a module's tree, parsed for all tests at once."""
    return [*ast.walk(ast.parse(path.read_text()))]


def package_of(path: Path) -> str:
    folder, _, _ = path.relative_to(PACKAGE).as_posix().rpartition("/")
    return folder.partition("/")[0]


def runtime_imports(path: Path) -> Iterator[str]:
    """Return the packages that are imported when the module is loaded or used; those for type checkers do not count."""
    typing_only = {
        id(node)
        for block in nodes(path)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.dump(block.test)
        for node in ast.walk(block)
    }
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module and id(node) not in typing_only:
            names = [alias.name for alias in node.names] if node.module == "refeed" else [node.module[len("refeed.") :]]
            if node.module == "refeed" or node.module.startswith("refeed."):
                yield from names
        elif isinstance(node, ast.Import):
            yield from (alias.name[len("refeed.") :] for alias in node.names if alias.name.startswith("refeed."))


@cache
def imported_packages(path: Path) -> set[str]:
    names = {name.partition(".")[0] for name in runtime_imports(path)}
    return {name if (PACKAGE / name).is_dir() else "" for name in names}


def test_every_package_has_its_level() -> None:
    assert {package_of(path) for path in MODULES} == set(LEVEL), "a new package needs its place among the levels"


def test_what_a_build_makes_depends_on_no_package_above_it() -> None:
    above = LEVELS[LEVELS.index({"pipeline"}) + 1 :]
    assert set().union(*above) == ABOVE_BUILDS, "an index holds what builds have made for as long as these change alone"


def test_the_tour_of_the_program_shows_every_package_at_its_level() -> None:
    text = (ROOT / "docs" / "internals.md").read_text()
    rows = re.findall(r"^\| (\d+) \| (?:`(\w+)`|modules of `refeed/` itself) \|", text, re.MULTILINE)
    assert {name: int(level) for level, name in rows} == LEVEL


def upwards(path: Path) -> set[str]:
    """Return the packages that a module imports although they are not below its own."""
    own = package_of(path)
    return {name for name in imported_packages(path) if name != own and LEVEL[name] >= LEVEL[own]}


def test_imports_point_one_way() -> None:
    assert {str(path): found for path in MODULES if (found := upwards(path))} == {}


@pytest.mark.parametrize(
    "package", sorted({path.parent.parent for path in PACKAGE.glob("*/**/*/__init__.py")}), ids=lambda path: path.name
)
def test_packages_within_one_import_in_one_direction(package: Path) -> None:
    inner = {path.parent.name for path in package.glob("*/__init__.py")}
    inside = ".".join(package.relative_to(PACKAGE).parts)
    imported = {
        own: {
            other
            for path in (package / own).rglob("*.py")
            for name in runtime_imports(path)
            for other in inner - {own}
            if f"{name}.".startswith(f"{inside}.{other}.")
        }
        for own in inner
    }
    TopologicalSorter(imported).prepare()  # raises a CycleError that names them


def test_formats_say_only_what_the_file_says() -> None:
    modules = [path for path in MODULES if package_of(path) == "formats"]
    assert modules
    assert [path for path in modules if not imported_packages(path) <= {"formats", "vocabulary", "", "startup"}] == []


def test_modules_stay_small() -> None:
    assert [path for path in MODULES if path.read_text().count("\n") > 300] == []


def test_a_function_fits_on_a_screen() -> None:
    functions = [(path, node) for path in MODULES for node in nodes(path) if isinstance(node, ast.FunctionDef)]
    assert len(functions) > 1000
    assert [(path, node.name) for path, node in functions if (node.end_lineno or 0) - node.lineno > 50] == []


def test_a_package_of_many_modules_says_where_each_belongs() -> None:
    packages = {path.parent for path in MODULES if path.parent != PACKAGE}
    large = {package for package in packages if len([*package.glob("[a-z]*.py")]) > MANY}
    assert large
    for package in large:
        listed = re.findall(r"[a-z0-9_]+", ast.get_docstring(ast.parse((package / "__init__.py").read_text())) or "")
        assert {path.stem for path in package.glob("[a-z]*.py")} - set(listed) == set(), package
