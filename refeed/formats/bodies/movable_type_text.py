"""Make HTML of the text of an entry of Movable Type, as its filter "Convert Line Breaks" does."""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern

# Values of CONVERT BREAKS under which the text is HTML already.
_HTML: Final = frozenset({"0", "false", "none", "richtext"})
_HAS_BREAKS: Final = late_pattern(r"<br(?>\s*)/?>(?>[ \t]*)\n|<(?:p|div)[\s>]", re.IGNORECASE)
_BLOCK: Final = late_pattern(
    r"(?>\s*)</?(?:address|blockquote|center|dd|details|div|dl|dt|fieldset|figure|form|h[1-6]|hr|iframe|li|menu|ol|p|pre"
    r"|script|style|table|tbody|td|th|thead|tr|ul)\b",
    re.IGNORECASE,
)


def paragraphs(text: str, breaks: str) -> str:
    """Return a text with the paragraphs and line breaks that its lines mean, unless it has them already."""
    if breaks in _HTML or _HAS_BREAKS.search(text):
        return text
    made, in_code = list[str](), False
    for part in text.split("\n\n"):
        lower = part.lower()
        is_block = in_code or _BLOCK.match(part)
        if part.strip() or in_code:
            made.append(part if is_block else "<p>" + part.strip().replace("\n", "<br>\n") + "</p>")
        in_code = lower.rfind("<pre") > lower.rfind("</pre") or (in_code and "</pre" not in lower)
    return "\n\n".join(made)
