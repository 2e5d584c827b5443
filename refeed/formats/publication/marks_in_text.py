"""Recognise a first line of a text that says that the article is unpublished.

It is a line of tags alone, as users of Obsidian, Bear and Logseq mark it (`#fog #draft`; `#draft beer` is a sentence),
or says nothing else in a comment, in bold, in a box or in capitals (`<!-- draft -->`, `**DRAFT**`).
"""

import re
from types import MappingProxyType
from typing import Final

from refeed.formats.publication.answers import NO, YES
from refeed.formats.publication.languages import DRAFT_MARKS
from refeed.formats.publication.stated import withheld
from refeed.formats.publication.words import MEANING_OF, PLAIN_PRIVATE_WORDS, PLAIN_WORDS
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

_TAG: Final = rb"#[^\s#,][^\s,]*"
LONE_TAGS: Final = (
    rb"(?:[-*][ \t])?(?:(?i:tags?):[ \t]{0,4})?(" + _TAG + rb"(?:[ \t,]{1,8}" + _TAG + rb"){0,40}[ \t]{0,8})$"
)
# With tags below them: `#wip/music` and `#unpublished/poems` are of what others have not finished, or not printed.
_ABOVE_OTHERS: Final = PLAIN_PRIVATE_WORDS | {"draft", "drafts"}
# In the first line of a body, or below its heading.
_FIRST: Final = late_pattern(rb"(?>\s*)(?:#{1,6}[ \t][^\n]{0,300}\n(?>\s*))?" + LONE_TAGS, re.MULTILINE)


# What such a line says: `Draft`, `WIP: do not share`, `DRAFT v2`, `draft: true`; no `draft horses are big`.
_WORDS: Final = {"draft", "wip", "work in progress", "unpublished", *DRAFT_MARKS}
_DRAFT: Final = "|".join(sorted(_WORDS, key=lambda word: (-len(word), word)))  # in one order: see kept_patterns
_PRIVATE: Final = "private|unlisted|not for publication|do[- ]not[- ]publish"
_SAYS: Final = (
    f"(?i:(?:status[ ]?[:=][ ]?)?(?:{_DRAFT}|(?P<private{{number}}>{_PRIVATE}))"
    r"(?:[ ](?:v?[0-9.]{{1,4}}|post|version|only))?(?:[ ]?[:,.!;–—-]{{1,3}}[ ]?"
    r"(?:do not|don.t|not|please|to be|true|unfinished|until|wip|yes)\b[^\n<>*%)}}]{{0,80}})?[.!]?)"
)
_SIGNS: Final = r"[\W_]{0,4}?"
# By the first character: what stands around it.
_WAYS: Final = (
    ("<", r"<!--\s{0,4}", r"\s{0,4}-->"),
    ("%", r"%%\s{0,4}", r"\s{0,4}%%"),
    ("{", r"\{%-?[ ]?comment[ ]?-?%\}\s{0,4}", r"\s{0,4}\{%"),
    ("[", r"\[(?://|comment)\]:[ ](?:#|<>)[ ]\(", r"\)"),  # comments of Markdown
    ("{", r"\{:?[ ]?\.", r"[ ]?\}[ \t]*$"),  # attributes: `{: .draft}`
    (">*_=~", rf"(?:>[ ]?)?(?:\*{{1,3}}|_{{1,3}}|==|~~){_SIGNS}", r"[ ]?(?:\*{1,3}|_{1,3}|==|~~)[ \t]*$"),
    (">", rf">[ ]?\[![a-z-]{{1,20}}\][+-]?[ ]?{_SIGNS}", r"[ \t]*$"),
)


def _pattern(first: str) -> re.Pattern[str]:
    """Return the pattern of such lines that begin with a character: one pattern for all takes long to compile."""
    ways = [(before, after) for firsts, before, after in _WAYS if first in firsts]
    found = [before + _SAYS.format(number=number) + after for number, (before, after) in enumerate(ways)]
    return late_pattern("|".join(found), re.MULTILINE)


