"""Put articles in order, newest first. Pure: no file, no clock, no body.

Rows of many workers, or of an earlier build, come in any order and are simply added. A million of them are divided by
the articles that they belong to, and folded a part at a time, wherever there is somebody to do it. Rows that workers
have kept are divided by workers, and go from one to the other.
"""

from array import array
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from refeed.problems import RefeedError
from refeed.records.forms import KIND_AND_ADDRESS, may_be_several
from refeed.records.rows import ROW_SIZE, divided
from refeed.records.selection.article import Article, newest_first
from refeed.records.selection.far_bytes import FarBytes, here
from refeed.records.selection.fold import Dates, Fold, Outcome, Rank, merged
from refeed.records.selection.packed_copies import each_copy
from refeed.spool import Spool
from refeed.startup.named_tuple import NamedTuple

if TYPE_CHECKING:
    from refeed.records.selection.folded_part import FoldedPart
    from refeed.records.selection.merged_parts import MergedParts
    from refeed.records.selection.several_forms import OneRecord, OtherForm

_WHOLE: Final = 2**17  # rows that are folded here, as one
_AT_ONCE: Final = 2**16  # rows up to which they are while they come: of more, all that was folded is given up again
_PART: Final = 2**14  # rows of a part where there are more: about 5 MB while it is folded
_GATHERED: Final = 2**22  # bytes of rows that are divided in memory
_UNDER_WAY: Final = 4  # parts that are folded at the same time: that many wait in memory
# Of rows that are far: pieces that travel are at most one times the other, however many records there are.
_MOST_GROUPS: Final = 64
_MOST_PARTS: Final = 256

Rows = bytes | FarBytes

Submit = Callable[[list[Rows]], Callable[[], "FoldedPart"]]
"""Has the rows of a part folded, which come in several pieces; what is returned waits for it."""

Batch = tuple[int, Rows]
"""The number of the first file of a batch in the order of discovery, and its rows."""


class Divided(Protocol):
    """Rows of some batches that a worker has divided into parts."""

    def told(self) -> int:
        """Return how many rows they are."""

    def __getitem__(self, number: int) -> FarBytes:
        """Return the rows of a part."""


Divide = Callable[[list[Batch], int], Divided]
"""Has a worker divide batches into a number of parts."""


