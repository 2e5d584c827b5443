"""Compile the regular expressions by which settings leave files out, as far as they are plain.

A stranger writes them, and others may take any time. Groups and choices are kept, but nothing is repeated that holds
more than one character, and but for `.*` nothing is repeated twice.
"""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern

_TOKEN: Final = late_pattern(
    r"(?P<end>\$|\\[zZ])|(?P<any>\.[*+]\??)"
    r"|(?:\\[dws]|\\?/|\\[^\w\s]|\.|\[\^?(?:[\w ./%]|-)+\]|[\w \-%,@~!&=:;'\"<>])(?P<times>[*+]\??|\?)?"
    r"|(?P<group>(?:\((?:\?:)?|[|)])(?![*+?{]))"
)
_BEGIN: Final = late_pattern(r"\^|\\A|")
_ANYWHERE: Final = ".*?"
_MOST: Final = 1  # repetitions without an end: each multiplies the time
_LONGEST: Final = 200  # characters


def plain_expression(written: str, end: str, *, slash: str = "/", ignores_case: bool = False) -> str:
    """Return what the paths are that an expression is found in, "" where it is not plain.

    `end` is what `$` means, `slash` what a slash means that it begins with.
    """
    is_grouped = "(" in written or "|" in written
    pieces, position, depth, repeated = [""], 0, 0, 0
    begins = True  # another choice of the whole
    if len(written) > _LONGEST:
        return ""
    while position < len(written):
        if begins and (begin := _BEGIN.match(written, position)):
            pieces[-1] += "" if begin[0] else _ANYWHERE
            position = begin.end()
        token = _TOKEN.match(written, position)
        if token is None:
            return ""
        position = token.end()
        repeated += (token["times"] or "")[:1] in {"*", "+"} or bool(token["any"] and is_grouped)
        if token["any"] and not is_grouped:  # behind it the nearest place is as good as any
            pieces.append(_ANYWHERE + "." * (token["any"][1] == "+"))
        elif token[0] in {"/", r"\/"} and (begins or set(pieces) <= {"", _ANYWHERE}) and pieces[-1].endswith(_ANYWHERE):
            pieces[-1] += slash
        else:
            pieces[-1] += end if token["end"] else token[0].replace(r"\/", "/")
        depth += {"(": 1, ")": -1}.get((token["group"] or "")[:1], 0)
        begins = depth == 0 and token["group"] == "|"
    body = f"(?{'i' if ignores_case else ''}:{''.join(f'(?>{piece})' for piece in pieces)})"
    try:
        re.compile(body)
    except re.error:
        return ""
    return body if position and repeated <= _MOST else ""
