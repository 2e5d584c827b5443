"""Read Pandoc's blocks in another language, ```` ```{=html} ````: HTML is HTML, what is for other outputs is not shown.

https://pandoc.org/MANUAL.html#extension-raw_attribute
"""

import re
from typing import Final

from refeed.late_patterns import late_pattern

_BLOCK: Final = late_pattern(
    r"^(?P<fence>`{3,}|~{3,})[ \t]*\{=(?P<format>[\w+-]{1,30})\}[ \t]*\n"
    r"(?P<inside>(?:(?!(?P=fence))[^\n]*\n)*)(?P=fence)[ \t]*$",
    re.MULTILINE,
)
_PAGES: Final = frozenset({"html", "html4", "html5"})


def with_raw_blocks(text: str) -> str:
    """Return a text of Markdown with what stands in such blocks in their place."""
    if "{=" not in text:
        return text
    return _BLOCK.sub(lambda found: f"\n{found['inside']}\n" if found["format"].lower() in _PAGES else "", text)
