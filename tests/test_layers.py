"""The package's shape: imports point one way, modules stay small, every public name says what it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "refeed"

# Lower layers never import higher ones; modules of one layer may import each other.
LAYERS = (
    {"version", "limits", "problems", "model", "characters", "spool", "readahead"},
    {"urls", "dates", "dateline", "formats", "outputs", "clean", "unclaimed", "guard", "report", "index"},
    {"identity"},
    {"options", "values"},
    {"settings", "cache", "fingerprint"},
    {"configuration", "discover", "read", "select", "starter", "evidence", "filters"},
    {"normalise", "files"},
    {"heads", "bodies"},
    {"harvest"},
    {"glean", "desk", "recall"},
    {"memory"},
    {"worker"},
    {"crew"},
    {"collect", "compose"},
    {"feed_head"},
    {
        "pipeline",
        "inspection",
        "deliver",
        "console",
        "progress",
        "arguments",
        "page_style",
        "record_html",
        "record_table",
        "side_by_side",
    },
    {"changes", "news", "rebuild"},
    {"serve", "watch"},
    {"live"},
    {"cli"},
)
LEVEL = {name: level for level, layer in enumerate(LAYERS) for name in layer}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name not in {"__init__.py", "__main__.py"})


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def runtime_imports(tree: ast.Module) -> Iterator[str]:
    """Give the imports that happen when the module is loaded or used; those for type checkers do not count."""
    typing_only = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.dump(block.test)
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and id(node) not in typing_only:
            if node.module == "refeed":
                yield from (alias.name for alias in node.names)
            elif node.module.startswith("refeed."):
                yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("refeed."))


def test_there_are_modules() -> None:
    assert {part_of(path) for path in MODULES} == set(LEVEL), "a new module needs its place among the layers"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_one_way(path: Path) -> None:
    upwards = {name for name in runtime_imports(ast.parse(path.read_text())) if LEVEL[name] > LEVEL[part_of(path)]}
    assert not upwards


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_formats_say_only_what_the_file_says(path: Path) -> None:
    if part_of(path) == "formats":
        assert set(runtime_imports(ast.parse(path.read_text()))) <= {"formats", "limits", "model", "problems"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_stays_small_and_a_function_fits_on_a_screen(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= 50, f"{node.name} is too long"
