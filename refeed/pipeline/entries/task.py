"""What the second pass asks for and gets: plain values that travel between processes."""

from datetime import datetime
from typing import TYPE_CHECKING

from refeed.model import LinkedPost, SourceFile
from refeed.problems import Problem
from refeed.report import Origin
from refeed.startup.named_tuple import NamedTuple

if TYPE_CHECKING:
    from refeed.records.selection.select import Rows


class RecordRef(NamedTuple):
    """Where a record is."""

    source: SourceFile
    number: int  # in its file


class RecordOfArticle(NamedTuple):
    """A record, and the identity of its article."""

    record: RecordRef
    identity: bytes


class EntryTask(NamedTuple):
    """What the entry of an article is to be made of."""

    identity: bytes
    winner: RecordRef
    earliest: float | None  # seconds since 1970; None: no record has a date
    others: tuple[RecordRef, ...]  # records that lost, and whose datelines may tell when it was published
    origin: RecordRef | None  # the record that states the article's id
    is_shared: bool  # other articles state it, too
    address: RecordOfArticle | None = None  # what states the address of the page, in another form of the article
    posts: tuple[tuple[str, LinkedPost | None], ...] = ()  # the answers to what the first attempt asked for

    @property
    def references(self) -> tuple[RecordRef, ...]:
        """The records that are read for it."""
        told = [self.origin] if self.origin else []
        return (self.winner, *self.others, *told, *([self.address.record] if self.address else []))


class EarlierRecord(NamedTuple):
    """What a record of the same article, which lost, says of the entry."""

    published: datetime
    updated: datetime | None = None  # when the text that is shown now was last changed; None: it is another text


class StatedElsewhere(NamedTuple):
    """What other records state of an article: the oldest one its id, another form of it the address of its page."""

    id: str | None
    address: str | None


class EntryFacts(NamedTuple):
    """What the feed needs to know of an entry."""

    language: str | None
    has_link: bool


class FarEntry(NamedTuple):
    """What this process knows of an entry that a worker keeps."""

    kept: "Rows | None"  # packed KeptEntry values; None until it is known where they are
    number: int  # of this one among them
    size: int  # bytes of its fragment
    about: object  # what whoever uses the entries wanted to be told of each


class KeptEntry(NamedTuple):
    """An entry as a worker keeps it."""

    origin: Origin
    fragment: bytes
    entry: bytes
    updated: float  # seconds since 1970
    language: str | None


class BuiltEntry(NamedTuple):
    """An entry as it stands in the feed."""

    updated: datetime
    fragment: bytes
    origin: Origin
    until: float  # seconds since 1970: from then on the same record makes another entry
    facts: EntryFacts
    entry: bytes = b""  # the Entry itself (see packed_entry), where the run keeps entries
    far: FarEntry | None = None  # set where a worker has kept fragment and entry


class EntryResult(NamedTuple):
    """The result of a task."""

    built: BuiltEntry | None
    problems: tuple[Problem, ...]
    key: bytes | None = None  # under which the index knows it, or should
    packed: bytes | None = None  # what the index should keep; None: it has it
    rules: tuple[tuple[str, bool], ...] = ()  # of the settings: those that apply, and which did something
    asked: tuple[str, ...] = ()  # posts that it refers to, and that the task does not name: try again with them
