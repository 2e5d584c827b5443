"""Read one compressed file as an archive with one member: `notes.md.gz` holds `notes.md`."""

from collections.abc import Callable, Iterable, Iterator

from refeed.input.archives.members import Member, Members
from refeed.input.archives.stream import Stream
from refeed.limits import Limits


class CompressedFile:
    """One file that is compressed by itself. What gzip says of its name and time is not asked."""

    is_shared, kept_bytes, problems = True, 0, ()

    def __init__(self, new_stream: Callable[[], Stream], name: str, limits: Limits) -> None:
        """Take what begins to unpack it, and the name of the file."""
        self._new = new_stream
        self.members = Members(limits)
        self.members.add(name.rpartition(".")[0] or name, Member(0, None))

    def chunks(self, _: Member) -> Iterator[bytes]:
        """Yield what it holds, piece by piece."""
        return self._new().chunks()

    def keep(self, wanted: Iterable[Member]) -> None:
        """Do nothing: there is but one."""

    def crawl(self, _: Member) -> None:
        """Return nothing: no robot's word stands beside it."""
