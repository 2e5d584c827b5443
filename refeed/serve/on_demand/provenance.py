"""Show what an entry was made from, in separate processes, a few at a time and with bounded size.

A dump may be large, and cleaning it again may take long: neither may keep a reader from the feed.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from html import escape
from itertools import zip_longest
from typing import Final, TypeVar

from refeed.inspection import record_html
from refeed.inspection.compare_page import before
from refeed.inspection.inspect import inspect_record
from refeed.inspection.record_table import votes
from refeed.model import SafeHtml
from refeed.options import Options
from refeed.pages.fit import fit
from refeed.pages.parts import Part
from refeed.pipeline.workers.processes.child_process import ChildProcess
from refeed.problems import Problem, RefeedError
from refeed.report import Origin
from refeed.serve.on_demand.thread_calls import done_in_thread
from refeed.startup.named_tuple import NamedTuple

T = TypeVar("T")

_PART: Final = 30_000  # bytes of a body and of its source on one page, beside what is known of the record
_LINE: Final = 4_000  # characters of a line that stay together
_MOST_SHOWN: Final = 200_000  # bytes of a raw body, cleaned again and shown; nearly all real ones are shorter

AT_ONCE: Final = 2
"""Processes: a second visitor need not wait for the first, and cores stay for the rest."""


class Provenance(NamedTuple):
    """What a page shows of a record; the parts are HTML that is safe to show."""

    status: str
    reasons: tuple[Problem, ...] = ()  # why it cannot be shown
    format: str | None = None
    votes: str = ""
    markup: str = ""
    language: str | None = None
    size_after: int = 0  # characters
    problems: str = ""
    fields: str = ""
    steps: str = ""
    size_before: int = 0  # characters
    parts: tuple[Part, ...] = ()  # of the body as it came
    is_cut: bool = False  # they are only its beginning


def provenance_of(
    path: str, line: int, options: Options, now: datetime, entry_id: str | None = None
) -> Provenance | None:
    """Read and clean the record of an entry again; None if there is none at this line any more."""
    most = min(options.allow.max_body_bytes, _MOST_SHOWN)
    limited = replace(options, allow=options.allow._replace(max_body_bytes=most))
    inspected = inspect_record(path, line, limited, now, most=most, entry_id=entry_id)
    if inspected is None:
        return None
    found = inspected.problems
    if inspected.status != "entry":
        return Provenance(inspected.status, found)
    is_cut = len(inspected.raw.encode()) >= most - 4  # a character may be cut, too
    if is_cut:  # the page says so itself
        found = tuple(problem for problem in found if problem.code != "cut")
    return Provenance(
        inspected.status,
        format=inspected.format,
        votes=votes(inspected),
        markup=inspected.body,
        language=inspected.language,
        size_after=len(inspected.content),
        problems="\n".join(record_html.problem_list(found)),
        fields="\n".join(record_html.provenance(inspected)),
        steps="\n".join(record_html.steps(inspected)),
        size_before=len(inspected.raw),
        parts=_parts(before(inspected.raw, inspected.body, inspected.gone), inspected.raw),
        is_cut=is_cut,
    )


def _parts(body: SafeHtml, source: str) -> tuple[Part, ...]:
    """Put the parts of a body beside those of its source; where there are fewer of one it is empty at the end."""
    contents, sources = fit(body, pictures=False, top=3, full=_PART), _sources(source)
    total = max(len(contents), len(sources))
    pairs = enumerate(zip_longest(contents, sources, fillvalue=""), 1)
    return tuple(Part(number, total, content, piece) for number, (content, piece) in pairs)


def _sources(source: str) -> list[str]:
    """Cut a source into texts, at the ends of lines if there are any."""
    found, weight = [""], 0
    for line in source.splitlines(keepends=True):
        for start in range(0, len(line), _LINE):
            piece = line[start : start + _LINE]
            size = len(escape(piece).encode("utf-8", "replace"))
            if weight and weight + size > _PART:
                found.append("")
                weight = 0
            found[-1] += piece
            weight += size
    return found


class Tracer:
    """Hands the work to processes; a request waits while all of them are busy."""

    def __init__(self, children: Sequence[ChildProcess] = ()) -> None:
        """Take the processes; without any the work is done in this one."""
        self._free: list[ChildProcess | None] = [*children] or [None]
        self._slots = asyncio.Semaphore(len(self._free))

    async def trace(self, origin: Origin, options: Options, now: datetime) -> Provenance | RefeedError | None:
        """Return what an entry was made of, or why that cannot be said."""
        work = partial(provenance_of, origin.path, origin.line, options, now, origin.id)
        try:
            return await self.done(work)
        except RefeedError as error:
            return error

    async def done(self, work: Callable[[], T]) -> T:
        """Have a piece of work done by a process that is free."""
        await self._slots.acquire()
        child = self._free.pop()

        def release() -> None:
            self._free.append(child)
            self._slots.release()

        return await done_in_thread(partial(child.call, work) if child else work, release)
