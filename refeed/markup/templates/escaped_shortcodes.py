r"""Read the shortcodes of WordPress whose brackets a converter to Markdown has escaped: `\[gallery\]`."""

import re
from typing import Final

from refeed.markup.code_spans import replace_outside
from refeed.markup.templates.code_shortcodes import CODE_SHORTCODES, shortcode_name
from refeed.startup.late_patterns import late_pattern

# At the beginning of a line, or the end of a pair; in a sentence it is shown on purpose.
_SHORTCODE: Final = late_pattern(
    r"(?:^[ \t]{0,9}|(?=\\\[/))\\\[(?P<inner>/?(?P<name>[A-Za-z][A-Za-z0-9-]{1,40})(?=[ \t\\])[^\[\]\n]{0,1000}?)\\\]",
    re.MULTILINE,
)
_ANY: Final = late_pattern(r"\\\[/?[A-Za-z][A-Za-z0-9-]{1,40}[ \t\\]")  # begins so; a formula seldom does
_ESCAPE: Final = late_pattern(r"\\([^\w\s]|_)")


def with_shortcodes(text: str) -> str:
    """Return Markdown with such shortcodes as WordPress has them."""
    return replace_outside(_SHORTCODE, _shortcode, text, markdown=True) if _ANY.search(text) else text


def _shortcode(found: re.Match[str]) -> str:
    from refeed.markup.templates.table import WORDPRESS  # with all templates; few texts have such a shortcode

    name = shortcode_name(found["name"])
    if name not in WORDPRESS and name not in CODE_SHORTCODES:
        return found[0]
    inner = _ESCAPE.sub(r"\1", found["inner"])
    return f"[{inner}]"
