"""What is imported late is loaded when something of it is used, and not before."""

import collections
import dataclasses
import re
import subprocess
import sys
import threading
import typing
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import ForwardRef, Optional, get_type_hints

import pytest

from refeed.startup import late_imports
from refeed.startup.kept_code import CodeFile
from refeed.startup.kept_patterns import PatternFile
from refeed.startup.late_imports import compiled_kept, hints_as_written, import_late, known


@pytest.fixture(autouse=True)
def _nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the threads that other tests have left behind."""
    monkeypatch.setattr(threading, "enumerate", lambda: [threading.current_thread()])


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Write a package that nobody has imported yet."""
    folder = tmp_path / "seldom_used"
    folder.mkdir()
    (folder / "__init__.py").write_text("from seldom_used.inner import answer\n")
    (folder / "inner.py").write_text("answer = 42\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("seldom_used", "seldom_used.inner"):
        monkeypatch.setitem(sys.modules, name, sys)  # so that both are gone afterwards
        del sys.modules[name]
    return "seldom_used"


def test_it_is_loaded_when_something_of_it_is_asked_for(package: str) -> None:
    import_late(package)
    first, second = import_module(package), import_module(package)
    assert "seldom_used.inner" not in sys.modules
    assert (first.answer, second.answer) == (42, 42)
    assert "seldom_used.inner" in sys.modules
    assert import_module(package).__file__


def test_a_module_in_it_can_be_imported(package: str) -> None:
    import_late(package)
    assert import_module("seldom_used.inner").answer == 42


def test_what_is_built_in_is_known_without_loading_what_wraps_it(package: str) -> None:
    built_in = ModuleType("_seldom_used")
    vars(built_in).update(depth=3, _inner=4)
    import_late(package, built_in)
    late = import_module(package)
    assert late.depth == 3
    exec("from seldom_used import depth")  # noqa: S102  which asks for a path, too
    assert "seldom_used.inner" not in sys.modules
    assert not hasattr(late, "_inner")  # to ask for it has loaded the package
    assert import_module(package).answer == 42
    assert late.depth == 3


def said_at_the_end(code: str) -> str:
    """Return what code prints that runs in the process of the program, after its command."""
    lines = [
        "import atexit, sys",
        "from refeed.__main__ import run",
        "def say():",
        *(f"    {line}" for line in code.splitlines()),
    ]
    lines += ["atexit.register(say)", "sys.argv[1:] = ['--version']", "run()"]
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


def test_signals_are_numbers_until_their_names_are_asked_for() -> None:
    code = "import signal\nprint(type(signal.SIGTERM) is int, signal.Signals(signal.SIGTERM).name)"
    assert said_at_the_end(code) == "True SIGTERM"


def test_dates_are_those_of_python() -> None:
    code = (
        "from datetime import UTC, datetime\n"
        "import datetime as dt, pickle\n"
        "day = datetime.strptime('2020-05-01 +0200', '%Y-%m-%d %z')\n"
        "print(pickle.loads(pickle.dumps(day)) == day, day.astimezone(UTC), dt.datetime is datetime, dt.__all__[0])"
    )
    assert said_at_the_end(code) == "True 2020-04-30 22:00:00+00:00 True date"


def test_what_has_been_imported_stays(package: str) -> None:
    imported = import_module(package)
    import_late(package)
    assert import_module(package) is imported


def test_a_package_that_is_not_there_fails_where_it_is_used(package: str) -> None:
    import_late(f"{package}_and_missing")
    try:
        with pytest.raises(ModuleNotFoundError):
            _ = import_module(f"{package}_and_missing").answer
    finally:
        sys.modules.pop(f"{package}_and_missing", None)


@pytest.mark.parametrize("is_late", [False, True])
def test_what_is_known_of_a_module_is_taken_for_a_while_without_loading_it(package: str, *, is_late: bool) -> None:
    if is_late:
        import_late(package)
    with known(**{package: {"answer": 41}}):
        kept = import_module(package)
        assert kept.answer == 41
    assert "seldom_used.inner" not in sys.modules
    assert import_module(package).answer == 42
    assert kept.answer == 41


def test_what_is_known_is_known_for_a_while_to_those_who_have_imported_the_module_before(package: str) -> None:
    import_late(package)
    before = import_module(package)
    with known(**{package: {"answer": 41}}):
        assert before.answer == 41
        assert "seldom_used.inner" not in sys.modules
    assert before.answer == 42


def test_what_is_not_known_of_a_module_loads_it(package: str) -> None:
    with known(**{package: {"question": 6}}):
        kept = import_module(package)
        assert (kept.answer, kept.question) == (42, 6)
    assert import_module(package).answer == 42
    with pytest.raises(AttributeError):
        _ = import_module(package).question


def test_nothing_stands_in_place_of_what_has_been_imported(package: str) -> None:
    imported = import_module(package)
    with known(**{package: {"answer": 41}}):
        assert import_module(package) is imported
    assert (import_module(package), imported.answer) == (imported, 42)


@pytest.mark.parametrize(("threads", "known_answer"), [(1, 41), (2, 42)])
def test_beside_a_thread_that_may_import_it_nothing_stands_in_place_of_a_module(
    package: str, monkeypatch: pytest.MonkeyPatch, threads: int, known_answer: int
) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: threads)
    with known(**{package: {"answer": 41}}), hints_as_written():
        assert import_module(package).answer == known_answer
        assert ("compile" in vars(typing)) == (threads == 1)


