"""Write the cells of a notebook as Markdown: text as it stands, code in fences, then what that has shown."""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from refeed.formats.bodies.markdown_lines import fenced
from refeed.formats.notebooks.cells import Cell, Notebook
from refeed.formats.notebooks.outputs import Pictures, outputs_to_markdown
from refeed.formats.notebooks.shown import Shown, left_out_of_all, read_shown
from refeed.startup.late_patterns import late_pattern

# What a raw cell is written in, where it says so; others are for other outputs than pages.
_RAW_TEXT: Final = frozenset({"", "html", "markdown", "text/html", "text/markdown"})
_RAW_NAMES: Final = MappingProxyType(
    {"text/latex": "latex", "text/restructuredtext": "rst", "application/pdf": "latex"}
)
_ATTACHED: Final = late_pattern(
    r"!\[(?P<words>[^\[\]\n]{0,300})\]\(attachment:(?P<name>[^\n\"]{1,300}?)(?:[ \t]+\"[^\"\n]{0,300}\")?\)"
    r"|(?<=\")attachment:(?P<bare>[^\"\n]{1,300})(?=\")"
)

# As fastpages shows a video or a post of X: `> youtube: https://youtu.be/…`.
_PLAYER: Final = late_pattern(r"^>[ \t]{0,9}(youtube|twitter):[ \t]{0,9}(https?://\S{1,500})[ \t]*$", re.MULTILINE)


def notebook_to_markdown(notebook: Notebook, header: str, cells: tuple[Cell, ...]) -> str:
    """Return the text that some cells of a notebook are, below its header."""
    pictures, of_all = Pictures(), left_out_of_all(header)
    return "\n".join(line for cell in cells for line in _lines(cell, read_shown(cell, of_all), notebook, pictures))


def _lines(cell: Cell, shown: Shown, notebook: Notebook, pictures: Pictures) -> Iterator[str]:
    if cell.kind == "code":
        if shown.code_is_shown and shown.code.strip():
            yield from fenced(shown.code.strip("\n").split("\n"), notebook.language)
        if shown.output_is_shown:
            yield from outputs_to_markdown(cell.outputs, pictures)
    elif shown.code_is_shown:
        raw = _raw(cell)
        text = _PLAYER.sub(r"{% \1 \2 %}", shown.code) if "> " in shown.code else shown.code
        yield from ("", f"```{{={raw}}}", "```", "") if raw else ("", _with_attached(cell, text, pictures), "")


def _raw(cell: Cell) -> str:
    """Return the name of what a raw cell is written in if pages do not show it."""
    said = cell.metadata.get("raw_mimetype", cell.metadata.get("format", "")) if cell.kind == "raw" else ""
    return "" if (name := str(said)) in _RAW_TEXT else _RAW_NAMES.get(name, "raw")


def _with_attached(cell: Cell, text: str, pictures: Pictures) -> str:
    """Put the pictures that are attached to a cell where it shows them."""
    if not cell.attachments:
        return text
    kept = {name: next(iter(data.items()), ("", "")) for name, data in cell.attachments.items()}

    def show(found: re.Match[str]) -> str:
        kind, data = kept.get(name := found["name"] or found["bare"]) or kept.get(unquote(name)) or ("", "")
        if not data:
            return found[0]
        return pictures.address(kind, data) if found["bare"] else pictures.element(kind, data, found["words"])

    return _ATTACHED.sub(show, text)
