"""Write the texts of Lektor as Markdown: those of one field, and those in blocks (https://www.getlektor.com/docs/content/flow/)."""

import re
from collections.abc import Iterator
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.pictures import ANY_PICTURE_ENDING

_BLOCK: Final = late_pattern(r"(?m)^####[ \t]*([\w-]+)[ \t]*####[ \t]*\n")
# The mark of a block within a block, which has one `#` more on each side.
_DEEPER: Final = late_pattern(r"(?m)^#(####+[ \t]*[\w-]+[ \t]*####+)#[ \t]*$")
_LINE: Final = late_pattern(r"(?m)^---[ \t]*$")  # as it is without the dash that escapes it in the file
_FIELD: Final = late_pattern(r"\s*([A-Za-z_][\w-]{0,60}):[ \t]*([\s\S]*)")
_PICTURE: Final = late_pattern(rf"\S+{ANY_PICTURE_ENDING}", re.IGNORECASE)
_TEXTS: Final = frozenset({"body", "caption", "content", "quote", "text"})
_TITLES: Final = frozenset({"heading", "headline", "title"})
_DEEPEST: Final = 20  # blocks in one another; what is deeper stays as it is


def lektor_to_markdown(text: str) -> str:
    """Return a text as Markdown; of blocks, what stands in their fields."""
    return _written(text, 0)


def _written(text: str, depth: int) -> str:
    _, *parts = _BLOCK.split(text) if depth < _DEEPEST and _BLOCK.match(text.lstrip("\n")) else ("",)
    if not parts:
        return text
    return "\n\n".join(filter(None, (written for block in parts[1::2] for written in _fields(block, depth))))


def _fields(block: str, depth: int) -> Iterator[str]:
    for part in _LINE.split(block):
        field = _FIELD.fullmatch(part)
        value = field[2].strip("\n") if field else ""
        if field is None or not value:
            continue
        if _PICTURE.fullmatch(value.strip()):
            yield f"![]({value.strip()})"
        elif field[1] in _TITLES and "\n" not in value:
            yield f"## {value}"
        elif (
            field[2][:1] == "\n" or " " in value.strip() or field[1] in _TEXTS
        ):  # otherwise it is a setting: `height: 500-tall`
            yield _written(_DEEPER.sub(r"\1", value), depth + 1)
