"""Remove the components that an MDX file defines, before their contents are read as if they were shown."""

import re
from typing import Final

from refeed.markup.code_spans import replace_outside
from refeed.startup.late_patterns import late_pattern

# Up to an empty line; it ends as a program does.
_EXPORT: Final = late_pattern(
    r"^export (?:default |async )*(?:const|let|function|class)\b[^\n]*(?:\n[^\n]+)*?\n[)}\]]+;?[ \t]*$", re.MULTILINE
)


def without_exports(text: str) -> str:
    """Return a text without them."""
    return replace_outside(_EXPORT, lambda _: "", text, markdown=True) if "export " in text else text
