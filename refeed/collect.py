"""The first pass: read a key of every record below the paths and fold them into a Selection. No body is decoded."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from refeed.discover import FileId, discover
from refeed.filters import is_held_back
from refeed.guard import guarded
from refeed.heads import read_keys
from refeed.model import Key, Source
from refeed.normalise import Context
from refeed.problems import Problem, Severity
from refeed.report import Tally
from refeed.select import Record, Selection

Progress = Callable[[int], None]
"""Told how many files have been read so far."""


class Collected(NamedTuple):
    """Everything that is known after the first pass."""

    sources: tuple[Source, ...]
    selection: Selection
    left_out: tuple[Problem, ...]


def collect(
    paths: Iterable[str], context: Context, tally: Tally, *, own: frozenset[FileId], progress: Progress | None = None
) -> Collected:
    """Read every key; what is left out is counted in the tally and told in the problems."""
    sources: list[Source] = []
    selection = Selection()
    left_out: list[Problem] = []
    for found in discover(tuple(paths), exclude=context.options.exclude, own=own):
        tally.count("files_found")
        if isinstance(found, Problem):
            left_out.append(_skip(found, tally))
            continue
        outcome = guarded(found, partial(read_keys, found, context), debug=context.options.debug)
        if isinstance(outcome, Problem):
            left_out.append(_skip(outcome, tally))
        elif outcome.left_out:
            left_out.append(_skip(outcome.left_out, tally))
        elif outcome.records:
            if outcome.problems:
                left_out.extend(problem for problem in outcome.problems if problem.severity is Severity.ERROR)
            left_out.extend(_take(outcome.records, found, len(sources), selection, context, tally))
        else:
            tally.count("files_found", -1)  # refeed's own feed: no input
        sources.append(found)
        if progress:
            progress(len(sources))
    left_out.extend(_duplicates(sources, selection, tally))
    return Collected(tuple(sources), selection, tuple(left_out))


def _skip(problem: Problem, tally: Tally) -> Problem:
    tally.count("files_skipped")
    return problem


def _take(
    keys: Sequence[Key | None], source: Source, file: int, selection: Selection, context: Context, tally: Tally
) -> Iterator[Problem]:
    """Count a file's records, and put each where it belongs."""
    tally.count("files_with_records")
    tally.count("records_read", len(keys))
    options = context.options
    for key in keys:
        if key is None:
            tally.count("filtered")
        elif key.date is None and options.undated == "skip":
            tally.count("undated")
            message = "no evidence of a date: left out; --undated last keeps it"
            yield Problem("no-date", source.path, key.line, message)
        elif key.date and is_held_back(key, options, context.now):
            tally.count("held_back")
            message = f"dated {key.date.value:%Y-%m-%dT%H:%M:%SZ}: held back until then"
            yield Problem("future", source.path, key.line, message)
        else:
            selection.add(key, file)


def _duplicates(sources: list[Source], selection: Selection, tally: Tally) -> Iterator[Problem]:
    for lost, won in selection.duplicates():
        tally.count("duplicates")
        message = f"the same article as {_name(won, sources)}; the newest, longest, first one is shown"
        yield Problem(
            "duplicate", sources[lost.file].path, 0, f"record {lost.number + 1}: {message}" if lost.number else message
        )


def _name(record: Record, sources: list[Source]) -> str:
    path = sources[record.file].path
    return f"record {record.number + 1} of {path}" if record.number else path
