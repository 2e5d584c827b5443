"""Tell whether a build lets a record out, as far as that record alone decides it."""

from math import inf

from refeed.model import NEVER, RecordMeta
from refeed.problems import Problem
from refeed.records.context import Context
from refeed.records.publication.time_problems import expired, held_back
from refeed.startup.named_tuple import NamedTuple


class Standing(NamedTuple):
    """What a record is, and why it does not go out."""

    status: str  # "entry", "withheld"
    reason: str | None  # the code of a problem; also that of an entry that is held back, or has no date
    problems: tuple[Problem, ...]  # of the record, as a build tells them


def standing(meta: RecordMeta, found: tuple[Problem, ...], context: Context) -> Standing:
    """Return whether a record goes out with which such problems were found."""
    key, options, now = meta.key, context.options, context.now
    place = (meta.source.path, key.line)
    if key.withheld:
        return Standing("withheld", key.withheld.code, found)
    if key.expiry and key.expiry <= now and options.withheld == "skip":
        problem = expired(key.expiry.timestamp(), *place)
        return Standing("withheld", problem.code, (*found, problem))
    released = max(filter(None, [key.release, key.date and key.date.value]), default=now)
    if options.future == "hold" and released.replace(microsecond=0) > now:
        problem = held_back(inf if released == NEVER else released.timestamp(), *place)
        return Standing("entry", problem.code, (*(one for one in found if one.code != "no-date"), problem))
    if not key.date and options.undated != "last":
        return Standing("entry", "no-date", found)
    return Standing("entry", None, found)
