"""The digest of the program: any change of it makes an index forget what an older one made."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
from command_line import environment
from folders import ROOT

_SHOW = "from refeed.cache.fingerprint import digest, Options; print(digest(Options()).hex())"


def digest_of(folder: Path) -> bytes:
    return subprocess.run(
        [sys.executable, "-B", "-c", _SHOW], cwd=folder, env=environment(), capture_output=True, check=True
    ).stdout


@pytest.mark.parametrize("module", ["clean/body.py", "formats/_strict.py", "options.py"])
def test_a_change_of_any_module_changes_the_digest(module: str, tmp_path: Path) -> None:
    copytree(ROOT / "refeed", tmp_path / "refeed")
    before = digest_of(tmp_path)
    assert digest_of(tmp_path) == before
    with (tmp_path / "refeed" / module).open("a") as out:
        out.write("# changed\n")
    assert digest_of(tmp_path) != before
