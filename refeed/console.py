"""Print what a build did, on a terminal or to a log, without any control character of a dump."""

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, TextIO

from refeed.problems import Problem, Severity, severity_of
from refeed.report import Report
from refeed.startup.late_patterns import late_pattern

_MOST_LINES: Final = 40  # about problems that are named one by one; `refeed check` names all
_PER_CODE: Final = (20, 10, 5, 2, 1)  # problems of each code: the first number with which the lines are few enough

# What a line begins with, or what stands after its place, and the code at its end → how a terminal shows it (ECMA-48).
_COLOURED: Final = late_pattern(r"^(Error|note|refeed|warning)(?=: )|(?<=: )(error|notice|warning)(?=: )|\[[a-z-]+\]$")
_COLOURS: Final = MappingProxyType(
    {"Error": 31, "error": 31, "refeed": 31, "warning": 33, "note": 36, "notice": 36, "code": 2}
)


def visible(text: str) -> str:
    """Show control characters, line ends too, as escapes: no text can steer a terminal or forge a line."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def wants_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Return whether lines to a stream may have colours: on terminals, unless the environment says otherwise.

    https://no-color.org and https://force-color.org: a variable that is empty says nothing.
    """
    if environment.get("NO_COLOR"):
        return False
    return bool(environment.get("FORCE_COLOR")) or (stream.isatty() and environment.get("TERM") != "dumb")


def coloured(line: str) -> str:
    """Colour the words in a line that say how bad it is, and dim its code; anything else in it stays as it is."""
    return _COLOURED.sub(lambda found: f"\x1b[{_COLOURS[found[1] or found[2] or 'code']}m{found[0]}\x1b[0m", line)


def say(*lines: str, plain: bool = False) -> None:
    """Write lines to stderr; if it is closed or full, the feed still goes out."""
    if sys.stderr is None:
        return
    style = str if plain or not wants_colour(sys.stderr, os.environ) else coloured
    try:
        sys.stderr.write("".join(f"{style(visible(line))}\n" for line in lines))
        sys.stderr.flush()
    except OSError:  # what it still holds is dropped, or the interpreter would fail on it at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def report_lines(report: Report, *, verbose: bool) -> Iterator[str]:
    """Return the lines for stderr: what was left out and every error, warnings by count, notes, and the totals last."""
    if verbose:
        yield from problem_lines(report.left_out)
        yield from problem_lines(report.entry_problems)
    else:
        yield from _few_lines(report.left_out)
        yield from _counted(report.entry_problems) if report.entry_problems else ()
    yield from (f"note: {visible(note)}" for note in report.notes)
    yield from filter_lines(report)
    yield str(report.totals)


def _counted(problems: Iterable[Problem]) -> Iterator[str]:
    from refeed.problem_kinds import CODES

    for code, count in sorted(Counter(problem.code for problem in problems).items()):
        times = "once" if count == 1 else f"{count:,} times"
        yield f"{CODES[code].severity}: {times} in the feed: {CODES[code].meaning} [{code}]"


def filter_lines(report: Report) -> Iterator[str]:
    """Return a line for each filter of a run that left out anything."""
    return (f"filter: {visible(str(one))}" for one in report.filters if one.left_out)


def error_lines(report: Report) -> Iterator[str]:
    """Return the lines for stderr of a quiet run: the errors alone."""
    yield from _few_lines(only_errors(report.problems))


def only_errors(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Return the problems that are errors."""
    return (problem for problem in problems if problem.severity is Severity.ERROR)


def problem_lines(problems: Iterable[Problem], *, most: int | None = None, more: str = "") -> Iterator[str]:
    """Return one line a problem, those of one code together, errors first, at most `most` of each code."""
    for code, found in _by_code(problems):
        shown = found[:most]
        for problem in shown:
            yield from _lines(problem)
        if len(found) > len(shown):
            yield f"… and {len(found) - len(shown):,} more [{code}]{more}"


def _few_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """Return as many of the lines as anybody would read."""
    problems = [*problems]
    sizes = [len(found) for _, found in _by_code(problems)]

    def lines(most: int) -> int:
        return sum(min(size, most + 1) for size in sizes)

    most = next((most for most in _PER_CODE if lines(most) <= _MOST_LINES), _PER_CODE[-1])
    return problem_lines(problems, most=most, more=": refeed check")


def _by_code(problems: Iterable[Problem]) -> list[tuple[str, list[Problem]]]:
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.code].append(problem)
    order = [*Severity]
    return sorted(found.items(), key=lambda item: (order.index(severity_of(item[0])), item[0]))


def _lines(problem: Problem) -> Iterator[str]:
    """Return a problem in one line; only of refeed's own failures (--debug) do more lines follow, indented."""
    if problem.code != "internal-error":
        yield visible(str(problem))
        return
    first, *rest = problem.message.split("\n")
    yield visible(str(problem._replace(message=first)))
    yield from (f"    {visible(line)}" for line in rest)


def report_json(report: Report, more: Mapping[str, Any] = MappingProxyType({})) -> str:
    """Return the report as one JSON object, with more facts beside it."""
    problems = [{**problem.as_dict(), "outlet": problem.outlet} for problem in report.problems]
    facts: dict[str, Any] = {"totals": report.totals.as_dict(), "problems": problems, "notes": list(report.notes)}
    if report.beyond:
        facts["problems_beyond"] = dict(report.beyond)
    facts["filters"] = [one._asdict() for one in report.filters]
    return dumps(facts | {"written": report.written, "changed": report.changed, **more})


def dumps(facts: dict[str, Any]) -> str:
    """Return one line of JSON with everything that is not printable escaped."""
    text = json.dumps(facts, ensure_ascii=False)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
