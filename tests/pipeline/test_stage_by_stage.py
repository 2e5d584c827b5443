"""Entries that are made together: the order of their stages, what one that fails costs, and how many there are."""

from collections.abc import Iterator

from refeed.model import SourceFile
from refeed.pipeline.entries.stage_by_stage import StageByStage
from refeed.pipeline.entries.task import EntryResult, EntryTask, RecordRef
from refeed.problems import Problem
from refeed.stages import Staged

LARGE = 600_000  # bytes: more than entries that are made together may have


def tasks(names: str) -> Iterator[EntryTask]:
    return (EntryTask(b"", RecordRef(SourceFile(one, one), 0), None, (), None, is_shared=False) for one in names)


class Workshop:
    """Makes entries in two stages, those with the name "x" not without trouble; those with a capital are large."""

    def __init__(self) -> None:
        """Begin with none."""
        self.done = list[str]()
        self._taken = 0
        self.together = StageByStage(self._making, lambda: self._taken, debug=False)

    def _making(self, task: EntryTask) -> Staged[EntryResult]:
        name = task.winner.source.name
        self.done.append(f"read {name}")
        self._taken += LARGE if name.isupper() else 1
        yield
        self.done.append(f"make {name}")
        if name == "x":
            raise ValueError("a knot")
        return EntryResult(None, (Problem("stub", name),))


def test_a_stage_of_all_comes_before_the_next_one() -> None:
    workshop = Workshop()
    results = workshop.together.make(tasks("abc"))
    assert workshop.done == ["read a", "read b", "read c", "make a", "make b", "make c"]
    assert [result.problems[0].message for result in results] == ["a", "b", "c"]


def test_what_goes_wrong_costs_one_entry() -> None:
    first, failed, last = Workshop().together.make(tasks("axb"))
    assert [first.problems[0].code, last.problems[0].code] == ["stub", "stub"]
    assert [(problem.code, problem.path) for problem in failed.problems] == [("internal-error", "x")]


def test_beside_a_large_one_none_is_begun() -> None:
    workshop = Workshop()
    results = workshop.together.make(tasks("aBc"))  # the large one is known when it is read: behind it is the border
    assert workshop.done == ["read a", "read B", "make a", "make B", "read c", "make c"]
    assert [result.problems[0].message for result in results] == ["a", "B", "c"]


def test_one_that_is_done_early_keeps_its_place() -> None:
    def making(task: EntryTask) -> Staged[EntryResult]:
        name = task.winner.source.name
        if name != "b":
            yield
        return EntryResult(None, (Problem("stub", name),))

    results = StageByStage(making, lambda: 0, debug=False).make(tasks("abc"))
    assert [result.problems[0].message for result in results] == ["a", "b", "c"]
