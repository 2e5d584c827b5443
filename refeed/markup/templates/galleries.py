"""Write galleries: the pictures that the lines of an expression name."""

import re
from typing import Final

from refeed.markup.templates import writing
from refeed.markup.templates.expression import Expression
from refeed.markup.templates.handlers import Posts, caption_of
from refeed.startup.late_patterns import late_pattern

_PHOTO: Final = late_pattern(
    r"^[ \t]*([^\s\"'=]+\.(?:avif|gif|jpe?g|png|webp))(?:[ \t]+(\S[^\n]*?))?[ \t]*$", re.IGNORECASE | re.MULTILINE
)


def write_gallery(expression: Expression, _posts: Posts) -> str | None:
    """Write the pictures of a gallery that names them, one a line with `caption | alt`, in a folder named first.

    The header's gallery is shown below the text; one of other pictures is unknown, as WordPress' own is.
    """
    if photos := _PHOTO.findall(expression.source):
        folder = expression.word(0).rstrip("/") + "/" if "/" in expression.source.partition("\n")[0] else ""
        return "\n\n" + "\n\n".join(
            filter(None, (_photo(folder + name, said.partition(" | ")) for name, said in photos))
        )
    names_others = expression.words or expression.first("ids", "include", "dir", "match", "path", "src", "images")
    return None if names_others or expression.source.startswith("[") else ""


def _photo(address: str, said: tuple[str, str, str]) -> str | None:
    return writing.picture(address, said[2].strip(), caption_of(said[0].strip()))
