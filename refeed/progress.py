"""Show on a terminal how many files have been read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from refeed.collect import Progress

_EVERY: Final = 100  # files between two updates


@contextmanager
def file_counter() -> Iterator[Progress]:
    """Give what counts files on stderr; the line is gone when it ends."""
    columns = (SpinnerColumn(), TextColumn("{task.completed:.0f} files read"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def count(files: int) -> None:
            if files % _EVERY == 0:
                bar.update(task, completed=files)

        yield count
