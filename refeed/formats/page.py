"""Saved web pages, one article each. What reads them is loaded when there is one: few archives hold any."""

import re
from collections.abc import Iterator
from typing import Final

from refeed.formats import Format, Match
from refeed.model import Document, RawRecord
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

# What may stand before the root element; each piece ends where the next begins, so nothing is tried twice.
_PROLOGUE: Final = rb"(?>\s*)(?>(?:<\?(?>[^>]*)>(?>\s*)|<!--(?>(?:(?>[^-]+)|-(?!->))*)-->(?>\s*))*)"
_PAGE: Final = late_pattern(_PROLOGUE + rb"<(?:!doctype\s+html|html|head)\b", re.IGNORECASE)
_OPENINGS: Final = frozenset({b"\t", b"\n", b" ", b"<"})
_LOOKED_AT: Final = 65_536


def sniff(document: Document) -> Match:
    """Claim every page; headers in comments and front matter before it are other formats' and stronger."""
    is_page = document.data[:1] in _OPENINGS and _PAGE.match(document.data, 0, _LOOKED_AT)
    return Match.MAYBE if is_page else Match.NO


def parse(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield the article of the page, or what the page is instead."""
    from refeed.formats.pages.saved_page import read_article

    yield from read_article(document)


FORMAT: Final = Format(name="page", sniff=sniff, parse=parse)
