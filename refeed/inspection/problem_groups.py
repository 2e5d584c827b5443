"""Put problems together by their code: what each means, what to do about it, and in which folders they are."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from shlex import quote
from typing import Final, NamedTuple

from refeed.console import visible
from refeed.input.discover import prefix_of
from refeed.problem_kinds import CODES, ProblemKind, Severity
from refeed.problems import Problem
from refeed.quantities import amount

_MOST_FOLDERS: Final = 5


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


def by_folder(problems: Iterable[Problem], paths: Sequence[str]) -> list[tuple[str, int]]:
    """Count problems by the folders that lie in the paths given, the commonest first."""
    counts = Counter(_folder(problem.path, paths) for problem in problems)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _folder(path: str, paths: Sequence[str]) -> str:
    prefix = next((prefix for prefix in map(prefix_of, paths) if path.startswith(prefix)), "")
    folder, slash, _ = path[len(prefix) :].lstrip("/").partition("/")
    return f"{folder}/" if slash else "at the top"


def group_lines(problems: Iterable[Problem], paths: Sequence[str]) -> Iterator[str]:
    """Return for each code how many problems there are and where, what it means, and what to do."""
    for code, kind, found in by_code(problems):
        yield f"{amount(len(found), kind.severity)} [{code}]: {kind.meaning}"
        folders = by_folder(found, paths)
        if len(folders) > 1:
            more = f", {amount(len(folders) - _MOST_FOLDERS, 'more folder')}" if len(folders) > _MOST_FOLDERS else ""
            yield f"    where: {', '.join(f'{name} {count:,}' for name, count in folders[:_MOST_FOLDERS])}{more}"
        yield f"    what to do: {kind.cure.replace('FILE', visible(quote(found[0].path)))}"
