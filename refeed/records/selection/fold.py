"""Fold the records of articles: which record of each wins, and what becomes of the others. Pure: no file, no clock."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from math import inf

from refeed.model import UNDATED
from refeed.records.addresses.shared_addresses import Compared, differ_in_all, look_like_articles, name_mark
from refeed.records.forms import KIND_AND_ADDRESS, key_of
from refeed.records.rows import ECHO, PACKED_NEVER, VAGUE, WITHHELD, unpack
from refeed.records.selection.folded_articles import FoldedArticles, rank_of
from refeed.records.selection.packed_copies import (
    PlainRank,
    copies_in_order,
    copies_of,
    duplicates_in_order,
    each_duplicate,
    packed_copies,
    packed_duplicates,
)
from refeed.startup.named_tuple import NamedTuple


class RecordId(NamedTuple):
    """Where a record is: the number of its file in the order of discovery, and its own in the file."""

    file: int
    number: int


class Rank(NamedTuple):
    """What decides between the records of one article: newest date or update, then most bytes, then first path."""

    newest: float  # of date and stated update
    size: int
    file: int  # negated, so that the first path is the greatest
    number: int  # negated
    date: float
    marks: int = 0  # of title and name: they decide nothing
    form: int = 0  # nor does this

    @property
    def record(self) -> RecordId:
        """The record that holds this rank."""
        return RecordId(-self.file, -self.number)


class SharedAddress(NamedTuple):
    """An article whose records look like articles of their own."""

    winner: RecordId
    records: int


class Timed(NamedTuple):
    """A record that is held back until an instant, or expired at one."""

    file: int
    line: int
    seconds: float  # since 1970


class Dates(NamedTuple):
    """The dates of the articles that are wanted, in seconds since 1970, and up to when records count at all."""

    since: float = -inf
    until: float = inf  # the first instant after them
    now: float = inf  # records of a later date are held back
    expired: float = -inf  # records whose time is over by then are withheld


class Outcome(NamedTuple):
    """What became of the records of some articles; `merged` adds up and sorts several."""

    wanted: int  # articles
    filtered: int  # articles of other dates
    too_early: int  # those of them before the first that is wanted
    withheld: int  # records that their authors have not published
    echoes: int  # rows that are no records of their own
    held_back: list[Timed]
    expired: list[Timed]
    packed_duplicates: bytes  # every record that lost, with the one that won
    shared: list[SharedAddress]
    packed_copies: bytes  # of the articles with several records, all but the winner
    withdrawn: set[bytes]  # articles whose newest record is unpublished
    packed_withheld: bytes  # of each article that is not published, its newest record, if its other forms can be found
    shared_ids: set[int]  # marks of stated ids that several articles have
    next_change: float  # seconds since 1970: from then on another record may win, or one expires
    forms: set[int]  # of the records, without their hosts and names

    @property
    def duplicates(self) -> Iterator[tuple[RecordId, RecordId]]:
        """Every record that lost, with the one that won, in the order of discovery."""
        each = each_duplicate(self.packed_duplicates)
        return ((RecordId(file, number), RecordId(*winner)) for file, number, *winner in each)

    def copies_of(self, identity: bytes) -> list[Rank]:
        """Return the records of an article except the winner, the best of them first."""
        return sorted((Rank(*rank) for rank in copies_of(identity, self.packed_copies)), reverse=True)


class Fold:
    """Rows become articles while they are added: all rows with the same identity one."""

    def __init__(self, dates: Dates) -> None:
        """Begin with none."""
        self._dates = dates
        self._articles = FoldedArticles(dates.now)
        # The best record of each article that its author withholds; of a vague identity, each name has its own.
        self._unpublished: dict[tuple[bytes, int | None], PlainRank] = {}
        self._lost: dict[bytes, list[Rank]] = {}
        self._held_back: list[Timed] = []
        self._expired: list[Timed] = []
        self._withheld = 0
        self._echoes = 0
        self._next_change = inf
        self._claimed_once: list[int] = []
        self._forms = set[int]()

    def add(self, base: int, rows: bytes) -> None:
        """Take in the rows of a batch, whose first file has this number in the order of discovery."""
        (_, _, now, over), articles = self._dates, self._articles
        number = articles.take(base, rows) - 1
        for (
            identity,
            stated,
            seconds,
            size,
            own_number,
            file_no,
            line,
            updated,
            flags,
            release,
            expiry,
            marks,
            form,
            page,
        ) in unpack(rows):
            number += 1
            file = base + file_no
            if flags & (WITHHELD | ECHO) or 0 < expiry <= over:
                rank = rank_of(seconds, updated, flags, now, (size, -file, -own_number), (marks, form, page))
                article = identity, name_mark(marks) if flags & VAGUE else None
                self._leave_out(article, rank, flags, Timed(file, line, expiry))
                continue
            if expiry:
                self._next_change = min(self._next_change, expiry)
            hold = _held_until(seconds, release) if release or seconds == inf else seconds  # nearly always the date
            if now < hold:
                self._held_back.append(Timed(file, line, hold))
                continue
            if updated > now:
                self._next_change = min(self._next_change, updated)
            self._forms.add(form & KIND_AND_ADDRESS)
            if lost := articles.add(identity, number):
                self._lost.setdefault(identity, []).append(Rank(*lost))
            if stated:
                articles.claim(stated, number)

    def _leave_out(self, article: tuple[bytes, int | None], rank: PlainRank, flags: int, end: Timed) -> None:
        """Take in a row that is withheld or over, or an echo of one that will be."""
        self._echoes += bool(flags & ECHO)
        if not flags & WITHHELD and end.seconds > self._dates.expired:
            self._next_change = min(self._next_change, end.seconds)
            return
        self._withhold(article, rank)
        self._withheld += not flags & ECHO
        if not flags & (WITHHELD | ECHO):  # what its header says was reported when it was read
            self._expired.append(end)

    def _withhold(self, article: tuple[bytes, int | None], rank: PlainRank) -> None:
        if rank[4] == -inf:
            rank = (inf, *rank[1:])  # without a date it may be the newest: privacy goes first
        self._unpublished[article] = max(rank, self._unpublished.get(article, rank))

    def result(self) -> tuple[FoldedArticles, Outcome]:
        """Return the articles that are wanted, and what became of the other records; called once."""
        articles = self._articles
        won = {identity: Rank(*articles[identity][1]) for identity in self._lost}
        pairs = ((rank.record, won[identity].record) for identity, ranks in self._lost.items() for rank in ranks)
        withdrawn = self._withdrawn()
        withdrawals = [pair for pair in withdrawn.values() if pair]
        packed_withheld = packed_copies(self._withheld_articles())
        articles.drop([identity for identity in withdrawn if identity in articles])
        before, number = self._drop_other_dates()
        self._claimed_once, shared_ids = articles.claimed()
        return articles, Outcome(
            wanted=len(articles),
            filtered=number,
            too_early=before,
            withheld=self._withheld,
            echoes=self._echoes,
            held_back=self._held_back,
            expired=self._expired,
            packed_duplicates=packed_duplicates(
                (*one, *other)
                for one, other in chain(pairs, ((one.record, other.record) for one, other in withdrawals))
            ),
            shared=[*_shared(self._lost, won), *_shared_with_unpublished(withdrawals)],
            packed_copies=packed_copies(self._lost.items()),
            withdrawn=set(withdrawn),
            packed_withheld=packed_withheld,
            shared_ids=shared_ids,
            next_change=self._next_change,
            forms=self._forms,
        )

    def _drop_other_dates(self) -> tuple[int, int]:
        """Drop the articles of dates that are not wanted; return how many are older, and how many these are in all."""
        since, until, *_ = self._dates
        if since == -inf and until == inf:
            return 0, 0
        other = [(identity, date) for identity, date in self._dated() if not since <= date < until]
        self._articles.drop(identity for identity, _ in other)
        return sum(date < since for _, date in other), len(other)

    def _dated(self) -> Iterator[tuple[bytes, float]]:
        return ((identity, order_date(earliest)) for identity, earliest in self._articles.dates())

    def claimed_once(self) -> list[int]:
        """Return the marks of the stated ids that one article alone has, in order; known after the result."""
        return self._claimed_once

    def _withdrawn(self) -> dict[bytes, tuple[Rank, Rank] | None]:
        """Return the articles whose newest record is unpublished; if another would have won: it, and the newest."""
        withdrawn: dict[bytes, tuple[Rank, Rank] | None] = {}
        for (identity, name), rank in self._unpublished.items():
            if identity not in self._articles:
                withdrawn.setdefault(identity, None)
                continue
            folded = self._articles[identity]
            if rank[0] >= folded[1][0] and (name is None or name in self._names(identity)):
                withdrawn[identity] = Rank(*folded[1]), Rank(*rank)
        return withdrawn

    def _withheld_articles(self) -> Iterator[tuple[bytes, tuple[PlainRank]]]:
        """Yield unpublished records whose other forms can be found, but none whose article a newer one publishes."""
        for (identity, name), rank in self._unpublished.items():
            is_older = identity in self._articles and rank[0] < self._articles[identity][1][0]
            is_published = is_older and (name is None or name in self._names(identity))
            if rank[4] > -inf and key_of(*rank[5:]) and not is_published:
                yield identity, (rank,)

    def _names(self, identity: bytes) -> set[int]:
        """Return the marks of the names of the files that hold an article, but none of a file that has only a day."""
        ranks = (Rank(*self._articles[identity][1]), *self._lost.get(identity, ()))
        return {name_mark(rank.marks) for rank in ranks} - {0}


def merged(outcomes: Sequence[Outcome]) -> Outcome:
    """Return the outcome of several parts of the records, none of which shares an article with another."""
    return Outcome(
        wanted=sum(one.wanted for one in outcomes),
        filtered=sum(one.filtered for one in outcomes),
        too_early=sum(one.too_early for one in outcomes),
        withheld=sum(one.withheld for one in outcomes),
        echoes=sum(one.echoes for one in outcomes),
        held_back=sorted(chain.from_iterable(one.held_back for one in outcomes)),
        expired=sorted(chain.from_iterable(one.expired for one in outcomes)),
        packed_duplicates=duplicates_in_order(one.packed_duplicates for one in outcomes),
        shared=sorted(chain.from_iterable(one.shared for one in outcomes)),
        packed_copies=copies_in_order(one.packed_copies for one in outcomes),
        packed_withheld=copies_in_order(one.packed_withheld for one in outcomes),
        withdrawn=set(chain.from_iterable(one.withdrawn for one in outcomes)),
        shared_ids=set(chain.from_iterable(one.shared_ids for one in outcomes)),
        next_change=min((one.next_change for one in outcomes), default=inf),
        forms=set(chain.from_iterable(one.forms for one in outcomes)),
    )


def order_date(earliest: float) -> float:
    """Return the date by which an article is put in order, in seconds since 1970; without any that of UNDATED."""
    return earliest if earliest < inf else UNDATED.value.timestamp()


def _shared(lost: dict[bytes, list[Rank]], won: dict[bytes, Rank]) -> list[SharedAddress]:
    return [
        SharedAddress(won[identity].record, len(ranks) + 1)
        for identity, ranks in lost.items()
        if look_like_articles([won[identity].date, *(rank.date for rank in ranks)])
        or any(_differ(rank, won[identity]) for rank in ranks)
    ]


def _shared_with_unpublished(withdrawals: Iterable[tuple[Rank, Rank]]) -> list[SharedAddress]:
    return [SharedAddress(one.record, 2) for one, other in withdrawals if _differ(one, other)]


def _differ(one: Rank, other: Rank) -> bool:
    return differ_in_all(*(Compared(rank.date, rank.marks, rank.file) for rank in (one, other)))


def _held_until(date: float, release: int) -> float:
    """Return from when on a record may go out: PACKED_NEVER stands for a day that is too far ahead to be believed."""
    until = inf if release == PACKED_NEVER else float(release)
    return max(date, until) if date < inf else until
