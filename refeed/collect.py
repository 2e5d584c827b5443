"""The first pass: read a key of every record below the paths and fold them into a Selection. No body is decoded."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from refeed.discover import FileId, discover
from refeed.guard import guarded
from refeed.heads import read_records
from refeed.model import Document, Draft, Key, Source
from refeed.normalise import Context, key_of, normalise
from refeed.options import Options
from refeed.problems import Problem, Severity
from refeed.report import Tally
from refeed.select import Article, Selection

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
    make = _passing_key if _looks_at_heads(context.options) else key_of
    sources: list[Source] = []
    selection = Selection()
    left_out: list[Problem] = []
    for found in discover(tuple(paths), exclude=context.options.exclude, own=own):
        if isinstance(found, Problem):
            left_out.append(_skip(found, tally))
            continue
        outcome = guarded(found, lambda: read_records(found, context, make), debug=context.options.debug)  # noqa: B023
        if isinstance(outcome, Problem):
            left_out.append(_skip(outcome, tally))
        elif outcome.left_out:
            left_out.append(_skip(outcome.left_out, tally))
        elif outcome.records:
            if outcome.problems:
                left_out.extend(problem for problem in outcome.problems if problem.severity is Severity.ERROR)
            left_out.extend(_take(outcome.records, found, len(sources), selection, context, tally))
        sources.append(found)
        if progress:
            progress(len(sources))
    left_out.extend(_duplicates(sources, selection, tally))
    return Collected(tuple(sources), selection, tuple(left_out))


def _skip(problem: Problem, tally: Tally) -> Problem:
    tally.count("files_found")
    tally.count("files_skipped")
    return problem


def _take(
    keys: Sequence[Key | None], source: Source, file: int, selection: Selection, context: Context, tally: Tally
) -> Iterator[Problem]:
    """Count a file and its records, and put each where it belongs."""
    tally.count("files_found")
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
        elif key.date and key.date.value > context.now and options.future == "hold":
            tally.count("held_back")
            message = f"dated {key.date.value:%Y-%m-%dT%H:%M:%SZ}: held back until then"
            yield Problem("future", source.path, key.line, message)
        else:
            selection.add(key, file)


def _looks_at_heads(options: Options) -> bool:
    return bool(options.category or options.author or options.source or options.match)


def _passing_key(draft: Draft, document: Document, number: int, context: Context) -> Key | None:
    """Give the key of a record that passes the filters: all kinds must hold, one value of each."""
    head, _ = normalise(draft, document, number, context)
    options = context.options
    passes = (
        (not options.category or any(name in head.categories for name in options.category))
        and (not options.author or any(name in head.authors for name in options.author))
        and (not options.source or head.outlet in options.source)
        and (not options.match or any(pattern.search(head.title) for pattern in options.match))
    )
    return head.key if passes else None


def is_within(article: Article, options: Options) -> bool:
    """Tell whether an article passes the filters by date."""
    since, until = options.since, options.until
    return (since is None or article.date >= since) and (until is None or article.date < until)


def _duplicates(sources: list[Source], selection: Selection, tally: Tally) -> Iterator[Problem]:
    for lost, won in selection.duplicates():
        tally.count("duplicates")
        message = f"the same article as in {sources[won.file].path}, which is newer or longer"
        yield Problem("duplicate", sources[lost.file].path, 0, message)
