"""What one process of a build does: read batches for the first pass, make entries for the second one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from refeed.discover import Batch
from refeed.normalise import Context

if TYPE_CHECKING:
    from refeed.desk import Delivery, Desk, Order
    from refeed.harvest import Harvest


class Worker:
    """A worker: all that it needs to know is given to it at the beginning."""

    def __init__(self, context: Context, *, owner: bytes, index_path: str | None) -> None:
        """Begin with an empty desk. `owner` is the digest of all that decides how entries are made."""
        self._context, self._owner, self._index_path = context, owner, index_path
        self._desk: Desk | None = None

    def glean(self, batch: Batch, places: Iterable[int]) -> "Harvest":
        """Read some files of a batch for the first pass."""
        from refeed.harvest import glean

        return glean(batch, places, self._context)

    def make(self, orders: Iterable["Order"]) -> "list[Delivery]":
        """Make entries."""
        if self._desk is None:
            self._desk = self._new_desk()
        return [self._desk.make(order) for order in orders]

    def load(self) -> None:
        """Load all modules that the work needs, before processes divide."""
        from refeed import desk, harvest  # noqa: F401

    def close(self) -> None:
        """Leave the desk."""
        self._desk = None

    def _new_desk(self) -> "Desk":
        from refeed.desk import Desk
        from refeed.index import Index
        from refeed.outputs import load_outputs

        # A connection of its own: SQLite's must not be carried into another process.
        index = Index(self._index_path, only_read=True) if self._index_path else None
        return Desk(self._context, load_outputs()[self._context.options.format], index, self._owner)
