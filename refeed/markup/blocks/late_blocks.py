"""Blocks that few texts have: what reads one is loaded at the first line that it may begin at."""

from functools import cache
from importlib import import_module
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock

_ANY_TEXT: Final = ("paragraph", "reference", "blockquote", "list")
# Rule → the rule that it goes before, which blocks it may interrupt, the module that reads it. What begins a line of
# each says `refeed.markup.first_characters`.
_BLOCKS: Final = (
    ("line_block", "paragraph", (), "line_blocks"),
    ("grid_table", "table", ("paragraph", "reference"), "grid_tables"),
    ("simple_table", "table", (), "simple_tables"),
    ("fenced_callout", "fence", _ANY_TEXT, "fenced_callouts"),
    ("tab", "fence", _ANY_TEXT, "fenced_callouts"),
    ("content_tab", "fence", (), "content_tabs"),
)


def use_late_blocks(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown these blocks."""
    for name, before, interrupted, module in _BLOCKS:
        reader.block.ruler.before(before, name, _late(name, module), {"alt": [*interrupted]})


def _late(name: str, module: str) -> RuleFuncBlockType:
    @cache
    def load() -> RuleFuncBlockType:
        read: RuleFuncBlockType = getattr(import_module(f"refeed.markup.blocks.{module}"), f"read_{name}")
        return read

    def read(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return load()(state, start, end, silent)

    return read
