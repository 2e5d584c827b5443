"""Read files ahead of the tasks that need them, from archives that can only be read from their beginning.

Articles are wanted by their dates, in any order of their files. So the next of them are gathered, and all their files
in such an archive are read in one go and kept in memory.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

from refeed.input.address import is_elsewhere
from refeed.input.place import PlaceError, Sharing
from refeed.input.source_files import Inside, SourceFiles
from refeed.model import SourceFile
from refeed.options import Options
from refeed.pipeline.entries.task import EntryTask
from refeed.pipeline.second_pass.limit_and_span import window_of
from refeed.records.selection.article import Article

Wanted = tuple[Article, EntryTask]

_MOST: Final = 4_096  # articles that are gathered
_MOST_BYTES: Final = 2**24  # of their records
_FEW: Final = 16  # beyond the feed that is expected: stubs may be left out


class ReadAhead:
    """Knows which files only this process can read, and has them kept in memory."""

    def __init__(self, options: Options, needs: Sharing) -> None:
        """Prepare for one run, whose workers can read places that are shared as `needs` says."""
        self._needs = needs
        self._files = SourceFiles(options.paths or (options.folder,), options.allow)
        self._window = window_of(options)
        self.is_at_border = False
        """Whether files will be kept for the task that was yielded last instead of those for the tasks before it."""

    def over(self, wanted: Iterator[Wanted]) -> Iterator[Wanted]:
        """Yield the tasks that are wanted, while the files of the next ones are kept.

        They are kept when the task behind the first of them is asked for: until then those before it may be done.
        """
        seen = 0
        for first in wanted:
            gathered = [first]
            if is_read_here := self.is_read_here(first[1]):
                gathered += self._more(wanted, first[0], seen)
            seen += len(gathered)
            self.is_at_border = is_read_here
            yield first
            self.is_at_border = False
            if is_read_here:
                self._keep(task for _, task in gathered)
            yield from gathered[1:]

    def is_read_here(self, task: EntryTask) -> bool:
        """Return whether a task needs a file that no other process can read."""
        return any(found.place.sharing < self._needs for found in self._inside([task]))

    def close(self) -> None:
        """Let go of what is open."""
        self._files.close()

    def _more(self, wanted: Iterator[Wanted], first: Article, seen: int) -> Iterator[Wanted]:
        size = first.winner.size
        for number, (article, task) in enumerate(wanted, 1):
            yield article, task
            size += article.winner.size
            is_expected = number < _FEW or self._window.holds(seen + number, article.date, first.date)
            if not is_expected or number == _MOST or size > _MOST_BYTES:
                return

    def _keep(self, tasks: Iterable[EntryTask]) -> None:
        names: dict[str, list[Inside]] = {}
        for found in self._inside(tasks):
            if found.place.sharing < self._needs:
                names.setdefault(found.top, []).append(found)
        for files in names.values():
            with suppress(PlaceError):  # whoever reads them will tell
                files[0].place.keep([one.name for one in files])

    def _inside(self, tasks: Iterable[EntryTask]) -> Iterator[Inside]:
        """Yield where the files lie that tasks need, as far as those are in archives."""
        for task in tasks:
            for ref in task.references:
                if found := self._inside_of(ref.source):
                    yield found

    def _inside_of(self, source: SourceFile) -> Inside | None:
        with suppress(OSError, PlaceError):
            return self._files.inside(source) if is_elsewhere(source.path) else None
        return None
