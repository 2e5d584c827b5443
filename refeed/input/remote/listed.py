"""What a store says of its objects, folder by folder: as arrays, because there may be a million of them in one.

Objects are listed as they come, a thousand at a time, and folders next to each other at the same time.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from typing import Any, Final

from refeed.startup.named_tuple import NamedTuple

_ANSWER: Final = 1_000  # objects that a store tells at once
_FEW: Final = 2  # answers after which it is worth to list folders by themselves
_AT_ONCE: Final = 16  # folders that are listed at the same time


class ListedObject(NamedTuple):
    """What a store says of an object."""

    size: int
    modified: float  # seconds since 1970
    tag: str


class ListedFolder:
    """The objects of a folder by their names, and the folders in it."""

    def __init__(self) -> None:
        """Begin with none."""
        self.folders = dict[str, None]()  # their names
        self._names, self._ends = bytearray(), array("Q")
        self._sizes, self._times = array("Q"), array("d")
        self._tags, self._tag_ends = bytearray(), array("Q")
        self._order: Sequence[int] | None = None  # None: they came in order, as nearly every store has them

    def add(self, name: str, one: ListedObject) -> None:
        """Take in one more."""
        packed = name.encode("utf-8", "surrogatepass")
        if self._ends and packed < self._name(len(self._ends) - 1):
            self._order = ()
        self._names += packed
        self._ends.append(len(self._names))
        self._sizes.append(one.size)
        self._times.append(one.modified)
        self._tags += one.tag.encode()
        self._tag_ends.append(len(self._tags))

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing in it."""
        return not self.folders and not self._ends

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the objects."""
        return (self._name(number).decode("utf-8", "surrogatepass") for number in range(len(self._ends)))

    def get(self, name: str) -> ListedObject | None:
        """Return what is known of an object; None if there is none of this name."""
        if self._order == ():
            self._order = sorted(range(len(self._ends)), key=self._name)
        order = self._order or range(len(self._ends))
        packed = name.encode("utf-8", "surrogatepass")
        at = bisect_left(order, packed, key=self._name)
        if at == len(order) or self._name(order[at]) != packed:
            return None
        number = order[at]
        tag = self._tags[self._tag_ends[number - 1] if number else 0 : self._tag_ends[number]]
        return ListedObject(self._sizes[number], self._times[number], tag.decode())

    def _name(self, number: int) -> bytes:
        return bytes(self._names[self._ends[number - 1] if number else 0 : self._ends[number]])


def listed(store: Any, top: str) -> dict[str, ListedFolder]:
    """List all objects below a folder of a store of obstore; return its folders by their paths, each with "/"."""
    pages: Iterator[Sequence[Mapping[str, Any]]] = iter(store.list(top or None, chunk_size=_ANSWER))
    first = [*islice(pages, _FEW)]
    if len(first) < _FEW or not any("/" in _below(one, top) for one in chain.from_iterable(first)):
        return _sorted_into(chain(first, pages), top)
    level = store.list_with_delimiter(top or None)
    below = [f"{prefix.rstrip('/')}/" for prefix in level["common_prefixes"]]
    if len(below) == 1:
        parts = [listed(store, below[0])]
    else:
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            parts = [*threads.map(lambda folder: _sorted_into(store.list(folder, chunk_size=_ANSWER), folder), below)]
    found = _sorted_into([level["objects"]], top)
    found[top].folders.update(dict.fromkeys(folder[len(top) : -1] for folder in below))
    for part in parts:
        found.update(part)
    return found


def _sorted_into(pages: Iterable[Sequence[Mapping[str, Any]]], top: str) -> dict[str, ListedFolder]:
    folders = {top: ListedFolder()}
    for one in chain.from_iterable(pages):
        folder, _, name = _below(one, top).rpartition("/")
        found = _folder(folders, f"{top}{folder}/" if folder else top, top)
        if name:
            found.add(name, ListedObject(one["size"], one["last_modified"].timestamp(), one["e_tag"] or ""))
    return folders


def _folder(folders: dict[str, ListedFolder], path: str, top: str) -> ListedFolder:
    """Return a folder, which those around it know."""
    found = folders.get(path)
    if found is None:
        found = folders[path] = ListedFolder()
        above, _, name = path[len(top) : -1].rpartition("/")
        _folder(folders, f"{top}{above}/" if above else top, top).folders[name] = None
    return found


def _below(one: Mapping[str, Any], top: str) -> str:
    path: str = one["path"]
    return path[len(top) :]
