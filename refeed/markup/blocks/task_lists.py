"""Read the boxes of task lists (GFM 0.29, 5.3): `- [ ]` and `- [x]` at the beginning of an item."""

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from refeed.startup.late_patterns import late_pattern

_BOX: Final = late_pattern(r"\[(?:(?P<open>[ ])|[xX])\](?=[ \t\n])")
_ANY_BOX: Final = late_pattern(r"\[[ xX]\]")


def use_task_lists(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown task lists; mdit-py-plugins' own reader takes quadratic time."""
    reader.core.ruler.after("inline", "task_list", _read_boxes)


def _read_boxes(state: StateCore) -> None:
    if not _ANY_BOX.search(state.src):
        return
    before = ("", "")
    for token in state.tokens:
        if token.type == "inline" and before == ("list_item_open", "paragraph_open") and token.children:
            first = token.children[0]
            if first.type == "text" and (found := _BOX.match(token.content)):
                checked = "" if found["open"] else "checked "
                first.content = first.content[found.end() :]
                token.children.insert(
                    0, Token("html_inline", "", 0, content=f'<input {checked}disabled type="checkbox">')
                )
        before = (before[1], token.type)
