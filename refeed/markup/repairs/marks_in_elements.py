"""Read Markdown in elements around a single line: `<div class="caption">**At noon**</div>`.

pandoc and kramdown read it, CommonMark does not; where it is a mark that nobody publishes raw, its writer's generator
did.
"""

import re
from typing import Final

from refeed.markup.code_spans import replace_outside
from refeed.startup.late_patterns import late_pattern

_NAMES: Final = r"(?:blockquote|caption|center|dd|div|dt|figcaption|h[1-6]|li|p|section|summary|td|th)"
_ELEMENT: Final = late_pattern(
    rf"(?P<opening><(?P<name>{_NAMES})(?=[\s>])[^<>\n]*>[ \t]{{0,20}}\n?)"
    rf"(?P<inner>(?>[^<\n]*(?:<(?!/?{_NAMES}[\s>])[^<\n]*)*))(?=\n?[ \t]{{0,20}}</(?P=name)>)",
    re.IGNORECASE,
)
_MARK: Final = late_pattern(
    r"(?<![\w*\\])\*\*[^\s*](?>[^*\n]*)\*\*(?![\w*])|(?<![\w*\\])\*[^\s*](?>[^*\n]*)(?<!\s)\*(?![\w*])"
    r"|\]\([^()\s]|(?<!`)`[^`\n]+`(?!`)"
)


def read_marks(text: str) -> str:
    """Return Markdown in which such elements hold HTML."""
    return replace_outside(_ELEMENT, _written, text, markdown=True) if "</" in text else text


def _written(found: re.Match[str]) -> str:
    if not _MARK.search(found["inner"]):
        return found[0]
    from refeed.markup.markdown import words_to_html  # few elements hold marks

    return found["opening"] + words_to_html(found["inner"])
