"""Recognise what lies among articles and is not one: by its name, or because it is all links or all settings."""

import json
import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from refeed.late_patterns import late_pattern

_READ_ME: Final = late_pattern(
    r"(?:authors|changelog|changes|code_of_conduct|contributing|copying|licen[cs]e|notice|readme|security)"
    r"(?:[.\-_][\w.\-]*)?",
    re.IGNORECASE,
)
_RULE: Final = late_pattern(r"[-=*_]{3,}")
_MARKS: Final = late_pattern(r"(?:[-*+]|[0-9]{1,4}[.)]|[0-9]{1,4}-[0-9]{1,2}(?:-[0-9]{1,2})?|#{1,6})[ \t]+")
_ADDRESS: Final = late_pattern(r"<?https?://\S+")
_SETTING: Final = late_pattern(
    r"""["']?[A-Za-z_][\w.-]*["']?[ \t]*(?:=|:(?=\s|$))|[ \t]*- |\[[\w. -]+\]$|[#;]|[ \t]+\S"""
)


def is_read_me(name: str) -> bool:
    """Return whether the name of a file, in lower case, is that of a read-me, a licence or a list of changes."""
    return _READ_ME.fullmatch(name) is not None


def is_settings(text: str) -> bool:
    """Return whether every line of a text is one of a configuration, or the whole is JSON."""
    if text.lstrip()[:1] in {"{", "["} and _is_json(text):
        return True
    lines = [line for line in text.split("\n") if line.strip() and not _RULE.fullmatch(line.strip())]
    return len(lines) > 1 and all(_SETTING.match(line) for line in lines) and not lines[0][0].isspace()


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


@lru_cache(maxsize=1)  # whether it is an article, and why it is none, is asked about the same text
def is_link_list(text: str) -> bool:
    """Return whether most lines of a text are links."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    rules = [_RULE.fullmatch(line) is not None for line in (*lines, "")]
    rest = [line for line, ruled in zip(lines, pairwise(rules), strict=True) if line[0] != "#" and not any(ruled)]
    return sum(1 for line in rest if _is_link(_MARKS.sub("", line, count=1))) * 2 > len(rest)


def _is_link(line: str) -> bool:
    if line.startswith(("[", "![")):
        return "](" in line and line.rstrip(" \\.,;。，；").endswith(")")
    return _ADDRESS.fullmatch(line) is not None
