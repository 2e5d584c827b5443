"""Code that was kept is run as it would be compiled; what is kept wrongly is compiled anew."""

import builtins
import marshal
import sys
from pathlib import Path
from types import CodeType
from typing import Any, Final
from zlib import crc32

import pytest

from refeed.startup.kept_code import CodeFile

TEXT: Final = "lambda metres: metres + 4"
KEY: Final = crc32(b"eval " + TEXT.encode())
OTHER: Final = compile("lambda metres: 0", "", "eval")


def run(code: CodeType) -> Any:
    return eval(code)  # noqa: S307  its text stands in this module


def of_file(file: CodeFile) -> Any:
    """Return what the text gives by way of a file."""
    return run(file.compile(TEXT, "eval"))(2)


def test_code_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "kept")
    first = CodeFile(path)
    assert of_file(first) == 6
    first.keep()
    monkeypatch.setattr(builtins, "compile", lambda *_, **__: pytest.fail("it was kept"))
    assert of_file(CodeFile(path)) == 6


def test_how_a_text_is_read_tells_code_apart(tmp_path: Path) -> None:
    file = CodeFile(str(tmp_path / "kept"))
    assert run(file.compile("7", "eval")) == 7
    assert run(file.compile("7", "exec")) is None  # a statement has no value


@pytest.mark.parametrize(
    "kept",
    [
        b"no code",
        marshal.dumps((("eval", TEXT), OTHER))[:-5],
        marshal.dumps((("eval", "another text of this checksum"), OTHER)),
        marshal.dumps((("exec", TEXT), OTHER)),
        marshal.dumps((("eval", TEXT), "no code")),
        marshal.dumps(7),
    ],
    ids=["no value", "cut short", "of another text", "read in another way", "no code", "no pair"],
)
def test_what_is_kept_wrongly_is_compiled_anew(tmp_path: Path, kept: bytes) -> None:
    path = str(tmp_path / "kept")
    file = CodeFile(path)
    file.keep_result(KEY, kept)
    file.keep()
    assert CodeFile(path).result(KEY) == kept
    assert of_file(CodeFile(path)) == 6


def test_code_of_another_python_is_not_run(tmp_path: Path) -> None:
    path = str(tmp_path / "kept")
    old = CodeFile(path, "3.11.0")
    old.keep_result(KEY, marshal.dumps((("eval", TEXT), OTHER)))
    old.keep()
    assert of_file(CodeFile(path, sys.version)) == 6


def test_what_cannot_be_compiled_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SyntaxError):
        CodeFile(str(tmp_path / "kept")).compile("lambda tide tide", "eval")
