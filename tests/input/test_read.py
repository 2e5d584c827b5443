"""Reading a file: its bytes, or the problem that says why there are none."""

from pathlib import Path

import pytest

from refeed.input.read import read
from refeed.model import Document, SourceFile
from refeed.problems import Problem

PACKED = " but a packed file; --unpack reads what is in it, or give the file itself"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", " but a picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", " but a picture"),
        (b"PK\x03\x04\x14\0", " but a packed file; --unpack reads what is in it, or give the file itself"),
        (
            b"a.md" + bytes(253) + b"ustar\x0000",
            " but a packed file; --unpack reads what is in it, or give the file itself",
        ),
        (b"%PDF-1.7\n%\xe2\xe3", " but a PDF"),
        (b"DUMP\0\x02\0\0\x01 names \0\0 and numbers of some program", ""),
        (bytes(2000), ""),
    ],
)
def test_what_is_not_text_is_told_by_its_first_bytes(tmp_path: Path, data: bytes, kind: str) -> None:
    (tmp_path / "dump.md").write_bytes(data)
    problem = read(SourceFile(str(tmp_path / "dump.md"), "dump.md"))
    assert problem == Problem("binary-file", f"not a text file{kind}", str(tmp_path / "dump.md"))


@pytest.mark.parametrize(
    "data",
    [
        b"A ferry that\0 is late, and what its passengers say about it.",
        b"The harbour lies still tonight.\n" + bytes(1500),  # the last block before a loss of power
        b"\0" + b"The harbour lies still tonight.\n",
    ],
)
def test_nuls_in_a_text_are_dropped_wherever_they_lie(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "dump.md").write_bytes(data)
    document = read(SourceFile(str(tmp_path / "dump.md"), "dump.md"))
    assert isinstance(document, Document)
    assert document.data == data.replace(b"\0", b"")


def test_a_file_that_vanished_is_a_problem(tmp_path: Path) -> None:
    problem = read(SourceFile(str(tmp_path / "gone.md"), "gone.md"))
    assert isinstance(problem, Problem)
    assert problem.code == "unreadable"
