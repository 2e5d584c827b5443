"""Compiled expressions are kept, and one that was kept is the one that `re` makes."""

import gc
import importlib
import marshal
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import pytest

import refeed
from refeed.startup import kept_patterns
from refeed.startup.kept_patterns import PatternFile
from refeed.startup.late_patterns import LatePattern

KEY: Final = ("a+", 0)
CHECKSUM: Final = crc32(marshal.dumps(KEY, 0))
# What the engine takes, but for numbers that are no program: it refuses them.
MADE: Final[tuple[Any, ...]] = (32, [0], 0, {}, (None,))
PYTHON: Final = (sys.version, sys.byteorder, sys.maxsize)


def file_of(*content: Any, python: Any = PYTHON) -> bytes:
    """Return a file as it is kept: a checksum, and what it is of."""
    data = marshal.dumps((python, *content))
    return crc32(data).to_bytes(4, "big") + data


OF_ANOTHER: Final = {CHECKSUM: marshal.dumps((KEY, MADE))}
DAMAGED: Final = {
    "empty": b"",
    "no checksum": b"\0\0\0",
    "cut short": file_of(OF_ANOTHER)[:-9],
    "no pair": file_of(7, 7),
    "of another Python": file_of(OF_ANOTHER, python=("3.11.0", sys.byteorder, sys.maxsize)),
    "of a machine with another order of bytes": file_of(OF_ANOTHER, python=(sys.version, "middle", sys.maxsize)),
    "of a machine with smaller numbers": file_of(OF_ANOTHER, python=(sys.version, sys.byteorder, 2**31 - 1)),
    "no program": file_of(OF_ANOTHER),
    "numbers below zero": file_of({CHECKSUM: marshal.dumps((KEY, (32, [-1], 0, {}, (None,))))}),
    "half an expression": file_of({CHECKSUM: marshal.dumps((KEY, MADE))[:9]}),
    "another expression of this checksum": file_of({CHECKSUM: marshal.dumps((("b", 0), MADE))}),
}


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Return where nothing is kept yet, and something may be."""
    return str(tmp_path / "kept.marshal")


def compile_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail from now on where an expression is compiled."""

    def refuse(source: str | bytes, *_: object) -> None:
        raise AssertionError(source)

    monkeypatch.setattr(kept_patterns, "_make", refuse)


def all_late_patterns() -> dict[tuple[Any, int], re.Pattern[Any]]:
    """Return every expression that is put off, with its flags, as `re` compiles it."""
    for module in pkgutil.walk_packages(refeed.__path__, "refeed."):
        if module.name != "refeed.__main__":
            importlib.import_module(module.name)
    gc.unfreeze()  # what is frozen is no garbage, and not told
    found = [late.compiled for late in gc.get_objects() if isinstance(late, LatePattern)]
    gc.freeze()
    return {(one.pattern, one.flags): re.compile(one.pattern, one.flags & ~re.DEBUG) for one in found}


def test_what_was_kept_is_what_re_makes(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Patterns are equal if the engine runs the same numbers for them.
    patterns = all_late_patterns()
    assert len(patterns) > 1000
    writer = PatternFile(path)
    for source, flags in patterns:
        writer.compile(source, flags)
    writer.keep()
    compile_nothing(monkeypatch)
    reader = PatternFile(path)
    for (source, flags), made in patterns.items():
        kept = reader.compile(source, flags)
        assert (kept, kept.groups, dict(kept.groupindex)) == (made, made.groups, dict(made.groupindex))


def test_expressions_are_the_same_in_every_process() -> None:
    # Else each process makes its own, and the file grows. The order of a set of words depends on the seed.
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from test_kept_patterns import all_late_patterns\n"
        "print(*sorted(map(ascii, all_late_patterns())), sep='\\n')\n"
    )
    one, other = (
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.splitlines()
        for seed in ("1", "2")
    )
    assert len(one) > 1000
    assert set(one) ^ set(other) == set()


def test_groups_of_what_was_kept_have_their_names(path: str) -> None:
    for _ in range(2):
        file = PatternFile(path)
        found = file.compile(r"(?P<year>[0-9]{4})-([0-9]{2})(?P<rest>.*)", re.DOTALL).match("2024-05\n")
        assert found
        assert found.groupdict() == {"year": "2024", "rest": "\n"}
        assert found.lastgroup == "rest"
        file.keep()


def test_what_others_kept_meanwhile_stays(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = PatternFile(path), PatternFile(path)
    one.compile("one", 0)
    other.compile("other", 0)
    other.keep()
    one.keep()
    assert [file.name for file in Path(path).parent.iterdir()] == ["kept.marshal"]  # nothing is left beside it
    compile_nothing(monkeypatch)
    reader = PatternFile(path)
    assert reader.compile("one", 0).match("one")
    assert reader.compile("other", 0).match("other")


def test_where_there_is_too_much_only_the_newest_stays(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for source in ("first", "second", "third"):
        file = PatternFile(path, most=1)
        file.compile(source, 0)
        file.keep()
    compile_nothing(monkeypatch)
    reader = PatternFile(path)
    assert reader.compile("third", 0).match("third")
    with pytest.raises(AssertionError, match="first"):
        reader.compile("first", 0)


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_passed_over(path: str, content: bytes) -> None:
    Path(path).write_bytes(content)
    assert PatternFile(path).compile("a+", 0).sub("b", "caat") == "cbt"


def test_a_file_with_a_bit_damaged_makes_no_other_expression_and_is_written_again(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = PatternFile(path)
    writer.compile("[a-f]+", 0)
    writer.keep()
    whole = Path(path).read_bytes()
    for place in range(len(whole)):
        Path(path).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        reader = PatternFile(path)
        assert reader.compile("[a-f]+", 0) == re.compile("[a-f]+")  # the numbers of the engine are the same
        reader.keep()
        with monkeypatch.context() as patched:
            compile_nothing(patched)
            assert PatternFile(path).compile("[a-f]+", 0).match("fade")


def test_an_engine_of_other_parts_compiles_as_usual(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_patterns, "_re", object())
    file = PatternFile(path)
    assert file.compile("a+", 0).sub("b", "caat") == "cbt"
    file.keep()
    assert not Path(path).exists()


def test_a_mistake_is_told_as_re_tells_it(path: str) -> None:
    with pytest.raises(re.error, match="unterminated"):
        PatternFile(path).compile("[", 0)


@pytest.mark.parametrize("place", ["{folder}", None])
def test_where_no_file_can_be_nothing_fails(path: str, place: str | None) -> None:
    folder = Path(path).parent
    file = PatternFile(place and place.format(folder=folder))
    assert file.compile("a+", 0).sub("b", "caat") == "cbt"
    file.keep()
    assert not list(folder.iterdir())
