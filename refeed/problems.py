"""What can be wrong with a dump, as values: one Problem type, and the exceptions that end a run."""

from enum import StrEnum
from typing import Final

from refeed.paths import without_secrets
from refeed.startup.named_tuple import NamedTuple

__all__ = [
    "NOT_PUBLISHED",
    "OUT_OF_MEMORY",
    "PASSING",
    "ConfigurationError",
    "OutputError",
    "Problem",
    "RefeedError",
    "Severity",
    "severity_of",
]

NOT_PUBLISHED: Final = frozenset({"draft", "expired", "future", "locked", "private"})
"""The codes of what its author does not show to others, or not yet."""

PASSING: Final = frozenset({"internal-error", "over-time", "unreadable"})
"""The codes of what is not of a file's making: the next build tries again."""


class Severity(StrEnum):
    """How much a problem costs: an error loses something, a warning is a doubt, a notice is for the record."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


def severity_of(code: str) -> Severity:
    """Return how much a problem of this kind costs, from the table."""
    from refeed.problem_kinds import CODES  # texts for people, and most builds have nothing to tell

    return CODES[code].severity


class Problem(NamedTuple):
    """Something a person may want to know about one file or record; never an exception.

    What finds it need not know the file: `at` adds the path where that is known. A tuple of plain values, so that
    JSON holds it as a list and `Problem(*values)` reads it back.
    """

    code: str
    message: str
    path: str = ""  # "" while nobody knows the file
    line: int = 0  # from 1; 0 when the whole file is meant, or nobody knows yet
    outlet: str = ""  # which published the record; "" where that is not known

    @property
    def severity(self) -> Severity:
        """How much it costs, from the table."""
        return severity_of(self.code)

    def at(self, path: str, line: int = 0) -> "Problem":
        """Return it with the path of its file, and with this line unless it has one."""
        return self._replace(path=path, line=self.line or line)

    def of(self, outlet: str | None) -> "Problem":
        """Return it with the outlet of its record."""
        return self._replace(outlet=outlet) if outlet else self

    def as_dict(self) -> dict[str, str | int]:
        """Return it as `--json` shows it."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "path": without_secrets(self.path),
            "line": self.line,
            "message": self.message,
        }

    def __str__(self) -> str:
        """Show where, how bad, what, and the code, as compilers do."""
        path = without_secrets(self.path)
        place = f"{path}:{self.line}" if self.line else path
        return f"{place}: {self.severity}: {self.message} [{self.code}]"


OUT_OF_MEMORY: Final = "out of memory; try --workers 1, or a smaller --limit"


class RefeedError(Exception):
    """The run cannot go on; the message says what happened, where, and what to do."""


class ConfigurationError(RefeedError):
    """An option or the configuration file is wrong (exit status 2)."""


class OutputError(RefeedError):
    """The feed cannot be written (exit status 1)."""
