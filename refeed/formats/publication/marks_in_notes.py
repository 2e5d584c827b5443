"""Know by a line anywhere in a note that it is not published: `#fog #draft`, `**Status:** Draft`, `> draft: true`.

Nor is what people wrote to one another, as WhatsApp exports it.
"""

import re
from collections.abc import Iterator
from itertools import chain
from types import MappingProxyType
from typing import Final

from refeed.formats.headers.json import read_json
from refeed.formats.publication.answers import NO, YES
from refeed.formats.publication.marks_in_text import LONE_TAGS, mark_above, tag_of_draft
from refeed.formats.publication.stated import withheld
from refeed.formats.publication.words import MEANING_OF
from refeed.late_patterns import late_pattern
from refeed.problems import Problem

_FIRST_LINES: Final = 600  # characters
_OF_BLOSXOM: Final = "meta-"  # before the names of its keys, below the title
_DEPTH: Final = 4  # of a header in JSON

_TAGS: Final = re.compile(rb"^[ \t]{0,8}" + LONE_TAGS, re.MULTILINE)
# Only there tags begin with `@`; elsewhere a name in code does, of people, of annotations.
_OF_ZIM: Final = b"Content-Type: text/x-zim-wiki"
_TAGS_OF_ZIM: Final = late_pattern(rb"@[^\s@,][^\s,]*(?:[ \t,]{1,8}@[^\s@,][^\s,]*){0,40}[ \t]{0,8}\Z")
_CODE_OF_ZIM: Final = MappingProxyType({b"'''": b"'''", b"{{{": b"}}}"})  # what its lines begin and end with
# A key and a word, as lines below a heading have them: in bold, in a list, in a quote, in a comment.
_STATEMENT: Final = re.compile(
    r"^(?:[>*_`~|\t -]{0,8}|<!--[ \t]?)([^\W\d][\w -]{0,30}?)[*_`]{0,3}[ \t]?[:：]{1,2}[*_`]{0,3}[ \t]{0,8}"
    r"([^\n]{1,40}?)[>*_`~|\t -]{0,8}$",
    re.MULTILINE,
)

# What each message begins with, as the country of its telephone writes days: `[12/03/23, 10:15:03] Name: text`,
# `12.03.23, 10:15 - Name: text`. Marks of direction may stand before it, and narrow blanks in it.
_MOMENT: Final = (
    r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}\.?,?[ \u00a0\u202f][0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?"
    r"(?:[ \u00a0\u202f]?[AaPp]\.?[ \u00a0\u202f]?[Mm]\.?)?"
)
_OPENING: Final = rf"[\u200e\u200f]?(?:\[{_MOMENT}\]|{_MOMENT} [-\u2013]) "
_CHAT: Final = late_pattern(rf"[\s\ufeff]{{0,80}}{_OPENING}(?:[^\n:]{{1,80}}: |[^\n]{{1,400}}\n{_OPENING})")
_OF_CHAT: Final = Problem("private", "a chat: its lines begin with a moment and a name, as WhatsApp exports them")


def mark_in_note(data: bytes, body: str) -> Problem | None:
    """Return why a note is not published: for a line of tags anywhere, or for one of the first lines of its body."""
    lines = chain((line[1] for line in _TAGS.finditer(data)), _tags_of_zim(data) if data.startswith(_OF_ZIM) else ())
    tags = (problem for line in lines if (problem := tag_of_draft(line)))
    if _CHAT.match(body):
        return _OF_CHAT
    return next(tags, None) or _state_above(body) or mark_above(body[:_FIRST_LINES].encode(), 0)


def _tags_of_zim(data: bytes) -> Iterator[bytes]:
    """Yield the lines of tags alone in a page of Zim, without its code."""
    end = b""
    for line in data.split(b"\n"):
        if end:
            end = b"" if line.startswith(end) else end
        elif line[:1] == b"@" and _TAGS_OF_ZIM.match(line):
            yield line
        else:
            end = _CODE_OF_ZIM.get(line[:3], b"")


def _state_above(text: str) -> Problem | None:
    if text.startswith("{") and (read := read_json(text, _DEPTH)):  # a header in JSON, below a heading
        return withheld(read[0])
    for line in _STATEMENT.finditer(text[:_FIRST_LINES]):
        word = line[2].strip().casefold()
        if (word in YES or word in NO or word in MEANING_OF) and (
            problem := withheld({line[1].lower().removeprefix(_OF_BLOSXOM): word}, "a line")
        ):
            return problem
    return None
