"""Read the lists of patterns by which settings leave files out of a folder, or name the only ones: `**/{a,b}/*.md`."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Final

from refeed.sites.kept_back.page_patterns import alternatives, expression
from refeed.startup.late_patterns import late_pattern

if TYPE_CHECKING:
    from refeed.sites.notations.values import Value

_MOST: Final = 100  # patterns of a list
_MOST_ALTERNATIVES: Final = 1_000  # of a list, without braces
_ANYWHERE: Final = "**/"
_FOLDERS: Final = "{,**/}"  # some folders, or none
_GROUP: Final = late_pattern(r"([@?])\(([^()]*)\)")  # one of some, or none: `@(a|b)`, `?(a)`
_PLAIN: Final = late_pattern(r"[^\[\]{}()\\]*")  # of a pattern that is not understood: a group, or what is never closed


def left_out(folder: str, exclude: "Value | None", include: "Value | None" = None) -> tuple[str, ...]:
    """Return what the paths of files fit that these lists leave out of a folder, which is an expression itself.

    What is included behind a `!` is left out, too. A pattern that is not understood stands for all that it may mean.
    """
    included = _patterns(include)
    negated = [one[1:].strip().removeprefix("./") for one in included if one.startswith("!")]
    excluded = [below for one in (*_patterns(exclude), *negated) for below in (one, f"{one}/**")]
    wanted = [one for one in included if not one.startswith("!")]
    found = [f"{folder}(?:{_any(excluded)})"] if excluded else []
    return (*found, f"{folder}(?!{_any(wanted)})") if wanted else tuple(found)


def _patterns(value: "Value | None") -> list[str]:
    listed = value if isinstance(value, list) else [value]
    texts = [one.strip().removeprefix("./").strip("/") for one in listed[:_MOST] if isinstance(one, str)]
    return [*filter(None, texts)]


def _any(patterns: Iterable[str]) -> str:
    found = (expression(one) for pattern in patterns for one in _alternatives(pattern))
    return "|".join(islice(found, _MOST_ALTERNATIVES))


def _as_braces(group: re.Match[str]) -> str:
    return "{" + ("," if group[1] == "?" else "") + group[2].replace("|", ",") + "}"


def _alternatives(pattern: str) -> list[str]:
    """Return the patterns without braces for which one stands."""
    pattern = _GROUP.sub(_as_braces, pattern)
    try:
        found = [*alternatives(pattern.replace(_ANYWHERE, _FOLDERS))]
        re.compile("|".join(map(expression, found)))
    except (ValueError, re.error):
        found = []
    if found and "(" not in pattern:  # other groups: `!(a|b)`, `+(a)`
        return found
    plain = _PLAIN.match(pattern)
    return [(plain[0] if plain else "").rstrip("!?+@*/") + "**"]
