"""Find the article in a page without marks of its own: by trafilatura, an extra of refeed."""

import logging
from functools import cache
from types import ModuleType
from typing import Final

# What to do where it is not installed.
CURE: Final = "to extract it, pip install 'refeed[pages]'"


def extract(text: str) -> str | None:
    """Return the article in a page as HTML, "" where there seems to be none; None: it cannot be looked for."""
    library = _library()
    if library is None:
        return None
    found: str | None = library.extract(
        text,
        output_format="html",
        include_comments=False,
        include_formatting=True,
        include_images=True,
        include_links=True,
        with_metadata=False,
    )
    return found or ""


@cache
def _library() -> ModuleType | None:
    try:
        import trafilatura  # heavy, and only pages without marks need it
    except ImportError:
        return None
    logging.getLogger("trafilatura").disabled = True  # it logs what it could not find
    return trafilatura
