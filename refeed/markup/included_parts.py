"""Put parts of a text that stand in files of their own in their place: Quarto's `{{< include _part.qmd >}}`."""

import re
from collections.abc import Callable
from typing import Final

from refeed.markup.code_spans import replace_outside
from refeed.model import LinkedPost
from refeed.sites.references import included
from refeed.startup.late_patterns import late_pattern

_INCLUDE: Final = late_pattern(
    r"""^[ \t]*\{\{<[ \t]+include[ \t]+["']?([^\s"'<>{}]{1,300})["']?[ \t]+>\}\}[ \t]*$""", re.MULTILINE
)
_LARGEST: Final = 262_144  # characters that all parts of a text may have


def with_included_parts(text: str, find: Callable[[str], LinkedPost | None]) -> str:
    """Return a text with the parts that are known; an expression whose part is not stays, and so do those in parts."""
    left = _LARGEST

    def part(found: re.Match[str]) -> str:
        nonlocal left
        known = find(included(found[1]))
        if known is None or len(known.text) > left:
            return found[0]
        left -= len(known.text)
        return f"\n{known.text.strip()}\n"

    return replace_outside(_INCLUDE, part, text, markdown=True) if "{{<" in text else text
