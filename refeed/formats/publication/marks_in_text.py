"""Know by a line in the text of a note that it is not published: `#fog #draft`, `**Status:** Draft`, `> draft: true`.

A line of tags alone is such a line (Obsidian, Bear, Logseq); `#draft beer` is a sentence.
"""

import re
from typing import Final

from refeed.formats.publication.stated import withheld
from refeed.formats.publication.words import MEANING_OF, NO, PLAIN_WORDS, YES
from refeed.problems import Problem

_LABEL: Final = rb"(?:[-*][ \t])?(?:(?i:tags?):[ \t]{0,4})?"
_TAGS: Final = rb"(?=#)" + rb"(#[^\s#]\S*(?:[ \t,]+#[^\s#]\S*)*[ \t]*)$"
_ANYWHERE: Final = re.compile(rb"^[ \t]{0,8}" + _LABEL + _TAGS, re.MULTILINE)
# In the first line of a body, or below its heading.
_FIRST: Final = re.compile(rb"(?>\s*)(?:#{1,6}[ \t]+[^\n]*\n(?>\s*))?" + _LABEL + _TAGS, re.MULTILINE)

# A key and a word, as lines below a heading have them: in bold, in a list, in a quote, in a comment.
_STATEMENT: Final = re.compile(
    r"^(?:[>*_`~|\t -]{0,8}|<!--[ \t]?)([^\W\d][\w -]{0,30}?)[*_`]{0,3}[ \t]?[:：]{1,2}[*_`]{0,3}[ \t]{0,8}"
    r"([^\n]{1,40}?)[>*_`~|\t -]{0,8}$",
    re.MULTILINE,
)
_FIRST_LINES: Final = 600  # characters


def state_above(text: str) -> Problem | None:
    """Return why a note is not published, if one of its first lines is a key with a word that says so."""
    for line in _STATEMENT.finditer(text[:_FIRST_LINES]):
        word = line[2].strip().casefold()
        if (word in YES or word in NO or word in MEANING_OF) and (problem := withheld({line[1]: word}, "a line")):
            return problem
    return None


def tag_of_draft_anywhere(data: bytes) -> Problem | None:
    """Return why a note is not published, if a line of tags in it says so."""
    return next((problem for line in _ANYWHERE.finditer(data) if (problem := _problem(line[1]))), None)


def tag_of_draft_above(data: bytes, body: int) -> Problem | None:
    """Return why an article is not published, if its body begins with a line of tags that says so."""
    line = _FIRST.match(data, body)
    return _problem(line[1]) if line else None


def _problem(line: bytes) -> Problem | None:
    for tag in line.decode("utf-8", "replace").casefold().replace(",", " ").split():
        word = tag.strip("#").rpartition("/")[2]
        if word in PLAIN_WORDS:
            return Problem(MEANING_OF.get(word, "draft"), f"it has the tag {word!r}")
    return None
