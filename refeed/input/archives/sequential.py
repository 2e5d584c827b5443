"""Read an archive that can only be read from its beginning on: tar, WARC.

It is read through once to know what is in it. What a small archive holds is kept in memory then. The members of a large
one that are asked for in their order take one more reading, and those that `keep` names another one.
"""

from collections.abc import Callable, Iterable, Iterator
from sys import maxsize
from typing import Final

from refeed.input.archives.errors import ArchiveError, DamagedError, MemberError
from refeed.input.archives.members import Member, Members, Refusal
from refeed.input.archives.stream import Stream
from refeed.input.file_types import is_not_text
from refeed.limits import Limits
from refeed.model import Crawl
from refeed.problems import Problem
from refeed.startup.named_tuple import NamedTuple

_MOST_KEPT: Final = 2**25  # bytes in memory
_OF_BINARY: Final = 4_096  # bytes that are kept of what is no text: enough to say what it is


class Item(NamedTuple):
    """A member, while the archive is read through."""

    name: str
    saved: float | None  # in seconds since 1970
    refusal: Refusal | None
    chunks: Callable[[], Iterator[bytes]]  # what it holds, while the archive stands there
    crawl: Crawl | None = None


Items = Callable[[Stream], Iterator[Item]]
"""Yields the members of an archive in their order; what is left of one is skipped when the next is asked for."""


class SequentialArchive:
    """An archive that is read from its beginning on."""

    is_shared = False
    """One process reads it, in its order."""

    def __init__(self, new_stream: Callable[[], Stream], items: Items, limits: Limits) -> None:
        """Read it through. `items` yields its members from a stream that `new_stream` begins."""
        self._new, self._items, self._limits = new_stream, items, limits
        self.members, self._crawls = Members(limits), dict[int, Crawl]()
        self._kept, self.kept_bytes = dict[int, bytes](), 0
        self._reading: Iterator[tuple[int, Item]] = iter(())
        self._next = maxsize  # the place of the first member that the reading has not come past
        self.problems = tuple(self._list())

    def _list(self) -> Iterator[Problem]:
        """Take in the members, and yield what ends that early."""
        last = ""
        try:
            for place, item in enumerate(self._items(self._new())):
                kept = None if item.refusal else self._whole(item)
                last = item.name  # only now it is known to be whole
                member = Member(place, item.saved, item.refusal)
                if item.crawl:
                    self._crawls[place] = item.crawl
                    self.members.add_address(item.name, member)
                else:
                    self.members.add(item.name, member)
                if kept is not None:
                    self._keep(place, kept)
        except DamagedError as error:
            rest = f" behind {last!r}; what stands before is read" if last else ""
            yield error.problem._replace(message=f"{error.problem.message}{rest}")
        except ArchiveError as error:
            yield error.problem

    def _whole(self, item: Item) -> bytes | None:
        """Read a member to its end, and return it, of a binary one the beginning; None if it is too large to keep."""
        try:
            chunks = item.chunks()
            first = next(chunks, b"")
            is_text = not is_not_text(first)
            parts, size = [first if is_text else first[:_OF_BINARY]], len(first)
            for piece in chunks:
                size += len(piece)
                if is_text and self._fits(size):
                    parts.append(piece)
        except MemberError:  # whoever reads it will tell
            return None
        return b"".join(parts) if self._fits(size) or not is_text else None

    def _fits(self, size: int) -> bool:
        return size <= self._limits.max_file_bytes and self.kept_bytes + size <= _MOST_KEPT

    def _keep(self, place: int, data: bytes) -> None:
        self._kept[place] = data
        self.kept_bytes += len(data)

    def keep(self, wanted: Iterable[Member]) -> None:
        """Read members in one go, as many as fit, and keep them in memory instead of others."""
        places = {member.place for member in wanted if not member.refusal}
        if places <= self._kept.keys():
            return
        before, self._kept, self.kept_bytes = self._kept, {}, 0
        for place in sorted(places):
            kept = before[place] if place in before else self._whole(self._item_at(place))
            if kept is not None and self.kept_bytes + len(kept) <= _MOST_KEPT:
                self._keep(place, kept)

    def chunks(self, member: Member) -> Iterator[bytes]:
        """Yield what a member holds, piece by piece."""
        kept = self._kept.get(member.place)
        return iter((kept,)) if kept is not None else self._item_at(member.place).chunks()

    def crawl(self, member: Member) -> Crawl | None:
        """Return where and when a robot fetched a member."""
        return self._crawls.get(member.place)

    def _item_at(self, place: int) -> Item:
        """Read on to a member, from the beginning if it has passed."""
        if self._next > place:
            self._reading, self._next = enumerate(self._items(self._new())), 0
        for number, item in self._reading:
            self._next = number + 1
            if number == place:
                return item
        raise DamagedError("it is not there any more")
