"""Lists of articles as exports and robots write them: JSON, JSON Lines, a single object, CSV with a header row.

A file is one if an object near its beginning has a text, and a day or an address, by the vocabulary of front matter.
Settings have none. Lists are read item by item: one may be as large as the file.
"""

from collections.abc import Iterator
from typing import Final

from refeed.formats import Format, Match
from refeed.formats.objects.article import fields_of, record_of, values_of
from refeed.formats.objects.item import Item
from refeed.formats.objects.lists import find_list, is_named_lines, read_items
from refeed.formats.objects.long_tweets import (
    LongTexts,
    changes_of_protection,
    is_protected,
    keep,
    long_text,
    with_long_text,
)
from refeed.formats.objects.tables import holds_articles, is_table, read_rows
from refeed.formats.vocabulary.statements import page_mark
from refeed.late_patterns import late_pattern
from refeed.limits import limit_message
from refeed.model import Document, RawRecord
from refeed.problems import Problem

_OPENING: Final = late_pattern(rb"(?>\s*)(?:(?:\[(?>\s*))?\{|window\.YTD\.|var tumblr_api_read\b)")
_BROKEN_LIST: Final = "this is not an object; the rest of the file is not read"
_BROKEN_LINE: Final = "this line is not a JSON object and is left out: save its article again, or delete it"
_PROTECTED: Final = Problem("private", "the account is protected: protected-history.js says so")
_TOLD: Final = 10  # broken lines of one file, each by its number; the others are counted


def sniff(document: Document) -> Match:
    """Claim a list with an article among its first items."""
    if is_table(document):
        return Match.SURE if holds_articles(document) else Match.NO
    may_be_list = _OPENING.match(document.data) or is_named_lines(document)
    return Match.SURE if may_be_list and find_list(document) else Match.NO


def parse(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield every article; pages, and objects with neither text nor title, are counted."""
    path, most = document.source.path, document.limits.max_records
    found = None if is_table(document) else find_list(document)
    message = _BROKEN_LINE if found and found.is_lines else _BROKEN_LIST
    objects = others = broken = 0
    texts: LongTexts = {}
    withheld: Problem | None = None
    for item in read_items(document) if found else read_rows(document):
        if item.values is None:
            broken += 1
            if broken <= _TOLD:
                yield Problem("broken-feed", item.why or message, path, item.line)
            continue
        if note := long_text(item.values):
            keep(note, texts)
            continue
        if (changes := changes_of_protection(item.values)) is not None:
            withheld = _PROTECTED if is_protected(changes) else None
            continue
        if objects == most:
            yield Problem("over-limit", limit_message(most, "articles", "max_records"), path, item.line)
            break
        objects += 1
        record = _record(document, item._replace(values=with_long_text(item.values, texts)) if texts else item)
        if record:
            yield record._replace(withheld=record.withheld or withheld) if withheld else record
        others += record is None
    if broken > _TOLD:
        what = "lines are not JSON objects" if found else "rows are broken"
        yield Problem("broken-feed", f"{broken - _TOLD:,} more {what}", path, 1)
    if others:
        yield Problem("site-page", f"not articles: {others:,} of the objects in this file", path, 1)


def _record(document: Document, item: Item) -> RawRecord | None:
    values = values_of(item.values or {}, document.limits.max_header_depth)
    if page_mark(values, dated="dates" in fields_of(values)):
        return None
    record = record_of(values, line=item.line, span=item.span, outlet=item.outlet)
    return record._replace(withheld=record.withheld or item.withheld) if record else None


FORMAT: Final = Format(name="records", sniff=sniff, parse=parse)
