"""Pack results of the second pass for the index: the entry of the feed, or the posts that it waits for."""

import json
from datetime import datetime
from zlib import compress, decompress

from refeed.pipeline.entries.task import BuiltEntry, EntryFacts, EntryResult
from refeed.problems import Problem
from refeed.report import Origin


def pack(result: EntryResult, built: BuiltEntry, now: float) -> bytes:
    """Write an entry for the index, with the span of time in which it is what a build would make."""
    problems = [problem.at("") for problem in result.problems]
    origin, size = built.origin, len(built.entry)
    span = (now, built.until, built.updated.isoformat())
    facts = (*span, built.facts, origin.id, origin.line, problems, result.rules, size)
    meta = json.dumps(facts).encode()
    return len(meta).to_bytes(4, "big") + meta + built.entry + compress(built.fragment, 1)


def pack_asked(asked: tuple[str, ...]) -> bytes:
    """Write for the index which posts an entry refers to: no build needs to look for that in its body again."""
    return bytes(4) + json.dumps(asked).encode()


def unpack(data: bytes, path: str, now: float) -> EntryResult | None:
    """Read what `pack` and `pack_asked` wrote; None where it was written for another time."""
    end = 4 + int.from_bytes(data[:4], "big")
    if end == 4:
        return EntryResult(None, (), asked=tuple(json.loads(data[end:])))
    since, until, updated, about, id_, line, rows, rules, size = json.loads(data[4:end])
    if not since <= now < until:
        return None
    entry, fragment = data[end : end + size], decompress(data[end + size :])
    moment, facts = datetime.fromisoformat(updated), EntryFacts(*about)
    built = BuiltEntry(moment, fragment, Origin(id_, path, line), until, facts, entry)
    problems = tuple(Problem(*values).at(path) for values in rows)
    return EntryResult(built, problems, rules=tuple((rule, used) for rule, used in rules))
