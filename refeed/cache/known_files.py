"""Recognise files that have not changed since an earlier build, so that they need not be read again.

A file is the same when its name, size, mtime, ctime and inode are. The inode tells when a folder or a link took the
place of another one: files that were written together may have the same times. As git does ("racy git"), files that
changed just before they were read are not trusted: they could have changed again within one tick of the file system's
clock.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import Final

from refeed.cache.sqlite_store import CacheStore
from refeed.digests import blake2b
from refeed.input.discover import Batch
from refeed.input.place import COARSE_TICK, is_young
from refeed.records.scan_result import ScanResult, from_bytes
from refeed.startup.named_tuple import NamedTuple

_AGAIN: Final = array("q", (-1, -1, -1, -1))  # the stats of a file that has to be read again
_STATS: Final = len(_AGAIN)
_TIMES: Final = slice(1, 3)  # where in them mtime and ctime stand

_WalkKey = list[tuple[int, str]]


class _OldBatch(NamedTuple):
    """A batch of an earlier build."""

    numbers: dict[bytes, int]  # by name
    stats: "array[int]"
    result: ScanResult


class _Tree:
    """What the index knows of the files below one root."""

    def __init__(self, index: CacheStore, digest: bytes, latest: float) -> None:
        self.digest = digest
        self._index, self._latest = index, latest
        self.firsts = frozenset(index.catalogue(digest))
        self.used: set[bytes] = set()
        self._order: list[tuple[_WalkKey, bytes]] | None = None
        self._loaded: dict[bytes, _OldBatch | None] = {}

    def result(self, first: bytes, files: bytes) -> ScanResult | None:
        """Return what is known of the batch that begins with a name, if its files are these."""
        row = self._index.batch(self.digest, first)
        return from_bytes(row.result, self._latest) if row and row.files == files else None

    def near(self, first: bytes, last: bytes) -> Iterator[_OldBatch]:
        """Return the batches that may hold files from the first to the last one; they stay loaded for the next call."""
        names = self._between(first, last)
        self._loaded = {name: old for name, old in self._loaded.items() if name in names}
        for name in names:
            if name not in self._loaded:
                self._loaded[name] = self._load(name)
            if old := self._loaded[name]:
                yield old

    def _load(self, first: bytes) -> _OldBatch | None:
        row = self._index.batch(self.digest, first)
        result = from_bytes(row.result, self._latest) if row else None
        if row is None or result is None:
            return None
        size = len(result.kinds) * _STATS * _AGAIN.itemsize
        numbers = {name: file_no for file_no, name in enumerate(row.files[size:].split(b"\0"))}
        return _OldBatch(numbers, array("q", row.files[:size]), result)

    def _between(self, first: bytes, last: bytes) -> list[bytes]:
        """Name the batches that may hold files from the first to the last one."""
        if self._order is None:
            self._order = sorted((_walk_key(name), name) for name in self.firsts)
        start = bisect_right(self._order, _walk_key(first), key=itemgetter(0))
        end = bisect_right(self._order, _walk_key(last), key=itemgetter(0))
        return [name for _, name in self._order[max(start - 1, 0) : end]]


class KnownFiles:
    """What an index knows about the batches of a walk, and what it learns about them."""

    def __init__(self, index: CacheStore, owner: bytes, *, started: int, latest: float) -> None:
        """Ask an index on behalf of an owner: a digest of everything besides the files that decides what they give.

        `started` is when the build began, in nanoseconds since 1970; `latest` the latest plausible date, in seconds.
        """
        self._index, self._owner, self._latest = index, owner, latest
        self._started = started
        self._trees: dict[str, _Tree] = {}
        self._state = blake2b(owner)
        self.is_settled = True
        """Whether a change of any file will be noticed by the next build."""

    def known(self, batch: Batch) -> ScanResult:
        """Return what is known of a batch; files that have to be read are UNREAD."""
        tree = self._tree(batch.root)
        files, count = _files(batch), len(batch.names)
        self._state.update(repr((batch.root, len(files), batch.problems)).encode("utf-8", "backslashreplace") + files)
        if not count:
            return ScanResult(b"", b"", {})
        first = _name(batch.names[0])
        if first in tree.firsts and (result := tree.result(first, files)):
            tree.used.add(first)
            return result
        return _pieced_together(tree, batch, first)

    def keep(self, batch: Batch, result: ScanResult) -> None:
        """Remember what was read; files that changed a moment ago, or fail now, have to be read again."""
        tree, first = self._tree(batch.root), _name(batch.names[0]) if batch.names else b""
        if not batch.names or first in tree.used:  # the index has just told it
            return
        stats = array("q", batch.stats)
        fleeting = result.fleeting()
        if fleeting or max(stats) >= self._started - COARSE_TICK:  # sizes are never that large, inodes seldom
            for file_no in range(len(batch.names)):
                if file_no in fleeting or self._is_young(*stats[_of_file(file_no)][_TIMES]):
                    stats[_of_file(file_no)] = _AGAIN
                    self.is_settled = False
        self._index.keep_batch(tree.digest, first, _files(batch._replace(stats=stats)), result.to_bytes())
        tree.used.add(first)

    def finish(self) -> None:
        """Forget the batches that this walk did not find."""
        for tree in self._trees.values():
            self._index.use_tree(tree.digest)
            self._index.drop_batches(tree.digest, sorted(tree.firsts - tree.used))

    @property
    def state(self) -> bytes:
        """Return a digest of all files that were walked past: their names and stats."""
        return self._state.digest()

    def _is_young(self, mtime: int, ctime: int) -> bool:
        """Return whether a file could have changed again since it was read, and have the same times."""
        return is_young(max(mtime, ctime), ctime, self._started)

    def _tree(self, root: str) -> _Tree:
        if root not in self._trees:
            digest = blake2b(self._owner + _name(root), digest_size=16).digest()
            self._trees[root] = _Tree(self._index, digest, self._latest)
        return self._trees[root]


def _pieced_together(tree: _Tree, batch: Batch, first: bytes) -> ScanResult:
    """Find the files of a batch, whose bounds may have moved, in the batches of earlier builds."""
    count = len(batch.names)
    result, found = ScanResult(bytes(count), b"", {}), set[int]()
    for old in tree.near(first, _name(batch.names[-1])):
        moves = dict[int, int]()
        for file_no, encoded in enumerate(map(_name, batch.names)):
            old_no = old.numbers.get(encoded)
            if old_no is None or file_no in found:
                continue
            if old.stats[_of_file(old_no)] == batch.stats[_of_file(file_no)]:
                moves[old_no] = file_no
                found.add(file_no)
        result = result.with_more(old.result.moved(moves, count))
    return result


def _walk_key(name: bytes) -> _WalkKey:
    """Order names as a walk comes past them: the files of a folder, then its folders."""
    *folders, file = name.decode("utf-8", "surrogateescape").split("/")
    return [*((1, folder) for folder in folders), (0, file)]


def _of_file(file_no: int) -> slice:
    """Return where the stats of a file stand among those of its batch."""
    return slice(file_no * _STATS, (file_no + 1) * _STATS)


def _files(batch: Batch) -> bytes:
    return batch.stats.tobytes() + _name("\0".join(batch.names))


def _name(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")
