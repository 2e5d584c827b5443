"""The first pass over a batch: read every file, and divide what it gives into rows and problems."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from refeed.discover import Batch
from refeed.guard import guarded
from refeed.harvest import OWN, READ, SKIPPED, Extra, Harvest, Told
from refeed.heads import FileRecords, read_keys
from refeed.model import Key, Source
from refeed.normalise import Context
from refeed.problems import Problem, Severity
from refeed.select import row

# Not of the file's making: the next build tries again.
_FLEETING: Final = frozenset({"internal-error", "over-time", "unreadable"})


def glean(batch: Batch, places: Iterable[int], context: Context) -> Harvest:
    """Read the files of a batch that stand at these places."""
    kinds, rows, extras = bytearray(len(batch.names)), list[bytes](), dict[int, Extra]()
    prefix, names, debug = batch.prefix, batch.names, context.options.debug
    for place in places:
        source = Source(prefix + names[place], names[place])
        outcome = guarded(source, partial(read_keys, source, context), debug=debug)
        problem = outcome if isinstance(outcome, Problem) else outcome.left_out
        if problem:
            kinds[place] = SKIPPED
            extras[place] = Extra(problems=(_told(problem),), fleeting=problem.code in _FLEETING)
        elif isinstance(outcome, FileRecords) and outcome.records:
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
