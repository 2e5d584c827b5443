"""Read tables of articles: comma- or tab-separated values (RFC 4180) whose first row names the columns."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Final

from refeed.formats._item import Item
from refeed.formats._objects import is_article, values_of
from refeed.model import Document

_SUFFIXES: Final = (".csv", ".tsv")
_HEAD: Final = 2**18
_TRIED: Final = 5  # rows
_DELIMITERS: Final = ("\t", ";", ",")


class _CountedLines:
    """The lines of a text, and how many bytes and lines of it have been read."""

    def __init__(self, text: str) -> None:
        self._lines = StringIO(text, newline="\n")
        self.at = self.number = 0

    def __iter__(self) -> "_CountedLines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.at += len(line.encode())
        self.number += 1
        return line


def is_table(document: Document) -> bool:
    """Return whether a file is a table, by its name."""
    return document.source.path[-4:].lower() in _SUFFIXES


def holds_articles(document: Document) -> bool:
    """Return whether one of the first rows is an article."""
    text = document.data[:_HEAD].decode("utf-8", "ignore")
    depth = document.limits.max_header_depth
    rows = (item.values for item in islice(_rows(text, _HEAD), _TRIED))
    return any(is_article(values_of(row, depth)) for row in rows if row)


def read_rows(document: Document) -> Iterator[Item]:
    """Yield every row; the last one may be none, where the table is broken."""
    return _rows(document.text((0, len(document.data))), document.limits.max_file_bytes)


def _rows(text: str, largest: int) -> Iterator[Item]:
    first_line = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    csv.field_size_limit(largest)  # of the process; a file is no larger
    lines = _CountedLines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    names: list[str] = []
    start, line = 0, 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            yield Item(None, line, (start, start))
            return
        if row is None:
            return
        if names and row:
            yield Item(dict(zip(names, row, strict=False)), line, (start, lines.at))
        names = names or row
        start, line = lines.at, lines.number + 1
