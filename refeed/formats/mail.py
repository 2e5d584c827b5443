"""Newsletters as mail: `.eml` files, folders of mail in one file (mbox), files of a Maildir.

What reads them is loaded when there is one: few archives hold any.
"""

from collections.abc import Iterator
from typing import Final

from refeed.formats import Format, Match
from refeed.model import Document, RawRecord
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

_HEAD: Final = 65_536
_HEADERS: Final = late_pattern(
    rb"(?>(?:>?From [^\n]{1,400}\n)?)(?>(?:[!-9;-~]{1,80}:(?>[^\n]*)\n(?>(?:[ \t][^\n]*\n)*)){2,500})(?=\n|\Z)"
)
_FROM: Final = late_pattern(rb"(?im)^from[ \t]*:")
# Nothing else has these beside a sender: RFC 5322, 3.6; RFC 2045.
_MARKS: Final = late_pattern(rb"(?im)^(?:message-id|mime-version|received|delivered-to|return-path)[ \t]*:")


def sniff(document: Document) -> Match:
    """Claim what begins with the headers of a mail."""
    if not document.data[:1].isalpha() and document.data[:1] not in {b">", b"X"}:
        return Match.NO
    found = _HEADERS.match(document.data, 0, _HEAD)
    if found is None or not _FROM.search(found[0]) or not _MARKS.search(found[0]):
        return Match.NO
    return Match.SURE


def parse(document: Document) -> Iterator[RawRecord | Problem]:
    """Yield every mail of the file."""
    from refeed.formats.mails.newsletters import read_mails

    yield from read_mails(document)


FORMAT: Final = Format(name="mail", sniff=sniff, parse=parse)
