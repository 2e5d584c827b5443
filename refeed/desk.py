"""Make the entry of an article: read its records again, finish the body of the one that won, and serialise it."""

import json
import os
from collections import OrderedDict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import blake2b
from html import escape
from math import inf
from typing import Final, NamedTuple
from uuid import UUID
from zlib import compress, decompress

from refeed.bodies import finish, published_by
from refeed.clean.html import sanitise
from refeed.guard import guarded
from refeed.heads import FileRecords, read_drafts, stand_in
from refeed.index import Index
from refeed.model import Document, Draft, Entry, Head, Source
from refeed.normalise import Context, normalise
from refeed.outputs import Output
from refeed.problems import Problem, Severity
from refeed.report import Origin

# Of files that stay open, because the records of one are often wanted one after the other.
_KEPT_BYTES: Final = 2**24
_KEPT_FILES: Final = 64
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Place(NamedTuple):
    """Where a record is."""

    source: Source
    number: int  # in its file


class Order(NamedTuple):
    """What the entry of an article is to be made of."""

    identity: bytes
    winner: Place
    earliest: float | None  # seconds since 1970; None: no record has a date
    others: tuple[Place, ...]  # records that lost, and whose datelines may tell when it was published
    origin: Place | None  # the record that states the article's id
    is_shared: bool  # other articles state it, too


class Made(NamedTuple):
    """An entry as it stands in the feed."""

    updated: datetime
    fragment: bytes
    origin: Origin
    until: float  # seconds since 1970: from then on the same record makes another entry


class Delivery(NamedTuple):
    """What came of an order."""

    made: Made | None
    problems: tuple[Problem, ...]
    key: bytes | None = None  # under which the index knows it, or should
    packed: bytes | None = None  # what the index should keep; None: it has it