class Selection:
    """The rows of all records; `fold` decides between them."""

    def __init__(self, dates: Dates, *, at_once: bool = False) -> None:
        """Begin empty. `at_once`: fold rows while they come, as long as they are not too many."""
        self._dates = dates
        self._whole = Fold(dates) if at_once else None
        self._rows = Spool()
        self._bases = array("Q")
        self._far: dict[int, FarBytes] = {}  # by the numbers of their batches
        self._far_size = 0
        self._merged: list[MergedParts] = []

    def __len__(self) -> int:
        """Count the records."""
        return (self._rows.size + self._far_size) // ROW_SIZE

    def add(self, rows: Rows, base: int) -> None:
        """Take in the rows of a batch, whose first file has this number in the order of discovery."""
        if not isinstance(rows, bytes):
            self._far[len(self._bases)] = rows
            self._far_size += rows.size
        self._rows.append(rows if isinstance(rows, bytes) else b"")
        self._bases.append(base)
        if self._far or len(self) > _AT_ONCE:
            self._whole = None
        elif self._whole:
            self._whole.add(base, here(rows))

    def close(self) -> None:
        """Let go of what lies in temporary files."""
        self._far.clear()
        self._rows.close()
        for parts in self._merged:
            parts.close()

    def fold(
        self,
        path_of: Callable[[int], str],
        submit: Submit | None = None,
        divide: Divide | None = None,
    ) -> "Selected":
        """Fold all rows into articles; `path_of` names a file by its number in the order of discovery.

        With many rows `submit` has each part folded, and `divide` has workers divide those that they have kept.
        """
        if len(self) <= _WHOLE:
            articles, outcome = (self._whole or self._fold_whole()).result()
            others = _other_forms(outcome, lambda: ((one, Rank(*articles[one][1])) for one in articles), path_of)
            articles.drop(one.identity for one in others)
            return _selected(merged([outcome]), others, partial(newest_first, articles, path_of))
        return self._folded_in_parts(path_of, submit, divide if self._far else None)

    def _folded_in_parts(
        self, path_of: Callable[[int], str], submit: Submit | None, divide: Divide | None
    ) -> "Selected":
        from refeed.records.selection.folded_part import fold_part
        from refeed.records.selection.merged_parts import MergedParts

        def fold_here(rows: list[Rows]) -> Callable[[], "FoldedPart"]:
            return partial(fold_part, b"".join(map(here, rows)), self._dates)

        parts = MergedParts(path_of)
        self._merged.append(parts)
        outcomes = list[Outcome]()
        all_parts, ahead = (self._far_parts(divide), _MOST_PARTS) if divide else (self._parts(), _UNDER_WAY)
        for part in _folded(all_parts, submit or fold_here, ahead):
            parts.add(part)
            outcomes.append(part.outcome)
        outcome = merged(outcomes)
        outcome.shared_ids.update(parts.ids_in_several())
        others = _other_forms(outcome, lambda: ((one.identity, one.winner) for one in parts.each()), path_of)
        each = partial(parts.newest_first, frozenset(one.identity for one in others))
        return _selected(outcome, others, each)

    def _fold_whole(self) -> Fold:
        fold = Fold(self._dates)
        for base, rows in self._batches():
            fold.add(base, here(rows))
        return fold

    def _parts(self) -> Iterator[list[Rows]]:
        """Divide the rows so that all of one article are in the same part."""
        number = len(self) // _PART + 1
        with closing(Spool()) as pieces:
            for batches in _gathered(self._batches(), _GATHERED):
                for piece in divided(((base, here(rows)) for base, rows in batches), number):
                    pieces.append(bytes(piece))
            for part in range(number):
                yield [b"".join(pieces[piece] for piece in range(part, len(pieces), number))]

    def _far_parts(self, divide: Divide) -> Iterator[list[Rows]]:
        """Have the rows divided so by those who have them; they do not come here."""
        number = min(len(self) // _PART, _MOST_PARTS - 1) + 1
        size = max(_GATHERED, len(self) * ROW_SIZE // _MOST_GROUPS)
        groups = [divide(batches, number) for batches in _gathered(self._batches(), size)]
        if sum(group.told() for group in groups) != len(self):  # a worker died, and another one read the files again
            raise RefeedError("files were changed while they were read; nothing was written; build again")
        self._far.clear()
        for part in range(number):
            yield [group[part] for group in groups]

    def _batches(self) -> Iterator[Batch]:
        for number, (base, rows) in enumerate(zip(self._bases, self._rows, strict=True)):
            yield base, self._far.get(number, rows)


def _other_forms(
    outcome: Outcome, articles: "Callable[[], Iterator[OneRecord]]", path_of: Callable[[int], str]
) -> "tuple[OtherForm, ...]":
    if len(outcome.forms) < 2 and not outcome.packed_withheld:  # nearly always
        return ()
    withheld = [(identity, Rank(*rank)) for identity, rank in each_copy(outcome.packed_withheld)]
    forms = {*outcome.forms, *(rank.form & KIND_AND_ADDRESS for _, rank in withheld)}
    if not may_be_several(forms):
        return ()
    from refeed.records.selection.several_forms import other_forms

    return tuple(other_forms(articles, path_of, withheld))


def _gathered(batches: Iterator[Batch], limit: int) -> Iterator[list[Batch]]:
    """Yield groups of batches of at least `limit` bytes, so that dividing them makes few pieces."""
    gathered, size = list[Batch](), 0
    for base, rows in batches:
        gathered.append((base, rows))
        size += len(rows) if isinstance(rows, bytes) else rows.size
        if size >= limit:
            yield gathered
            gathered, size = [], 0
    yield gathered


def _folded(parts: Iterator[list[Rows]], submit: Submit, ahead: int) -> Iterator["FoldedPart"]:
    """Have all parts folded, some at the same time."""
    waiting = deque[Callable[[], "FoldedPart"]]()
    for rows in parts:
        waiting.append(submit(rows))
        if len(waiting) > ahead:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()


class Selected(NamedTuple):
    """The articles of a Selection, and what became of the other records."""

    outcome: Outcome
    other_forms: "tuple[OtherForm, ...]"  # articles that are others in another form, in the order of discovery
    addresses: "Mapping[bytes, OtherForm]"  # by identity, those that state the address which the article does not
    newest_first: Callable[[], Iterator[Article]]
    """Return the wanted articles by the earliest header date of their records; equal dates by the later path."""

    def is_withdrawn(self, identity: bytes) -> bool:
        """Return whether the newest record of an article, or another form of it, says that it is not published."""
        return identity in self.outcome.withdrawn

    def is_shared(self, stated: int) -> bool:
        """Return whether several articles state the id with this mark, so that it identifies none (RFC 4287, 4.2.6)."""
        return stated in self.outcome.shared_ids

    def others(self, article: Article) -> list[Rank]:
        """Return the records of an article that lost, the best of them first."""
        return self.outcome.copies_of(article.identity)


def _selected(outcome: Outcome, others: "tuple[OtherForm, ...]", articles: Callable[[], Iterator[Article]]) -> Selected:
    addresses = {one.winner: one for one in reversed(others) if one.has_address and not one.is_withdrawn}
    withdrawn = outcome.withdrawn.union(one.identity for one in others if one.is_withdrawn)
    outcome = outcome._replace(wanted=outcome.wanted - len(others), withdrawn=withdrawn)
    return Selected(outcome, others, addresses, articles)
