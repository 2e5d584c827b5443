"""Read the headers of Org: keywords, which may be indented, and a drawer above them; and those that stand elsewhere.

https://orgmode.org/manual/In_002dbuffer-Settings.html
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

from refeed.formats.headers.fields.lines import PREFIX, FieldHeader, lines_of, values_of, with_tag_of_state
from refeed.formats.publication.stated import kept_aside, said_in
from refeed.formats.publication.words import NO_WITHHOLDS, YES_WITHHOLDS
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value, key_name

_ORG_DRAWER: Final = late_pattern(
    r"(?>(?:(?>\s*)#[ \t][^\n]*\n){0,20})(?>\s*):PROPERTIES:\n"
    r"(?>(?:[ \t]*:(?!END:)(?>[^\n]*)\n){0,50})[ \t]*:END:\n",
    re.IGNORECASE,
)
# `:DATE: 2024-01-02`, a line of a drawer.
_ORG_PROPERTY: Final = late_pattern(r"(?m)^[ \t]*:([A-Za-z_]{1,40}):[ \t]+((?>[^\n]*))$")
_ORG_PAIR: Final = late_pattern(r":([A-Za-z_-]{1,40})[ \t]+([^\s:]{1,100})")  # ox-hugo: `:draft true :weight 3`
_ORG_OPTION: Final = late_pattern(r"(?<![^\s])([A-Za-z_-]{1,40}):([^\s:]{1,100})")  # `#+OPTIONS: toc:nil draft:t`
_ORG: Final = late_pattern(
    r"(?:[ \t]{0,40}#\+([A-Za-z_]{1,30}):(?>[ \t]*)((?>[^\n]*))|[ \t]{0,40}# (?>[^\n]*)"
    r"|[ \t]{0,40}(?i:#\+begin_comment)(?>[^\n]*\n)(?>(?:(?![ \t]{0,40}(?i:#\+end_comment))[^\n]*\n){0,50})"
    r"[ \t]{0,40}(?i:#\+end_comment)(?>[^\n]*)|)(?:\n|\Z)"
)
# Anywhere: a keyword, or what begins a block.
_KEYWORD: Final = late_pattern(
    r"(?im)^[ \t]{0,40}#\+(?:([a-z_]{1,30}):[ \t]*((?>[^\n]*))|begin_(\w{1,40})((?>[^\n]*)))$"
)
_BLOCK_END: Final = late_pattern(r"(?im)^[ \t]{0,40}#\+end_(\w{1,40})[ \t]*$")
_OF_HEADER: Final = ":front_matter_extra"  # of ox-hugo: what the block holds goes into the front matter
_TAGS: Final = "filetags"


def read_org(text: str) -> FieldHeader | None:
    """Read the header that a text begins with."""
    drawer = _ORG_DRAWER.match(text)
    values, end = lines_of(text, drawer.end() if drawer else 0, _ORG)
    if not values:
        return None
    said = _with_pairs(values, values_of(_ORG_PROPERTY.finditer(drawer[0])) if drawer else {})
    excluded = str(said.get("excludetags", "")).lower().replace(":", " ").split()
    return FieldHeader(said, end, "org", tuple((tag, "") for tag in excluded))


def org_keywords(text: str) -> dict[str, Value]:
    """Return what the keywords outside of blocks say: Org collects them from the whole of a text."""
    keywords, extra = list[re.Match[str]](), list[str]()
    for keyword, block in _keywords(text):
        (extra.append(block) if keyword[3] else keywords.append(keyword))
    values = values_of(keywords)
    if "tags" in values:
        values["tags"] = ",".join(one[2] for one in keywords if one[1].lower() == _TAGS)
    for name, value in chain.from_iterable(map(said_in, extra)):
        values |= kept_aside(values, name, value)
    return _with_pairs(values, {})


def _keywords(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield keywords, and the beginnings of blocks that are parts of the header, with what these hold."""
    last_end = {end[1].lower(): end.start() for end in _BLOCK_END.finditer(text)}
    at = 0
    while found := _KEYWORD.search(text, at):
        at = found.end()
        kind = (found[3] or "").lower()
        if not kind:
            yield found, ""
        elif last_end.get(kind, -1) >= at:  # what nothing ends is no block
            end = next(one for one in _BLOCK_END.finditer(text, at) if one[1].lower() == kind)
            if _OF_HEADER in found[4].lower():
                yield found, text[at : end.start()]
            at = end.end()


def _with_pairs(values: dict[str, Value], properties: Mapping[str, Value]) -> dict[str, Value]:
    """Return keywords with what a drawer says, and with the pairs and tags in their values that withhold."""
    pairs = [values_of(_ORG_PAIR.finditer(str(one.get("customfrontmatter", "")))) for one in (properties, values)]
    options = values_of(_ORG_OPTION.finditer(str(values.get("options", ""))))
    pairs.append({name: value for name, value in options.items() if name in YES_WITHHOLDS or name in NO_WITHHOLDS})
    for name, value in chain.from_iterable(one.items() for one in (properties, *pairs)):
        values = values | kept_aside(values, name, value)
    name, _, value = str(values.get("property", "")).partition(" ")  # `#+PROPERTY: draft true`
    values = values | kept_aside(values, key_name(PREFIX.sub("", name)), value.strip())
    return with_tag_of_state(values)
