"""Group problems by code: what each means, what to do about it, and which sources have it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from shlex import quote
from typing import Final

from refeed.console import visible
from refeed.input.discover import prefix_of
from refeed.paths import without_secrets
from refeed.problem_kinds import CODES, ProblemKind
from refeed.problems import Problem, Severity
from refeed.quantities import amount
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_MOST_SOURCES: Final = 5
_HOST: Final = late_pattern(r"(?:[\w-]+\.)+[\w-]+")


class ProblemGroup(NamedTuple):
    """The problems of one code."""

    code: str
    kind: ProblemKind
    problems: tuple[Problem, ...]


def by_code(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """Return the groups, errors first, the frequent ones before the rare."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.code, []).append(problem)
    groups = [ProblemGroup(code, CODES[code], tuple(some)) for code, some in found.items()]
    order = [*Severity]
    return sorted(groups, key=lambda group: (order.index(group.kind.severity), -len(group.problems), group.code))


def by_source(problems: Iterable[Problem], paths: Sequence[str]) -> list[tuple[str, int]]:
    """Count problems by their outlets, the commonest first.

    Those of files whose outlet is not known are counted by the folders that lie in the paths given.
    """
    counts = Counter(problem.outlet or _folder(problem.path, paths) for problem in problems)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _with_folder(problem: Problem, paths: Sequence[str]) -> Problem:
    """Return a problem with the folder behind its outlet's name: tables of `[sources]` are named by hosts and paths."""
    if not problem.outlet or _HOST.fullmatch(problem.outlet):
        return problem
    return problem._replace(outlet=f"{problem.outlet} ({_folder(problem.path, paths)})")


def _folder(path: str, paths: Sequence[str]) -> str:
    prefix = next((prefix for prefix in map(prefix_of, paths) if path.startswith(prefix)), "")
    folder, slash, _ = path[len(prefix) :].lstrip("/").partition("/")
    return f"{folder}/" if slash else "at the top"


def group_lines(problems: Iterable[Problem], paths: Sequence[str]) -> Iterator[str]:
    """Return for each code how many problems there are, of which sources, what it means, and what to do."""
    for code, kind, found in by_code(problems):
        yield f"{amount(len(found), kind.severity)} [{code}]: {kind.meaning}"
        sources = by_source((_with_folder(problem, paths) for problem in found), paths)
        if len(sources) > 1:
            more = f", {amount(len(sources) - _MOST_SOURCES, 'more source')}" if len(sources) > _MOST_SOURCES else ""
            shown = (f"{visible(name)} {count:,}" for name, count in sources[:_MOST_SOURCES])
            yield f"    where: {', '.join(shown)}{more}"
        yield f"    what to do: {kind.cure.replace('FILE', visible(quote(without_secrets(found[0].path))))}"
