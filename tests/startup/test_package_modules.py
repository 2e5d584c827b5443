"""Modules of packages are found and loaded as Python itself finds and loads them."""

import os
import py_compile
import subprocess
import sys
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES, PathFinder
from importlib.util import cache_from_source, module_from_spec
from pathlib import Path
from types import ModuleType

import pytest

import refeed
from refeed.startup import package_modules
from refeed.startup.package_modules import find_package_modules


@pytest.fixture(autouse=True)
def _as_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    find_package_modules()


@pytest.mark.parametrize(
    "name",
    [
        "refeed.site",
        "refeed.formats",
        "refeed.formats.feed",
        "refeed.formats.headers",
        "bs4.builder",
        "bs4.builder._lxml",
        "json.decoder",
    ],
)
def test_a_module_is_what_it_is_otherwise(name: str) -> None:
    path = [str(Path(import_module(name.partition(".")[0]).__path__[0], *name.split(".")[1:-1]))]
    found, expected = sys.meta_path[0].find_spec(name, path), PathFinder.find_spec(name, path)
    assert found is not None
    assert expected is not None
    assert (found.name, found.origin, found.cached) == (expected.name, expected.origin, expected.cached)
    assert (found.has_location, found.parent) == (True, expected.parent)
    assert found.submodule_search_locations == expected.submodule_search_locations
    assert vars(found.loader).items() >= vars(expected.loader).items()  # the names of the module and its file


def test_what_is_no_file_of_a_package_is_left_to_python(tmp_path: Path) -> None:
    (tmp_path / "harbour").mkdir()
    finder = sys.meta_path[0]
    assert finder.find_spec("refeed", None) is None
    assert finder.find_spec("refeed.harbour", [str(tmp_path)]) is None  # a folder without `__init__`
    assert finder.find_spec("refeed.tide", [*refeed.__path__]) is None
    assert finder.find_spec("refeed.tide", [str(tmp_path / "refeed.zip")]) is None
    assert finder.find_spec("refeed.tide", []) is None  # what is in the place of a module has no folders


@pytest.mark.parametrize("suffix", EXTENSION_SUFFIXES)
def test_what_is_not_written_in_python_goes_before_a_file_of_its_name(tmp_path: Path, suffix: str) -> None:
    # As lxml has it, and what mypyc compiles: packages too.
    (tmp_path / "tide.py").write_text("")
    (tmp_path / f"tide{suffix}").write_bytes(b"")
    (tmp_path / "moon.py").write_text("")
    (tmp_path / "gull").mkdir()
    (tmp_path / "gull" / "__init__.py").write_text("")
    (tmp_path / "gull" / f"__init__{suffix}").write_bytes(b"")
    find = sys.meta_path[0].find_spec
    assert (find("lxml.tide", [str(tmp_path)]), find("lxml.gull", [str(tmp_path)])) == (None, None)
    assert find("lxml.moon", [str(tmp_path)]) is not None


def test_a_module_that_is_not_there_is_missing() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"refeed\.tide"):
        __import__("refeed.tide")


def test_a_package_goes_before_a_module_of_its_name(tmp_path: Path) -> None:
    # As where a release in which it became a package was unpacked over an older one.
    (tmp_path / "tide.py").write_text("")
    (tmp_path / "tide").mkdir()
    (tmp_path / "tide" / "__init__.py").write_text("")
    (tmp_path / "gull.py").write_text("")
    (tmp_path / "gull").mkdir()  # no package: Python takes the module
    find = sys.meta_path[0].find_spec
    tide, gull = find("refeed.tide", [str(tmp_path)]), find("refeed.gull", [str(tmp_path)])
    assert tide is not None
    assert tide.origin == str(tmp_path / "tide" / "__init__.py")
    assert gull is None  # left to Python


def load(file: Path, package: str = "refeed") -> ModuleType:
    """Load a file as a module of a package, as a new process does."""
    package_modules.entries_of.cache_clear()
    package_modules.files_in.cache_clear()
    package_modules.extensions_in.cache_clear()
    spec = sys.meta_path[0].find_spec(f"{package}.{file.stem}", [str(file.parent)])
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # as long as it runs, for what it imports
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules[spec.name]
    return module


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of a module whose code is kept; it was loaded once."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    file = tmp_path / "tide.py"
    file.write_text("HEIGHT = 4\ndef fall(): return HEIGHT - 1\n")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    assert load(file).HEIGHT == 4
    return file


