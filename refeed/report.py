"""What a build did: totals that add up, problems, and the feed."""

from collections.abc import Mapping
from dataclasses import field, fields
from datetime import datetime

from refeed.problems import Problem, RefeedError, Severity, severity_of
from refeed.quantities import amount
from refeed.startup.named_tuple import NamedTuple
from refeed.startup.value import Value, dataclass


@dataclass(frozen=True, kw_only=True)
class Totals(Value):
    """Where every file and every record went. The same names stand in the summary line and in --json."""

    files_found: int = 0
    files_with_records: int = 0
    files_skipped: int = 0
    records_read: int = 0
    out: int = 0
    duplicates: int = 0
    withheld: int = 0
    filtered: int = 0
    held_back: int = 0
    undated: int = 0
    skipped: int = 0
    beyond_limit: int = 0

    @property
    def add_up(self) -> bool:
        """Return whether nothing vanished: both sums hold."""
        gone = self.duplicates + self.withheld + self.filtered + self.held_back
        gone += self.undated + self.skipped + self.beyond_limit
        files = self.files_with_records + self.files_skipped
        return self.files_found == files and self.records_read == self.out + gone

    def __add__(self, other: "Totals") -> "Totals":
        """Return the sums, name by name."""
        return Totals(**{name: number + getattr(other, name) for name, number in self.as_dict().items()})

    def as_dict(self) -> dict[str, int]:
        """Return the totals by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __str__(self) -> str:
        """Return the totals on one line."""
        files = f"{amount(self.files_found, 'file')} ({self.files_with_records:,} with articles"
        files += f", {self.files_skipped:,} skipped)"
        parts = [f"{self.out:,} out", amount(self.duplicates, "duplicate")]
        names = ("withheld", "filtered", "held_back", "undated", "skipped", "beyond_limit")
        parts += [f"{getattr(self, name):,} {name.replace('_', ' ')}" for name in names]
        return f"{files}; {amount(self.records_read, 'record')}: {', '.join(parts)}"


class FilterCount(NamedTuple):
    """How much a filter left out."""

    option: str  # with its values, as on the command line
    left_out: int
    what: str  # "record", "article", "file or folder"

    @property
    def things(self) -> str:
        """What it left out, in the singular or the plural."""
        if self.left_out == 1:
            return self.what
        return "files or folders" if self.what == "file or folder" else f"{self.what}s"

    def __str__(self) -> str:
        """Say in a few words what the filter left out."""
        return f"{self.option} left out {self.left_out:,} {self.things}"


class Origin(NamedTuple):
    """Which record an entry of the feed was made of."""

    id: str  # the entry's atom:id
    path: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Report(Value):
    """The outcome of a build."""

    totals: Totals
    left_out: tuple[Problem, ...]  # why a file or a record is not in the feed, and every error
    entry_problems: tuple[Problem, ...]  # about the entries that went out
    beyond: Mapping[str, int] = field(default_factory=dict)  # code → how many more problems of it are not listed
    notes: tuple[str, ...] = ()  # what the user should know about the feed as a whole
    filters: tuple[FilterCount, ...] = ()  # those of the run
    origins: tuple[Origin, ...] = ()  # of the entries of the feed, in its order; none where a site was written
    due: datetime | None = None  # from then on the same files give another feed: something held back falls due
    written: bool = False  # the feed was handed over; not when errors forbade it (--strict)
    changed: bool = False  # the output differs from what stood there before
    feed: bytes = b""  # the document, unless it was written to a file or a stream

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems: of what was left out, and of the entries."""
        return self.left_out + self.entry_problems

    @property
    def errors(self) -> int:
        """Count the errors."""
        listed = sum(problem.severity is Severity.ERROR for problem in self.problems)
        return listed + sum(number for code, number in self.beyond.items() if severity_of(code) is Severity.ERROR)

    @property
    def failed_inside(self) -> bool:
        """Return whether refeed itself failed on some file."""
        return any(problem.code == "internal-error" for problem in self.problems)


class NothingToBuildError(RefeedError):
    """No dump was found where refeed was told to look (exit status 1); the report says what is there instead."""

    def __init__(self, message: str, report: Report) -> None:
        """Keep the report beside the message."""
        super().__init__(message, report)  # both, or it could not be unpickled
        self.report = report

    def __str__(self) -> str:
        """Say the message alone."""
        return str(self.args[0])
