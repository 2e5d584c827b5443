"""Keep a formula in a quote together whose lines stand outside of the quote, as Obsidian and Quartz read it."""

import re
from textwrap import indent
from typing import Final

from refeed.late_patterns import late_pattern
from refeed.markup.code_spans import replace_outside

# What ends it may stand outside as well. A formula whose lines all have their mark is passed: what ends it begins none.
_FORMULA: Final = late_pattern(
    r"^(?=[ ]{0,3}>)(?P<mark>(?>[> \t]+))\$\$[ \t]*\n"
    r"(?P<inner>(?>(?:(?:(?=[ \t]*>)(?>[> \t]*)|(?![ \t]*\n))(?>(?:[^$\n]|\$(?!\$))*)\n){1,100}))"
    r"(?P<closing>(?>[> \t]*))(?=\$\$)",
    re.MULTILINE,
)


def quote_formulas(text: str) -> str:
    """Return Markdown in which all lines of such a formula have the mark of the quote."""
    return replace_outside(_FORMULA, _quoted, text, markdown=True) if "$$" in text else text


def _quoted(found: re.Match[str]) -> str:
    mark = found["mark"]
    inner = indent(found["inner"], mark, lambda line: not line.lstrip().startswith(">"))
    return f"{mark}$$\n{inner}{found['closing'] if '>' in found['closing'] else mark}"
