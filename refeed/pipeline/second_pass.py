"""The second pass: make the entries of the newest articles until the feed is full."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from itertools import chain, islice
from math import inf
from typing import TYPE_CHECKING, Final

from refeed.cache.sqlite_store import CacheStore
from refeed.options import DEFAULT_SPAN, Options
from refeed.pipeline.article_table import that_tell_dates
from refeed.pipeline.entries_ahead import Making, entries_ahead
from refeed.pipeline.entry_task import BuiltEntry, EntryResult, EntryTask, RecordRef
from refeed.pipeline.file_table import Files
from refeed.pipeline.limit_and_span import Window, window_of
from refeed.pipeline.linked_posts import LinkedPosts
from refeed.pipeline.made_entries import MadeEntries, Origins
from refeed.pipeline.pool import WorkerPool
from refeed.pipeline.problem_log import ProblemLog
from refeed.pipeline.read_ahead import ReadAhead, Wanted
from refeed.pipeline.worker import Worker
from refeed.problems import Severity
from refeed.records.article import Article
from refeed.records.fold import RecordId
from refeed.records.select import Selected
from refeed.report import Totals
from refeed.spool import Spool
from refeed.startup.named_tuple import NamedTuple

if TYPE_CHECKING:
    from refeed.pipeline.far_entries import Describe, FarEntries

_MANY: Final = 40  # new entries from which on several processes are quicker than one
_MUCH: Final = 350_000  # bytes of records that can be shared, from which on they are, however few entries these are
_WARM: Final = 8_000  # bytes of records after which most of what bodies need is loaded and compiled
_HANDFUL: Final = 16  # tasks that are done at once where all articles go out (see stages)
_LONGEST_LANGUAGE: Final = "mis-Zyyy-001-variants-variants-variants"  # as long as any that a header may state
_FAR_HANDFUL: Final = 64  # where workers keep the entries: somebody has to know about each handful


class SecondPass(NamedTuple):
    """The entries that go out, and what the feed needs to know of them."""

    made: MadeEntries
    totals: Totals
    cut_short: bool  # articles of the 48 h before the newest did not fit
    left_out: ProblemLog
    findings: ProblemLog  # about the entries that go out
    rules: frozenset[tuple[str, bool]]  # of the settings: those that apply to an entry, and which did something there

    @property
    def has_failed(self) -> bool:
        """Return whether something went wrong that may go right in the next build."""
        return any(problem.severity is Severity.ERROR for problem in (*self.left_out, *self.findings))

    @property
    def fragments(self) -> Spool:
        """The entries as they stand in the feed."""
        return self.made.fragments

    @property
    def entries(self) -> Spool:
        """The same, packed (see packed_entry); empty unless the run keeps them."""
        return self.made.entries

    @property
    def origins(self) -> Origins:
        """Where they come from."""
        return self.made.origins

    @property
    def sizes(self) -> Sequence[int]:
        """The bytes of each as it stands in the feed."""
        return self.made.sizes

    @property
    def dates(self) -> Sequence[float]:
        """The dates of the order, in seconds since 1970."""
        return self.made.dates

    def close(self) -> None:
        """Let go of what lies in temporary files."""
        self.made.close()


class _Start:
    """Starts the workers: copies of this process once it is warm, so that they compile nothing that it has compiled."""

    def __init__(self, pool: WorkerPool, *, pays: bool) -> None:
        """Start those that share nothing; `pays` tells whether several processes are quicker than one."""
        self._pool, self._pays, self._left = pool, pays, _WARM
        self.is_put_off = pool.shares
        if not self.is_put_off:
            pool.start(pays=pays)

    def count(self, size: int) -> None:
        """Take notice of an entry that was made, of a record of so many bytes."""
        if self.is_put_off:
            self._left -= size
            if self._left < 0:
                self.is_put_off = False
                self._pool.start(pays=self._pays)


def second_pass(
    selected: Selected,
    files: Files,
    options: Options,
    *,
    pool: WorkerPool,
    posts: LinkedPosts,
    index: CacheStore | None,
    new: int,
    size_of_head: Callable[[str | None], int],
    describe: "Describe | None" = None,
) -> SecondPass:
    """Make the entries that go out; the totals say what became of the other articles.

    `posts` finds those that bodies refer to; `new` counts the files of which no index can know the entries;
    `size_of_head` tells the bytes before the entries by the language of the feed. With `describe` workers may keep
    the entries, and return only that of each.
    """
    window = window_of(options)
    wanted = _tasks(selected, files)
    first = [*islice(wanted, min(new, window.limit or new, _MANY + 1))]
    start = _Start(pool, pays=len(first) > _MANY or _is_much(first))
    left_out, findings, rules, skipped, beyond = ProblemLog(), ProblemLog(), set[tuple[str, bool]](), 0, None
    with closing(ReadAhead(options, pool.needs)) as ahead, ExitStack() as stack:
        made = stack.enter_context(closing(MadeEntries(_far(pool, index, options, describe))))
        making = _making(window, made, ahead, start, pool, partial(_task_again, posts=posts, index=index))
        for article, wait in entries_ahead(ahead.over(chain(first, wanted)), making):
            if not window.holds(len(made), article.date, made.newest or article.date):
                beyond = article
                break
            built = (result := wait()).built
            _remember(result, index)
            start.count(article.winner.size)
            if built is None:
                left_out.extend(result.problems)
                skipped += 1
                continue
            if made and _is_full(window, made, built, size_of_head):
                beyond = article
                break
            made.add(article.date, built)
            findings.extend(result.problems)
            rules.update(result.rules)
        stack.pop_all()  # from here on the caller closes them
    totals = Totals(out=len(made), skipped=skipped, beyond_limit=selected.outcome.wanted - skipped - len(made))
    is_cut_short = bool(beyond and made.newest and made.newest - beyond.date < DEFAULT_SPAN)
    return SecondPass(made, totals, is_cut_short, left_out, findings, frozenset(rules))


def _making(
    window: Window,
    made: MadeEntries,
    ahead: ReadAhead,
    start: _Start,
    pool: WorkerPool,
    task_again: Callable[[EntryTask, EntryResult], EntryTask],
) -> Making:
    handful = _FAR_HANDFUL if made.far else _HANDFUL
    return Making(
        submit=partial(_submitted, ahead=ahead, pool=pool, far=made.far),
        task_again=task_again,
        is_expected=partial(_is_expected, window, made, ahead),
        handful=1 if window.limit else handful,
        ahead=partial(_ahead, pool, window, start, handful),
        parts=lambda: pool.ahead,
    )


def _is_much(wanted: list[Wanted]) -> bool:
    """Return whether there is enough to share once the first entry is made; the largest is one process's anyway."""
    sizes = [article.winner.size for article, _ in wanted[1:]]
    return sum(sizes) - max(sizes, default=0) > _MUCH


