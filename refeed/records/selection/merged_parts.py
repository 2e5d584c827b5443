"""Merge the articles of many folded parts in one order, with only the next few of each in memory."""

from array import array
from collections.abc import Callable, Iterator
from functools import partial
from heapq import merge
from itertools import chain, pairwise
from typing import Final

from refeed.records.selection.article import Article
from refeed.records.selection.folded_part import FoldedPart, each_article, position_of, unpacked
from refeed.spool import Spool

_PIECE: Final = 128  # articles that are read at once


class MergedParts:
    """The articles of all parts, which are added in any order. To be closed by its owner."""

    def __init__(self, path_of: Callable[[int], str]) -> None:
        """Begin with none. `path_of` names a file by its number in the order of discovery."""
        self._articles, self._ids = _Lists(), _Lists()
        self._position = partial(position_of, path_of=path_of)

    def add(self, part: FoldedPart) -> None:
        """Keep one more."""
        articles = sorted(each_article(part.articles), key=self._position)  # those of one date by their paths
        self._articles.add(b"".join(articles[n : n + _PIECE]) for n in range(0, len(articles), _PIECE))
        size = 8 * _PIECE
        self._ids.add(part.ids[start : start + size] for start in range(0, len(part.ids), size))

    def newest_first(self, without: frozenset[bytes] = frozenset()) -> Iterator[Article]:
        """Yield all articles in order, but for those with some identities."""
        lists = [chain.from_iterable(map(each_article, pieces)) for pieces in self._articles]
        ordered = map(unpacked, merge(*lists, key=self._position))
        return (one for one in ordered if one.identity not in without) if without else ordered

    def each(self) -> Iterator[Article]:
        """Yield all articles in the order of the parts."""
        return map(unpacked, chain.from_iterable(each_article(piece) for pieces in self._articles for piece in pieces))

    def ids_in_several(self) -> Iterator[int]:
        """Yield the marks of the stated ids that articles of several parts have."""
        lists = [chain.from_iterable(array("Q", piece) for piece in pieces) for pieces in self._ids]
        return (one for one, other in pairwise(merge(*lists)) if one == other)

    def close(self) -> None:
        """Let go of the temporary files."""
        self._articles.close()
        self._ids.close()


class _Lists:
    """Lists of bytes in one temporary file."""

    def __init__(self) -> None:
        self._pieces = Spool()
        self._ends = array("Q", [0])

    def add(self, pieces: Iterator[bytes]) -> None:
        for piece in pieces:
            self._pieces.append(piece)
        self._ends.append(len(self._pieces))

    def __iter__(self) -> Iterator[Iterator[bytes]]:
        return (map(self._pieces.__getitem__, range(*bounds)) for bounds in pairwise(self._ends))

    def close(self) -> None:
        self._pieces.close()
