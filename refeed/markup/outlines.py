"""Read the outlines of Logseq: what it notes about a block is left out, and blocks of Org are quotes and code.

A block that stands where another refers to it, `((id))`, is the one of that id in the same text; nobody knows others.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from refeed.markup.callout_titles import KINDS
from refeed.markup.code_spans import code_spans, inside, lines_of, replace_outside
from refeed.startup.late_patterns import has_any, late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.pictures import ANY_PICTURE_ENDING

_SIGNS: Final = (":: ", "::\n", ":END:", "#+", "((", "[[http", " ^^")  # a text without any is read no further
# What Logseq writes below a block and never shows; other properties are the writer's. Some have a value that nobody
# writes otherwise; of the others only the place tells that they are none of a text's words.
_NOTED: Final = (
    r"(?:(?:id::[ \t]+[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?:collapsed|query-table|template-including-parent)::[ \t]+(?:true|false)|heading::[ \t]+(?:true|false|[1-6])"
    r"|(?:created-at|do(?:ing|ne)|last-modified-at|later|now|todo|updated-at)::[ \t]+[0-9]{13})[ \t]*)"
)
_NOTED_IN_ITEM: Final = (
    r"(?:(?:background-color|card-[a-z-]{1,40}|created-at|hl-[a-z]{1,20}|id|last-modified-at|logseq\.[\w.-]{1,40}"
    r"|ls-type|query-(?:properties|sort-by|sort-desc)|template|updated-at)::(?:[ \t][^\n]*)?)"
)
_PROPERTY: Final = late_pattern(rf"^(?:[ \t]*{_NOTED}|[ \t]+{_NOTED_IN_ITEM})(?:\n|\Z)", re.MULTILINE)
# A block that begins with one; what follows may belong to the block.
_FIRST: Final = late_pattern(
    rf"^(?P<lead>[ \t]*[-*] )(?:{_NOTED}|{_NOTED_IN_ITEM})(?:\n(?:[ \t]+(?![-*] )(?P<words>\S))?|\Z)", re.MULTILINE
)
_DRAWER: Final = late_pattern(
    r"^[ \t]*:(?:LOGBOOK|PROPERTIES):[ \t]*\n"
    r"(?>(?:[ \t]*(?:CLOCK:|[-*] State |:(?!END:)[\w-]{1,40}:)[^\n]*\n)*)[ \t]*:END:[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
_BLOCK: Final = late_pattern(
    r"^(?P<lead>[ \t]*(?:[-*] )?)#\+BEGIN_(?P<kind>[A-Z]{3,20})(?P<says>[^\n]*)\n"
    r"(?P<inner>(?>(?:(?![ \t]*#\+(?:BEGIN|END)_)[^\n]*\n)*))[ \t]*#\+END_(?P=kind)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_CODE: Final = frozenset({"example", "src"})
_SIDES: Final = frozenset({"center", "pinned"})  # say only where their text stands
_ID: Final = r"\(\((?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)\)"
_REFERENCE: Final = late_pattern(rf"\[(?P<words>[^\[\]\n]{{1,500}})\]\({_ID}\)|{_ID.replace('id>', 'bare>')}")
# Links of Org; words between carets are highlighted.
_LINK: Final = late_pattern(r"\[\[(?P<address>https?://[^\[\]|\\\s]+)\](?:\[(?P<words>[^\[\]\n]+)\])?\]")
_HIGHLIGHT: Final = late_pattern(r"(?<!\S)\^\^(?=[^\s^])([^^\n]{1,500})(?<=\S)\^\^")
_IMAGE: Final = late_pattern(rf"{ANY_PICTURE_ENDING}(?:\?|\Z)", re.IGNORECASE)
_MOST_PUT_IN: Final = 200_000  # characters in a text
_ITEM: Final = late_pattern(r"\A[ \t]*(?:[-*] (?P<words>[^\n]+)|id::[ \t]+(?P<id>[0-9a-f-]{36})(?![^ \t]))")


class Outline(NamedTuple):
    """A text without what is noted about its blocks, and the references to blocks that are not in it."""

    text: str
    unknown: tuple[str, ...] = ()


def _write(found: re.Match[str]) -> str:
    """Write a block of Org as a quote, a callout or code, in the item that it may begin."""
    from textwrap import dedent, indent  # loaded with patterns of its own, and few texts have such a block

    kind, inner = found["kind"].lower(), dedent(found["inner"].expandtabs(4)).rstrip("\n")
    if kind == "comment":
        return ""
    if kind in _CODE:
        written = f"~~~~ {found['says'].strip().partition(' ')[0]}\n{inner}\n~~~~"
    elif kind in _SIDES:
        written = inner
    elif kind in KINDS:
        lines = inner if kind == "quote" else f"[!{kind}]\n{inner}"
        written = indent(lines, "> ", lambda _: True)
    else:
        return found[0]
    return found["lead"] + indent(written, re.sub(r"[-*]", " ", found["lead"])).lstrip()


def _write_link(found: re.Match[str]) -> str:
    """Write a link of Org; one that leads to a picture shows it."""
    mark = "!" if _IMAGE.search(found["address"]) else ""
    return f"{mark}[{found['words'] or ('' if mark else found['address'])}]({found['address']})"


# What is looked for outside of code, in this order, how it is written, and what no match is without.
_STEPS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str], str], ...]] = (
    (_PROPERTY, lambda _: "", "::"),
    (_DRAWER, lambda _: "", ":END:"),
    (_FIRST, lambda found: found["lead"] + found["words"] if found["words"] else "", "::"),
    (_BLOCK, _write, "#+"),
    (_LINK, _write_link, "[[http"),
    (_HIGHLIGHT, lambda found: f"=={found[1]}==", "^^"),
)


def read_outline(text: str) -> Outline:
    """Write the blocks of an outline as any text of Markdown."""
    if not has_any(text, _SIGNS):
        return Outline(text)
    blocks = _blocks(text) if "((" in text else {}
    for pattern, write, sign in _STEPS:
        text = replace_outside(pattern, write, text, markdown=True) if sign in text else text
    if "((" not in text:
        return Outline(text)
    unknown = list[str]()
    left = _MOST_PUT_IN

    def refer(found: re.Match[str]) -> str:
        nonlocal left
        if found["words"]:
            return found["words"]
        words = blocks.get(found["bare"])
        if words is None or len(words) > left:
            unknown.append(found[0])
            return ""
        left -= len(words)
        return words

    return Outline(replace_outside(_REFERENCE, refer, text, markdown=True), tuple(unknown))


def _blocks(text: str) -> Mapping[str, str]:
    """Return the first line of each block by its id, which stands below it, but of none in code or a comment."""
    blocks: dict[str, str] = {}
    words = ""
    is_code = inside(code_spans(text, markdown=True))
    for start, line in lines_of(text):
        if (found := _ITEM.match(line)) and not is_code(start):
            words = found["words"] or words
            if found["id"]:
                blocks[found["id"]] = words
    return blocks
