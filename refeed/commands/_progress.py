"""Show on a terminal how many files have been read."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from refeed.pipeline.first_pass.run import Progress


@contextmanager
def file_counter() -> Iterator[Progress]:
    """Return what counts files on stderr; the line is gone when it ends."""
    columns = (SpinnerColumn(), TextColumn("{task.completed:.0f} files read"), TimeElapsedColumn())
    # It is drawn when it is told a number: a thread that draws would keep a build from copying its process.
    with Bar(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=None)

        def count(files: int) -> None:
            bar.update(task, completed=files, refresh=True)

        yield count
