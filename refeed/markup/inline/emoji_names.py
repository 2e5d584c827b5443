"""Replace names of emoji in Markdown, `:tada:`, except in code and addresses."""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from refeed.markup.inline.attribute_lists import end_of_list
from refeed.text.emoji_names import run_at, symbols


def use_emoji_names(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown the names of emoji."""
    reader.inline.ruler.before("escape", "emoji_name", _inline)


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != ":":
        return False
    run = run_at(state.src[: state.posMax], state.pos)
    shown = symbols(run)
    if shown == run:
        return False
    after = state.pos + len(run)
    if not shown:
        after = end_of_list(state.src, after)
    if not shown and (not state.pos or state.src[state.pos - 1].isspace()):
        after += state.src[after : after + 1] == " "  # one blank is left of the two around it
    if not silent:
        state.pending += shown
    state.pos = after
    return True
