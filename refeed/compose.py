"""The second pass: pull the newest articles until the feed is full, finish their bodies, and serialise each entry."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from html import escape
from tempfile import SpooledTemporaryFile
from typing import IO, Final, NamedTuple
from uuid import UUID

from refeed.bodies import finish, published_by
from refeed.clean.html import sanitise
from refeed.collect import Collected, is_within
from refeed.guard import guarded
from refeed.heads import FileRecords, read_heads, stand_in
from refeed.model import Document, Entry, Head, Source
from refeed.normalise import Context
from refeed.options import DEFAULT_LIMIT, DEFAULT_MAX_BYTES, DEFAULT_SPAN, Options
from refeed.problems import Problem
from refeed.report import Tally
from refeed.select import Article, Record, Selection

_MEMORY: Final = 2**24  # serialised entries beyond this many bytes wait in a temporary file
HeadAndDoubts = tuple[Head, tuple[Problem, ...]]

_KEPT_FILES: Final = 4  # several records of one file mostly follow each other


class Window(NamedTuple):
    """How much goes out: so many articles, or everything of a span before the newest, under a number of bytes."""

    limit: int  # 0: no limit
    span: timedelta
    max_bytes: int  # 0: no limit

    def holds(self, position: int, date: datetime, newest: datetime) -> bool:
        """Tell whether the article at a position (from 0) still belongs to the feed."""
        return not self.limit or position < self.limit or newest - date < self.span

    def is_passed_by(self, size: int) -> bool:
        """Tell whether a document of this size is too large."""
        return bool(self.max_bytes) and size > self.max_bytes


def window_of(options: Options) -> Window:
    """Read the window out of the options: a limit that is given is exact, neither span nor bytes change it unasked."""
    given = options.limit is not None
    span = options.span if options.span is not None else timedelta(0) if given else DEFAULT_SPAN
    max_bytes = options.max_bytes if options.max_bytes is not None else 0 if given else DEFAULT_MAX_BYTES
    return Window(DEFAULT_LIMIT if options.limit is None else options.limit, span, max_bytes)


class Fragments:
    """Serialised entries in the order of the feed, in memory or in a temporary file."""

    def __init__(self) -> None:
        """Begin with none."""
        self._spool: IO[bytes] = SpooledTemporaryFile(_MEMORY)  # noqa: SIM115  closed by close()
        self._lengths: list[int] = []
        self.size = 0

    def append(self, fragment: bytes) -> None:
        """Keep one more."""
        self._spool.write(fragment)
        self._lengths.append(len(fragment))
        self.size += len(fragment)

    def close(self) -> None:
        """Let go of the temporary file."""
        self._spool.close()

    def __len__(self) -> int:
        return len(self._lengths)

    def __iter__(self) -> Iterator[bytes]:
        self._spool.seek(0)
        return (self._spool.read(length) for length in self._lengths)


class Composed(NamedTuple):
    """What the feed needs to know of the entries that went into its fragments."""

    updated: datetime | None  # the newest `updated`
    newest: datetime | None  # dates of the order
    oldest: datetime | None
    cut_short: bool  # articles of the 48 h before the newest did not fit
    left_out: tuple[Problem, ...]
    doubts: tuple[Problem, ...]  # about the entries that go out


def compose(
    collected: Collected,
    context: Context,
    tally: Tally,
    fragments: Fragments,
    *,
    serialise: Callable[[Entry], bytes],
    size_of_head: int,
) -> Composed:
    """Finish and serialise the articles that go out into the fragments; every other one is counted in the tally."""
    window = window_of(context.options)
    candidates = list(_candidates(collected.selection, context.options, tally))
    desk = _Desk(collected, context)
    left_out, doubts = list[Problem](), list[Problem]()
    updated = newest = oldest = beyond = None
    for position, article in enumerate(candidates):
        if not window.holds(len(fragments), article.date, newest or article.date):
            beyond = position
            break
        entry, problems = desk.entry(article)
        if entry is None:
            left_out.extend(problems)
            tally.count("skipped")
            continue
        fragment = serialise(entry)
        if fragments and window.is_passed_by(size_of_head + fragments.size + len(fragment)):
            beyond = position
            break
        fragments.append(fragment)
        doubts.extend(problems)
        tally.count("out")
        updated = max(updated or entry.updated, entry.updated)
        newest, oldest = newest or article.date, article.date
    if beyond is not None:
        tally.count("beyond_limit", len(candidates) - beyond)
    cut_short = bool(newest and beyond is not None and newest - candidates[beyond].date < DEFAULT_SPAN)
    return Composed(updated, newest, oldest, cut_short, tuple(left_out), tuple(doubts))


def _candidates(selection: Selection, options: Options, tally: Tally) -> Iterator[Article]:
    for article in selection.newest_first():
        if article.withdrawn or not is_within(article, options):
            tally.count("filtered")
        else:
            yield article


class _Desk:
    """Turns articles into entries: opens their files again and keeps the last few open on the desk."""

    def __init__(self, collected: Collected, context: Context) -> None:
        self._sources, self._selection = collected.sources, collected.selection
        self._context = context
        self._open: OrderedDict[int, FileRecords[HeadAndDoubts]] = OrderedDict()

    def entry(self, article: Article) -> tuple[Entry | None, tuple[Problem, ...]]:
        source = self._sources[article.winner.record.file]
        work = guarded(source, lambda: self._entry(article), debug=self._context.options.debug)
        return (None, (work,)) if isinstance(work, Problem) else work

    def _entry(self, article: Article) -> tuple[Entry | None, tuple[Problem, ...]]:
        found = self._record(article.winner.record, article.identity)
        if isinstance(found, Problem):
            return None, (found,)
        head, document, problems = found
        finished = finish(head, document, self._context, earlier=[article.date, *self._published_before(article)])
        problems = (*problems, *finished.problems)
        if finished.is_stub and self._context.options.stubs == "skip":
            return None, problems
        entry = finished.entry
        stated = head.key.stated_id
        if stated and self._selection.is_shared(stated):
            problems += (Problem("id-clash", head.source.path, head.key.line, f"several articles state {stated}"),)
            entry = replace(entry, id=UUID(bytes=head.key.identity).urn)
        return _summarised(entry) if self._context.options.content == "summary" else entry, problems

    def _published_before(self, article: Article) -> Iterator[datetime]:
        for rank in article.others:
            found = self._record(rank.record, article.identity)
            if not isinstance(found, Problem):
                yield published_by(found[0], found[1], self._context)

    def _record(self, record: Record, identity: bytes) -> tuple[Head, Document, tuple[Problem, ...]] | Problem:
        """Read a record again; a file that is not what it was is a problem."""
        source, outcome = self._sources[record.file], self._file(record.file)
        if outcome.left_out:
            return outcome.left_out
        if outcome.document is None or record.number >= len(outcome.records):
            return _changed(source)
        head, doubts = outcome.records[record.number]
        if head.key.identity != identity:
            return _changed(source)
        return head if head.key.date else stand_in(head), outcome.document, (*outcome.problems, *doubts)

    def _file(self, file: int) -> FileRecords[HeadAndDoubts]:
        if file not in self._open:
            self._open[file] = read_heads(self._sources[file], self._context)
            if len(self._open) > _KEPT_FILES:
                self._open.popitem(last=False)
        return self._open[file]


def _changed(source: Source) -> Problem:
    return Problem("changed-file", source.path, 0, "the file changed while refeed was at work; build again")


def _summarised(entry: Entry) -> Entry:
    """Leave the content out where a link and a summary stand for it (RFC 4287, 4.1.2)."""
    if entry.url and entry.summary:
        return replace(entry, content=sanitise(""))
    return replace(entry, content=sanitise(f"<p>{escape(entry.summary or entry.title)}</p>"))
