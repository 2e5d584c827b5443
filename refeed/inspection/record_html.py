"""Write parts of an inspected record as HTML: its problems, what each step removed, where every field comes from.

No headings, no styles: the pages that show them have their own. Every text of a dump is escaped.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any, Final

from refeed.inspection.inspected import Inspected
from refeed.inspection.record_table import fields
from refeed.limits import truncate
from refeed.problems import Problem
from refeed.quantities import amount
from refeed.text.plain import legal

_MOST_TEXTS: Final = 40  # removed texts of one step; --json has all
_LONGEST_TEXT: Final = 300


def as_text(value: Any) -> str:
    """Write any value as text: no mark-up and no control character of it stays."""
    return escape(legal(str(value)))


def problem_list(problems: Sequence[Problem]) -> Iterator[str]:
    """Write problems as a list; nothing when there are none."""
    if not problems:
        return
    yield '<ul class="problems">'
    for problem in problems:
        message = f"{as_text(problem.message)} <code>{problem.code}</code>"
        yield f'<li class="{problem.severity}"><b>{problem.severity}</b> {message}</li>'
    yield "</ul>"


def steps(inspected: Inspected) -> Iterator[str]:
    """Write what each step did and removed, as a table."""
    if not inspected.changes:
        yield "<p>No step changed the body.</p>"
        return
    yield f'<table class="steps">{_head("step", "changes", "removed")}'
    for change in inspected.changes:
        size = amount(change.removed, "character")
        texts = "".join(_removed(change.texts))
        yield (
            f'<tr><th scope="row">{as_text(change.step)}</th><td>{change.count:,}</td><td>{size}'
            + (f"<ul>{texts}</ul>" if texts else "")
            + "</td></tr>"
        )
    yield "</table>"


def _removed(texts: Iterable[str]) -> Iterator[str]:
    """Write removed texts, equal ones that follow each other once."""
    groups = [(text, len(list(same))) for text, same in groupby(texts)]
    for text, count in groups[:_MOST_TEXTS]:
        times = f" <small>× {count:,}</small>" if count > 1 else ""
        yield f"<li><del>{as_text(truncate(text, _LONGEST_TEXT))}</del>{times}</li>"
    if len(groups) > _MOST_TEXTS:
        yield f"<li>… and {len(groups) - _MOST_TEXTS:,} more</li>"


def provenance(inspected: Inspected) -> Iterator[str]:
    """Write where every field comes from, as a table."""
    yield f'<table class="fields">{_head("field", "value", "evidence")}'
    for name, value, evidence in fields(inspected):
        yield f'<tr><th scope="row">{as_text(name)}</th><td>{_value(name, value)}</td><td>{as_text(evidence)}</td></tr>'
    yield "</table>"


def _head(*names: str) -> str:
    return f"<thead><tr>{''.join(f'<th scope=col>{name}</th>' for name in names)}</tr></thead>"


def _value(name: str, value: str) -> str:
    return f'<a href="{as_text(value)}">{as_text(value)}</a>' if name in {"image", "url"} else as_text(value)