def test_a_hint_that_was_left_as_it_is_written_means_the_same() -> None:
    with hints_as_written():
        hint = Optional["Path"]
    assert hint == Optional["Path"]
    assert get_type_hints(type("Tide", (), {"__annotations__": {"low": hint}}), globals()) == {"low": Path | None}
    with pytest.raises(SyntaxError):
        get_type_hints(type("Tide", (), {"__annotations__": {"low": ForwardRef("no hint")}}))  # it is compiled again


@pytest.mark.parametrize(("threads", "is_kept"), [(1, True), (2, False)])
def test_patterns_of_what_is_imported_meanwhile_are_kept(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int, *, is_kept: bool
) -> None:
    (tmp_path / package / "inner.py").write_text(
        "import re\n"
        "answer = re.compile('(?i)f[ou]g')\n"
        "again = re.compile(answer)\n"
        "def find(text, search=re.compile('e+b').search): return search(text)\n"
    )
    path = tmp_path / "kept"
    monkeypatch.setattr(threading, "active_count", lambda: threads)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(late_imports, "KEPT_PATTERNS", file := PatternFile(str(path)))
    with compiled_kept():
        inner = import_module(f"{package}.inner")
        assert (import_module("re") is re) == (not is_kept)
    assert inner.answer == inner.again == re.compile("(?i)f[ou]g")
    assert (inner.answer.sub("rain", "Fog, fig, fug"), inner.find("An eebb").span()) == ("rain, fig, rain", (3, 6))
    assert inner.re.compile("later").match("later")  # what it compiles now is its own
    assert import_module("re") is re
    file.keep()
    kept = path.read_bytes() if path.exists() else b""
    assert [source in kept for source in (b"(?i)f[ou]g", b"e+b", b"later")] == [is_kept, is_kept, False]


@pytest.mark.parametrize(("threads", "is_kept"), [(1, True), (2, False)])
def test_functions_of_classes_of_values_that_are_imported_meanwhile_are_kept(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int, *, is_kept: bool
) -> None:
    (tmp_path / package / "values.py").write_text(
        "from collections import namedtuple\n"
        "from dataclasses import dataclass\n"
        "Tide = namedtuple('Tide', ['hour', 'metres'], defaults=[4])\n"
        "@dataclass\n"
        "class Quay:\n"
        "    name: str\n"
        "    length: int = 9\n"
        "def later(): return namedtuple('Later', ['ferry'])\n"
    )
    path = tmp_path / "kept"
    monkeypatch.setattr(threading, "active_count", lambda: threads)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(late_imports, "KEPT_CODE", file := CodeFile(str(path)))
    with compiled_kept():
        values = import_module(f"{package}.values")
    assert (values.Tide(6), values.Tide(metres=2, hour=1)) == ((6, 4), (1, 2))
    assert (repr(values.Quay("north")), values.Quay("a") == values.Quay("a", 9)) == (
        "Quay(name='north', length=9)",
        True,
    )
    assert values.later()(3).ferry == 3
    assert {"exec", "eval"}.isdisjoint([*vars(collections), *vars(dataclasses)])
    file.keep()
    kept = path.read_bytes() if path.exists() else b""
    assert [text in kept for text in (b"lambda _cls, hour, metres", b"self.length", b"ferry")] == [
        is_kept,
        is_kept,
        False,
    ]


