"""Read lists of articles, in JSON or as tables: which files are one, and what they hold, item by item."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from refeed.formats.headers.statements import page_mark
from refeed.formats.objects.article import fields_of, record_of, values_of
from refeed.formats.objects.item import Item
from refeed.formats.objects.lists import find_list, read_items
from refeed.formats.objects.long_tweets import (
    LongTexts,
    changes_of_protection,
    is_protected,
    keep,
    long_text,
    with_long_text,
)
from refeed.formats.objects.tables import holds_articles, is_table, read_rows
from refeed.limits import limit_message
from refeed.model import Document, RawRecord
from refeed.problems import Problem

_BROKEN_LIST: Final = "this is not an object; the rest of the file is not read"
_BROKEN_LINE: Final = "this line is not a JSON object and is left out: save its article again, or delete it"
_PROTECTED: Final = Problem("private", "the account is protected: protected-history.js says so")
_TOLD: Final = 10  # broken lines of one file, each by its number; the others are counted


def is_saved_list(document: Document) -> bool:
    """Return whether a file that may be a list has an article among its first items."""
    return holds_articles(document) if is_table(document) else find_list(document) is not None


class _Beside:
    """What items that are no articles say of the articles behind them: their long texts, whether all are private."""

    def __init__(self) -> None:
        self._texts: LongTexts = {}
        self._withheld: Problem | None = None

    def takes(self, values: Mapping[str, Any]) -> bool:
        """Return whether an item is one of these, and keep what it says."""
        if note := long_text(values):
            keep(note, self._texts)
            return True
        if (changes := changes_of_protection(values)) is None:
            return False
        self._withheld = _PROTECTED if is_protected(changes) else None
        return True

    def record(self, item: Item, values: Mapping[str, Any]) -> RawRecord | None:
        """Return the article that an item is, with what was said of it."""
        whole = item._replace(values=with_long_text(values, self._texts)) if self._texts else item
        record = _record(whole)
        return record._replace(withheld=record.withheld or self._withheld) if record and self._withheld else record


def read_records(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield every article; pages, and objects with neither text nor title, are counted."""
    path, most = document.source.path, document.limits.max_records
    found = None if is_table(document) else find_list(document)
    message = _BROKEN_LINE if found and found.is_lines else _BROKEN_LIST
    objects = others = broken = 0
    beside = _Beside()
    for item in read_items(document) if found else read_rows(document):
        if item.values is None:
            broken += 1
            if broken <= _TOLD:
                yield Problem("broken-feed", item.why or message, path, item.line)
        elif not beside.takes(item.values):
            if objects == most:
                yield Problem("over-limit", limit_message(most, "articles", "max_records"), path, item.line)
                break
            objects += 1
            if record := beside.record(item, item.values):
                yield record
            else:
                others += 1
    if broken > _TOLD:
        what = "lines are not JSON objects" if found else "rows are broken"
        yield Problem("broken-feed", f"{broken - _TOLD:,} more {what}", path, 1)
    if others:
        yield Problem("site-page", f"not articles: {others:,} of the objects in this file", path, 1)


def _record(item: Item) -> RawRecord | None:
    values = values_of(item.values or {})
    if page_mark(values, dated="dates" in fields_of(values)):
        return None
    record = record_of(values, line=item.line, span=item.span, outlet=item.outlet)
    return record._replace(withheld=record.withheld or item.withheld) if record else None
