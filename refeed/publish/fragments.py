"""The entries of a site as they stand in its feeds: each serialised once per format, however many feeds hold it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Protocol

from refeed.feeds.articles import ByPosition, EntryDetails
from refeed.feeds.documents import Summed
from refeed.options import Options
from refeed.outputs import DEFAULT, Output, load_outputs
from refeed.pipeline.entries.link import with_link
from refeed.pipeline.entries.packed_entry import unpack_entry
from refeed.spool import Spool
from refeed.vocabulary.languages import language_of_most


class WrittenEntries(Protocol):
    """The entries of a site, or as many of them as some feeds hold."""

    @property
    def entries(self) -> ByPosition[bytes]:
        """Return the entries, packed."""

    @property
    def fragments(self) -> ByPosition[bytes]:
        """Return the entries as they stand in a feed of Atom."""


class Fragments:
    """Entries by their positions; those of Atom are there already, others are made when a feed asks for them."""

    def __init__(self, second: WrittenEntries, details: EntryDetails, options: Options) -> None:
        """Begin with those of Atom."""
        self._second, self._details, self._options = second, details, options
        self._made = Spool()
        self._numbers: dict[tuple[str, int], int] = {}  # of what was made, by format and position

    def fragments(self, output: Output, positions: Sequence[int]) -> Iterator[bytes]:
        """Return entries in one format."""
        if output.name == DEFAULT:
            return map(self._second.fragments.__getitem__, positions)
        return (self._fragment(output, position) for position in positions)

    def summed(self, positions: Sequence[int]) -> Summed:
        """Return what some entries have in common."""
        newest = max((self._details.updates[position] for position in positions), default=0.0)
        language = language_of_most([self._details.languages[position] for position in positions])
        return Summed(datetime.fromtimestamp(newest, UTC), language)

    def close(self) -> None:
        """Let go of the temporary file."""
        self._made.close()

    def _fragment(self, output: Output, position: int) -> bytes:
        if (output.name, position) not in self._numbers:
            entry = with_link(unpack_entry(self._second.entries[position]), self._options)
            for name, other in load_outputs().items():  # whatever holds it is written in every format
                if name != DEFAULT:
                    self._made.append(other.entry(entry))
                    self._numbers[name, position] = len(self._made) - 1
        return self._made[self._numbers[output.name, position]]