class Desk:
    """Where the orders of one process are done: the last few files stay open."""

    def __init__(self, context: Context, output: Output, index: Index | None, owner: bytes) -> None:
        """Take what all orders have in common; `owner` is the digest of all that decides how entries are made."""
        self._context, self._output, self._index, self._owner = context, output, index, owner
        self._open: OrderedDict[str, FileRecords[Draft]] = OrderedDict()
        self._open_bytes = 0

    def make(self, order: Order) -> Delivery:
        """Make an article's entry; whatever goes wrong in its file costs this entry only."""
        source = order.winner.source
        work = guarded(source, partial(self._make, order), debug=self._context.options.debug)
        return Delivery(None, (work,)) if isinstance(work, Problem) else work

    def _make(self, order: Order) -> Delivery:
        found = self._draft(order.winner)
        if isinstance(found, Problem):
            return Delivery(None, (found,))
        earlier, failed = self._published_before(order)
        elsewhere = self._id_stated_elsewhere(order)
        if isinstance(elsewhere, Problem):
            return Delivery(None, (elsewhere,))
        if self._index is None or failed:
            return self._finish(order, earlier, failed, elsewhere)
        key = self._key(order, *found, earlier, elsewhere)
        known = self._index.entry(key)
        delivery = _unpack(known, order.winner.source.path, self._now) if known else None
        if delivery:
            return delivery._replace(key=key)
        delivery = self._finish(order, earlier, failed, elsewhere)
        if delivery.made is None or delivery.made.until <= self._now:
            return delivery
        return delivery._replace(key=key, packed=_pack(delivery.made, delivery.problems, self._now))

    def close(self) -> None:
        """Let go of the index."""
        if self._index:
            self._index.close()

    @property
    def _now(self) -> float:
        return self._context.now.timestamp()

    def _finish(self, order: Order, earlier: list[datetime], failed: list[Problem], elsewhere: str | None) -> Delivery:
        found = self._head(order.winner, order.identity)
        if isinstance(found, Problem):
            return Delivery(None, (found,))
        head, document, doubts = found
        finished = finish(head, document, self._context, earlier=earlier)
        problems = (*doubts, *failed, *finished.problems)
        if finished.is_stub and self._context.options.stubs == "skip":
            return Delivery(None, problems)
        stated = head.key.stated_id if order.origin == order.winner else elsewhere
        if stated and order.is_shared:
            problems += (Problem("id-clash", head.source.path, head.key.line, f"several articles state {stated}"),)
            stated = None
        entry = replace(finished.entry, id=stated or UUID(bytes=order.identity).urn)
        if self._context.options.content == "summary":
            entry = _summarised(entry)
        origin = Origin(entry.id, head.source.path, head.key.line)
        return Delivery(Made(entry.updated, self._output.entry(entry), origin, self._until(head, problems)), problems)

    def _until(self, head: Head, problems: tuple[Problem, ...]) -> float:
        """Say when the same record gives another entry: when what it announces has come, or nobody knows."""
        if not head.key.is_lasting or any(problem.code == "bad-date" for problem in problems):
            return -inf
        updated = head.updated.value if head.updated else None
        return updated.timestamp() if updated and updated > self._context.now else inf

    def _published_before(self, order: Order) -> tuple[list[datetime], list[Problem]]:
        """Say when the records that lost were published, as far as they tell."""
        earlier, failed = list[datetime](), list[Problem]()
        if order.earliest is not None:
            earlier.append(_EPOCH + timedelta(seconds=order.earliest))
        for place in order.others:
            work = guarded(
                place.source, partial(self._published, place, order.identity), debug=self._context.options.debug
            )
            if isinstance(work, Problem):
                failed.append(work)
            else:
                earlier.append(work)
        return earlier, failed

    def _published(self, place: Place, identity: bytes) -> datetime | Problem:
        found = self._head(place, identity)
        return found if isinstance(found, Problem) else published_by(found[0], found[1], self._context)

    def _id_stated_elsewhere(self, order: Order) -> str | Problem | None:
        if order.origin is None or order.origin == order.winner:
            return None
        found = self._head(order.origin, order.identity)
        return found if isinstance(found, Problem) else found[0].key.stated_id

    def _head(self, place: Place, identity: bytes) -> tuple[Head, Document, tuple[Problem, ...]] | Problem:
        """Read a record again; a file that is not what it was is a problem."""
        found = self._draft(place)
        if isinstance(found, Problem):
            return found
        draft, document, told = found
        head, doubts = normalise(draft, document, place.number, self._context)
        if head.key.identity != identity:
            return _changed(place.source)
        return head if head.key.date else stand_in(head), document, (*told, *doubts)

    def _draft(self, place: Place) -> tuple[Draft, Document, tuple[Problem, ...]] | Problem:
        """Give what a record says; what is told of its file is told with its first record."""
        outcome = self._file(place.source)
        if outcome.left_out:
            return outcome.left_out
        if outcome.document is None or place.number >= len(outcome.records):
            return _changed(place.source)
        doubts = outcome.problems if place.number == 0 else ()
        told = tuple(problem for problem in doubts if problem.severity is not Severity.ERROR)  # errors were told before
        return outcome.records[place.number], outcome.document, told

    def _file(self, source: Source) -> FileRecords[Draft]:
        if source.path not in self._open:
            self._open[source.path] = read_drafts(source, self._context)
            self._open_bytes += _bytes(self._open[source.path])
            while len(self._open) > 1 and (self._open_bytes > _KEPT_BYTES or len(self._open) > _KEPT_FILES):
                _, closed = self._open.popitem(last=False)
                self._open_bytes -= _bytes(closed)
        self._open.move_to_end(source.path)
        return self._open[source.path]

    def _key(
        self,
        order: Order,
        draft: Draft,
        document: Document,
        told: tuple[Problem, ...],
        earlier: list[datetime],
        elsewhere: str | None,
    ) -> bytes:
        """Digest everything that an entry is made of."""
        name, number = order.winner.source.name, order.winner.number
        problems = [(problem.code, problem.line, problem.message) for problem in told]
        by_itself = order.origin == order.winner
        facts = (order.identity, name, number, draft, problems, earlier, by_itself, elsewhere, order.is_shared)
        digest = blake2b(self._owner, digest_size=20)
        digest.update(repr(facts).encode("utf-8", "backslashreplace"))
        digest.update(document.data[draft.body[0] : draft.body[1]])
        if self._context.options.undated == "mtime":
            digest.update(repr((order.earliest, _mtime(order.winner.source.path))).encode())
        return digest.digest()


def _pack(made: Made, problems: tuple[Problem, ...], now: float) -> bytes:
    """Write an entry for the index, with the span of time in which it is what a build would make."""
    told = [(problem.code, problem.line, problem.message) for problem in problems]
    facts = (now, made.until, made.updated.isoformat(), made.origin.id, made.origin.line, told)
    head = json.dumps(facts).encode()
    return len(head).to_bytes(4, "big") + head + compress(made.fragment, 1)


def _unpack(data: bytes, path: str, now: float) -> Delivery | None:
    """Read what `_pack` wrote; None where it was written for another time."""
    end = 4 + int.from_bytes(data[:4], "big")
    since, until, updated, id_, line, told = json.loads(data[4:end])
    if not since <= now < until:
        return None
    made = Made(datetime.fromisoformat(updated), decompress(data[end:]), Origin(id_, path, line), until)
    return Delivery(made, tuple(Problem(code, path, at, message) for code, at, message in told))


def _bytes(outcome: FileRecords[Draft]) -> int:
    return len(outcome.document.data) if outcome.document else 0


def _mtime(path: str) -> int | None:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116  paths stay text
    except OSError:  # it has vanished, and making the entry will tell
        return None


def _changed(source: Source) -> Problem:
    return Problem("changed-file", source.path, 0, "the file changed while refeed was at work; build again")


def _summarised(entry: Entry) -> Entry:
    """Leave the content out where a link and a summary stand for it (RFC 4287, 4.1.2)."""
    if entry.url and entry.summary:
        return replace(entry, content=sanitise(""))
    return replace(entry, content=sanitise(f"<p>{escape(entry.summary or entry.title)}</p>"))
