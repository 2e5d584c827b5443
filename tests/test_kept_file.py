"""What a process would make anew is kept beside compiled modules, or for one user where that cannot be."""

import atexit
import os
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from command_line import environment
from folders import ROOT

from refeed.kept_file import KeptFile


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleSpec:
    """Return where a module was found, and let the user have a cache folder."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(atexit, "register", lambda _: None)
    (tmp_path / "installed").mkdir()
    found = ModuleSpec("tides", None, origin=str(tmp_path / "tides.py"))
    found.has_location = True
    found.cached = str(tmp_path / "installed" / "tides.cpython-399.pyc")
    return found


def keep(module: ModuleSpec, value: bytes) -> None:
    """Keep something as one process does."""
    file = KeptFile.beside(module)
    file.keep_result(b"key", value)
    file.keep()


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_it_is_kept_beside_the_module(module: ModuleSpec, tmp_path: Path) -> None:
    keep(module, b"high water")
    assert files(tmp_path) == ["installed/tides.cpython-399.marshal"]
    assert KeptFile.beside(module).result(b"key") == b"high water"


@pytest.mark.parametrize("why", ["python -B", "an installation that only others change"])
def test_it_is_kept_for_the_user_where_nothing_may_be_written(
    why: str, module: ModuleSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if why == "python -B":  # or PYTHONDONTWRITEBYTECODE
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    else:
        monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    keep(module, b"high water")
    (kept,) = files(tmp_path)
    assert kept.startswith("cache/refeed/tides.cpython-399-")
    assert (tmp_path / kept).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "cache/refeed").stat().st_mode & 0o777 == 0o700
    assert KeptFile.beside(module).result(b"key") == b"high water"


def test_what_was_kept_for_all_is_used_by_those_who_may_not_write(
    module: ModuleSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(module, b"high water")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert KeptFile.beside(module).result(b"key") == b"high water"


def test_each_installation_has_its_own(module: ModuleSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep(module, b"high water")
    module.cached = str(tmp_path / "another" / "tides.cpython-399.pyc")
    keep(module, b"low water")
    assert len(files(tmp_path)) == 2
    assert KeptFile.beside(module).result(b"key") == b"low water"


def test_files_of_installations_that_are_gone_do_not_gather(
    module: ModuleSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep(module, b"high water")
    first, folder = tmp_path / files(tmp_path)[0], tmp_path / "cache" / "refeed"
    killed = first.with_name(f"{first.name}.123")  # what a process left that was killed
    killed.write_bytes(b"high")
    archive = folder / "tides-0123.index"  # another kind of file
    archive.write_bytes(b"rows")
    for moment, path in enumerate((archive, killed, first)):
        os.utime(path, (moment, moment))
    left = []
    for number in range(16):
        module.cached = str(tmp_path / str(number) / "tides.cpython-399.pyc")
        keep(module, b"low water")
        left.append([path.exists() for path in (killed, first)])
    assert left[-3:] == [[True, True], [False, True], [False, False]]  # sixteen are kept
    assert len(list(folder.glob("tides.*"))) == 16
    assert archive.exists()
    keep(module, b"high water")  # the same file once more
    assert len(list(folder.glob("tides.*"))) == 16


@pytest.mark.parametrize("theirs", ["another owner", "others may write"])
def test_what_somebody_else_may_have_written_is_not_run(
    theirs: str, module: ModuleSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep(module, b"high water")
    if theirs == "another owner":
        uid = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: uid + 1)
    else:
        (tmp_path / files(tmp_path)[0]).chmod(0o620)
    assert KeptFile.beside(module).result(b"key") is None


def test_a_link_that_somebody_put_there_is_not_followed(
    module: ModuleSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep(module, b"high water")
    kept = tmp_path / files(tmp_path)[0]
    (tmp_path / "letter").write_text("Dear Ada")
    kept.with_name(f"{kept.name}.{os.getpid()}").symlink_to(tmp_path / "letter")
    keep(module, b"low water")
    assert (tmp_path / "letter").read_text() == "Dear Ada"


def test_a_pipe_that_somebody_put_there_is_not_waited_for(
    module: ModuleSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep(module, b"high water")
    kept = tmp_path / files(tmp_path)[0]
    kept.unlink()
    os.mkfifo(kept)  # nobody ever writes into it
    assert KeptFile.beside(module).result(b"key") is None


def test_a_user_without_a_home_keeps_nothing(
    module: ModuleSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", lambda _: (_ for _ in ()).throw(KeyError()))  # as in a container
    monkeypatch.chdir(tmp_path)
    keep(module, b"high water")
    assert files(tmp_path) == []


def test_builds_that_may_not_write_beside_modules_compile_once(tmp_path: Path) -> None:
    copytree(ROOT / "refeed", tmp_path / "refeed", ignore=ignore_patterns("*.marshal"))
    (tmp_path / "post.md").write_text("---\ntitle: Fog\ndate: 2020-05-01\n---\nThe ferry waits.\n")
    command = [sys.executable, "-m", "refeed", "build", "post.md", "-o", "feed.xml", "--no-index"]
    variables = environment(PYTHONDONTWRITEBYTECODE="1", XDG_CACHE_HOME=str(tmp_path / "cache"))
    written = []
    for _ in range(2):
        subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, check=True)
        written.append([(name, (tmp_path / "cache" / name).stat().st_ino) for name in files(tmp_path / "cache")])
    assert written[0]
    assert written[0] == written[1]  # the second one had nothing to keep
