"""Scan a batch of files for the first pass: read each, and divide what it holds into rows and problems."""

from collections.abc import Sequence
from functools import partial, reduce
from itertools import chain, zip_longest
from typing import Final

from refeed.input.discover import Batch
from refeed.model import RecordKey, SourceFile
from refeed.options import Options
from refeed.pipeline.guard import guarded
from refeed.problems import PASSING, Problem, Severity
from refeed.records.context import Context
from refeed.records.facets import packed
from refeed.records.last_resort import NO_DATE_CURE, no_date_message
from refeed.records.reader import FileRecords, key_reader
from refeed.records.rows import row, rows_of
from refeed.records.scan_result import OWN, READ, SKIPPED, FileNotes, ScanResult, counted

_TOGETHER: Final = 256  # files of which all are read again where one fails
_NOTHING_TO_NOTE: Final = FileNotes()


def scan(batch: Batch, file_numbers: Sequence[int], context: Context) -> ScanResult:
    """Read the files of a batch that have these numbers; one that refeed fails on costs no other."""
    starts = range(0, len(file_numbers) or 1, _TOGETHER)
    parts = (_scan_together(batch, file_numbers[start : start + _TOGETHER], context) for start in starts)
    return reduce(ScanResult.with_more, parts)


def _scan_together(batch: Batch, file_numbers: Sequence[int], context: Context) -> ScanResult:
    debug, prefix = context.options.debug, batch.prefix
    # To guard every single file costs more than to begin again where one of them fails, or all take as long as one may.
    whole = guarded(SourceFile(prefix, ""), partial(_scan, batch, file_numbers, context), debug=debug)
    if isinstance(whole, ScanResult):
        return whole
    result = ScanResult(bytes(len(batch.names)), b"", {})
    for file_no in file_numbers:
        name = batch.names[file_no]
        one = guarded(SourceFile(prefix + name, name), partial(_scan, batch, [file_no], context), debug=debug)
        result = result.with_more(one if isinstance(one, ScanResult) else _left_out(batch, file_no, one))
    return result


def _scan(batch: Batch, file_numbers: Sequence[int], context: Context) -> ScanResult:
    kinds, notes = bytearray(len(batch.names)), dict[int, FileNotes]()
    rows, facets = [b""] * len(file_numbers), [b""] * len(file_numbers)  # of each file
    prefix, names, beside = batch.prefix, batch.names, batch.beside
    sources = [SourceFile._make((prefix + names[one], names[one], beside.get(one, ()))) for one in file_numbers]
    with key_reader(context) as read:
        for place, outcome in read(sources):
            file_no = file_numbers[place]
            if isinstance(outcome, RecordKey):  # nearly always
                kinds[file_no] = READ
                rows[place] = row(outcome, file_no)
            elif outcome.left_out:
                kinds[file_no], notes[file_no] = SKIPPED, _skipped(outcome.left_out)
            elif outcome.records:
                kinds[file_no] = READ
                kept, note = _divided(outcome, context.options)
                packs = [(rows_of(key, file_no), one) for key, one in kept]
                rows[place] = b"".join(chain.from_iterable(of_key for of_key, _ in packs))
                facets[place] = packed(one for of_key, one in packs if one is not None for _ in of_key)
                if note != _NOTHING_TO_NOTE:
                    notes[file_no] = note
            else:
                kinds[file_no] = OWN
            del outcome  # with the bytes of the file, before the next one is read
    return ScanResult(bytes(kinds), b"".join(rows), dict(sorted(notes.items())), b"".join(facets))


def _left_out(batch: Batch, file_no: int, problem: Problem) -> ScanResult:
    kinds = bytearray(len(batch.names))
    kinds[file_no] = SKIPPED
    return ScanResult(bytes(kinds), b"", {file_no: _skipped(problem)})


def _skipped(problem: Problem) -> FileNotes:
    return FileNotes(problems=(problem.at(""),), fleeting=problem.code in PASSING)


def _divided(
    outcome: FileRecords[RecordKey | None], options: Options
) -> tuple[list[tuple[RecordKey, bytes | None]], FileNotes]:
    """Divide the records of a file into those that selection looks at and those that are out already."""
    all_records = zip_longest(outcome.records, outcome.facets)
    records = [(key, facets) for key, facets in all_records if key]
    kept, undated = list[tuple[RecordKey, bytes | None]](), list[tuple[RecordKey, bytes | None]]()
    for record in records:
        goes_on = record[0].date or _goes_on_without_date(record[0], options)
        (kept if goes_on else undated).append(record)
    problems = [problem.at("") for problem in outcome.problems if problem.severity is Severity.ERROR]
    problems += [key.withheld.at("", key.line).of(key.outlet) for key, _ in records if key.withheld]
    problems += [_undated(key, options).of(key.outlet) for key, _ in undated]
    return kept, FileNotes(
        filtered=len(outcome.records) - len(records),
        undated=len(undated),
        problems=tuple(problems),
        fleeting=not all(key.is_lasting for key, _ in records),
        matched=tuple(sorted(outcome.matched)),
        missed=counted(outcome.missed),
        undated_facets=tuple(facets.hex() for _, facets in undated if facets is not None),
    )


def _undated(key: RecordKey, options: Options) -> Problem:
    """Return why a record is left out that has no date, or none that can be used."""
    if key.bad_date:
        return key.bad_date._replace(message=f"{key.bad_date.message}; {NO_DATE_CURE}", line=key.line)
    return Problem("no-date", no_date_message(options.undated), line=key.line)


def _goes_on_without_date(key: RecordKey, options: Options) -> bool:
    """Return whether a record without a date is kept all the same, held back for one too far ahead, or withdraws."""
    is_held = key.release is not None and options.future == "hold"
    return bool(key.withheld) or options.undated in {"last", "mtime"} or is_held
