"""Know by a line of tags alone that an article is not published, as users of Obsidian, Bear and Logseq mark it.

`#fog #draft` is such a line; `#draft beer` is a sentence.
"""

import re
from typing import Final

from refeed.formats.publication.words import MEANING_OF, PLAIN_WORDS
from refeed.problems import Problem

_TAG: Final = rb"#[^\s#,][^\s,]*"
LONE_TAGS: Final = (
    rb"(?:[-*][ \t])?(?:(?i:tags?):[ \t]{0,4})?(" + _TAG + rb"(?:[ \t,]{1,8}" + _TAG + rb"){0,40}[ \t]{0,8})$"
)
# In the first line of a body, or below its heading.
_FIRST: Final = re.compile(rb"(?>\s*)(?:#{1,6}[ \t][^\n]{0,300}\n(?>\s*))?" + LONE_TAGS, re.MULTILINE)


def tag_of_draft_above(data: bytes, body: int) -> Problem | None:
    """Return why an article is not published, if its body begins with a line of tags that says so."""
    line = _FIRST.match(data, body)
    return tag_of_draft(line[1]) if line else None


def tag_of_draft(line: bytes) -> Problem | None:
    """Return why an article is not published, if one of the tags in a line says so."""
    for tag in line.decode("utf-8", "replace").casefold().replace(",", " ").split():
        word = tag.strip("#").rpartition("/")[2]
        if word in PLAIN_WORDS:
            return Problem(MEANING_OF.get(word, "draft"), f"it has the tag {word!r}")
    return None
