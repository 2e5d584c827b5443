r"""Write what Franklin adds to Markdown as Markdown: HTML between `~~~`, boxes between `@@`, and its own commands.

https://franklinjl.org/syntax/divs-commands/. Commands that a site defines for itself are not carried out.
"""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern

_CODE: Final = (
    r"^(?P<fence>`{3,9})[^`\n]*\n(?s:.*?)^(?P=fence)`{0,9}[ \t]*$|(?P<tick>`{1,2})(?!`)[^`\n]{1,1000}(?P=tick)"
)
_PARTS: Final = late_pattern(
    rf"{_CODE}"
    r"|~~~(?P<html>(?s:.*?))~~~"
    r"|^(?:@@(?:[A-Za-z][\w,-]{0,100})?(?=\s|\Z)(?>[ \t]*)){1,9}"
    r"|(?<=\S)[ \t]{1,9}@@(?>[ \t]*)$"
    r"|^\\(?:toc|tableofcontents)(?>[ \t]*)$",
    re.MULTILINE,
)
_EMPTY_LINES: Final = late_pattern(r"\n(?>[ \t]*)\n(?>\s*)")


def franklin_to_markdown(text: str) -> str:
    """Return a text of Franklin as Markdown."""
    return _PARTS.sub(_plain, text)


def _plain(part: re.Match[str]) -> str:
    html = part["html"]
    if html is None:
        return part[0] if part["fence"] or part["tick"] else ""
    is_block = "\n" in html.strip(" \t")
    # An empty line would end the HTML in Markdown, and text beside a block would be in it.
    return "\n\n" + _EMPTY_LINES.sub("\n", html.strip()) + "\n\n" if is_block else html
