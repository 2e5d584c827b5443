"""The one place where refeed's own mistake becomes a problem."""

import pytest

from refeed.guard import guarded
from refeed.model import Source
from refeed.problems import Problem, RefeedError

SOURCE = Source("archive/a.md", "a.md")


def fail(error: Exception) -> None:
    raise error


def test_a_mistake_costs_one_file_and_names_it() -> None:
    problem = guarded(SOURCE, lambda: fail(KeyError("x")), debug=False)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.path) == ("internal-error", "archive/a.md")
    assert problem.message == "refeed failed here (KeyError: 'x'); please report it"


def test_debug_shows_where() -> None:
    problem = guarded(SOURCE, lambda: fail(KeyError("x")), debug=True)
    assert isinstance(problem, Problem)
    assert "test_guard.py" in problem.message


def test_what_ends_the_run_passes() -> None:
    with pytest.raises(RefeedError, match="full disk"):
        guarded(SOURCE, lambda: fail(RefeedError("full disk")), debug=False)


def test_a_missing_package_is_told_once_and_not_for_every_file() -> None:
    with pytest.raises(RefeedError, match="missing or broken: No module named 'x'; install refeed again"):
        guarded(SOURCE, lambda: fail(ModuleNotFoundError("No module named 'x'")), debug=False)
