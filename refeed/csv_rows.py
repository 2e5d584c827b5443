"""Read the rows of comma-separated values (RFC 4180), however long their cells are."""

import csv
from collections.abc import Iterable, Iterator


def rows_of(lines: Iterable[str], longest: int, delimiter: str = ",") -> Iterator[list[str]]:
    """Yield the rows of a table; csv.Error where a cell has more letters than `longest`."""
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        csv.field_size_limit(longest)  # of the process: another table may be read between two rows of this one
        row = next(reader, None)
        if row is None:
            return
        yield row
