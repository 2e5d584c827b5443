"""Recognise a header's fence of which one character, or the line break beside it, was damaged."""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern

# A fence of which one character was damaged, or the line break behind it; before it, the last line of the header.
_DAMAGED: Final = rb"(?:[\xc2-\xf4][\x80-\xbf]{1,3}|[\x00-\xff])"
_DAMAGED_FENCE: Final = (
    rb"(?!MMM[ \t]*\n)(?:"
    + _DAMAGED
    + rb"MM|M"
    + _DAMAGED
    + rb"M|MM"
    + _DAMAGED
    + rb")(?>[ \t]*)\n|MMM(?:[\xc2-\xf4][\x80-\xbf]{1,3}|[^\n \tM])"
)
# An empty line above the fence is no line any more.
_JOINED_OPENING: Final = rb"(?:[\xc2-\xf4][\x80-\xbf]{1,3}|[^\n \tM])MMM(?>[ \t]*)\n"
_DAMAGED_OPENING: Final = late_pattern(
    rb"(?>(?:(?>[ \t]*)\n)*)(?:("
    + (_DAMAGED_FENCE + rb"|" + _JOINED_OPENING).replace(b"M", b"-")
    + rb"|---[ -])|"
    + (_DAMAGED_FENCE + rb"|" + _JOINED_OPENING).replace(b"M", rb"\+")
    + rb")"
)
DAMAGED_END: Final = late_pattern(_DAMAGED_FENCE.replace(b"M", b"-"))
# Of TOML, both of them: a line of its own, or what the last line of the header ends with.
DAMAGED_TOML_END: Final = late_pattern(
    rb"\n(?:" + _DAMAGED + rb"\+\+|\+" + _DAMAGED + rb"\+|\+\+" + _DAMAGED + rb")[ \t]{0,8}\n"
    rb"|\n\+{3}" + _DAMAGED + rb"[ \t]{0,8}\n|[^\n+]\+{3}[ \t]{0,8}\n"
)
# A closing fence that lost the line break before it.
JOINED_END: Final = late_pattern(rb"(?:[\xc2-\xf4][\x80-\xbf]{1,3}|[^\n \t-])---(?>[ \t]*)\n")


def damaged_opening(data: bytes) -> re.Match[bytes] | None:
    """Return the opening fence at the beginning of a file if it was damaged; its first group is one of YAML."""
    return _DAMAGED_OPENING.match(data)
