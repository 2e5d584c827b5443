"""Notes and digests without a header: the first heading or the name of the file is the title, and one of them the day.

A heading that only says that a text begins (`# Introduction`, `# 前言`) is part of it; then the file has its name.

Any text has a heading, so that it takes more to be an article: a day in the name of the file or of its folder, in the
heading or in a line below it, an address in the heading, or properties. Without any of these a file of Markdown is one
only for a user who keeps what has no date (--undated), with a heading or without, and never if it has the name of
documentation, or of a read-me that lies in no folder of a day. What reads them is loaded when a file may be one.
"""

import re
from collections.abc import Iterator
from typing import Final

from refeed.formats import Format, Match
from refeed.formats.headers.rule_above import end_of_rule
from refeed.model import Document, RawRecord
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

_LOOKED_AT: Final = 65_536
# What other formats, programs and pages begin with.
_OTHERS: Final = late_pattern(
    rb"(?>\s*)(?>(?:<!--(?![0-9]*-->|NaN-->)(?>(?:[^-]|-(?!->))*)-->(?>\s*)){0,8})"
    rb"(?:---|\+\+\+|\{|#!|<(?:[?!]|html\b|rss\b|feed\b))",
    re.IGNORECASE,
)


def sniff(document: Document) -> Match:
    """Claim a text with a heading, or of a day, that is an article."""
    if _OTHERS.match(document.data, 0, _LOOKED_AT) and not end_of_rule(document.data[:_LOOKED_AT]):
        return Match.NO
    from refeed.formats.notes.headed_notes import sniff_note  # many archives hold only what has a header

    return sniff_note(document)


def parse(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield the one record of the file: a digest of many headings is one article."""
    from refeed.formats.notes.headed_notes import read_note

    return read_note(document)


FORMAT: Final = Format(name="headed", sniff=sniff, parse=parse)
