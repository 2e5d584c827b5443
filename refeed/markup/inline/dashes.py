"""Show two and three hyphens of Markdown as dashes, if the post's site does; those of `--option` stay."""

import re
from typing import TYPE_CHECKING, Final

from refeed.startup.late_patterns import late_pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

DASH: Final = "dash"  # in the environment of a reader: what two hyphens are
_LONG: Final = late_pattern(r"(?<![<!-])---(?![->])")
_SHORT: Final = late_pattern(r"(?<![<!-])--(?![-\w>])|(?<=\w)--(?=\w)")
_BETWEEN: Final = late_pattern(r"\A--(?=\w)")  # *words* that are marked, and these
_BARE: Final = frozenset({"autolink", "linkify"})  # links whose words are their address
_CODE: Final = late_pattern(r"<(?P<end>/?)(?:code|kbd|pre|samp|tt|var)\b", re.IGNORECASE)


def use_dashes(reader: "MarkdownIt") -> None:
    """Teach a reader of Markdown to show hyphens as dashes where its environment says so."""
    reader.core.ruler.after("inline", "dashes", _join_hyphens)


def _join_hyphens(state: "StateCore") -> None:
    dash = state.env.get(DASH)
    if not dash:
        return
    for block in state.tokens:
        if block.type != "inline" or "--" not in block.content:
            continue
        codes = 0  # elements of HTML that are open
        is_behind_words = is_address = False
        for token in block.children or ():
            if token.type == "html_inline" and (code := _CODE.match(token.content)):
                codes += -1 if code["end"] else 1
            elif token.type == "text" and codes < 1 and not is_address and "://" not in token.content:
                text = _SHORT.sub(dash, _LONG.sub("—", token.content))
                token.content = _BETWEEN.sub(dash, text) if is_behind_words else text
            is_address = token.type == "link_open" and token.markup in _BARE
            is_behind_words = token.type == "code_inline" or token.type.endswith("_close")
