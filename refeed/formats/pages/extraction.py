"""Find the article in a page without marks of its own: by trafilatura, an extra of refeed."""

import logging
from functools import cache
from html import unescape
from types import ModuleType
from typing import Final

from refeed.startup.late_patterns import late_pattern

# What to do where it is not installed.
CURE: Final = "to extract it, pip install 'refeed[pages]'"
# The library takes a block of code for a quote, in which lines are joined, unless it holds one `span` and nothing else.
_BLOCK: Final = late_pattern(r"<pre\b[^<>]*>((?>[^<]+|<(?!/?pre\b))*)</pre>")
_BREAK: Final = late_pattern(r"<br\b[^<>]*>")
_TAG: Final = late_pattern(r"<[^<>]*>")
# What stands in a block of code and is none: a button that copies it, what the page hides.
_NO_CODE: Final = late_pattern(
    r"<(button|script|style|template)\b[^<>]*>(?>[^<]+|<(?!/?\1\b))*</\1>"
    r"|<(\w+)\b(?=[^<>]*(?:\shidden\b|display:\s*none))[^<>]*>(?>[^<]+|<(?!/?\2\b))*</\2>"
)
# And it writes code in a sentence as it writes a block.
_CODE: Final = late_pattern(r"<pre>([^<\n]*)</pre>")


def extract(text: str) -> str | None:
    """Return the article in a page as HTML, "" where there seems to be none; None: it cannot be looked for."""
    library = _library()
    if library is None:
        return None
    found: str | None = library.extract(
        _BLOCK.sub(lambda block: f"<pre><span>{_code_of(block[1])}</span></pre>", text),
        output_format="html",
        include_comments=False,
        include_formatting=True,
        include_images=True,
        include_links=True,
        with_metadata=False,
    )
    return _with_code(found, text) if found else ""


def _with_code(found: str, page: str) -> str:
    """Return the article with code in its line where no block of the page holds the same."""
    if not _CODE.search(found):
        return found
    blocks = {unescape(_code_of(block)).strip() for block in _BLOCK.findall(page)}
    return _CODE.sub(lambda code: code[0] if unescape(code[1]).strip() in blocks else f"<code>{code[1]}</code>", found)


def _code_of(block: str) -> str:
    return _TAG.sub("", _BREAK.sub("\n", _NO_CODE.sub("", block)))


@cache
def _library() -> ModuleType | None:
    try:
        import trafilatura  # heavy, and only pages without marks need it
    except ImportError:
        return None
    logging.getLogger("trafilatura").disabled = True  # it logs what it could not find
    return trafilatura
