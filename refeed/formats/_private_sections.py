"""Leave out the sections of Org and AsciiDoc that their authors keep from readers."""

import re
from collections.abc import Iterator
from typing import Final

_ORG_HEADING: Final = re.compile(r"(\*+) ")
# Org Manual, 13.2: a COMMENT subtree, and by default one with the tag `noexport`, is never exported.
_ORG_COMMENT: Final = re.compile(r"\*+ (?:TODO |DONE )?COMMENT(?:[ \t]|$)")
_ORG_TAGS_END: Final = re.compile(r":[\w@#%:]{1,200}:[ \t]*$")
# Attributes that nobody sets for what is published.
_ADOC_DRAFT: Final = re.compile(r"ifdef::(?:draft|internal|private|unpublished)\[\][ \t]*")
_ADOC_CONDITION: Final = re.compile(r"ifn?def::[^\[\]\n]{1,200}\[\]|ifeval::\[")


def public_lines(lines: list[str], markup: str) -> list[str]:
    """Return the lines of a text without such sections; what nothing ends goes on to the end."""
    if markup == "org":
        return list(_public_org(lines))
    return list(_public_asciidoc(lines)) if markup == "asciidoc" else lines


def _public_org(lines: list[str]) -> Iterator[str]:
    hidden = 0  # the level of the heading that hides what stands under it
    for line in lines:
        if heading := _ORG_HEADING.match(line):
            level = len(heading[1])
            if not hidden or level <= hidden:
                hidden = level if _is_private(line) else 0
        if not hidden:
            yield line


def _is_private(heading: str) -> bool:
    tags = _ORG_TAGS_END.search(heading)
    has_tag = tags is not None and "noexport" in tags[0].strip().lower().split(":")
    return has_tag or _ORG_COMMENT.match(heading) is not None


def _public_asciidoc(lines: list[str]) -> Iterator[str]:
    depth = 0
    for line in lines:
        if _ADOC_DRAFT.fullmatch(line) or (depth and _ADOC_CONDITION.match(line)):
            depth += 1
        elif depth and line.startswith("endif::"):
            depth -= 1
        elif not depth:
            yield line
