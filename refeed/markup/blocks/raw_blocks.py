"""Read Pandoc's raw blocks, ```` ```{=html} ````: HTML is HTML, and what is for other outputs is not shown.

https://pandoc.org/MANUAL.html#extension-raw_attribute
"""

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from refeed.startup.late_patterns import late_pattern

UNSHOWN: Final = "unshown_blocks"  # in the environment of a reader: the function that is called with each
_INFO: Final = late_pattern(r"\{=([\w+-]{1,30})\}")
_PAGES: Final = frozenset({"html", "html4", "html5"})


def use_raw_blocks(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown such blocks: fences by all else, so that code may show one."""
    reader.core.ruler.after("block", "raw_block", _read)


def _read(state: StateCore) -> None:
    for token in state.tokens:
        block = _INFO.fullmatch(token.info.strip()) if token.type == "fence" else None
        if block is None:
            continue
        if block[1].lower() not in _PAGES:
            state.env[UNSHOWN](f"{token.markup}{token.info.strip()}")
            token.content = ""
        token.type = "html_block"
