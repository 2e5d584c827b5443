"""What `publish` remembers in a site's folder: the files it wrote, and the entries that are or were out.

It is JSON with one item a line, so that it can be written and read line by line: a site may have a million of each.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from typing import Any, Final

from refeed.feed_history import Deletion
from refeed.publish.names import Names
from refeed.publish.sealed_files import SEAL_SIZE, SealedFiles

_VERSION: Final = 2
_REMEMBERED: Final = timedelta(days=90)
"""How long a feed says that an entry is gone: readers that looked less often keep it."""
_MOST_DELETIONS: Final = 1_000  # a feed stays small when an archive is replaced by another one
_ENTRIES: Final = b'"entries": [\n'
_FILES: Final = b'"files": [\n'
_END: Final = b"null],\n"  # of a list; every item before it ends with a comma


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a folder holds of a site."""

    files: SealedFiles = field(default_factory=SealedFiles)  # by their paths below the folder, with "/"
    entries: Names = field(default_factory=Names)  # ids that are out
    deletions: tuple[Deletion, ...] = ()  # entries that were out, the latest first

    def until_done(self, before: "Manifest") -> "Manifest":
        """Return what to remember while this one takes the place of another, so that a kill leaves no stranger.

        No seals: a document may be either one by then. What is out is known for certain only at the end.
        """
        files = SealedFiles(chain(self.files.paths, before.files.paths))
        return Manifest(files=files, entries=before.entries, deletions=self.deletions)

    def lines(self) -> Iterator[bytes]:
        """Yield the manifest as it is written, piece by piece."""
        yield b'{"refeed": %d,\n' % _VERSION
        deletions = [(one.id, one.when.isoformat()) for one in self.deletions]
        yield b'"deletions": ' + _json(deletions) + b",\n"
        yield _ENTRIES
        yield from (_json(id_) + b",\n" for id_ in self.entries)
        yield _END
        yield _FILES
        for path, seal in self.files:
            yield _json([path, seal.hex()]) + b",\n"
        yield b"null]}\n"


def read_manifest(lines: Iterable[bytes]) -> Manifest:
    """Read what `Manifest.lines` wrote; ValueError says that something else wrote it."""
    rest = iter(lines)
    head: Any = json.loads(b"".join(islice(rest, 2)).rstrip(b",\n") + b"}")
    if not isinstance(head, dict) or head.get("refeed") != _VERSION:
        raise ValueError("it is not of this version")
    deletions = tuple(Deletion(str(id_), datetime.fromisoformat(when)) for id_, when in head["deletions"])
    entries = Names(_text(id_) for id_ in _items(rest, _ENTRIES))
    paths, seals = list[str](), bytearray()
    for path, seal in _items(rest, _FILES):
        paths.append(_below(_text(path)))
        seals += bytes.fromhex(seal)
    files = SealedFiles(paths, bytes(seals))
    if len(seals) != SEAL_SIZE * len(paths) or any(one != other for one, other in zip(paths, files.paths, strict=True)):
        raise ValueError("its files are not in order")
    return Manifest(files=files, entries=entries, deletions=deletions)


def deletions_of(before: Manifest, entries: Names, now: datetime) -> tuple[Deletion, ...]:
    """Return what went out and does no longer, or has not for a while, the latest first."""
    moment = now.astimezone(UTC).replace(microsecond=0)
    gone = {one.id: one.when for one in before.deletions if one.id not in entries}
    gone = {**dict.fromkeys(before.entries.without(entries), moment), **gone}
    kept = [Deletion(id_, when) for id_, when in gone.items() if now - when < _REMEMBERED]
    return tuple(sorted(kept, key=lambda one: (-one.when.timestamp(), one.id))[:_MOST_DELETIONS])


def _json(value: object) -> bytes:
    # Half a surrogate pair, which is no UTF-8, is written as JSON's own escape.
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _items(lines: Iterator[bytes], name: bytes) -> Iterator[Any]:
    """Yield the items of the list that comes next."""
    if next(lines, None) != name:
        raise ValueError(f"there is no {name.decode().rstrip()}")
    for line in lines:
        if line.startswith(b"null]"):
            return
        yield json.loads(line.rstrip(b",\n"))
    raise ValueError("it was cut short")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("it holds no texts")  # noqa: TRY004  a damaged file
    return value


def _below(path: str) -> str:
    """Return a path that leads to a file below the folder and nowhere else, on any system."""
    if any(part in {"", ".", ".."} or set(part) & {"\\", ":", "\0"} for part in path.split("/")):
        raise ValueError(f"it names {path}")
    return path