def run_alone(code: str) -> str:
    """Return what a new process prints."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_click_lays_out_help_and_counts_as_it_does_otherwise() -> None:
    code = (
        "import click\n"
        "@click.command()\n"
        "@click.argument('tide', nargs=2)\n"
        "@click.option('-l', '--low', help='  Ebb.\\n\\n    No \\t water.')\n"
        "def harbour(tide, low): 'Wait.'\n"
        "for arguments in (['--help'], ['one'], ['--lo'], ['--flood'], ['-f'], ['-lx', 'one'], ['-l']):\n"
        "    try:\n"
        "        harbour.main(arguments, prog_name='harbour', standalone_mode=False)\n"
        "    except click.ClickException as error:\n"
        "        print(error.format_message())\n"
    )
    alone = run_alone(code)
    assert "Ebb." in alone
    assert "takes 2 values" in alone or "2 values" in alone
    assert "Did you mean" in alone
    assert run_alone("from refeed.startup.quick_click import load_click; load_click()\n" + code) == alone


def test_what_click_is_not_given_is_there_for_others() -> None:
    code = (
        "from refeed.startup.quick_click import load_click; load_click()\n"
        "import gettext, inspect, uuid, copy\n"
        "print(inspect.cleandoc(' Ebb.\\n   Flood.'), gettext.gettext('Fog'), uuid.UUID(int=0), copy.copy([1]))\n"
        "print(inspect.signature(inspect.cleandoc).return_annotation is inspect.Signature.empty)\n"
    )
    assert run_alone(code) == "Ebb.\nFlood. Fog 00000000-0000-0000-0000-000000000000 [1]\nTrue\n"


def test_markdown_is_written_as_it_is_otherwise_and_nothing_is_logged() -> None:
    code = (
        "import sys\n"
        "from markdown_it import MarkdownIt\n"
        "from markdown_it.parser_block import LOGGER\n"
        "reader = MarkdownIt('commonmark')\n"
        "LOGGER.debug('%s', 1)\n"
        "print(reader.render('# *Ebb*\\n\\n- `tide`\\n\\n```\\nfog\\n```\\n'), sorted(reader.renderer.rules))\n"
        "others = {'dis', 'ast'} if sys.version_info < (3, 13) else set()\n"  # dataclasses loads them in later ones
        "loaded = {'logging', *others} & set(sys.modules)\n"
        "print(LOGGER.name)\n"
    )
    quickly = (
        "from refeed.startup.quick_click import load_click; load_click()\n"
        f"import refeed.startup.quick_markdown_it\n{code}"
        "print(sorted(loaded))\n"
    )
    assert run_alone(quickly) == run_alone(code) + "[]\n"


def test_toml_is_read_as_it_is_otherwise_and_string_is_what_it_is() -> None:
    text = 'tide = [1, "\\u00e9"]\n[a-1]\nday = 2024-05-06\nfog = 0xfF'
    code = (
        f"print(tomllib.loads({text!r}))\n"
        "import string\n"
        "print(string.hexdigits, string.Template('$a').substitute(a=1))\n"
    )
    quickly = "import sys\nfrom refeed.startup.quick_tomllib import tomllib\nloaded = 'string' in sys.modules\n"
    assert run_alone(f"{quickly}{code}print(loaded)\n") == run_alone(f"import tomllib\n{code}") + "False\n"


def test_classes_of_others_are_described_as_they_are_otherwise() -> None:
    code = "from dataclasses import dataclass\n@dataclass\nclass Tide:\n    low: int\nprint(Tide.__doc__)\n"
    assert run_alone(f"import refeed.markup.markdown\n{code}") == "Tide(low: int)\n"


def test_to_clean_html_needs_no_selectors_and_no_markdown() -> None:
    code = (
        "import sys\n"
        "from refeed.clean.body import Body, clean_body\n"
        "clean_body(Body('<p>Text.</p>', False, 'Title', None, None, ()))\n"
        "print(sorted({'markdown_it', 'soupsieve.css_parser'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
