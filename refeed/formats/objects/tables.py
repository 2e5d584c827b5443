"""Read tables of articles: comma- or tab-separated values (RFC 4180) whose first row names the columns."""

import csv
from collections.abc import Iterator
from itertools import islice
from typing import Final

from refeed.csv_rows import rows_of
from refeed.formats.objects.article import is_article, values_of
from refeed.formats.objects.item import Item
from refeed.formats.objects.of_readers import is_of_readers
from refeed.formats.publication.answers import YES
from refeed.formats.publication.stated import speaks_of_publication
from refeed.formats.publication.values import word_of
from refeed.formats.publication.words import NO_WITHHOLDS
from refeed.model import Document, Span
from refeed.vocabulary.fields import key_name

_SUFFIXES: Final = (".csv", ".tsv")
_HEAD: Final = 2**18
_TRIED: Final = 5  # rows
_CELL: Final = 8  # times the largest body: what a cell may have before it counts as one that does not end
_TICKED: Final = YES | {"checked", "✔\ufe0f", "☑\ufe0f"}
_DELIMITERS: Final = ("\t", ";", ",")
_SURPLUS: Final = (
    "this row has more cells than the header and is left out: put a cell with a {} in it in quotation marks"
)
_QUOTES: Final = "the quotation marks of this row do not match: it is left out, and whatever follows up to a whole row"
_CUT: Final = "the file ends within this row: save it again, whole"


class _CountedLines:
    """The lines of a text, and how many bytes and lines of it have been read."""

    def __init__(self, text: str) -> None:
        self._lines = _lines_of(text)
        self._back: list[str] = []
        self.row: list[str] = []  # the lines that were read since the last row
        self.at = self.number = 0

    def __iter__(self) -> "_CountedLines":
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._lines)
        self.row.append(line)
        self.at += len(line.encode())
        self.number += 1
        return line

    def read_again(self) -> None:
        """Go back to the second line of the row."""
        again = self.row[1:]
        self._back += reversed(again)
        self.at -= sum(len(line.encode()) for line in again)
        self.number -= len(again)


def _lines_of(text: str) -> Iterator[str]:
    """Yield the lines of a text one by one: a file in memory (StringIO) would take four bytes a letter."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def is_table(document: Document) -> bool:
    """Return whether a file is a table, by its name."""
    return document.source.path[-4:].lower() in _SUFFIXES


def holds_articles(document: Document) -> bool:
    """Return whether one of the first rows is an article, and no comment below one."""
    text = document.data[:_HEAD].decode("utf-8", "ignore")
    rows = (item.values for item in _rows(text, _HEAD, is_head=True))
    # What an export has that is no article of its owner's counts for nothing: of many books few have a review.
    said = (values_of(row) if row else None for row in rows)
    first = [values for values in islice((one for one in said if one != {}), _TRIED) if values]
    return any(map(is_article, first)) and not is_of_readers(document.source.name, first)


def read_rows(document: Document) -> Iterator[Item]:
    """Yield every row; the last one may be none, where the table is broken."""
    text, largest = document.text((0, len(document.data))), _CELL * document.limits.max_body_bytes
    boxes = _boxes(text, largest)
    return (_with_answers(item, boxes) for item in _rows(text, largest)) if boxes else _rows(text, largest)


def _boxes(text: str, largest: int) -> frozenset[str]:
    """Return the columns of boxes that say which rows are published: some are ticked, and all others are empty.

    So tables export what is ticked in them (Airtable's `checked`).
    """
    boxes, ticked, empty = None, set[str](), set[str]()
    for values in (item.values for item in _rows(text, largest) if item.values):
        if boxes is None:
            boxes = {name for name in values if key_name(name) in NO_WITHHOLDS}
        said = {name: word_of(values.get(name, "")) for name in boxes}
        boxes -= {name for name, word in said.items() if word and word not in _TICKED}
        ticked |= {name for name, word in said.items() if word}
        empty |= {name for name, word in said.items() if not word}
        if not boxes:
            break
    return frozenset(boxes or ()) & ticked & empty


def _with_answers(item: Item, boxes: frozenset[str]) -> Item:
    """Return a row with a yes or a no in its boxes."""
    if item.values is None:
        return item
    answers = {name: "yes" if item.values.get(name, "").strip() else "no" for name in boxes}
    return item._replace(values={**item.values, **answers})


def _rows(text: str, largest: int, *, is_head: bool = False) -> Iterator[Item]:
    first_line = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    lines = _CountedLines(text)
    # The number of a last line that may be cut; in the head of a file it is by whoever looks at it.
    unended = text.count("\n") + 1 if text[-1:] != "\n" and not is_head else 0
    reader = rows_of(lines, largest, delimiter)
    names: list[str] = []
    start, line, is_whole, are_full = 0, 1, True, True
    while True:
        lines.row.clear()
        try:
            row, is_broken = next(reader, None), False
        except csv.Error:  # a cell that does not end
            row, is_broken = [], True
        if row is None:
            return
        span = (start, lines.at)
        if is_broken or (len(lines.row) > 1 and not _match(lines.row, delimiter)):
            lines.read_again()
            reader, is_whole = rows_of(lines, largest, delimiter), False
            yield Item(None, line, span, why=_QUOTES)
        elif names and row and (is_whole or len(row) == len(names)):
            is_whole, is_full = True, len(row) >= len(names)
            # Tables may leave out what is empty at the end; but where all rows have it, it may say who may read them.
            is_unsaid = are_full and not is_full and speaks_of_publication(map(key_name, names[len(row) - 1 :]))
            is_cut = lines.number == unended and (is_unsaid or not _match(lines.row, delimiter))
            yield Item(None, line, span, why=_CUT) if is_cut else _item(names, row, line, span, delimiter)
            are_full = are_full and is_full
        names = names or row
        start, line = lines.at, lines.number + 1


def _item(names: list[str], row: list[str], line: int, span: Span, delimiter: str) -> Item:
    if any(cell.strip() for cell in row[len(names) :]):  # which cell is which nobody knows: `draft` may be among them
        return Item(None, line, span, why=_SURPLUS.format("tab" if delimiter == "\t" else delimiter))
    return Item(dict(zip(names, row, strict=False)), line, span)


def _match(lines: list[str], delimiter: str) -> bool:
    """Return whether the quotation marks of a row match: one that stands alone hides the rows up to the next."""
    try:
        return len([*csv.reader(lines, delimiter=delimiter, strict=True)]) == 1
    except csv.Error:
        return False
