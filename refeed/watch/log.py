"""Log build after build, only what is new: the first in full, later ones by what they add."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from refeed.console import error_lines, report_lines, say

if TYPE_CHECKING:
    from refeed.problems import Problem
    from refeed.report import Report


class BuildLog:
    """Remembers what was said of the build before."""

    def __init__(self, tell: Callable[..., None] = say, *, quiet: bool = False) -> None:
        """Begin with nothing said; `tell` takes lines, those about errors alone in a quiet run."""
        self._tell, self._quiet = tell, quiet
        self._problems: frozenset[Problem] = frozenset()
        self._notes: frozenset[str] = frozenset()
        self._failure: str | None = None

    def built(self, report: "Report") -> None:
        """Report a build that changed the feed."""
        fresh = replace(
            report,
            left_out=tuple(problem for problem in report.left_out if problem not in self._problems),
            entry_problems=tuple(problem for problem in report.entry_problems if problem not in self._problems),
            notes=tuple(note for note in report.notes if note not in self._notes),
        )
        if lines := [*(error_lines(fresh) if self._quiet else report_lines(fresh, verbose=False))]:
            self._tell(*lines)
        self._problems, self._notes = frozenset(report.problems), frozenset(report.notes)
        self._failure = None

    def failed(self, message: str) -> None:
        """Report a build that failed; not again while it fails in the same way."""
        if message != self._failure:
            self._tell(f"refeed: {message}")
        self._failure = message

    def note(self, message: str) -> None:
        """Report anything else."""
        if not self._quiet:
            self._tell(f"note: {message}")
