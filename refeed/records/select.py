"""Put articles in order, newest first. Pure: no file, no clock, no body.

Rows of many workers, or of an earlier build, come in any order and are simply added. A million of them are divided by
the articles that they belong to, and folded a part at a time, wherever there is somebody to do it.
"""

from array import array
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from typing import Final, NamedTuple

from refeed.records.article import Article, newest_first
from refeed.records.fold import Dates, Fold, Outcome, Rank, merged
from refeed.records.folded_part import FoldedPart, fold_part
from refeed.records.merged_parts import MergedParts
from refeed.records.rows import ROW_SIZE, divided
from refeed.spool import Spool

_WHOLE: Final = 2**17  # rows that are folded here, as one
_PART: Final = 2**15  # rows of a part where there are more: about 15 MB while it is folded
_GATHERED: Final = 2**22  # bytes of rows that are divided in memory
_UNDER_WAY: Final = 4  # parts that are folded at the same time: that many wait in memory

Submit = Callable[[bytes], Callable[[], FoldedPart]]
"""Has the rows of a part folded; what is returned waits for it."""

Batch = tuple[int, bytes]
"""The number of the first file of a batch in the order of discovery, and its rows."""


class Selection:
    """The rows of all records; `fold` decides between them."""

    def __init__(self) -> None:
        """Begin empty."""
        self._rows = Spool()
        self._bases = array("Q")
        self._merged: list[MergedParts] = []

    def __len__(self) -> int:
        """Count the records."""
        return self._rows.size // ROW_SIZE

    def add(self, rows: bytes, base: int) -> None:
        """Take in the rows of a batch, whose first file has this number in the order of discovery."""
        self._rows.append(rows)
        self._bases.append(base)

    def close(self) -> None:
        """Let go of what lies in temporary files."""
        self._rows.close()
        for parts in self._merged:
            parts.close()

    def fold(self, dates: Dates, path_of: Callable[[int], str], submit: Submit | None = None) -> "Selected":
        """Fold all rows into articles; `path_of` names a file by its number in the order of discovery.

        With many rows `submit` has each part folded.
        """
        if len(self) <= _WHOLE:
            fold = Fold(dates)
            for base, rows in self._batches():
                fold.add(base, rows)
            articles, outcome = fold.result()
            return Selected(merged([outcome]), partial(newest_first, articles, path_of))

        def here(rows: bytes) -> Callable[[], FoldedPart]:
            return partial(fold_part, rows, dates)

        parts = MergedParts(path_of)
        self._merged.append(parts)
        outcomes = list[Outcome]()
        for part in _folded(self._parts(), submit or here):
            parts.add(part)
            outcomes.append(part.outcome)
        outcome = merged(outcomes)
        outcome.shared_ids.update(parts.ids_in_several())
        return Selected(outcome, parts.newest_first)

    def _parts(self) -> Iterator[bytes]:
        """Divide the rows so that all of one article are in the same part."""
        number = len(self) // _PART + 1
        with closing(Spool()) as pieces:
            for batches in _gathered(self._batches()):
                for piece in divided(batches, number):
                    pieces.append(bytes(piece))
            for part in range(number):
                yield b"".join(pieces[piece] for piece in range(part, len(pieces), number))

    def _batches(self) -> Iterator[Batch]:
        return zip(self._bases, self._rows, strict=True)


def _gathered(batches: Iterator[Batch]) -> Iterator[list[Batch]]:
    """Yield batches by the megabyte, so that dividing them makes few pieces."""
    gathered, size = list[Batch](), 0
    for base, rows in batches:
        gathered.append((base, rows))
        size += len(rows)
        if size >= _GATHERED:
            yield gathered
            gathered, size = [], 0
    yield gathered


def _folded(parts: Iterator[bytes], submit: Submit) -> Iterator[FoldedPart]:
    """Have all parts folded, some at the same time."""
    waiting = deque[Callable[[], FoldedPart]]()
    for rows in parts:
        waiting.append(submit(rows))
        if len(waiting) > _UNDER_WAY:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()


class Selected(NamedTuple):
    """The articles of a Selection, and what became of the other records."""

    outcome: Outcome
    newest_first: Callable[[], Iterator[Article]]
    """Return the wanted articles by the earliest header date of their records; equal dates by the later path."""

    def is_withdrawn(self, identity: bytes) -> bool:
        """Return whether the newest record of an article says that it is not published."""
        return identity in self.outcome.withdrawn

    def is_shared(self, stated: int) -> bool:
        """Return whether several articles state the id with this mark, so that it identifies none (RFC 4287, 4.2.6)."""
        return stated in self.outcome.shared_ids

    def others(self, article: Article) -> list[Rank]:
        """Return the records of an article that lost, the best of them first."""
        return sorted(self.outcome.lost.get(article.identity, ()), reverse=True)