def _ahead(pool: WorkerPool, window: Window, start: _Start, handful: int) -> int:
    """Return how many entries should be under way; 0: each is made when it is waited for."""
    return 0 if start.is_put_off else (pool.ahead or not window.limit) * handful


def _is_expected(
    window: Window, made: MadeEntries, ahead: ReadAhead, article: Article, first: Article, before: int
) -> bool:
    """Return whether an article goes out if all do that come before it: so many are not made yet.

    Nor is one made ahead for which files are kept instead of theirs: they would be looked for in the archive again.
    """
    return not ahead.is_at_border and window.holds(len(made) + before, article.date, made.newest or first.date)


def _is_full(window: Window, made: MadeEntries, built: BuiltEntry, size_of_head: Callable[[str | None], int]) -> bool:
    """Return whether a feed with one more entry would be too large."""
    size = made.fragments.size + len(built.fragment)
    if not window.is_passed_by(size + size_of_head(_LONGEST_LANGUAGE)):
        return False  # nearly always
    return window.is_passed_by(size + size_of_head(made.language(built.facts)))


def _tasks(selected: Selected, files: Files) -> Iterator[Wanted]:
    """Yield every article, newest first, and what its entry is made of."""
    return ((article, _task(article, selected, files)) for article in selected.newest_first())


def _far(
    pool: WorkerPool, index: CacheStore | None, options: Options, describe: "Describe | None"
) -> "FarEntries | None":
    """Return what knows about entries that workers keep; None where they come here, as they must for an index."""
    if pool.keeper is None or index is not None or describe is None:
        return None
    from refeed.pipeline.far_entries import FarEntries  # not where one machine does all

    return FarEntries(pool.keeper, options, describe)


def _submitted(
    tasks: list[EntryTask], *, ahead: ReadAhead, pool: WorkerPool, far: "FarEntries | None"
) -> Callable[[], list[EntryResult]]:
    if not (any(map(ahead.is_read_here, tasks)) or _are_large(tasks, pool.share)):
        return far.submit(tasks) if far else pool.submit(Worker.make, tasks)
    if far:
        told = far.made_here(pool.do_here(Worker.make, tasks))
        return lambda: told
    made = pool.do_here(Worker.make, tasks) if pool.ahead else None
    return lambda: pool.do_here(Worker.make, tasks) if made is None else made


def _are_large(tasks: list[EntryTask], share: int | None) -> bool:
    """Return whether any of the files of tasks is too large to be read beside others."""
    if share is None:
        return False
    return any(_size(path) > share for path in {ref.source.path for task in tasks for ref in task.references})


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116  paths stay text
    except OSError:  # it lies in an archive or elsewhere, or has vanished
        return 0


def _task_again(task: EntryTask, result: EntryResult, *, posts: LinkedPosts, index: CacheStore | None) -> EntryTask:
    """Return a task that asked for other posts with what is known of them."""
    _remember(result, index)
    return task._replace(posts=(*task.posts, *posts.answers(task.winner.source, result.asked)))


def _task(article: Article, selected: Selected, files: Files) -> EntryTask:
    """Return what an article's entry is made of."""
    return EntryTask(
        identity=article.identity,
        winner=_reference(article.winner.record, files),
        earliest=article.earliest if article.earliest < inf else None,
        others=tuple(_reference(rank.record, files) for rank in that_tell_dates(article, selected)),
        origin=_reference(article.origin.record, files) if article.stated else None,
        is_shared=selected.is_shared(article.stated),
    )


def _reference(record: RecordId, files: Files) -> RecordRef:
    return RecordRef(files[record.file], record.number)


def _remember(result: EntryResult, index: CacheStore | None) -> None:
    if index is None or result.key is None:
        return
    if result.packed is None:
        index.use_entry(result.key)
    else:
        index.keep_entry(result.key, result.packed)