_POST: Final = late_pattern(r"(?:`{3,9}|:{3,9})\{post\}[ \t]{0,9}$", re.MULTILINE)  # ABlog's: one without a day
_MARKS: Final = MappingProxyType({**{first: _pattern(first) for first in "<%{[>*_=~"}, "`": _POST, ":": _POST})
_IN_CAPITALS: Final = late_pattern(
    r"(?:DRAFT|WIP|WORK IN PROGRESS|DO NOT PUBLISH|NOT FOR PUBLICATION|ENTWURF|BROUILLON|BORRADOR|草稿|下書き|초안)"
    r"[.!:]{0,2}[ \t]*(?=\n[ \t]*\n|\Z)"
)
_BEGINS: Final = late_pattern(
    rb"(?>\s*)(?:#{1,6}[ \t][^\n]{0,300}\n(?>\s*))?(?=[<%{\[>*_=~`:A-Z\xe4\xe8\xec])(?!<[^!])"
)
_LOOKED_AT: Final = 300  # bytes
BLANKS: Final = 200
"""Bytes that stand before a text at most."""
OPENINGS: Final = frozenset(bytes([byte]) for byte in b"#+-.*<%{[>_=~`:BDENPSTUVWdpstuv\xe4\xe8\xec")
"""What such a line may begin with; the last three are those of Chinese, Japanese and Korean words for a draft."""
# A line of a header that stands below its end, also in a second one.
_STATEMENT: Final = late_pattern(
    rb"(?>\s*)(?>(?:(?:---|\.\.\.|\+\+\+)[ \t]*\n)?)(?>\s*)"
    rb"(?P<key>[Dd]raft|[Pp]rivate|[Pp]ublic|[Pp]ublish|[Pp]ublished|[Ss]tatus|[Uu]nlisted|[Vv]isibility)"
    rb"[ \t]?[:=][ \t]{0,8}(?P<word>[\w\"' -]{1,30})(?:\n|\Z)"
)


def mark_above(data: bytes, body: int) -> Problem | None:
    """Return why an article is not published, if the first line of its body says so."""
    first = data[body : body + BLANKS].lstrip()[:5]
    if first[:1] not in OPENINGS or (first[:1] == b"<" and (first[1:2] != b"!" or first[4:].isdigit())):
        return None  # nearly always; `<!--1665567543000-->` is the date of a heading
    if line := _FIRST.match(data, body):
        return tag_of_draft(line[1])
    if said := _STATEMENT.match(data, body):
        return _statement(said)
    begins = _BEGINS.match(data, body)
    if begins is None:
        return None
    text = data[begins.end() : begins.end() + _LOOKED_AT].decode("utf-8", "ignore")
    found = _MARKS.get(text[:1], _IN_CAPITALS).match(text)
    if found is None:
        return None
    code = "private" if any(found.groupdict().values()) else "draft"
    return Problem(code, f"its text begins with {' '.join(found[0].split())[:40]!r}")


def _statement(said: re.Match[bytes]) -> Problem | None:
    """Return why an article is not published, if a line says so in one word; others begin a text."""
    word = said["word"].decode("utf-8", "replace").strip(" \"'").casefold()
    is_plain = word in YES or word in NO or word in MEANING_OF
    return withheld({said["key"].decode().lower(): word}, "a line") if is_plain else None


def tag_of_draft(line: bytes) -> Problem | None:
    """Return why an article is not published, if one of the tags in a line says so."""
    for tag in line.decode("utf-8", "replace").casefold().replace(",", " ").split():
        parts = tag.strip("#@").split("/")
        for word in (parts[-1], parts[0]):  # Obsidian's and Bear's: `#status/draft`, `#private/diary`
            if word in (PLAIN_WORDS if word == parts[-1] else _ABOVE_OTHERS):
                return Problem(MEANING_OF.get(word, "draft"), f"it has the tag {word!r}")
    return None
