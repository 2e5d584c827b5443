"""A run of `publish` that is killed costs nothing but its time: bench/kills.py, with fewer kills than there."""

import subprocess
import sys

from folders import ROOT


def test_a_run_that_was_killed_is_put_right_by_the_next_one() -> None:
    command = [sys.executable, str(ROOT / "bench" / "kills.py"), "--kills", "6", "--dumps", "18", "--seed", "7"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, timeout=250)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines()[-1] == "6 kills, 0 not put right by the next run"