def compiled_of(file: Path) -> Path:
    return Path(cache_from_source(str(file)))


def compile_anew(file: Path, text: str) -> None:
    """Keep the code of another text for a file, as if it was made of it."""
    source, status = file.read_text(), file.stat()
    file.write_text(text.ljust(status.st_size, "#"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    py_compile.compile(str(file), doraise=True)
    file.write_text(source)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_the_code_that_is_kept_is_run(module: Path) -> None:
    compile_anew(module, "HEIGHT = 5\n")
    again = load(module)
    assert again.HEIGHT == 5
    assert not hasattr(again, "fall")
    with pytest.raises(AttributeError, match="fall"):
        _ = again.fall


def test_what_is_loaded_says_where_it_lies(module: Path) -> None:
    tide = load(module)
    assert (tide.__name__, tide.__file__, tide.__package__) == ("refeed.tide", str(module), "refeed")
    assert tide.__spec__
    assert tide.__spec__.cached == str(compiled_of(module))
    assert repr(tide) == f"<module 'refeed.tide' from {str(module)!r}>"
    assert tide.fall.__code__.co_filename == str(module)


def test_a_module_of_another_size_or_time_is_compiled_again(module: Path) -> None:
    module.write_text("HEIGHT = 12\n")
    os.utime(module, (1_700_000_000, 1_700_000_000))
    assert load(module).HEIGHT == 12
    module.write_text("HEIGHT = 13\n")
    os.utime(module, (1_700_000_001, 1_700_000_001))
    assert load(module).HEIGHT == 13


def test_the_code_of_another_folder_is_not_told_from_there(module: Path) -> None:
    moved = module.parent.rename(module.parent.with_name("moved")) / module.name
    assert load(moved).fall.__code__.co_filename == str(moved)


@pytest.mark.parametrize("content", [b"", b"\0" * 9, b"\0" * 99], ids=["empty", "half a header", "another version"])
def test_code_that_is_damaged_or_of_another_version_is_compiled_again(module: Path, content: bytes) -> None:
    compiled_of(module).write_bytes(content)
    assert load(module).HEIGHT == 4


def test_code_that_is_kept_with_a_digest_of_its_source_is_left_to_python(module: Path) -> None:
    py_compile.compile(str(module), doraise=True, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    module.write_text("HEIGHT = 6\n")
    os.utime(module, (1_700_000_000, 1_700_000_000))
    assert load(module).HEIGHT == 6


def test_a_large_module_is_loaded_whole(module: Path) -> None:
    module.write_text("WORDS = [" + ", ".join(f"'tide {number}'" for number in range(30_000)) + "]\n")
    for _ in range(2):
        assert load(module).WORDS[-1] == "tide 29999"
    assert compiled_of(module).stat().st_size > 2**18


def test_where_nothing_is_kept_modules_are_compiled(module: Path) -> None:
    compiled_of(module).unlink()
    compiled_of(module).parent.rmdir()
    compiled_of(module).parent.write_text("no folder")
    assert load(module).HEIGHT == 4


def test_a_module_that_does_not_compile_fails_as_always(module: Path) -> None:
    module.write_text("HEIGHT =\n")
    with pytest.raises(SyntaxError, match="invalid syntax"):
        load(module)


def test_a_module_answers_for_what_it_lacks(module: Path) -> None:
    # Also while it runs, as another module asks it that it imports.
    module.write_text("def __getattr__(name): return name\nimport sys\nlow = sys.modules[__name__].low_water\n")
    tide = load(module, "harbour")
    assert (tide.fall, tide.low) == ("fall", "low_water")


def test_the_program_begins_with_it() -> None:
    code = (
        "import atexit, sys\n"
        "from refeed.__main__ import run\n"
        "atexit.register(lambda: print(type(sys.meta_path[0]).__module__))\n"
        "sys.argv[1:] = ['--version']\n"
        "run()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "refeed.startup.package_modules"
