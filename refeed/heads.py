"""From one file to its records: read, sniff, parse, and normalise each; or the reason why there is none."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, Generic, NamedTuple, TypeVar

from refeed.evidence import NOWHERE
from refeed.filters import look_at_heads, passes
from refeed.formats import detect
from refeed.model import Dated, Document, Draft, Head, Key, Outline, Source
from refeed.normalise import Context, key_of, normalise, outlined_key
from refeed.options import source_options
from refeed.problems import Problem
from refeed.read import read, settle
from refeed.unclaimed import why_unclaimed
from refeed.urls import host

# What outputs/atom.py writes into every feed; a file that begins so is refeed's own, not input.
_GENERATOR_MARK: Final = b">refeed</generator>"
_MARK_WITHIN: Final = 4096

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

T = TypeVar("T")
Make = Callable[[Draft, Document, int, Context], T]
"""What is made of a draft: draft, its document, its number in the file, the context."""
AtOnce = Callable[[Outline, Document, Context], T | None]
"""The same, made of an outline; None where that does not say enough."""


class FileRecords(NamedTuple, Generic[T]):
    """What one file gave: its records, or why it was left out, or neither if it is refeed's own feed."""

    document: Document | None
    records: tuple[T, ...] = ()
    problems: tuple[Problem, ...] = ()  # of the file: its format and its encoding
    left_out: Problem | None = None


def key_reader(context: Context) -> Callable[[Source], FileRecords[Key | None]]:
    """Give what reads the keys of a file, None for a record that a filter leaves out; it looks at no body."""
    if look_at_heads(context.options):
        return lambda source: _read(source, context, _passing_key)
    return lambda source: _read(source, context, key_of, at_once=outlined_key)


def read_drafts(source: Source, context: Context) -> FileRecords[Draft]:
    """Read a file's drafts; the whole file is UTF-8 then, so that bodies can be decoded next."""
    return _read(source, context, lambda draft, *_: draft, settled=True)


def read_heads(source: Source, context: Context) -> FileRecords[tuple[Head, tuple[Problem, ...]]]:
    """Read a file's heads with what is doubtful about each; the whole file is UTF-8 then."""
    return _read(source, context, normalise, settled=True)


def _passing_key(draft: Draft, document: Document, number: int, context: Context) -> Key | None:
    head, _ = normalise(draft, document, number, context)
    return head.key if passes(head, context.options) else None


def _read(
    source: Source, context: Context, make: Make[T], *, at_once: AtOnce[T] | None = None, settled: bool = False
) -> FileRecords[T]:
    document = read(source, context.options.allow)
    if isinstance(document, Problem):
        return FileRecords(None, left_out=document)
    if document.data.startswith(b"<?xml") and _GENERATOR_MARK in document.data[:_MARK_WITHIN]:
        return FileRecords(None)
    if not settled:
        try:
            return _parse(document, context, make, at_once)
        except UnicodeDecodeError:
            pass  # something that had to be read is in another charset: only now is the whole file looked at
    found = settle(document, _encoding_of(document, context))
    if found.document is None:
        return FileRecords(None, left_out=found.problem)
    outcome = _parse(found.document, context, make, at_once)
    return outcome._replace(problems=(*outcome.problems, found.problem)) if found.problem else outcome


def _encoding_of(document: Document, context: Context) -> str | None:
    """Look up what the user says of a file's encoding: by its path, else by the host of the article's address."""
    options = context.options
    by_path = source_options(options, document.source.name, None).encoding
    if by_path or not any(rule.encoding for rule in options.sources.values()):
        return by_path
    # Addresses are ASCII: read byte by byte, the header shows them whatever its encoding is.
    bytewise = document._replace(data=document.data.decode("latin-1").encode("utf-8"), settled=True)
    for draft in _parse(bytewise, context, lambda draft, *_: draft).records:
        for said in draft.links:
            if encoding := source_options(options, document.source.name, host(said.text)).encoding:
                return encoding
    return None


def _parse(document: Document, context: Context, make: Make[T], at_once: AtOnce[T] | None = None) -> FileRecords[T]:
    chosen, tie = detect(document)
    if chosen is None:
        return FileRecords(document, left_out=why_unclaimed(document))
    if at_once and chosen.outline and not tie:
        outline = chosen.outline(document)
        record = at_once(outline, document, context) if outline else None
        if record is not None:
            return FileRecords(document, (record,))
    records: list[T] = []
    problems = [tie] if tie else []
    for draft in chosen.parse(document):
        if isinstance(draft, Problem):
            problems.append(draft)
        else:
            records.append(make(draft, document, len(records), context))
    if records:
        return FileRecords(document, tuple(records), tuple(problems))
    return FileRecords(document, left_out=problems[-1] if problems else why_unclaimed(document))


def stand_in(head: Head) -> Head:
    """Give an undated head the date under which it is shown (--undated last)."""
    key = head.key._replace(date=Dated(_EPOCH, "day", "none", "1970-01-01"))
    return head._replace(key=key, evidence={**head.evidence, "date": NOWHERE})
