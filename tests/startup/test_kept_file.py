"""What a process would make anew is kept for each user, and nothing of it where refeed is installed."""

import atexit
import os
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from shutil import copytree

import pytest
from command_line import environment, let_settle
from folders import ROOT

from refeed.startup.kept_file import KeptFile


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleSpec:
    """Return where a module was found, and let the user have a cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(atexit, "register", lambda _: None)
    return ModuleSpec("harbour.tides", None, origin=str(tmp_path / "harbour" / "tides.py"))


def keep(module: ModuleSpec, value: bytes) -> None:
    """Keep something as one process does."""
    file = KeptFile.of(module)
    file.keep_result(b"key", value)
    file.keep()


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_it_is_kept_for_the_user_alone(module: ModuleSpec, tmp_path: Path) -> None:
    keep(module, b"high water")
    (kept,) = files(tmp_path)
    assert kept.startswith("cache/refeed/tides-")
    assert (tmp_path / kept).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "cache/refeed").stat().st_mode & 0o777 == 0o700
    assert KeptFile.of(module).result(b"key") == b"high water"


def test_each_installation_has_its_own(module: ModuleSpec, tmp_path: Path) -> None:
    keep(module, b"high water")
    module.origin = str(tmp_path / "another" / "tides.py")
    keep(module, b"low water")
    assert len(files(tmp_path)) == 2
    assert KeptFile.of(module).result(b"key") == b"low water"


def test_files_of_installations_that_are_gone_do_not_gather(module: ModuleSpec, tmp_path: Path) -> None:
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
        module.origin = str(tmp_path / str(number) / "tides.py")
        keep(module, b"low water")
        left.append([path.exists() for path in (killed, first)])
    assert left[-3:] == [[True, True], [False, True], [False, False]]  # sixteen are kept
    assert len(list(folder.glob("tides-*.marshal*"))) == 16
    assert archive.exists()
    keep(module, b"high water")  # the same file once more
    assert len(list(folder.glob("tides-*.marshal*"))) == 16


@pytest.mark.parametrize("theirs", ["another owner", "others may write"])
def test_what_somebody_else_may_have_written_is_not_run(
    theirs: str, module: ModuleSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(module, b"high water")
    if theirs == "another owner":
        uid = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: uid + 1)
    else:
        (tmp_path / files(tmp_path)[0]).chmod(0o620)
    assert KeptFile.of(module).result(b"key") is None


def test_a_link_that_somebody_put_there_is_not_followed(module: ModuleSpec, tmp_path: Path) -> None:
    keep(module, b"high water")
    kept = tmp_path / files(tmp_path)[0]
    (tmp_path / "letter").write_text("Dear Ada")
    kept.with_name(f"{kept.name}.{os.getpid()}").symlink_to(tmp_path / "letter")
    keep(module, b"low water")
    assert (tmp_path / "letter").read_text() == "Dear Ada"


def test_a_pipe_that_somebody_put_there_is_not_waited_for(module: ModuleSpec, tmp_path: Path) -> None:
    keep(module, b"high water")
    kept = tmp_path / files(tmp_path)[0]
    kept.unlink()
    os.mkfifo(kept)  # nobody ever writes into it
    assert KeptFile.of(module).result(b"key") is None


def test_a_user_without_a_home_keeps_nothing(
    module: ModuleSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", lambda _: (_ for _ in ()).throw(KeyError()))  # as in a container
    monkeypatch.chdir(tmp_path)
    keep(module, b"high water")
    assert files(tmp_path) == []


def test_builds_keep_once_and_leave_nothing_where_refeed_is_installed(tmp_path: Path) -> None:
    # What pip did not write it leaves when it uninstalls: a folder that Python takes for a package without modules.
    copytree(ROOT / "refeed", tmp_path / "refeed")
    installed = files(tmp_path / "refeed")
    (tmp_path / "post.md").write_text("---\ntitle: Fog\ndate: 2020-05-01\n---\nThe ferry waits.\n")
    command = [sys.executable, "-m", "refeed", "build", "post.md", "-o", "feed.xml", "--index"]
    variables = environment(PYTHONDONTWRITEBYTECODE="1", XDG_CACHE_HOME=str(tmp_path / "cache"))
    let_settle()
    written = []
    for index in ("one", "two"):
        subprocess.run([*command, index], cwd=tmp_path, env=variables, capture_output=True, check=True)
        written.append([(name, (tmp_path / "cache" / name).stat().st_ino) for name in files(tmp_path / "cache")])
    kept = [name.partition("-")[0] for name, _ in written[0]]
    assert kept == ["refeed/fingerprint", "refeed/kept_code", "refeed/kept_patterns"]
    assert written[0] == written[1]  # the second one had nothing to keep
    assert files(tmp_path / "refeed") == installed


def test_of_a_file_that_is_cut_short_the_rest_is_used_and_what_is_gone_is_kept_again(
    module: ModuleSpec, tmp_path: Path
) -> None:
    file = KeptFile.of(module, sys.version, 9)
    for key in (b"high", b"low"):
        file.keep_result(key, key + b" water")
    file.keep()
    (kept,) = files(tmp_path)
    (tmp_path / kept).write_bytes((tmp_path / kept).read_bytes()[:-1])
    file = KeptFile.of(module, sys.version, 9)
    assert [file.result(b"high"), file.result(b"low")] == [b"high water", None]
    file.keep_result(b"low", b"low water")
    file.keep()
    file = KeptFile.of(module, sys.version, 9)
    assert [file.result(b"high"), file.result(b"low"), file.result(b"ebb")] == [b"high water", b"low water", None]
