"""Read addresses of pictures as editors write them."""

import re
from typing import Final

from refeed.markup.code_spans import replace_outside
from refeed.startup.late_patterns import late_pattern, pattern_behind
from refeed.vocabulary.pictures import ANY_PICTURE_ENDING

_BRACKETED: Final = pattern_behind(
    "](",
    rf"(?![<\s])([^()<>\"'\n]{{0,300}} \([^()<>\"'\n]{{0,100}}\)[^()<>\"'\n]{{0,100}}?{ANY_PICTURE_ENDING})(?=\))",
    re.IGNORECASE,
)
# None of an address alone, perhaps with a title between marks, is written in another way.
ODD_ADDRESS: Final = late_pattern(r"\]\((?![^\s()<>\"'\\]+(?:[ \t]+\"[^\"()\n]*\")?\))")
_TITLED: Final = pattern_behind(
    "](",
    rf"([^\s()<>\"']{{1,500}}{ANY_PICTURE_ENDING})[ \t]+([^\s()<>\"'=][^()<>\"'=\n]{{0,200}})(?=\))",
    re.IGNORECASE,
)


def mark_addresses(text: str) -> str:
    """Return Markdown in which the marks that CommonMark needs stand around such addresses and titles."""
    if not ODD_ADDRESS.search(text):
        return text
    text = replace_outside(_BRACKETED, lambda found: f"<{found[1].strip()}>", text, markdown=True)
    return replace_outside(_TITLED, lambda found: f'{found[1]} "{found[2].strip()}"', text, markdown=True)
