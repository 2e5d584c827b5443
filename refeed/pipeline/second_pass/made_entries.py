"""Keep the entries that a run has made: their bytes in temporary files, a few numbers of each in memory."""

from array import array
from collections.abc import Iterator
from datetime import datetime
from math import inf
from typing import TYPE_CHECKING

from refeed.pipeline.entries.task import BuiltEntry, EntryFacts
from refeed.report import Origin
from refeed.spool import Spool
from refeed.vocabulary.languages import language_of_most

if TYPE_CHECKING:
    from refeed.pipeline.workers.far_entries import FarEntries


class Origins:
    """Which record each entry was made of, in the order of the entries."""

    def __init__(self) -> None:
        """Begin with none."""
        self._packed = Spool()

    def append(self, origin: Origin) -> None:
        """Keep one more."""
        packed = f"{origin.line}\0{origin.path}\0{origin.id}"  # no path holds a NUL
        self._packed.append(packed.encode("utf-8", "surrogatepass"))

    def close(self) -> None:
        """Let go of the temporary file."""
        self._packed.close()

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, position: int) -> Origin:
        return _unpacked(self._packed[position])

    def __iter__(self) -> Iterator[Origin]:
        return map(_unpacked, self._packed)


class MadeEntries:
    """The entries of a run, newest first. To be closed by their owner."""

    def __init__(self, far: "FarEntries | None" = None) -> None:
        """Begin with none; where workers keep the entries, `far` knows about them."""
        self.far = far
        self.sizes = array("Q")  # bytes of each entry as it stands in the feed
        self.fragments = Spool()  # as they stand in the feed
        self.entries = Spool()  # packed (see packed_entry), where the run keeps entries
        self.origins = Origins()
        self.dates = array("d")  # of the order, in seconds since 1970
        self.newest: datetime | None = None  # the first of these dates
        self.oldest: datetime | None = None  # the last
        self.updates = array("d")  # of the entries, likewise
        self.updated: datetime | None = None  # the newest of these
        self.without_link = 0
        self.until = inf  # seconds since 1970: from then on one of them would be another
        self.languages = list[str | None]()
        self._known = dict[str, str]()  # a language stands in memory once, however many articles are in it

    def add(self, date: datetime, built: BuiltEntry) -> None:
        """Keep one more, of an article with this date."""
        self.sizes.append(built.far.size if built.far else len(built.fragment))
        if self.far and built.far:
            self.far.add(built.far)
        else:
            self.fragments.append(built.fragment)
            if built.entry:
                self.entries.append(built.entry)
        self.origins.append(built.origin)
        self.dates.append(date.timestamp())
        self.newest, self.oldest = self.newest or date, date
        self.updates.append(built.updated.timestamp())
        self.updated = max(self.updated or built.updated, built.updated)
        self.until = min(self.until, built.until)
        language = built.facts.language
        self.languages.append(self._known.setdefault(language, language) if language else None)
        self.without_link += not built.facts.has_link

    def language(self, *more: EntryFacts) -> str | None:
        """Return the language of most of them, and of more entries that may come."""
        return language_of_most([*self.languages, *(facts.language for facts in more)])

    def close(self) -> None:
        """Let go of the temporary files."""
        for kept in (self.fragments, self.entries, self.origins):
            kept.close()
        if self.far:
            self.far.close()

    def __len__(self) -> int:
        return len(self.dates)


def _unpacked(packed: bytes) -> Origin:
    line, path, id_ = packed.decode("utf-8", "surrogatepass").split("\0", 2)
    return Origin(id_, path, int(line))
