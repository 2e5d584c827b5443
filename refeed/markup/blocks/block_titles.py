"""Write the title of a callout or a tab: a paragraph of strong words, read as any text is."""

from markdown_it.rules_block import StateBlock


def push_title(state: StateBlock, title: str, line: int) -> None:
    """Add a title to what is read so far."""
    state.push("paragraph_open", "p", 1)
    state.push("strong_open", "strong", 1)
    words = state.push("inline", "", 0)
    words.content, words.map, words.children = title, [line, line + 1], []
    state.push("strong_close", "strong", -1)
    state.push("paragraph_close", "p", -1)
