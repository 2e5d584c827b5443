"""Have the entries of the next articles made ahead of their turn, so that no worker waits."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Protocol

from refeed.pipeline.entries.task import EntryResult, EntryTask
from refeed.pipeline.second_pass.kinds_of_files import Kind
from refeed.pipeline.second_pass.read_ahead import Wanted
from refeed.records.selection.article import Article


class Maker(Protocol):
    """Makes entries."""

    handful: int
    """Tasks that a worker gets at once, if more than one."""

    def submit(self, tasks: list[EntryTask]) -> Callable[[], list[EntryResult]]:
        """Begin to make entries; return a function that waits for them."""

    def task_again(self, task: EntryTask, result: EntryResult) -> EntryTask:
        """Return what is to be done instead of a task that has asked for other posts."""

    def is_expected(self, article: Article, first: Article, before: int) -> bool:
        """Return whether an article may be made now, while `before` others wait ahead of it, beginning with `first`.

        It may if it goes out if they do, and needs nothing that is kept instead of what they need.
        """

    def ahead(self) -> int:
        """Return how many tasks should be under way; 0: each is done when somebody waits for it."""

    def parts(self) -> int:
        """Return into how many parts the work that is left should be divided where `handful` is one."""

    def kinds(self, tasks: list[EntryTask]) -> list[Kind]:
        """Return of which kind the file of each task is: those of one kind need the same libraries."""


class _InWork:
    """An article whose entry is made."""

    def __init__(self, article: Article, task: EntryTask, wait: Callable[[], EntryResult]) -> None:
        self.article, self.task, self.wait = article, task, wait

    def begin_again(self, maker: Maker) -> None:
        """Have it made with the posts that it asked for."""
        self.task = maker.task_again(self.task, self.wait())
        self.wait = partial(_nth, cache(maker.submit([self.task])), 0)


def entries_ahead(wanted: Iterator[Wanted], maker: Maker) -> Iterator[tuple[Article, Callable[[], EntryResult]]]:
    """Yield every article, newest first, and what waits for its entry; processes make some ahead.

    None is made ahead that goes out only if another one does not.
    """
    waiting, following = deque[_InWork](), next(wanted, None)
    while following or waiting:
        ahead = maker.ahead()
        size = maker.handful if ahead else 1
        room = max(ahead, 1) - len(waiting)
        new = list[Wanted]()
        while following and len(new) < room // size * size:
            first = waiting[0].article if waiting else new[0][0] if new else following[0]
            if not maker.is_expected(following[0], first, len(waiting) + len(new)):
                break
            new.append(following)
            following = next(wanted, None)
        if new:
            waiting.extend(_begun(new, size, maker))
        if following and not waiting:  # it is begun when somebody waits for it
            article, task = following
            waiting.append(_InWork(article, task, cache(partial(_made, task, maker))))
            following = next(wanted, None)
        yield waiting[0].article, partial(_answer, waiting, maker)
        waiting.popleft()


def _begun(new: list[Wanted], size: int, maker: Maker) -> list[_InWork]:
    """Begin entries, `size` at once, or a part of what is left."""
    begun = dict[int, _InWork]()
    numbers = range(len(new))
    for handful in _parts(new, maker) if size == 1 else (numbers[at : at + size] for at in numbers[::size]):
        wait = cache(maker.submit([new[number][1] for number in handful]))
        begun |= {number: _InWork(*new[number], partial(_nth, wait, nth)) for nth, number in enumerate(handful)}
    return [begun[number] for number in numbers]


def _parts(new: list[Wanted], maker: Maker) -> Iterator[Sequence[int]]:
    """Yield the numbers of those that are made at once, the largest first, the last ones one by one.

    So no worker is left alone with a large one, nor with many. Those of a rare kind are made by one worker, from the
    beginning, as it has libraries to load.
    """
    parts, sizes = maker.parts(), [article.winner.size for article, _ in new]
    order, left, start = sorted(range(len(new)), key=sizes.__getitem__, reverse=True), sum(sizes), 0
    kinds, work = maker.kinds([task for _, task in new]), Counter[Kind]()
    for kind, size in zip(kinds, sizes, strict=True):
        work[kind] += size
    for kind, size in work.items():
        if size * parts <= left:
            yield [number for number in order if kinds[number] == kind]
            order = [number for number in order if kinds[number] != kind]
            left -= size
    while start < len(order):
        end, size = start + 1, sizes[order[start]]
        while end < len(order) and (size + sizes[order[end]]) * parts <= left:
            size += sizes[order[end]]
            end += 1
        yield order[start:end]
        left, start = left - size, end


def _answer(waiting: deque[_InWork], maker: Maker) -> EntryResult:
    """Return the result of the first that waits. Where it has asked for other posts, it is made again with them."""
    first = waiting[0]
    while (result := first.wait()).asked:
        # Those behind it are ready before it is once more, and may have asked, too: they are made beside each other.
        for one in waiting:
            if one.wait().asked:
                one.begin_again(maker)
    return result


def _made(task: EntryTask, maker: Maker) -> EntryResult:
    return maker.submit([task])()[0]


def _nth(wait: Callable[[], list[EntryResult]], number: int) -> EntryResult:
    return wait()[number]
