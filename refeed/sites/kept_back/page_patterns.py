"""Match the patterns by which Hugo's cascade names pages, `{/articles,/articles/**}`: globs with braces and `**`.

https://gohugo.io/configuration/cascade/, https://github.com/gobwas/glob. Written so that none takes long to try: behind
each `*` the nearest place is as good as any, and none is tried twice.
"""

import re
from collections.abc import Iterator
from string import ascii_lowercase
from typing import Final

from refeed.startup.late_patterns import late_pattern

_LONGEST: Final = 200  # characters of a pattern
_MOST: Final = 100  # patterns that one with braces stands for
_INNERMOST: Final = late_pattern(r"\{([^{}]*)\}")
# The parts of a glob: stars, a question mark, an escape, a set of characters, any other character.
_TOKEN: Final = late_pattern(r"\*\*+|\*|\?|\\.|\[!?(?:\w-\w|\w|\.)+\]|.", re.DOTALL)
_SPECIAL: Final = frozenset("[]{}\\")  # a token that is one of them has no other half
_IN_ENDINGS: Final = frozenset(f"{ascii_lowercase}-")


def page_expression(section: str, content: str, pattern: str, *, is_kept_back: bool) -> str:
    """Return what the paths of pages of a section fit, as `refeed.site.HandedDown` has it, "" for none.

    In doubt a post is kept back: where a pattern is not understood, and by endings, which older versions knew.
    """
    below = rf"{_literal(section)}(?:/.*)?\Z"
    if not pattern:
        return below
    written = pattern.lower().replace(" ", "-")
    if is_kept_back:
        written = written.rstrip("/")
    try:
        patterns = [*alternatives(written)]
        if is_kept_back:
            patterns += [_without_endings(one) for one in patterns]
            patterns = [one if one.startswith(("/", "*")) else f"/{one}" for one in patterns]
        found = "|".join(expression(one) for one in dict.fromkeys(patterns))
        re.compile(found)
    except (ValueError, re.error):
        return below if is_kept_back else ""
    return f"(?={below}){_literal(content)}(?:{found})"


def path_of_section(folder: str) -> str:
    """Return the path of a section by its folder."""
    path = folder.rstrip("/").lower().replace(" ", "-")
    return f"/{path}" if path else ""


def _literal(folder: str) -> str:
    return re.escape(path_of_section(folder))


def alternatives(pattern: str) -> Iterator[str]:
    """Yield the patterns without braces for which one stands."""
    waiting, count = [pattern], 0
    while waiting:
        one = waiting.pop()
        count += 1
        if count > _MOST or len(one) > _LONGEST:
            raise ValueError(pattern)
        if braces := _INNERMOST.search(one):
            start, end = braces.span()
            waiting += [one[:start] + part + one[end:] for part in braces[1].split(",")]
        else:
            yield one


def _without_endings(pattern: str) -> str:
    """Return a pattern without what names of files end with, such as `.fr.md`."""
    stem, dot, ending = pattern.rpartition(".")
    while dot and 2 <= len(ending) <= 9 and _IN_ENDINGS.issuperset(ending):
        pattern = stem
        stem, dot, ending = pattern.rpartition(".")
    return pattern


def expression(pattern: str) -> str:
    """Return a pattern without braces as a regular expression."""
    portions = [[""]]  # between `**`, and in these the pieces between `*`
    for token in _TOKEN.findall(pattern):
        if token.startswith("**"):
            portions.append([""])
        elif token == "*":  # noqa: S105
            portions[-1].append("")
        else:
            portions[-1][-1] += _character(token)
    portions[-1][-1] += r"\Z"
    joined = [first + "".join(f"(?>[^/]*?{piece})" for piece in pieces) for first, *pieces in portions]
    return joined[0] + "".join(f"(?>.*?{portion})" for portion in joined[1:])


def _character(token: str) -> str:
    if token in _SPECIAL:
        raise ValueError(token)
    if token == "?":  # noqa: S105
        return "[^/]"
    if token.startswith("["):
        return token.replace("[!", "[^/", 1)
    return re.escape(token[-1])
