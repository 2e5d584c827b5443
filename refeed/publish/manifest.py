"""What `publish` remembers in the folder of a site: the files that it wrote, and the entries that are out or were."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from refeed.feed_history import Deletion

_VERSION: Final = 1
_REMEMBERED: Final = timedelta(days=90)
"""How long a feed says that an entry is gone: readers that looked less often keep it."""
_MOST_DELETIONS: Final = 1_000  # a feed stays small when an archive is replaced by another one


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a folder holds of a site."""

    files: frozenset[str] = frozenset()  # paths below the folder, with "/"
    entries: frozenset[str] = frozenset()  # ids that are out
    deletions: tuple[Deletion, ...] = ()  # entries that were out, the latest first
    seals: Mapping[str, str] = field(default_factory=dict)  # path → digest of all that the file was made of

    def to_bytes(self) -> bytes:
        """Write it."""
        facts = {
            "refeed": _VERSION,
            "files": sorted(self.files),
            "deletions": [(one.id, one.when.isoformat()) for one in self.deletions],
            "entries": sorted(self.entries),
            "seals": dict(sorted(self.seals.items())),
        }
        return json.dumps(facts, indent=0, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def read_manifest(data: bytes) -> Manifest:
    """Read what `to_bytes` wrote; ValueError says that something else wrote it."""
    facts: Any = json.loads(data)
    if not isinstance(facts, dict) or facts.get("refeed") != _VERSION:
        raise ValueError("it is not of this version")
    files = frozenset(_texts(facts["files"]))
    if strange := next((path for path in files if not _is_below(path)), None):
        raise ValueError(f"it names {strange}")
    deletions = tuple(Deletion(str(id_), datetime.fromisoformat(when)) for id_, when in facts["deletions"])
    seals = {str(path): str(seal) for path, seal in facts["seals"].items()}
    return Manifest(files=files, entries=frozenset(_texts(facts["entries"])), deletions=deletions, seals=seals)


def deletions_of(before: Manifest, entries: frozenset[str], now: datetime) -> tuple[Deletion, ...]:
    """Return what went out and does no longer, or has not for a while, the latest first."""
    moment = now.astimezone(UTC).replace(microsecond=0)
    known = {one.id: one.when for one in before.deletions}
    gone = {id_: known.get(id_, moment) for id_ in {*known, *before.entries} - entries}
    kept = [Deletion(id_, when) for id_, when in gone.items() if now - when < _REMEMBERED]
    return tuple(sorted(kept, key=lambda one: (-one.when.timestamp(), one.id))[:_MOST_DELETIONS])


def _texts(values: Iterable[Any]) -> Iterable[str]:
    texts = [*values]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("it holds no texts")
    return texts


def _is_below(path: str) -> bool:
    """Return whether a path leads to a file below the folder and nowhere else, on any system."""
    parts = path.split("/")
    return not any(part in {"", ".", ".."} or set(part) & {"\\", ":", "\0"} for part in parts)
