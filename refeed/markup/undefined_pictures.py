"""Show the words of pictures by reference that nothing defines, without their marks."""

import re
from collections.abc import Callable
from typing import Final

from refeed.markup.code_spans import replace_outside
from refeed.startup.late_patterns import late_pattern

_PICTURE: Final = late_pattern(r"!\[([^\[\]\n]{1,300})\]\[([^\[\]\n]{1,100})\]")
_DEFINITION: Final = late_pattern(r"^[ \t>]*\[([^\[\]\n]{1,100})\]:", re.MULTILINE)


def without_undefined_pictures(text: str, tell: Callable[[str], None]) -> str:
    """Return a text of Markdown with the words of such pictures in their place; each is reported."""
    if "![" not in text or "][" not in text:
        return text
    defined = {" ".join(label.split()).casefold() for label in _DEFINITION.findall(text)}

    def words(found: re.Match[str]) -> str:
        if " ".join(found[2].split()).casefold() in defined:
            return found[0]
        tell(found[0])
        return found[1]

    return replace_outside(_PICTURE, words, text, markdown=True)
