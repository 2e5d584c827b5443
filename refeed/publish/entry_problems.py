"""Find the problems of an article by the record that its entry was made from."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from refeed.problems import NOT_PUBLISHED, Problem
from refeed.report import Origin
from refeed.startup.named_tuple import NamedTuple


class EntryProblems(NamedTuple):
    """The problems of entries, and how many entries each of their files has."""

    by_path: Mapping[str, Sequence[Problem]]
    entries: Mapping[str, int]

    def of(self, origin: Origin) -> list[Problem]:
        """Return the problems of an entry."""
        found = self.by_path.get(origin.path, ())
        return [one for one in found if self.entries[origin.path] == 1 or one.line == origin.line]

    def only(self, paths: Iterable[str]) -> "EntryProblems":
        """Return the problems of some files."""
        known = [path for path in dict.fromkeys(paths) if path in self.by_path]
        return EntryProblems({path: self.by_path[path] for path in known}, {path: self.entries[path] for path in known})


def entry_problems(problems: Iterable[Problem], origins: Iterable[Origin]) -> EntryProblems:
    """Sort the problems that a page may show."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.code not in NOT_PUBLISHED:
            found.setdefault(problem.path, []).append(problem)
    return EntryProblems(found, Counter(origin.path for origin in origins if origin.path in found))
