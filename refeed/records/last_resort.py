"""Date articles that have no date anywhere, as the user wants it (--undated)."""

import os
from datetime import UTC, datetime
from typing import Final

from refeed.dates import Hints, NotADate, parse_date
from refeed.model import Crawl, Document, Timestamp
from refeed.options import Undated
from refeed.problems import Problem
from refeed.records.context import Context
from refeed.records.date_evidence import CRAWL, FILE_TIME, HISTORY, DateDecision
from refeed.site import innermost
from refeed.startup.named_tuple import NamedTuple

NO_DATE_CURE: Final = "skipped (--undated last keeps it)"


class _Found(NamedTuple):
    """A date, where it stands, and what to report about it."""

    timestamp: Timestamp
    origin: str
    problems: tuple[Problem, ...]


def with_last_resort(decision: DateDecision, document: Document, context: Context) -> DateDecision:
    """Return the decision on a record without a date, with the date that the user wants it to have."""
    undated = context.options.undated
    found = _crawl(document.crawl, context.hints) if document.crawl else None
    if found is None and undated == "mtime":
        found = _file_time(document)
    elif found is None and undated == "git":
        found = _history(document.source.path, context)
    if found:
        problems = (*decision.problems, *found.problems)
        return decision._replace(timestamp=found.timestamp, origin=found.origin, problems=problems)
    return decision._replace(problems=(*decision.problems, Problem("no-date", no_date_message(undated))))


def no_date_message(undated: Undated) -> str:
    """Return the problem of a record without a date."""
    where = ", nor in the history of git" if undated == "git" else ""
    return f"no date found{where}: {'kept as the oldest' if undated == 'last' else NO_DATE_CURE}"


def _crawl(crawl: Crawl, hints: Hints) -> _Found | None:
    """Return when a robot fetched the page."""
    timestamp = parse_date(crawl.moment, hints)
    if isinstance(timestamp, NotADate):
        return None
    problem = Problem("crawl-date", f"no date found: that of the crawl, {crawl.moment}, is used")
    return _Found(timestamp, CRAWL, (problem,))


def _file_time(document: Document) -> _Found | None:
    """Return the day on which the file was changed; of one in an archive that is said there."""
    try:
        saved = os.stat(document.source.path).st_mtime if document.saved is None else document.saved
        day = datetime.fromtimestamp(saved, UTC)
    except (OSError, OverflowError, ValueError):  # it has just vanished, or its time is beyond all years
        return None
    timestamp = Timestamp(day.replace(hour=0, minute=0, second=0, microsecond=0), "day", "none", f"{day:%Y-%m-%d}")
    problem = Problem("no-date", f"no date found: the file's own time, {day:%Y-%m-%d}, is used")
    return _Found(timestamp, FILE_TIME, (problem,))


def _history(path: str, context: Context) -> _Found | None:
    """Return the author's date of the commit that added the file."""
    from refeed.git.history import commit_that_added  # it takes modules that run a program

    work_tree = innermost(context.work_trees, path)
    added = commit_that_added(path, work_tree) if work_tree else None
    timestamp = parse_date(str(added.seconds), context.hints) if added else None
    if added is None or timestamp is None or isinstance(timestamp, NotADate):
        return None
    commit = f"commit {added.commit}"
    problems = [Problem("no-date", f"no date found: that of {commit}, which added it, {timestamp.day}, is used")]
    if added.is_import:
        told = f"{commit} added {added.files:,} of {added.all_files:,} files: its date may be that of an import"
        problems.append(Problem("crawl-date", told))
    return _Found(timestamp, HISTORY, tuple(problems))
