"""Fold a part of the records: what a worker does with their rows, and what it returns. Pure: no file, no clock.

All records of an article are in one part, so parts can be folded anywhere, in any order.
"""

from array import array
from collections.abc import Callable, Iterator
from struct import Struct
from typing import Final

from refeed.records.selection.article import Article, LaterPathFirst, by_date
from refeed.records.selection.fold import Dates, Fold, Outcome, Rank
from refeed.records.selection.folded_articles import FoldedArticles
from refeed.startup.named_tuple import NamedTuple

# identity, earliest date, winner, oldest record, mark of the id that this one states; of each record what Rank holds
_ARTICLE: Final = Struct("<16sd dQqqdQI dQqqdQI Q")
_ORDER: Final = Struct("<16xd 52x16xqq")  # of that: earliest date, and where the oldest record is
_RANK: Final = len(Rank._fields)


class FoldedPart(NamedTuple):
    """The articles of a part, as bytes: there may be a million of them."""

    articles: bytes  # those that are wanted, newest first; those of one date in no order
    ids: bytes  # marks of the stated ids that one article alone has, in order
    outcome: Outcome


def fold_part(rows: bytes, dates: Dates) -> FoldedPart:
    """Fold rows whose files are numbered in the order of discovery."""
    fold = Fold(dates)
    fold.add(0, rows)
    articles, outcome = fold.result()
    ordered = sorted(articles.dates(), key=lambda article: by_date(article[1]))
    packed = b"".join(_packed(identity, articles) for identity, _ in ordered)
    return FoldedPart(packed, array("Q", fold.claimed_once()).tobytes(), outcome)


def position_of(packed: bytes, path_of: Callable[[int], str]) -> tuple[float, LaterPathFirst]:
    """Return what a packed article is sorted by."""
    earliest, file, number = _ORDER.unpack_from(packed)
    return by_date(earliest), LaterPathFirst(-file, -number, path_of)


def each_article(packed: bytes) -> Iterator[bytes]:
    """Yield packed articles one by one."""
    size = _ARTICLE.size
    return (packed[start : start + size] for start in range(0, len(packed), size))


def unpacked(packed: bytes) -> Article:
    """Return an article."""
    identity, earliest, *ranks, stated = _ARTICLE.unpack(packed)
    return Article(identity, earliest, Rank(*ranks[:_RANK]), Rank(*ranks[_RANK:]), stated)


def _packed(identity: bytes, articles: FoldedArticles) -> bytes:
    earliest, winner, origin, stated = articles[identity]
    return _ARTICLE.pack(identity, earliest, *winner, *origin, stated)
