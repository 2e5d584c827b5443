"""Files of older news mirrors: `[title](address)`, a line of dashes, a 日期 line, the body."""

from typing import Final

from refeed.formats import Format, Match
from refeed.formats.link_headings.records import (
    damaged_first_heading,
    first_heading,
    may_begin_with_heading,
    parse_records,
)
from refeed.model import Document


def sniff(document: Document) -> Match:
    """Claim what begins with a heading that has a 日期 line."""
    heading = first_heading(document) if may_begin_with_heading(document.data) else None
    if heading and heading.is_dated:
        return Match.SURE if heading.date else Match.NO
    damaged = damaged_first_heading(document)
    return Match.LIKELY if damaged and damaged.heading.date else Match.NO


FORMAT: Final = Format(name="dated-link", sniff=sniff, parse=parse_records)
