"""The digest of the program: any change of it makes an index forget what an older one made."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from shutil import copytree
from zipfile import ZipFile, ZipInfo

import pytest
from command_line import environment
from folders import ROOT

from refeed.cache import fingerprint
from refeed.startup.kept_file import KeptFile
from refeed.startup.package_modules import entries_of

_SHOW = "from refeed.cache.fingerprint import digest, Options; print(digest(Options()).hex())"


def digest_of(folder: Path) -> bytes:
    return subprocess.run(
        [sys.executable, "-B", "-c", _SHOW], cwd=folder, env=environment(), capture_output=True, check=True
    ).stdout


@dataclass
class Kept:
    """A memo."""

    kept: dict[bytes, bytes]

    def result(self, key: bytes) -> bytes | None:
        """Return what was kept."""
        return self.kept.get(key)

    def keep_result(self, key: bytes, result: bytes) -> None:
        """Keep it."""
        self.kept[key] = result


def digest_by(memo: Kept, moment: int, monkeypatch: pytest.MonkeyPatch, path: str | None = None) -> bytes:
    """Digest the sources as a new process does that has such a memo, and keeps a file at `path`."""
    monkeypatch.setattr(fingerprint, "_sources", {})
    monkeypatch.setattr(fingerprint, "_KEPT", KeptFile(path))
    entries_of.cache_clear()
    fingerprint.recall_sources(memo, moment)
    return fingerprint.sources()


def test_a_change_of_any_module_changes_the_digest(tmp_path: Path) -> None:
    copytree(ROOT / "refeed", tmp_path / "refeed")
    digests = [digest_of(tmp_path), digest_of(tmp_path)]
    for module in ("clean/body.py", "formats/headers/yaml/strict.py", "options.py"):
        with (tmp_path / "refeed" / module).open("a") as out:
            out.write("# changed\n")
        digests.append(digest_of(tmp_path))
    assert digests[0] == digests[1]
    assert len(set(digests)) == 4


def test_a_build_does_not_depend_on_what_asks_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "_PACKAGE", str(tmp_path))
    digests = []
    # No module yet; one of the server; one for feeds, which is named as a package above and lies below.
    for name in ("", "serve/tides.py", "formats/feeds/tides.py"):
        if name:
            (tmp_path / name).parent.mkdir(parents=True)
            (tmp_path / name).write_text("HIGH = 4\n")
        monkeypatch.setattr(fingerprint, "_sources", {})
        entries_of.cache_clear()
        digests.append((fingerprint.sources(), fingerprint.sources(whole=False)))
    (all_first, first), (all_second, second), (all_third, third) = digests
    assert len({all_first, all_second, all_third}) == 3
    assert first == second != third


def test_both_digests_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tides.py").write_text("HIGH = 4\n")
    (tmp_path / "serve").mkdir()
    (tmp_path / "serve" / "quay.py").write_text("LONG = 9\n")
    monkeypatch.setattr(fingerprint, "_PACKAGE", str(tmp_path))
    memo, later = Kept({}), time.time_ns() + 10**10
    monkeypatch.setattr(fingerprint, "_sources", {})
    monkeypatch.setattr(fingerprint, "_KEPT", KeptFile(None))
    for whole in (True, False):
        fingerprint.recall_sources(memo, later, whole=whole)
    assert list(memo.kept.values()) == [fingerprint.sources(), fingerprint.sources(whole=False)]


def test_sources_are_read_once_as_long_as_they_stay_what_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "tides.py"
    module.write_text("HIGH = 4\n")
    monkeypatch.setattr(fingerprint, "_PACKAGE", str(tmp_path))
    memo, later = Kept({}), time.time_ns() + 10**10
    first = digest_by(memo, later, monkeypatch)
    assert list(memo.kept.values()) == [first]
    memo.kept = dict.fromkeys(memo.kept, b"what was kept")
    assert digest_by(memo, later, monkeypatch) == b"what was kept"
    module.write_text("HIGH = 5\n")  # as many bytes as before
    changed = digest_by(memo, later, monkeypatch)
    assert changed not in {first, b"what was kept"}
    assert changed in memo.kept.values()


def test_what_is_kept_holds_for_every_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "refeed").mkdir()
    module = tmp_path / "refeed" / "tides.py"
    module.write_text("HIGH = 4\n")
    monkeypatch.setattr(fingerprint, "_PACKAGE", str(module.parent))
    memo, later, path = Kept({}), time.time_ns() + 10**10, str(tmp_path / "kept")
    first = digest_by(memo, later, monkeypatch, path)
    assert not Path(path).exists()  # it is written when the process ends
    kept = KeptFile(path)
    for key in memo.kept:
        kept.keep_result(key, b"what was kept")
    kept.keep()
    another = Kept({})
    assert digest_by(another, later, monkeypatch, path) == b"what was kept"
    assert another.kept == {}
    module.write_text("HIGH = 5\n")  # as many bytes as before
    assert digest_by(another, later, monkeypatch, path) not in {first, b"what was kept"}


def test_sources_that_may_change_again_unseen_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tides.py").write_text("HIGH = 4\n")
    monkeypatch.setattr(fingerprint, "_PACKAGE", str(tmp_path))
    memo = Kept({})
    digest_by(memo, time.time_ns(), monkeypatch)
    assert memo.kept == {}


def test_sources_of_the_far_future_are_read_in_every_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "tides.py"
    module.write_text("HIGH = 4\n")
    year_2400 = 13_569_465_600
    os.utime(module, (year_2400, year_2400))
    monkeypatch.setattr(fingerprint, "_PACKAGE", str(tmp_path))
    memo = Kept({})
    assert digest_by(memo, time.time_ns(), monkeypatch) != blake2b().digest()
    assert memo.kept == {}


def test_another_archive_that_refeed_is_imported_from_changes_the_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = []
    for folder, source in (("a", "HIGH = 4\n"), ("b", "HIGH = 4\n"), ("c", "HIGH = 5\n")):
        archive = tmp_path / folder / "refeed.pyz"
        archive.parent.mkdir()
        with ZipFile(archive, "w") as out:
            out.writestr(ZipInfo("refeed/tides.py"), source)
        monkeypatch.setattr(fingerprint, "_PACKAGE", str(archive / "refeed"))
        digests.append(digest_by(Kept({}), time.time_ns(), monkeypatch))
    assert digests[0] == digests[1]  # wherever it lies: workers elsewhere may have the same
    assert digests[0] != digests[2]


def test_where_only_compiled_modules_are_these_are_digested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "tides.pyc"
    monkeypatch.setattr(fingerprint, "_PACKAGE", str(tmp_path))
    digests = []
    for code in (b"high", b"low!"):
        module.write_bytes(code)
        digests.append(digest_by(Kept({}), time.time_ns(), monkeypatch))
    assert digests[0] != digests[1]
