"""The second pass: pull the newest articles until the feed is full, finish their bodies, and serialise each entry."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from html import escape
from math import inf
from tempfile import SpooledTemporaryFile
from typing import IO, Final, NamedTuple
from uuid import UUID

from refeed.bodies import finish, published_by
from refeed.clean.html import sanitise
from refeed.collect import Collected
from refeed.evidence import DATELINE_REACH
from refeed.filters import is_within
from refeed.guard import guarded
from refeed.heads import FileRecords, read_drafts, stand_in
from refeed.model import Document, Draft, Entry, Head, Source
from refeed.normalise import Context, normalise
from refeed.options import DEFAULT_LIMIT, DEFAULT_MAX_BYTES, DEFAULT_SPAN, Options
from refeed.problems import Problem
from refeed.report import Origin, Tally
from refeed.select import Article, Record, Selection

_MEMORY: Final = 2**24  # serialised entries beyond this many bytes wait in a temporary file
_KEPT_BYTES: Final = 2**24  # of files that stay open: the records of one are often wanted one after the other


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
    """Read the window out of the options: a limit that is given is exact, and only bytes that are given cut it."""
    if options.limit is not None:
        return Window(options.limit, timedelta(0), options.max_bytes or 0)
    span = DEFAULT_SPAN if options.span is None else options.span
    return Window(DEFAULT_LIMIT, span, DEFAULT_MAX_BYTES if options.max_bytes is None else options.max_bytes)


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
    origins: tuple[Origin, ...]


class _Made(NamedTuple):
    """An entry as it stands in the feed, its date, and where it is from."""

    updated: datetime
    fragment: bytes
    origin: Origin


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
    desk = _Desk(collected, context, serialise)
    left_out, doubts, origins = list[Problem](), list[Problem](), list[Origin]()
    updated = newest = oldest = beyond = None
    for position, article in enumerate(candidates):
        if not window.holds(len(fragments), article.date, newest or article.date):
            beyond = position
            break
        made, problems = desk.entry(article)
        if made is None:
            left_out.extend(problems)
            tally.count("skipped")
            continue
        if fragments and window.is_passed_by(size_of_head + fragments.size + len(made.fragment)):
            beyond = position
            break
        fragments.append(made.fragment)
        origins.append(made.origin)
        doubts.extend(problems)
        tally.count("out")
        updated = max(updated or made.updated, made.updated)
        newest, oldest = newest or article.date, article.date
    if beyond is not None:
        tally.count("beyond_limit", len(candidates) - beyond)
    cut_short = bool(newest and beyond is not None and newest - candidates[beyond].date < DEFAULT_SPAN)
    return Composed(updated, newest, oldest, cut_short, tuple(left_out), tuple(doubts), tuple(origins))


def _candidates(selection: Selection, options: Options, tally: Tally) -> Iterator[Article]:
    for article in selection.newest_first():
        if article.withdrawn or not is_within(article.date, options):
            tally.count("filtered")
        else:
            yield article


class _Desk:
    """Turns articles into entries: opens their files again and keeps the last few open on the desk."""

    def __init__(self, collected: Collected, context: Context, serialise: Callable[[Entry], bytes]) -> None:
        self._sources, self._selection = collected.sources, collected.selection
        self._context, self._serialise = context, serialise
        self._open: OrderedDict[int, FileRecords[Draft]] = OrderedDict()
        self._open_bytes = 0

    def entry(self, article: Article) -> tuple[_Made | None, tuple[Problem, ...]]:
        """Make an article's entry; whatever goes wrong in its file costs this entry only."""
        source = self._sources[article.winner.record.file]
        work = guarded(source, lambda: self._entry(article), debug=self._context.options.debug)
        return (None, (work,)) if isinstance(work, Problem) else work

    def _entry(self, article: Article) -> tuple[_Made | None, tuple[Problem, ...]]:
        found = self._record(article.winner.record, article.identity)
        if isinstance(found, Problem):
            return None, (found,)
        head, document, problems = found
        earlier, failed = self._published_before(article)
        finished = finish(head, document, self._context, earlier=earlier)
        problems = (*problems, *failed, *finished.problems)
        if finished.is_stub and self._context.options.stubs == "skip":
            return None, problems
        stated = article.origin[1]
        if stated and self._selection.is_shared(stated):
            problems += (Problem("id-clash", head.source.path, head.key.line, f"several articles state {stated}"),)
            stated = None
        entry = replace(finished.entry, id=stated or UUID(bytes=article.identity).urn)
        if self._context.options.content == "summary":
            entry = _summarised(entry)
        origin = Origin(entry.id, head.source.path, head.key.line)
        return _Made(entry.updated, self._serialise(entry), origin), problems

    def _published_before(self, article: Article) -> tuple[list[datetime], list[Problem]]:
        """Say when the records that lost were published, as far as that can be before the article's earliest date."""
        earlier, failed = ([article.date] if article.earliest < inf else []), list[Problem]()
        for rank in self._selection.others(article):
            if not article.earliest <= rank.date <= article.earliest + DATELINE_REACH.total_seconds():
                continue  # its dateline cannot lie before the earliest header date, or it has no date at all
            source = self._sources[rank.record.file]
            work = guarded(source, partial(self._published, rank.record, article), debug=self._context.options.debug)
            if isinstance(work, Problem):
                failed.append(work)
            else:
                earlier.append(work)
        return earlier, failed

    def _published(self, record: Record, article: Article) -> datetime | Problem:
        found = self._record(record, article.identity)
        return found if isinstance(found, Problem) else published_by(found[0], found[1], self._context)

    def _record(self, record: Record, identity: bytes) -> tuple[Head, Document, tuple[Problem, ...]] | Problem:
        """Read a record again; a file that is not what it was is a problem."""
        source, outcome = self._sources[record.file], self._file(record.file)
        if outcome.left_out:
            return outcome.left_out
        if outcome.document is None or record.number >= len(outcome.records):
            return _changed(source)
        head, doubts = normalise(outcome.records[record.number], outcome.document, record.number, self._context)
        if head.key.identity != identity:
            return _changed(source)
        problems = (*(outcome.problems if record.number == 0 else ()), *doubts)
        return head if head.key.date else stand_in(head), outcome.document, problems

    def _file(self, file: int) -> FileRecords[Draft]:
        if file not in self._open:
            self._open[file] = read_drafts(self._sources[file], self._context)
            self._open_bytes += _bytes(self._open[file])
            while self._open_bytes > _KEPT_BYTES and len(self._open) > 1:
                _, closed = self._open.popitem(last=False)
                self._open_bytes -= _bytes(closed)
        self._open.move_to_end(file)
        return self._open[file]


def _bytes(outcome: FileRecords[Draft]) -> int:
    return len(outcome.document.data) if outcome.document else 0


def _changed(source: Source) -> Problem:
    return Problem("changed-file", source.path, 0, "the file changed while refeed was at work; build again")


def _summarised(entry: Entry) -> Entry:
    """Leave the content out where a link and a summary stand for it (RFC 4287, 4.1.2)."""
    if entry.url and entry.summary:
        return replace(entry, content=sanitise(""))
    return replace(entry, content=sanitise(f"<p>{escape(entry.summary or entry.title)}</p>"))
