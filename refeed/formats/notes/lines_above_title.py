"""Read the lines that stand above the title of a text without a header, and state where it is from.

Translators write them: `首发于：https://…`, `> 原文地址：[Tide](https://…)`.
"""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_ADDRESS: Final = (
    r" ?(?:\[(?>[^\[\]\n]{0,200})\]\()?<?(?P<address>https?://(?>[^\s()<>*]{1,1000}))>?\)?[*_]{0,2}[.。]?[ \t]*\n"
)
# Where the text stands in public. The page of an original, or a source, is another text's.
_OF_ITSELF: Final = late_pattern(
    r"[*_]{0,2}(?:(?:本文|文章)?(?:首发|首發|已?发布|已?發布|发表|發表)[于於在]?|本文(?:地址|链接|鏈接)"
    r"|(?:this (?:article|post|text) (?:is|was) )?(?:(?:first|originally|also) )?(?:posted|published) (?:at|on))"
    rf" ?[:：]?{_ADDRESS}",
    re.IGNORECASE,
)
_LABEL: Final = r"[^\W\d_][^\s:：\[\]()<>#*`]{0,15}(?: [^\W\d_][^\s:：\[\]()<>#*`]{0,15}){0,2}"
_LABELLED: Final = late_pattern(rf"{_LABEL} ?[:：]{_ADDRESS}")
# A label in a quotation or a list: more often who translated than an address.
_QUOTED: Final = late_pattern(
    rf"(?:(?:>[ \t]*){{1,2}}(?:[*+-][ \t]+)?|[*+-][ \t]+)(?:[*_]{{0,2}}{_LABEL}[*_]{{0,2}}[ \t]?[:：][^\n]{{0,500}})?\n"
)
_BLANK: Final = late_pattern(r"(?>[ \t]*)(?:[*-]{3,}(?>[ \t]*))?\n")
# A title: a heading of the first rank, marked or underlined.
_TITLE: Final = late_pattern(r"#[ \t]+(\S[^\n]*)(?:\n|\Z)|([^\s#>|`*+\[!<-][^\n]*)\n={3,}[ \t]*(?:\n|\Z)")
_FENCES: Final = ("```", "~~~")
_MOST: Final = 40  # lines


class LinesAbove(NamedTuple):
    """What the lines above a title say of the text, which of them readers are to see, and where the title ends."""

    address: str  # at which the text itself stands, or ""
    shown: str
    title: str
    end: int  # characters


def read_lines_above(text: str, start: int) -> LinesAbove | None:
    """Read lines with labels, quotations of such and blank ones up to a title; None without one, or without an address.

    Readers are to see all but the address of the text: they name those who wrote and translated it.
    """
    shown: list[str] = []
    address, end, states = "", start, False
    for _ in range(_MOST):
        if title := _TITLE.match(text, end):
            found = LinesAbove(address, "".join(shown).strip("\n"), title[1] or title[2], title.end())
            return found if states else None
        if of_itself := _OF_ITSELF.match(text, end):
            address = address or of_itself["address"].rstrip("_.。")
        line = of_itself or _LABELLED.match(text, end) or _QUOTED.match(text, end) or _BLANK.match(text, end)
        if line is None:
            return None
        if of_itself is None:
            shown.append(line[0])
        states, end = states or "://" in line[0], line.end()
    return None


def is_only_title(text: str) -> bool:
    """Return whether a text has one heading of the first order: of several each begins a part."""
    fence, titles = "", 0
    for line in text.split("\n"):
        mark = line.lstrip()[:3]
        if fence:
            fence = "" if mark == fence else fence
        elif mark in _FENCES:
            fence = mark
        elif line.startswith("# ") or (line.startswith("===") and not line.strip("= \t")):
            titles += 1
    return titles == 1
