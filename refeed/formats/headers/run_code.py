"""Read whether readers see the code that Quarto runs, from headers and settings.

https://quarto.org/docs/computations/execution-options.html: below `execute`, for one format, or at the top; knitr's
`opts_chunk` as well.
"""

from collections.abc import Mapping
from typing import Any, Final

from refeed.formats.publication.answers import NO, YES

_WHERE: Final = (
    ("execute", "echo"),
    ("echo",),
    ("format", "html", "execute", "echo"),
    ("format", "html", "echo"),
    ("knitr", "optschunk", "echo"),
    ("knitr", "opts_chunk", "echo"),
)
_FIRST: Final = frozenset(keys[0] for keys in _WHERE)
_SHOWN: Final = YES | {"fenced"}  # with the line of its fence


def hides_code(values: Mapping[str, Any]) -> bool | None:
    """Return whether code that is run stays hidden, where it does not say itself; None if nothing is said."""
    if _FIRST.isdisjoint(values):  # nearly always
        return None
    for keys in _WHERE:
        said: Any = values
        for key in keys:
            said = said.get(key) if isinstance(said, Mapping) else None
        word = said.lower() if isinstance(said, str) else ""
        if word and (word in NO or word in _SHOWN):
            return word in NO
    return None
