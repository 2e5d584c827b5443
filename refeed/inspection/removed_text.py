"""Observe the cleaning of a body: which texts and pictures each step removed."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from refeed.html.page import Page
from refeed.html.pieces import Piece, pieces_of
from refeed.html.tree import TagSet


class RemovalRecorder:
    """Is shown the parsed body before the first step and after every one, and remembers what went."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.removed: dict[str, tuple[str, ...]] = {}  # step → the texts that it removed, pictures as `<img address>`
        self._first: list[Piece] = []
        self._last: list[Piece] = []

    def __call__(self, page: Page, step: str) -> None:
        """Look at the body after a step, or, under the name "", before all of them."""
        pieces = pieces_of(page.soup)
        if step:
            self.removed[step] = tuple(_removed(self._last, pieces, page))
        else:
            self._first = pieces
        self._last = pieces

    @property
    def gone(self) -> frozenset[int]:
        """The numbers of those pieces of the raw body that are not in the clean one."""
        return frozenset(_missing(self._first, self._last))


def _missing(before: list[Piece], after: list[Piece]) -> Iterator[int]:
    """Return the numbers of the pieces that went; what only moved into another element is still there."""
    standing = {id(piece.node) for piece in after}
    known = {id(piece.node): piece.text for piece in before}
    moved = Counter(piece.text.strip() for piece in after if known.get(id(piece.node)) != piece.text)
    for number, piece in enumerate(before):
        if id(piece.node) in standing:
            continue
        if moved[piece.text.strip()]:
            moved[piece.text.strip()] -= 1
            continue
        yield number


def _removed(before: list[Piece], after: list[Piece], page: Page) -> Iterator[str]:
    """Put what went together by the element that was dropped: the innermost one around it that is still there."""
    here = TagSet(page.elements())
    found = [(number, before[number]) for number in _missing(before, after)]

    def dropped(item: tuple[int, tuple[int, Piece]]) -> tuple[int, int]:
        position, (number, piece) = item
        return next((id(tag) for tag in piece.above if tag in here), 0), number - position

    for _, group in groupby(enumerate(found), dropped):
        yield _join([piece for _, (_, piece) in group])


def _join(pieces: list[Piece]) -> str:
    """Write pieces on one line, with a blank where a new line began."""
    glue = ["" if one.line == other.line else " " for one, other in pairwise(pieces)]
    return " ".join("".join(piece.text + blank for piece, blank in zip(pieces, [*glue, ""], strict=True)).split())
