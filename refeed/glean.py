"""The first pass over a batch: read every file, and divide what it gives into rows and problems."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from refeed.discover import Batch
from refeed.guard import guarded
from refeed.harvest import OWN, READ, SKIPPED, Extra, Harvest, Told
from refeed.heads import FileRecords, key_reader
from refeed.model import Key, Source
from refeed.normalise import Context
from refeed.problems import Problem, Severity
from refeed.select import row

# Not of the file's making: the next build tries again.
_FLEETING: Final = frozenset({"internal-error", "over-time", "unreadable"})


def glean(batch: Batch, places: Sequence[int], context: Context) -> Harvest:
    """Read the files of a batch that stand at these places; one that refeed fails on costs no other."""
    debug, prefix = context.options.debug, batch.prefix
    # To guard every single file costs more than to begin again where one of them fails.
    whole = guarded(Source(prefix, ""), partial(_glean, batch, places, context), debug=debug)
    if isinstance(whole, Harvest):
        return whole
    harvest = Harvest(bytes(len(batch.names)), b"", {})
    for place in places:
        name = batch.names[place]
        one = guarded(Source(prefix + name, name), partial(_glean, batch, [place], context), debug=debug)
        harvest = harvest.with_more(one if isinstance(one, Harvest) else _left_out(batch, place, one))
    return harvest


def _glean(batch: Batch, places: Sequence[int], context: Context) -> Harvest:
    kinds, rows, extras = bytearray(len(batch.names)), list[bytes](), dict[int, Extra]()
    prefix, names, read = batch.prefix, batch.names, key_reader(context)
    for place in places:
        name = names[place]
        outcome = read(Source(prefix + name, name))
        if outcome.left_out:
            kinds[place], extras[place] = SKIPPED, _skipped(outcome.left_out)
        elif outcome.records:
            kinds[place] = READ
            key = outcome.records[0]
            if len(outcome.records) == 1 and not outcome.problems and key and key.date and key.is_lasting:
                rows.append(row(key, place))  # nearly always
                continue
            kept, extras[place] = _divided(outcome, context)
            rows += [row(key, place) for key in kept]
        else:
            kinds[place] = OWN
    return Harvest(bytes(kinds), b"".join(rows), extras)


def _left_out(batch: Batch, place: int, problem: Problem) -> Harvest:
    kinds = bytearray(len(batch.names))
    kinds[place] = SKIPPED
    return Harvest(bytes(kinds), b"", {place: _skipped(problem)})


def _skipped(problem: Problem) -> Extra:
    return Extra(problems=(_told(problem),), fleeting=problem.code in _FLEETING)


def _divided(outcome: FileRecords[Key | None], context: Context) -> tuple[list[Key], Extra]:
    """Divide the records of a file into those that selection looks at and those that are out already."""
    with_undated = context.options.undated != "skip"
    kept = [key for key in outcome.records if key and (key.date or with_undated)]
    undated = [key for key in outcome.records if key and not (key.date or with_undated)]
    told = [_told(problem) for problem in outcome.problems if problem.severity is Severity.ERROR]
    message = "no evidence of a date: left out; --undated last keeps it"
    told += [("no-date", key.line, message) for key in undated]
    filtered = len(outcome.records) - len(kept) - len(undated)
    fleeting = not all(key.is_lasting for key in outcome.records if key)
    return kept, Extra(filtered, len(undated), tuple(told), fleeting)


def _told(problem: Problem) -> Told:
    return (problem.code, problem.line, problem.message)
