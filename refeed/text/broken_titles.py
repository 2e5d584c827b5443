"""Restore characters of a title that a robot wrote as `_`, from the same words in the body.

Robots that name files by titles write `_` for every character that a file name cannot hold. Most of that cannot be
undone: only a phrase that stands in the body tells which character it was.
"""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern

# Characters that robots take out of file names: those that Windows forbids, and typographic quotation marks.
_LOST: Final = "[\"“”‘’'*/:<>?\\\\|「」『』《》：？／｜＊]"
_QUOTED: Final = late_pattern(r"_([^_\s][^_]{0,60}?)_")
# Opening mark → its closing mark.
_PAIRS: Final = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("《", "》"), ('"', '"'))


def restore_underscores(title: str, text: str) -> str:
    """Return the title as the body has it, or with the quotation marks that the body has around the same words."""
    if "_" not in title:
        return title
    return _whole(title, text) or _QUOTED.sub(lambda found: _as_quoted(found, text), title)


def _whole(title: str, text: str) -> str | None:
    """Find the whole title in the text; one that was cut off keeps its dots."""
    words = title.removesuffix("...")
    parts = [re.escape(part) for part in words.split("_")]
    found = {match[0] for match in re.finditer(_LOST.join(parts), text)}
    return found.pop() + title[len(words) :] if len(found) == 1 else None


def _as_quoted(found: re.Match[str], text: str) -> str:
    quoted = [first + found[1] + last for first, last in _PAIRS if first + found[1] + last in text]
    return quoted[0] if len(quoted) == 1 else found[0]
