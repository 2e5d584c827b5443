"""What is too large for memory waits in a temporary file, and a full disk is told where it is met."""

import tempfile
from functools import partial

import pytest

from refeed import spool
from refeed.problems import OutputError
from refeed.spool import Spool


def test_a_full_disk_is_told_at_once_and_only_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "_MEMORY", 10)
    # The system takes nothing, and Python keeps up to a megabyte before it asks.
    monkeypatch.setattr(tempfile, "TemporaryFile", partial(open, "/dev/full", "w+b", buffering=2**20))
    pieces = Spool()
    pieces.append(b"Ebb.")
    with pytest.raises(
        OutputError, match=f"^{tempfile.gettempdir()}: no temporary file can be written: .*; set TMPDIR$"
    ):
        pieces.append(b"High water at noon.")
    pieces.close()
