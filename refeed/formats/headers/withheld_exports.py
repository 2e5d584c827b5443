"""Find what an MDX file exports about its publication, wherever that stands."""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from refeed.formats.headers.exported_object import (
    CONSTANT,
    OF_PUBLICATION,
    Export,
    constant_at,
    exported_object,
    object_at,
)
from refeed.formats.headers.json import folded
from refeed.formats.publication.stated import withheld
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import key_name

_MOST: Final = 12  # objects that are read: each may go on to the end of the text
# What lines below the header begin with: code, in which nothing is exported, a remark, or a constant.
_PLACE: Final = late_pattern(
    r"^[ ]{0,3}(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>[^\n]*)|(?P<remark><!--|\{\s*/\*)"
    rf"|^(?={CONSTANT}(?P<brace>\{{)?)",
    re.MULTILINE,
)
_ENDS: Final = MappingProxyType({"<": "-->", "{": "*/"})
_HEADERS: Final = ("attributes", "matter", "meta", "metadata")  # the names of objects that are one end so


def withheld_by_exports(text: str, depth: int) -> Problem | None:
    """Return why an article is not published, if its exports say so or only a program knows."""
    found = exported_object(text)
    exports = [] if found is None else [(found.members, found.unknown)]
    exports += [(one.members, next(iter(one.unknown), None)) for one in _below(text)]
    for members, unknown in exports:
        if unknown:
            return Problem("draft", f"the text exports {unknown[0]}: {unknown[1][:60]}, which only a program knows")
        if told := withheld(folded(members, depth), "what the text exports"):
            return told
    return None


def _below(text: str) -> Iterator[Export]:
    """Yield what speaks of publication between the paragraphs, or below components; not in code and remarks."""
    objects = 0
    for start, name, is_object in _constants(text):
        if is_object and objects < _MOST and name.endswith(_HEADERS):
            objects += 1
            found = object_at(text, start)
        else:
            found = constant_at(text, start) if name in OF_PUBLICATION else None
        if found:
            yield found


def _constants(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield where a line exports a constant, its name, and whether it is an object."""
    fence, at = "", 0
    endless: set[str] = set()  # remarks whose end stands nowhere below
    while found := _PLACE.search(text, at):
        at = max(found.end(), found.start() + 1)
        if found["fence"]:
            if not fence:
                fence = found["fence"]
            elif found["fence"].startswith(fence) and not found["info"].strip():
                fence = ""
        elif fence:
            continue
        elif remark := found["remark"]:
            end = -1 if remark[0] in endless else text.find(_ENDS[remark[0]], at)
            endless |= {remark[0]} if end < 0 else set()
            at = max(at, end)
        else:
            yield found.start(), key_name(found["name"]), found["brace"] is not None
