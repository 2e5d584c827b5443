"""Read the lines that stand above the title of a text without a header, and state where it is from.

Translators write them: `首发于：https://…`, `> 原文地址：[Tide](https://…)`.
"""

from typing import Final

from refeed.formats.headers.fields import Value, key_name
from refeed.formats.vocabulary.raw_fields import RawFields, with_origin
from refeed.formats.vocabulary.statements import KNOWN, statements
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_ADDRESS: Final = r"https?://[^\s<>()\[\]]{4,500}"
_LABEL: Final = r"[^\W\d_][^\s:：\[\]()<>#*`]{0,15}(?: [^\W\d_][^\s:：\[\]()<>#*`]{0,15}){0,2}"
# An address with its label, and nothing else.
_LABELLED: Final = late_pattern(rf"({_LABEL})[ \t]?[:：][ \t]*<?({_ADDRESS})>?[ \t]*\n")
# A label in a quotation or a list: more often who translated than an address.
_QUOTED: Final = late_pattern(
    rf"(?:(?:>[ \t]*){{1,2}}(?:[*+-][ \t]+)?|[*+-][ \t]+)(?:[*_]{{0,2}}{_LABEL}[*_]{{0,2}}[ \t]?[:：][^\n]{{0,500}})?\n"
)
_BLANK: Final = late_pattern(r"(?>[ \t]*)(?:[*-]{3,}(?>[ \t]*))?\n")
_TITLE: Final = late_pattern(r"#[ \t]+(\S[^\n]*)(?:\n|\Z)|([^\s#>|`*+\[!<-][^\n]*)\n={3,}[ \t]*(?:\n|\Z)")
_FENCES: Final = ("```", "~~~")
_MOST: Final = 40  # lines
# Labels of the address at which the text itself stands, which are no keys of headers.
_OF_ITSELF: Final = frozenset({"首发于", "首發於", "已发布", "已發布", "发布于", "發布於", "发表于", "發表於"})
_ORIGIN: Final = "line above the title"


class LinesAbove(NamedTuple):
    """What the lines above a title say, which of them readers are to see, and where the title stands."""

    fields: RawFields
    shown: str
    title: str
    end: int  # of the title, in characters


def read_lines_above(text: str, start: int) -> LinesAbove | None:
    """Read lines of labels and quotations from a place on, up to a title; None if another line is there.

    Quotations with labels are shown, since they name those who wrote and translated.
    """
    values: dict[str, Value] = {}
    shown: list[str] = []
    end, states = start, False
    for _ in range(_MOST):
        if title := _TITLE.match(text, end):
            if not states:
                return None
            lines = "".join(shown).strip("\n")
            return LinesAbove(with_origin(statements(values), _ORIGIN), lines, title[1] or title[2], title.end())
        labelled = _LABELLED.match(text, end)
        line = labelled or _QUOTED.match(text, end) or _BLANK.match(text, end)
        if line is None:
            return None
        name = key_name(labelled[1]) if labelled else ""
        name = "url" if name in _OF_ITSELF else name
        if labelled and name in KNOWN:
            values.setdefault(name, labelled[2])
        else:
            shown.append(line[0])
        states = states or "://" in line[0]
        end = line.end()
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
