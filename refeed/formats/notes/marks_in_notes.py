"""Recognise a line anywhere in a note that says that it is unpublished: `#fog #draft`, `**Status:** Draft`."""

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
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

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


def mark_in_note(data: bytes, body: str) -> Problem | None:
    """Return why a note is not published: for a line of tags anywhere, or for one of the first lines of its body."""
    lines = chain((line[1] for line in _TAGS.finditer(data)), _tags_of_zim(data) if data.startswith(_OF_ZIM) else ())
    tags = (problem for line in lines if (problem := tag_of_draft(line)))
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
