"""Reading a file: its bytes, or the problem that says why there are none."""

from pathlib import Path

import pytest

from refeed.input.read import read
from refeed.model import SourceFile
from refeed.problems import Problem


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff\xe0\0\x10JFIF", b"PK\x03\x04\x14\0", b"%PDF-1.7\n%\xe2\xe3"],
)
def test_what_is_not_text_is_told_by_its_first_bytes(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "dump.md").write_bytes(data)
    problem = read(SourceFile(str(tmp_path / "dump.md"), "dump.md"))
    assert isinstance(problem, Problem)
    assert problem.code == "binary-file"


def test_a_file_that_vanished_is_a_problem(tmp_path: Path) -> None:
    problem = read(SourceFile(str(tmp_path / "gone.md"), "gone.md"))
    assert isinstance(problem, Problem)
    assert problem.code == "unreadable"
