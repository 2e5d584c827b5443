"""Read the regular expressions by which settings leave files out, as far as they are plain.

A stranger writes them, and others may take any time. Groups and choices are kept, but nothing is repeated that holds
more than one character, and but for `.*` nothing is repeated twice.
"""

import re
from typing import Final

from refeed.late_patterns import late_pattern

_TOKEN: Final = late_pattern(
    r"(?P<end>\$|\\[zZ])|(?P<any>\.[*+]\??)"
    r"|(?:\\[dws]|\\?/|\\[^\w\s]|\.|\[\^?(?:[\w ./%]|-)+\]|[\w \-%,@~!&=:;'\"<>])(?P<times>[*+]\??|\?)?"
    r"|(?P<group>(?:\((?:\?:)?|[|)])(?![*+?{]))"
)
_BEGIN: Final = late_pattern(r"\^|\\A")
_MOST: Final = 1  # repetitions without an end: each multiplies the time
_LONGEST: Final = 200  # characters


def plain_expression(written: str, end: str, *, ignores_case: bool = False) -> str:
    """Return what the paths are that an expression is found in, "" where it is not plain; `end` is what `$` means."""
    begin = _BEGIN.match(written)
    pieces, position, repeated = [""], begin.end() if begin else 0, 0
    is_grouped = "(" in written or "|" in written
    if not position < len(written) <= _LONGEST:
        return ""
    while position < len(written):
        token = _TOKEN.match(written, position)
        if token is None:
            return ""
        position = token.end()
        repeated += (token["times"] or "")[:1] in {"*", "+"} or bool(token["any"] and is_grouped)
        if token["any"] and not is_grouped:  # behind it the nearest place is as good as any
            pieces.append("." * (token["any"][1] == "+"))
        else:
            pieces[-1] += end if token["end"] else token[0].replace(r"\/", "/")
    first, *others = pieces
    found = (first if begin else f"(?>.*?{first})") + "".join(f"(?>.*?{piece})" for piece in others)
    body = f"(?{'i' if ignores_case else ''}:{found})"
    try:
        re.compile(body)
    except re.error:
        return ""
    return body if repeated <= _MOST else ""
