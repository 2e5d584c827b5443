"""Files of news mirrors: an epoch comment, `[title](address)`, a line of dashes, the body."""

from typing import Final

from refeed.formats import Format, Match
from refeed.formats.link_headings.records import (
    begins_with_epoch,
    damaged_first_heading,
    first_heading,
    may_begin_with_heading,
    parse_records,
)
from refeed.model import Document


def sniff(document: Document) -> Match:
    """Claim what begins with the heading; without its epoch the dashes under a web link are only likely.

    Mirrors have such a heading above lists of their own articles, too.
    """
    heading = first_heading(document) if may_begin_with_heading(document.data) else None
    if damaged := damaged_first_heading(document):
        return Match.LIKELY if damaged.heading.epoch else Match.NO
    if heading is None:
        return Match.MAYBE if begins_with_epoch(document.data) else Match.NO
    if heading.date:
        return Match.NO
    if heading.is_dated:
        return Match.SURE
    from refeed.not_articles import is_link_list

    return Match.NO if is_link_list(document.data[heading.end :].decode("utf-8", "replace")) else Match.LIKELY


FORMAT: Final = Format(name="epoch-link", sniff=sniff, parse=parse_records)
