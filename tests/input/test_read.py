"""Reading a file: its bytes, or the problem that says why there are none."""

from pathlib import Path

import pytest

from refeed.input.read import read
from refeed.model import SourceFile
from refeed.problems import Problem


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", " but a picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", " but a picture"),
        (b"PK\x03\x04\x14\0", " but a packed file; unpack it, and give the folder"),
        (b"a.md" + bytes(253) + b"ustar\x0000", " but a packed file; unpack it, and give the folder"),
        (b"%PDF-1.7\n%\xe2\xe3", " but a PDF"),
        (b"one \0 in text that is otherwise as long as a short article may be", ""),
    ],
)
def test_what_is_not_text_is_told_by_its_first_bytes(tmp_path: Path, data: bytes, kind: str) -> None:
    (tmp_path / "dump.md").write_bytes(data)
    problem = read(SourceFile(str(tmp_path / "dump.md"), "dump.md"))
    assert problem == Problem("binary-file", f"not a text file{kind}", str(tmp_path / "dump.md"))


def test_a_file_that_vanished_is_a_problem(tmp_path: Path) -> None:
    problem = read(SourceFile(str(tmp_path / "gone.md"), "gone.md"))
    assert isinstance(problem, Problem)
    assert problem.code == "unreadable"
