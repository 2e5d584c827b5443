"""Remove the parts of MDX that are program: `import` and `export` at the beginning of a block (mdxjs.com, ESM)."""

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from refeed.startup.late_patterns import late_pattern

# One statement. Nobody writes a sentence with these signs.
_STATEMENT: Final = late_pattern(
    r"""import\s+(?:type\s+)?(?:[\w$*{][\w$*{},\s]*?(?<=\s)from\s+)?["'][^"'\n]{1,500}["'];?[ \t]*(?://[^\n]*)?(?:\n|\Z)"""
    r"|export\s+(?:\*|\{|(?:const|let|var)\s+[\w${\[]|(?:default|async|function|class)\s+[\w${(\[])"
)
_LONGEST: Final = 200  # lines


def use_mdx(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown to leave programs out."""
    reader.block.ruler.before("lheading", "mdx", _block)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if state.level or state.tShift[start] or not state.src.startswith(("import ", "export ", "import{"), begin):
        return False
    last = start
    while last < min(end, start + _LONGEST) and not state.isEmpty(last):
        last += 1
    if not _is_program(state.src[begin : state.eMarks[last - 1]]):
        return False
    if not silent:
        state.line = last
    return True


def _is_program(text: str) -> bool:
    """Return whether a block is statements all through; what follows an `export` is part of it."""
    position = 0
    while position < len(text):
        found = _STATEMENT.match(text, position)
        if found is None:
            return False
        if text.startswith("export", position):
            return True
        position = found.end()
    return True
