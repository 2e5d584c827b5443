"""Leave the beginning of a regular expression as it stands, `^[a-z]+$`: it is no note of Pandoc, `^[see below]`."""

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from refeed.startup.late_patterns import late_pattern

# A class with a range or an escape and nothing but signs beside it, one that is repeated, or what stands for any.
_CLASS: Final = late_pattern(
    r"\^\[(?:\^?(?:[^\w\s\[\]\\]|_)*(?:\w-\w|\\[A-Za-z.\]\[-])(?:\w-\w|\\[A-Za-z.\]\[-]|[^\w\s\[\]\\]|_)*\]"
    r"|\^?[^\s\[\]]{1,60}\](?:[+$]|\{[0-9])|\^?(?:…|\.{3})\])"
)


def use_regular_expressions(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown that a class of characters is no note."""
    reader.inline.ruler.before("footnote_inline", "regular_expression", _inline)


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "^" or not _CLASS.match(state.src, state.pos, state.posMax):
        return False
    if not silent:
        state.pending += "^["
    state.pos += 2
    return True
