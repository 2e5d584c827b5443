"""The first pass: find all files, read those that are new, and fold their records into articles; no body is decoded."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from math import inf
from operator import itemgetter
from typing import Final, NamedTuple

from refeed.crew import Crew
from refeed.discover import Batch, FileId, batches
from refeed.files import Files
from refeed.harvest import OWN, READ, SKIPPED, UNREAD, Harvest
from refeed.options import Options
from refeed.problems import Problem
from refeed.recall import Recall
from refeed.report import Tally
from refeed.select import ROW_SIZE, Dates, Record, Selected, Selection
from refeed.worker import Worker

Progress = Callable[[int], None]
"""Told how many files have been found so far."""

_MANY: Final = 500  # files to read from which on several processes are quicker than one
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Collected(NamedTuple):
    """Everything that is known after the first pass."""

    files: Files
    selection: Selection
    left_out: list[Problem]
    read: int  # files that were not known

    def close(self) -> None:
        """Let go of what lies in temporary files."""
        self.files.close()
        self.selection.close()


def collect(
    paths: Iterable[str],
    options: Options,
    tally: Tally,
    *,
    crew: Crew,
    own: frozenset[FileId] = frozenset(),
    recall: Recall | None = None,
    progress: Progress | None = None,
) -> Collected:
    """Find and read every file; what is left out is counted in the tally and told in the problems."""
    walk = batches(tuple(paths), exclude=options.exclude, own=own, with_stats=recall is not None)
    left_out, read = list[Problem](), 0
    with ExitStack() as stack:
        files = stack.enter_context(closing(Files()))
        selection = stack.enter_context(closing(Selection()))
        for batch, harvest, unread in _harvests(walk, crew, recall):
            read += unread
            selection.add(harvest.rows, files.add(batch))
            _count(batch, harvest, tally)
            left_out.extend(_problems(batch, harvest))
            if progress:
                progress(len(files))
        stack.pop_all()  # from here on the caller closes them
    return Collected(files, selection, left_out, read)


def _harvests(walk: Iterator[Batch], crew: Crew, recall: Recall | None) -> Iterator[tuple[Batch, Harvest, int]]:
    """Give what there is to know of each batch, in their order, and how many of its files had to be read for it."""
    waiting: deque[tuple[Batch, Harvest, int, Callable[[], Harvest] | None]] = deque()
    reading = 0
    for batch in walk:
        known = recall.known(batch) if recall else Harvest(bytes(len(batch.names)), b"", {})
        unread = [place for place, kind in enumerate(known.kinds) if kind == UNREAD] if UNREAD in known.kinds else []
        reading += len(unread)
        if unread:
            crew.start(pays=reading > _MANY)
        waiting.append((batch, known, len(unread), crew.submit(Worker.glean, batch, unread) if unread else None))
        while len(waiting) > crew.ahead:
            yield _waited_for(*waiting.popleft(), recall)
    while waiting:
        yield _waited_for(*waiting.popleft(), recall)


def _waited_for(
    batch: Batch, known: Harvest, unread: int, wait: Callable[[], Harvest] | None, recall: Recall | None
) -> tuple[Batch, Harvest, int]:
    harvest = known.with_more(wait()) if wait else known
    if recall:
        recall.keep(batch, harvest)
    return batch, harvest, unread


def _count(batch: Batch, harvest: Harvest, tally: Tally) -> None:
    kinds, unreadable = harvest.kinds, len(batch.problems)
    filtered = sum(extra.filtered for extra in harvest.extras.values())
    undated = sum(extra.undated for extra in harvest.extras.values())
    tally.count("files_found", len(kinds) - kinds.count(OWN) + unreadable)
    tally.count("files_with_records", kinds.count(READ))
    tally.count("files_skipped", kinds.count(SKIPPED) + unreadable)
    tally.count("records_read", len(harvest.rows) // ROW_SIZE + filtered + undated)
    tally.count("filtered", filtered)
    tally.count("undated", undated)


def _problems(batch: Batch, harvest: Harvest) -> list[Problem]:
    """Give the problems of a batch in the order of its files."""
    found = [(place, problem) for place, problem in batch.problems]
    for place, extra in harvest.extras.items():
        path = batch.prefix + batch.names[place]
        found.extend((place, Problem(code, path, line, message)) for code, line, message in extra.problems)
    return [problem for _, problem in sorted(found, key=itemgetter(0))]


def decide(collected: Collected, options: Options, now: datetime, tally: Tally) -> tuple[Selected, list[Problem]]:
    """Fold the records into articles, and tell which of them were held back or lost against another."""
    held_after = now.timestamp() if options.future == "hold" else inf
    since = options.since.timestamp() if options.since else -inf
    selected = collected.selection.settle(Dates(since, options.until.timestamp() if options.until else inf, held_after))
    files, told = collected.files, list[Problem]()
    for held in selected.held_back:
        date = _EPOCH + timedelta(seconds=held.seconds)
        message = f"dated {date:%Y-%m-%dT%H:%M:%SZ}: held back until then"
        told.append(Problem("future", files[held.file].path, held.line, message))
    for lost, won in selected.duplicates:
        message = f"the same article as {_name(won, files)}; the newest, longest, first one is shown"
        message = f"record {lost.number + 1}: {message}" if lost.number else message
        told.append(Problem("duplicate", files[lost.file].path, 0, message))
    tally.count("held_back", len(selected.held_back))
    tally.count("duplicates", len(selected.duplicates))
    tally.count("filtered", selected.filtered)
    return selected, told


def _name(record: Record, files: Files) -> str:
    path = files[record.file].path
    return f"record {record.number + 1} of {path}" if record.number else path
