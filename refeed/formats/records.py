"""Lists of articles as exports and robots write them: JSON, JSON Lines, a single object, CSV with a header row.

A file is one if an object near its beginning has a text, and a day or an address, by the vocabulary of front matter,
or tells of a story elsewhere: its title, address and summary, and when it appeared, which may be the day in the name
of the file. Settings have none. Lists are read item by item: one may be as large as the file. What reads them is
loaded when a file may be one.
"""

from collections.abc import Iterator
from typing import Final

from refeed.formats import Format, Match
from refeed.model import Document, RawRecord
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

# How lists of objects begin: JSON, JSON Lines, the scripts of X and of Tumblr.
_OPENING: Final = late_pattern(rb"(?>\s*)(?:(?:\[(?>\s*))?\{|window\.YTD\.|var tumblr_api_read\b)")
_SUFFIXES: Final = (".csv", ".jl", ".jsonl", ".ndjson", ".tsv")  # of tables, and of lines that may begin with anything
_CLOSED: Final = (b"}", b"]")  # what lists and objects end with
_LAST: Final = 64  # bytes, blank ones among them


def sniff(document: Document) -> Match:
    """Claim a list with an article among its first items."""
    is_named = document.source.path.lower().endswith(_SUFFIXES)
    if not is_named and (not _OPENING.match(document.data) or _is_text_under_header(document.data)):
        return Match.NO  # nearly always
    from refeed.formats.objects.saved_list import is_saved_list

    return Match.SURE if is_saved_list(document) else Match.NO


def _is_text_under_header(data: bytes) -> bool:
    """Return whether a file is a text under a header in JSON, and therefore no list."""
    if data[-_LAST:].rstrip().endswith(_CLOSED):
        return False
    from refeed.formats.headers.json import HEAD, is_above_text

    return is_above_text(data[:HEAD].decode("utf-8", "ignore"))


def parse(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield every article; pages, and objects with neither text nor title, are counted."""
    from refeed.formats.objects.saved_list import read_records

    return read_records(document)


FORMAT: Final = Format(name="records", sniff=sniff, parse=parse)
