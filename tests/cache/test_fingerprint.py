"""The digest of the program: any change of it makes an index forget what an older one made."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree

from command_line import environment
from folders import ROOT

_SHOW = "from refeed.cache.fingerprint import digest, Options; print(digest(Options()).hex())"


def digest_of(folder: Path) -> bytes:
    return subprocess.run(
        [sys.executable, "-B", "-c", _SHOW], cwd=folder, env=environment(), capture_output=True, check=True
    ).stdout


def test_a_change_of_any_module_changes_the_digest(tmp_path: Path) -> None:
    copytree(ROOT / "refeed", tmp_path / "refeed")
    digests = [digest_of(tmp_path), digest_of(tmp_path)]
    for module in ("clean/body.py", "formats/headers/strict_yaml.py", "options.py"):
        with (tmp_path / "refeed" / module).open("a") as out:
            out.write("# changed\n")
        digests.append(digest_of(tmp_path))
    assert digests[0] == digests[1]
    assert len(set(digests)) == 4
