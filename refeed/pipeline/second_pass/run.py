"""The second pass: make the entries of the newest articles until the feed is full."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import cache
from itertools import chain, islice
from math import inf
from typing import TYPE_CHECKING, Final

from refeed.options import DEFAULT_SPAN
from refeed.pipeline.build_context import BuildContext
from refeed.pipeline.entries.task import BuiltEntry, EntryResult, EntryTask, RecordOfArticle, RecordRef
from refeed.pipeline.first_pass.article_table import that_tell_dates
from refeed.pipeline.first_pass.file_table import Files
from refeed.pipeline.problem_log import ProblemLog
from refeed.pipeline.second_pass.entries_ahead import entries_ahead
from refeed.pipeline.second_pass.kinds_of_files import NO_KIND, Kind, kinds_of
from refeed.pipeline.second_pass.limit_and_span import Window, window_of
from refeed.pipeline.second_pass.made_entries import MadeEntries, Origins
from refeed.pipeline.second_pass.read_ahead import ReadAhead, Wanted
from refeed.pipeline.workers.pool import WorkerPool
from refeed.pipeline.workers.worker import Worker
from refeed.problems import Severity
from refeed.records.selection.article import Article
from refeed.records.selection.fold import RecordId
from refeed.records.selection.select import Selected
from refeed.report import Totals
from refeed.spool import Spool
from refeed.startup.named_tuple import NamedTuple

if TYPE_CHECKING:
    from refeed.pipeline.first_pass.run import FirstPass
    from refeed.pipeline.linked.posts import LinkedPosts
    from refeed.pipeline.workers.far_entries import FarEntries

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
        """The packed entries (see packed_entry); empty unless the run keeps them."""
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
        self.is_put_off = self.is_warm = pool.shares
        if not self.is_put_off:
            pool.start(pays=pays)

    def count(self, size: int) -> None:
        """Count an entry that was made of a record of `size` bytes."""
        if self.is_put_off:
            self._left -= size
            if self._left < 0:
                self.is_put_off = False
                self._pool.start(pays=self._pays)


class _Room:
    """How much more goes into the feed."""

    def __init__(self, window: Window, made: MadeEntries, size_of_head: Callable[[str | None], int]) -> None:
        """Follow what is made; `size_of_head` returns the bytes before the entries, by the language of the feed."""
        self.window, self.made, self._size_of_head = window, made, size_of_head

    def holds(self, article: Article, first: Article, before: int = 0) -> bool:
        """Return whether an article goes out if the `before` articles ahead of it do, of which `first` is the first."""
        return self.window.holds(len(self.made) + before, article.date, self.made.newest or first.date)

    def is_passed_by(self, built: BuiltEntry) -> bool:
        """Return whether a feed with one more entry would be too large."""
        size = self.made.fragments.size + len(built.fragment)
        if not self.window.is_passed_by(size + self._size_of_head(_LONGEST_LANGUAGE)):
            return False  # nearly always
        return self.window.is_passed_by(size + self._size_of_head(self.made.language(built.facts)))


class _EntryMaker:
    """Has the entries made, by workers or in this process, and finds the posts that their bodies ask for."""

    def __init__(
        self, context: BuildContext, posts: "Callable[[], LinkedPosts]", room: _Room, start: _Start, ahead: ReadAhead
    ) -> None:
        """Make those of one run."""
        self._pool, self._store, self._posts, self._paths = context.pool, context.store, posts, context.paths
        self._room, self._start, self._ahead = room, start, ahead
        self._far = room.made.far
        self._most = _FAR_HANDFUL if self._far else _HANDFUL
        self.handful = 1 if room.window.limit else self._most

    def submit(self, tasks: list[EntryTask]) -> Callable[[], list[EntryResult]]:
        """Begin to make entries; return a function that waits for them."""
        pool, far = self._pool, self._far
        if not (any(map(self._ahead.is_read_here, tasks)) or _are_large(tasks, pool.share)):
            return far.submit(tasks) if far else pool.submit(Worker.make, tasks)
        if far:
            told = far.made_here(pool.do_here(Worker.make, tasks))
            return lambda: told
        made = pool.do_here(Worker.make, tasks) if pool.ahead else None
        return lambda: pool.do_here(Worker.make, tasks) if made is None else made

    def task_again(self, task: EntryTask, result: EntryResult) -> EntryTask:
        """Return a task that asked for other posts with what is known of them."""
        self.remember(result)
        return task._replace(posts=(*task.posts, *self._posts().answers(task.winner.source, result.asked)))

    def is_expected(self, article: Article, first: Article, before: int) -> bool:
        """Return whether an article goes out if all articles ahead of it do, of which `before` are not made yet.

        Nor is one made ahead for which files are kept instead of theirs: they would be looked for in the archive again.
        """
        return not self._ahead.is_at_border and self._room.holds(article, first, before)

    def ahead(self) -> int:
        """Return how many entries should be under way; 0: each is made when it is waited for."""
        if self._start.is_put_off:
            return 0
        return (self._pool.ahead or not self._room.window.limit) * self._most

    def parts(self) -> int:
        """Return into how many parts the work that is left is divided."""
        return self._pool.ahead

    def kinds(self, tasks: list[EntryTask]) -> list[Kind]:
        """Return of which kind the file of each task is, as far as it matters: copies of a warm process read all."""
        if self._start.is_warm or not self._pool.ahead:
            return [NO_KIND] * len(tasks)
        return kinds_of([task.winner.source for task in tasks], self._paths)

    def remember(self, result: EntryResult) -> None:
        """Keep an entry for later builds, if there is an index."""
        if self._store is None or result.key is None:
            return
        if result.packed is None:
            self._store.use_entry(result.key)
        else:
            self._store.keep_entry(result.key, result.packed)


def second_pass(
    first: "FirstPass", selected: Selected, context: BuildContext, size_of_head: Callable[[str | None], int]
) -> SecondPass:
    """Make the entries that go out; the totals say what became of the other articles.

    `size_of_head` returns the bytes before the entries, by the language of the feed. Where the context has a use that
    describes entries, workers may keep them and return only that of each.
    """
    pool, window = context.pool, window_of(context.options)
    wanted = _tasks(selected, first.files)
    # As many as were read in this run, at most: of all others the index may have the entries.
    new = [*islice(wanted, min(first.read, window.limit or first.read, _MANY + 1))]
    start = _Start(pool, pays=len(new) > _MANY or _is_much(new))

    @cache
    def posts() -> "LinkedPosts":
        from refeed.pipeline.linked.posts import LinkedPosts  # most bodies ask for none

        return LinkedPosts(first.files, selected, context.options, context.now)

    left_out, findings, rules, skipped, beyond = ProblemLog(), ProblemLog(), set[tuple[str, bool]](), 0, None
    with closing(ReadAhead(context.options, pool.needs)) as ahead, ExitStack() as stack:
        made = stack.enter_context(closing(MadeEntries(_far(context))))
        room = _Room(window, made, size_of_head)
        maker = _EntryMaker(context, posts, room, start, ahead)
        for article, wait in entries_ahead(ahead.over(chain(new, wanted)), maker):
            if not room.holds(article, article):
                beyond = article
                break
            built = (result := wait()).built
            maker.remember(result)
            start.count(article.winner.size)
            if built is None:
                left_out.extend(result.problems)
                skipped += 1
                continue
            if made and room.is_passed_by(built):
                beyond = article
                break
            made.add(article.date, built)
            findings.extend(result.problems)
            rules.update(result.rules)
        stack.pop_all()  # from here on the caller closes them
    totals = Totals(out=len(made), skipped=skipped, beyond_limit=selected.outcome.wanted - skipped - len(made))
    is_cut_short = bool(beyond and made.newest and made.newest - beyond.date < DEFAULT_SPAN)
    return SecondPass(made, totals, is_cut_short, left_out, findings, frozenset(rules))


def _is_much(wanted: list[Wanted]) -> bool:
    """Return whether there is enough to share once the first entry is made; the largest is one process's anyway."""
    sizes = [article.winner.size for article, _ in wanted[1:]]
    return sum(sizes) - max(sizes, default=0) > _MUCH


