"""Make the entries of several articles stage by stage; an error in a file costs its own entry only."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from refeed.pipeline.entries.task import EntryResult, EntryTask
from refeed.pipeline.guard import Spent, guarded
from refeed.problems import Problem
from refeed.stages import Staged, advance
from refeed.startup.named_tuple import NamedTuple

_TOGETHER: Final = 2**18  # bytes of files and bodies: beyond that no further entry is begun before those are made


class _UnderWay(NamedTuple):
    """An entry that is being made."""

    number: int  # of its task
    task: EntryTask
    stages: Staged[EntryResult]
    spent: Spent  # all stages together have the time of one piece of work


class StageByStage:
    """Makes entries, as many together as memory allows."""

    def __init__(
        self, begin: Callable[[EntryTask], Staged[EntryResult]], taken: Callable[[], int], *, debug: bool
    ) -> None:
        """Learn how one is made, and what tells the bytes of all files and bodies that were read up to now."""
        self._begin, self._taken, self._debug = begin, taken, debug

    def make(self, tasks: Iterable[EntryTask]) -> list[EntryResult]:
        """Make the entries of articles; the results are in the same order."""
        results, under_way, before = dict[int, EntryResult](), list[_UnderWay](), self._taken()
        for number, task in enumerate(tasks):
            begun = _UnderWay(number, task, self._begin(task), Spent())
            if self._goes_on(begun, results):
                under_way.append(begun)
            if self._taken() - before > _TOGETHER:
                self._end(under_way, results)
                before = self._taken()
        self._end(under_way, results)
        return [results[number] for number in sorted(results)]

    def _end(self, under_way: list[_UnderWay], results: dict[int, EntryResult]) -> None:
        """Do the rest of the work."""
        while under_way:
            under_way[:] = [work for work in under_way if self._goes_on(work, results)]

    def _goes_on(self, work: _UnderWay, results: dict[int, EntryResult]) -> bool:
        """Do the next stage of an entry, and return whether there are more."""
        do = partial(advance, work.stages)
        result = guarded(work.task.winner.source, do, debug=self._debug, spent=work.spent)
        if result is None:
            return True
        results[work.number] = EntryResult(None, (result,)) if isinstance(result, Problem) else result
        return False
