"""Find the entries that a feed says it has deleted (RFC 6721), although an older copy of them may still be in it."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from refeed.formats.feeds.xml import ATTRIBUTES, Root, parse_part
from refeed.model import RawRecord, Statement
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

_NAME: Final = b"deleted-entry"
_ORIGIN: Final = "feed: deleted-entry"
# What stands in comments and CDATA is text.
_TAG: Final = late_pattern(
    rb"<!--(?s:.*?)(?:-->|\Z)|<!\[CDATA\[(?s:.*?)(?:\]\]>|\Z)"
    rb"|(<(?:[A-Za-z][\w.-]{0,20}:)?deleted-entry(?=[\s/>])" + ATTRIBUTES + rb">)",
    re.IGNORECASE,
)


def deletions(data: bytes, root: Root, most: int) -> dict[str, str]:
    """Return the ids of deleted entries, each with the moment of its last deletion as the feed writes it."""
    found: dict[str, str] = {}
    if _NAME not in data:
        return found
    for ref, when in islice(_stated(data, root), most):
        found[ref] = max(when, found.get(ref, ""))
    return found


def _stated(data: bytes, root: Root) -> Iterator[tuple[str, str]]:
    for match in _TAG.finditer(data, root.end):
        parsed = parse_part(root, match[1]) if match[1] else None
        for element in parsed if parsed is not None else ():
            if ref := (element.get("ref") or "").strip():
                yield ref, (element.get("when") or "").strip()


def with_deletion(record: RawRecord, deleted: dict[str, str]) -> Iterator[RawRecord]:
    """Yield a record, and a copy of it that is as new as its deletion and withdraws it, unless it is newer."""
    id_ = record.ids[0].text if record.ids else ""
    when = deleted.get(id_)
    if when is None:
        yield record
        return
    reason = _reason(when)
    if not when or ":" not in id_:  # such a copy would be another article
        yield record._replace(withheld=record.withheld or reason)
        return
    yield record
    yield record._replace(dates=(Statement(when, _ORIGIN),), updates=(), withheld=reason)


def deletions_alone(deleted: dict[str, str], met: set[str], end: int) -> Iterator[RawRecord]:
    """Yield a withheld record for each deleted entry of which the feed has no copy: older files may have one."""
    for id_, when in deleted.items():
        if ":" in id_ and id_ not in met:
            yield RawRecord(
                format="feed",
                line=1,
                span=(end, end),
                body="",
                ids=(Statement(id_, _ORIGIN),),
                links=(Statement(id_, _ORIGIN),) if id_[:4].lower() == "http" else (),
                dates=(Statement(when, _ORIGIN),) if when else (),
                withheld=_reason(when),
            )


def is_deletion(record: RawRecord) -> bool:
    """Return whether a record is a deleted entry of which the feed has no copy."""
    return any(id_.origin == _ORIGIN for id_ in record.ids)


def _reason(when: str) -> Problem:
    return Problem("draft", f"the feed says deleted-entry: {when[:40]}")
