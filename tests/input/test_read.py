"""Reading a file: its bytes, or the problem that says why there are none."""

import os
import tracemalloc
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest

from refeed.input.encoding import decode
from refeed.input.read import TooLargeHereError, read
from refeed.input.source_files import SourceFiles
from refeed.limits import DEFAULT_LIMITS
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


def test_a_large_file_is_in_memory_once(tmp_path: Path) -> None:
    (tmp_path / "large.md").write_bytes(b"The harbour lies still tonight.\n" * 2**18)  # 8 MB
    tracemalloc.start()
    try:
        document = read(SourceFile(str(tmp_path / "large.md"), "large.md"))
        assert isinstance(document, Document)
        assert decode(document).document
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1.5 * 2**23  # beside the file only pieces of it


@pytest.mark.parametrize(("most", "code"), [(200_000, None), (150_000, "over-limit")])
def test_a_file_that_grows_is_read_up_to_its_limit(
    most: int, code: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"The harbour lies still tonight.\n" * 5_120  # 163,840 bytes
    (tmp_path / "log.md").write_bytes(data)
    before = os.fstat

    def smaller(handle: int) -> os.stat_result:
        return os.stat_result((*before(handle)[:6], 100_000, *before(handle)[7:]))

    monkeypatch.setattr(os, "fstat", smaller)
    limits = DEFAULT_LIMITS._replace(max_file_bytes=most)
    document = read(SourceFile(str(tmp_path / "log.md"), "log.md"), limits)
    if isinstance(document, Problem):
        assert document.code == code
    else:
        assert (document.data == data, code) == (True, None)


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_larger_than_the_share_of_a_process_is_told_from_one_that_is_too_large(
    tmp_path: Path, *, packed: bool
) -> None:
    limits = DEFAULT_LIMITS._replace(max_file_bytes=200_000)
    for size in (80_000, 150_000, 250_000):
        name, text = f"{size}.md", b"fog\n" * (size // 4)
        if packed:
            with ZipFile(tmp_path / "all.zip", "a") as members:
                members.writestr(name, text)
        else:
            (tmp_path / name).write_bytes(text)

    def outcome(size: int) -> object:
        path = f"{tmp_path}/all.zip!/{size}.md" if packed else f"{tmp_path}/{size}.md"
        with closing(SourceFiles((str(tmp_path),), limits)) as files:
            found = read(SourceFile(path, f"{size}.md"), limits, files, share=100_000)
        return found.code if isinstance(found, Problem) else len(found.data)

    assert outcome(80_000) == 80_000
    with pytest.raises(TooLargeHereError):
        outcome(150_000)
    if packed:  # its size shows only in unpacking, and nobody unpacks more than a share
        with pytest.raises(TooLargeHereError):
            outcome(250_000)
    else:
        assert outcome(250_000) == "over-limit"
