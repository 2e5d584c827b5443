"""What one process of a build does: read batches for the first pass, make entries for the second one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from refeed.discover import Batch
from refeed.guard import watching
from refeed.options import Options
from refeed.readahead import Readahead

# What the work needs is loaded when it comes: a build that finds nothing new does none.
if TYPE_CHECKING:
    from refeed.desk import Delivery, Desk, Order
    from refeed.harvest import Harvest
    from refeed.normalise import Context


class Worker:
    """A worker: all that it needs to know is given to it at the beginning."""

    def __init__(self, options: Options, now: datetime, *, owner: bytes = b"") -> None:
        """Begin with an empty desk. `owner` is the digest of all that decides how entries are made."""
        self._options, self._now, self._owner = options, now, owner
        self._context: Context | None = None
        self._desk: Desk | None = None
        self._readahead = Readahead()

    def glean(self, batch: Batch, places: Sequence[int]) -> "Harvest":
        """Read some files of a batch for the first pass."""
        from refeed.glean import glean

        ahead = self._readahead.over([batch.prefix + batch.names[place] for place in places])
        with ahead, watching(self._options.allow.max_seconds):
            return glean(batch, places, self._known())

    def make(self, orders: Iterable["Order"]) -> "list[Delivery]":
        """Make entries."""
        if self._desk is None:
            self._desk = self._new_desk()
        with watching(self._options.allow.max_seconds):
            return [self._desk.make(order) for order in orders]

    def load(self) -> None:
        """Load all modules that the work needs, before processes divide."""
        from refeed import desk, glean  # noqa: F401

    def _known(self) -> "Context":
        from refeed.normalise import context_for

        if self._context is None:
            self._context = context_for(self._options, self._now)
        return self._context

    def close(self) -> None:
        """Leave the desk."""
        if self._desk:
            self._desk.close()
        self._desk = None

    def _new_desk(self) -> "Desk":
        from refeed.desk import Desk
        from refeed.index import Index
        from refeed.outputs import load_outputs

        # A connection of its own: SQLite's must not be carried into another process.
        index = Index(self._options.index, only_read=True) if self._options.index else None
        return Desk(self._known(), load_outputs()[self._options.format], index, self._owner)
