"""Remove the sections of reStructuredText, Org and AsciiDoc that their authors keep from readers."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from refeed.startup.late_patterns import late_pattern

_ORG_HEADING: Final = re.compile(r"(\*+) ")
# Org Manual, 13.2: a COMMENT subtree, and by default one with the tag `noexport`, is never exported; of one that is
# archived its heading alone.
_ORG_COMMENT: Final = re.compile(r"\*+ (?:TODO |DONE )?COMMENT(?:[ \t]|$)")
_ORG_TAGS_END: Final = re.compile(r":[\w@#%:]{1,200}:[ \t]*$")
_NOT_EXPORTED: Final = frozenset({"archive", "noexport"})
# ox-hugo: a heading with a file name of its own is a post, and one that is still to be done is a draft of it.
_ORG_OPEN: Final = re.compile(r"\*+ (?:DRAFT|TODO)(?:[ \t]|$)")
_ORG_POST: Final = re.compile(r"[ \t]*:EXPORT_FILE_NAME:", re.IGNORECASE)
_ORG_DRAFT: Final = re.compile(r"[ \t]*:(?:EXPORT_)?HUGO_DRAFT:[ \t]+(?:t|true|yes)[ \t]*\Z", re.IGNORECASE)
_ORG_DRAWER_END: Final = re.compile(r"[ \t]*:END:|\*+ ", re.IGNORECASE)
_ORG_DRAWER: Final = 50  # lines
_ORG_INLINE: Final = re.compile(r"@@comment:[^\n]*?@@")
# Org reads its settings wherever they stand, and without them exports whatever has this tag.
_ORG_EXCLUDED: Final = re.compile(r"[ \t]*#\+EXCLUDE_TAGS:([^\n]*)", re.IGNORECASE)

# The line of a condition: its kind, the attributes that it asks for, and the text in brackets.
_ADOC_CONDITION: Final = re.compile(r"(ifdef|ifndef|ifeval)::([^\[\]\n]{0,200})\[([^\n]*)\][ \t]*")
# A comparison of `ifeval` that only a preview of the author fulfils.
_ADOC_PRIVATE: Final = late_pattern(r"==[ ]*[\"']?(?:dev|draft|internal|preview|private|staging)")
_ADOC_EQUAL: Final = late_pattern(
    r"[ ]*([\w.-]+|\"[^\"{}]*\"|'[^'{}]*')[ ]*([=!]=)[ ]*([\w.-]+|\"[^\"{}]*\"|'[^'{}]*')[ ]*"
)
_ADOC_ATTRIBUTE: Final = re.compile(r":(!?)([\w-]{1,40})(!?):(?:[ \t]|$)")
# Attributes that are set wherever a page of a site is made, and those of other places (GitHub, editors).
_ADOC_SET: Final = re.compile(r"asciidoctor.*|(?:base)?backend(?:-html5?)?|doctype(?:-article)?|site-gen.*|env-.*")
_ADOC_ELSEWHERE: Final = re.compile(r"env-(?:browser|github|gitlab|idea|vscode)")
_ADOC_FENCE: Final = re.compile(r"--|([-=.*_+])\1{3,}")

# Sphinx shows tasks only to those who ask for them; of its tags, these are set where a page is made. What `ifconfig`
# compares nobody knows.
_RST_PRIVATE: Final = re.compile(
    r"(\s*)\.\. (todo::|comment::|ifconfig::|(?:admonition|class|container)::[ ]*(?:draft|internal|private|secret)[ ]*$"
    r"|only::(?!.*\b(?:not|html|builder_html|builder_dirhtml)\b)).*"
)


def public_lines(lines: list[str], markup: str, says: Collection[str]) -> list[str]:
    """Return the lines of a text without such sections; what nothing ends goes on to the end.

    `says` are the attributes that the header of an AsciiDoc text sets, or the tags that one of Org excludes.
    """
    if markup == "org":
        settings = (found for line in lines if "#+" in line and (found := _ORG_EXCLUDED.fullmatch(line)))
        stated = (tag for found in settings for tag in found[1].lower().replace(":", " ").split())
        return list(_public_org(lines, {*_NOT_EXPORTED, *says, *stated}))
    if markup == "asciidoc":
        return list(_without_comments(_public_asciidoc(lines, says)))
    return list(_public_rst(lines)) if markup == "rst" else lines


def _public_org(lines: list[str], excluded: Collection[str]) -> Iterator[str]:
    hidden = 0  # the level of the heading that hides what stands under it
    for at, line in enumerate(lines):
        if heading := _ORG_HEADING.match(line):
            level = len(heading[1])
            if not hidden or level <= hidden:
                hidden = level if _is_private(line, excluded) or _is_draft(lines, at) else 0
        if not hidden:
            yield _ORG_INLINE.sub("", line) if "@@comment:" in line else line


def _is_private(heading: str, excluded: Collection[str]) -> bool:
    tags = _ORG_TAGS_END.search(heading)
    has_tag = tags is not None and not set(tags[0].strip().lower().split(":")).isdisjoint(excluded)
    return has_tag or _ORG_COMMENT.match(heading) is not None


def _is_draft(lines: list[str], at: int) -> bool:
    """Return whether a heading is the draft of a post of its own, by its keyword or its drawer."""
    is_open = _ORG_OPEN.match(lines[at]) is not None
    for line in lines[at + 1 : at + _ORG_DRAWER]:
        if _ORG_DRAWER_END.match(line):
            return False
        if _ORG_DRAFT.match(line) or (is_open and _ORG_POST.match(line)):
            return True
    return False


def _public_asciidoc(lines: list[str], attributes: Collection[str]) -> Iterator[str]:
    """Yield the lines under the conditions that hold; of `ifeval` a draft is hidden, and what never holds."""
    known, holds = set(attributes), list[bool]()
    for line in lines:
        if condition := _ADOC_CONDITION.fullmatch(line):
            kind, names, text = condition.groups()
            is_met = _may_hold(text) if kind == "ifeval" else _is_met(kind, names.lower(), known)
            if not text or kind == "ifeval":
                holds.append(is_met)
            elif is_met and all(holds):
                yield text
        elif line.startswith("endif::"):
            del holds[-1:]
        elif all(holds):
            if attribute := _ADOC_ATTRIBUTE.match(line):
                (known.discard if attribute[1] or attribute[3] else known.add)(attribute[2].lower())
            yield line


def _may_hold(comparison: str) -> bool:
    """Return whether a comparison may hold; of two words without attributes anybody can tell."""
    if equal := _ADOC_EQUAL.fullmatch(comparison):
        first, relation, second = equal.groups()
        return (first == second) is (relation == "==")
    return _ADOC_PRIVATE.search(comparison) is None


def _is_met(kind: str, names: str, known: Collection[str]) -> bool:
    is_set = [_is_set(name.strip(), known) for name in re.split("[,+]", names)]
    holds = all(is_set) if "+" in names else any(is_set)
    return holds is (kind == "ifdef")


def _is_set(name: str, known: Collection[str]) -> bool:
    return name in known or (_ADOC_SET.fullmatch(name) is not None and not _ADOC_ELSEWHERE.fullmatch(name))


def _without_comments(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines without paragraphs and blocks in the style of comments: `[comment]` stands above those."""
    rest = iter(lines)
    for line in rest:
        if line.strip() != "[comment]":
            yield line
            continue
        first = next(rest, "").rstrip()
        end = first if _ADOC_FENCE.fullmatch(first) else ""
        while first and next(rest, end).rstrip() != end:
            pass


def _public_rst(lines: list[str]) -> Iterator[str]:
    hidden: int | None = None  # how far the directive is indented whose content is hidden
    for line in lines:
        if hidden is not None and line.strip() and len(line) - len(line.lstrip()) <= hidden:
            hidden = None
        if hidden is None and (directive := _RST_PRIVATE.fullmatch(line)):
            hidden = len(directive[1])
            if directive[2] not in {"todo::", "comment::"}:
                yield f"{directive[1]}.. private::"
        if hidden is None:
            yield line