def _tasks(selected: Selected, files: Files) -> Iterator[Wanted]:
    """Yield every article, newest first, and what its entry is made of."""
    return ((article, _task(article, selected, files)) for article in selected.newest_first())


def _far(context: BuildContext) -> "FarEntries | None":
    """Return what knows about entries that workers keep; None where they come here, as they must for an index."""
    keeper, use = context.pool.keeper, context.request.use
    if keeper is None or context.store is not None or use is None or use.describe is None:
        return None
    from refeed.pipeline.workers.far_entries import FarEntries  # not where one machine does all

    return FarEntries(keeper, context.options, use.describe)


def _are_large(tasks: list[EntryTask], share: int | None) -> bool:
    """Return whether any of the files of tasks is too large to be read beside others."""
    if share is None:
        return False
    return any(_size(path) > share for path in {ref.source.path for task in tasks for ref in task.references})


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:  # it lies in an archive or elsewhere, or has vanished
        return 0


def _task(article: Article, selected: Selected, files: Files) -> EntryTask:
    """Return what an article's entry is made of."""
    form = selected.addresses.get(article.identity)
    return EntryTask(
        identity=article.identity,
        winner=_reference(article.winner.record, files),
        earliest=article.earliest if article.earliest < inf else None,
        others=tuple(_reference(rank.record, files) for rank in that_tell_dates(article, selected)),
        origin=_reference(article.origin.record, files) if article.stated else None,
        is_shared=selected.is_shared(article.stated),
        address=RecordOfArticle(_reference(form.record, files), form.identity) if form else None,
    )


def _reference(record: RecordId, files: Files) -> RecordRef:
    return RecordRef(files[record.file], record.number)
