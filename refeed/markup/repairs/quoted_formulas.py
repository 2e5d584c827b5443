"""Keep formulas in quotes and footnotes whole if their lines lack the mark or indent (Obsidian, Quartz, Zenn)."""

import re
from typing import Final

from refeed.markup.code_spans import replace_outside
from refeed.startup.late_patterns import late_pattern

# What ends it may stand outside as well. A formula whose lines all have their mark is passed: what ends it begins none.
_FORMULA: Final = late_pattern(
    r"^(?=[ ]{0,3}>)(?P<mark>(?>[> \t]+))\$\$[ \t]*\n"
    r"(?P<inner>(?>(?:(?:(?=[ \t]*>)(?>[> \t]*)|(?![ \t]*\n))(?>(?:[^$\n]|\$(?!\$))*)\n){1,100}))"
    r"(?P<closing>(?>[> \t]*))(?=\$\$)",
    re.MULTILINE,
)
_IN_NOTE: Final = late_pattern(
    r"^(?P<mark>\[\^[^\]\[\n]{1,100}\]:[ \t]*)\$\$[ \t]*\n"
    r"(?P<inner>(?>(?:(?![ \t]*(?:\n|\$\$))[^\n]+\n){1,100}))"
    r"(?P<closing>(?>[ \t]*))(?=\$\$)",
    re.MULTILINE,
)
_OF_NOTE: Final = "    "


def quote_formulas(text: str) -> str:
    """Return Markdown in which all lines of such a formula have the mark of the quote, or the indent of the note."""
    if "$$" not in text:
        return text
    quoted = replace_outside(_FORMULA, _quoted, text, markdown=True)
    return replace_outside(_IN_NOTE, _indented, quoted, markdown=True) if "]:" in quoted else quoted


def _quoted(found: re.Match[str]) -> str:
    from textwrap import indent  # as in `refeed.markup.outlines`

    mark = found["mark"]
    inner = indent(found["inner"], mark, lambda line: not line.lstrip().startswith(">"))
    return f"{mark}$$\n{inner}{found['closing'] if '>' in found['closing'] else mark}"


def _indented(found: re.Match[str]) -> str:
    from textwrap import indent

    inner = indent(found["inner"], _OF_NOTE, lambda line: not line.startswith((" ", "\t")))
    return f"{found['mark']}$$\n{inner}{found['closing'] or _OF_NOTE}"
