"""Show one inspected record as a table: plain lines that stay the same anywhere, or as wide as a terminal is."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from refeed.console import visible
from refeed.inspection.inspected import Inspected
from refeed.limits import truncate
from refeed.problems import Problem
from refeed.quantities import amount
from refeed.startup.named_tuple import NamedTuple

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


_SHOWN: Final = (
    "title", "url", "id", "published", "updated", "header_date", "date_precision",
    "authors", "categories", "source", "language", "image", "enclosures", "summary",
)  # fmt: skip
_EVIDENCE_OF: Final = MappingProxyType({"header_date": "date", "date_precision": "date"})
_LONGEST: Final = 80  # characters of a removed text
_OPENING: Final = 160  # characters of a body
_MOST: Final = 3  # removed texts of one step

# Kind of a row → how a terminal shows its label and its text.
_STYLES: Final = MappingProxyType(
    {
        "error": ("bold red", "red"),
        "field": ("cyan", ""),
        "notice": ("bold", ""),
        "step": ("magenta", ""),
        "text": ("", "red"),
        "warning": ("bold yellow", ""),
    }
)


class Field(NamedTuple):
    """One fact of a record, and where it comes from."""

    name: str
    value: str
    evidence: str


class Row(NamedTuple):
    """One line of the table: a fact, a step of cleaning, a text that it removed, or a problem."""

    kind: str
    label: str
    text: str
    evidence: str = ""


def fields(inspected: Inspected) -> Iterator[Field]:
    """Return the facts of a record that are known, with their evidence."""
    for name in _SHOWN:
        value = getattr(inspected, name)
        texts = [one if isinstance(one, str) else one.url for one in value] if isinstance(value, tuple) else [value]
        if text := ", ".join(filter(None, texts)):
            yield Field(name, text, inspected.evidence.get(_EVIDENCE_OF.get(name, name), ""))


def votes(inspected: Inspected) -> str:
    """Return which formats claimed the file, and how surely."""
    return ", ".join(f"{name} {match}" for name, match in inspected.votes.items() if match != "NO") or "none"


def plain_lines(inspected: Inspected) -> Iterator[str]:
    """Return a record in lines of text."""
    yield _heading(inspected)
    for row in _rows(inspected):
        label = row.label if row.kind != "step" else f"- {row.label}"
        yield f"  {label:<{27 if row.kind in {'step', 'text'} else 15}} {row.text}" + _from(row)
    yield ""


def terminal_lines(inspected: Inspected, console: "Console") -> Iterator[str]:
    """Return a record in lines as wide as the console, with the colours that it can show."""
    from rich.text import Text

    with console.capture() as captured:
        console.print(Text(_heading(inspected), style="bold"), soft_wrap=True)
        console.print(_table(inspected))
    yield from captured.get().split("\n")


def _table(inspected: Inspected) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for row in _rows(inspected):
        label, text = _STYLES[row.kind]
        indent = "    " if row.kind == "step" else "  "
        evidence = (_from(row), "dim")
        table.add_row(Text(indent + row.label, style=label), Text.assemble((row.text, text), evidence))
    return table


def _heading(inspected: Inspected) -> str:
    status = "left out" if inspected.reason and inspected.status == "entry" else inspected.status
    return f"{visible(inspected.path)}:{inspected.line}  {status} {inspected.reason or inspected.format}"


def _from(row: Row) -> str:
    return f"   ← {row.evidence}" if row.evidence else ""


def _rows(inspected: Inspected) -> Iterator[Row]:
    """Return the rows with every control character visible."""
    problems = map(_problem, inspected.problems)
    for row in (Row("field", "votes", votes(inspected)), *_facts(inspected), *_body(inspected), *problems):
        yield row._replace(text=visible(row.text), evidence=visible(row.evidence))


def _facts(inspected: Inspected) -> Iterator[Row]:
    return (Row("field", *field) for field in fields(inspected)) if inspected.status != "skipped" else iter(())


def _body(inspected: Inspected) -> Iterator[Row]:
    """Show the body before, what each step did to it, and the body after."""
    if inspected.status == "skipped":
        return
    yield Row("field", "before", f"{inspected.body}, {_opening(inspected.raw)}")
    for change in inspected.changes:
        done = f"{amount(change.count, 'change')}, {amount(change.removed, 'character')} removed"
        yield Row("step", change.step, done)
        texts = change.texts
        yield from (Row("text", "", f"− {truncate(text, _LONGEST)}") for text in texts[:_MOST])
        if len(texts) > _MOST:
            yield Row("text", "", f"… and {len(texts) - _MOST} more: --json has them all, whole")
    yield Row("field", "after", _opening(inspected.content))


def _opening(body: str) -> str:
    beginning = " ".join(body[: 4 * _OPENING].split())
    return amount(len(body), "character") + (f": {truncate(beginning, _OPENING)}" if beginning else "")


def _problem(problem: Problem) -> Row:
    return Row(problem.severity, problem.severity, f"{problem.message} [{problem.code}]")
