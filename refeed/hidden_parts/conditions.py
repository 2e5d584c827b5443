"""Evaluate conditions of templates for an anonymous visitor: true, false, or unknown (None)."""

from collections.abc import Container
from typing import Final

from refeed.startup.late_patterns import late_pattern

_JOINED: Final = late_pattern(r"(?<=\s)(and|or|&&|\|\|)(?=\s)")
_NOT: Final = late_pattern(r"(?:(?:!|not(?=[\s(]))[\s(]*)*")
_SIGN: Final = late_pattern(r"===?|!==?|<>|[<>]=?|(?<=\s)contains(?=\s)")
_NO: Final = frozenset({"", "blank", "empty", "false", "nil", "none", "null"})
_NUMBER: Final = late_pattern(r"[0-9]{1,9}")
# Who reads it, and what kind of reader that is.
_READER: Final = late_pattern(
    r"@?(?P<name>current_?user|subscriber|user|(?:is_?)?(?:logged_?in|member|paid|premium))(?![\w-])"
)
# What no page of the site is: those that are stay in.
_UNPUBLISHED: Final = late_pattern(r"(?:page\.|post\.|site\.(?:show_)?)?(?:drafts?|preview|private|wip)")
# Words that are known of every page, and the one that a site has there.
_KNOWN: Final = {"medium": "web", "jekyll.environment": "production"}


def holds(condition: str, given: Container[str]) -> bool | None:
    """Return whether a condition holds; the variables that are given stand for no reader.

    As in Liquid the last of several `and` and `or` is read first.
    """
    first, *others = reversed(_JOINED.split(condition.lower()))
    value = _one_holds(first, given)
    for joined, other in zip(others[::2], others[1::2], strict=True):
        decides = joined in {"or", "||"}  # whatever the other side is
        sides = (value, _one_holds(other, given))
        value = decides if decides in sides else None if None in sides else not decides
    return value


def is_reader(expression: str, given: Container[str]) -> bool:
    """Return whether an expression stands for the reader of the page."""
    found = _READER.match(expression.lower().strip())
    return found is not None and found["name"] not in given


def _one_holds(condition: str, given: Container[str]) -> bool | None:
    condition = condition.strip(" \t\n()")
    negated = _NOT.match(condition)
    rest = condition[negated.end() :] if negated else condition
    sign = _SIGN.search(rest)
    if sign is None:
        value = _is_true(rest, given)
    elif sign[0][0] in "=!" or sign[0] == "<>":
        value = _are_equal(rest[: sign.start()].strip(), rest[sign.end() :].strip(" \t\n\"'"), given)
        value = value if value is None or sign[0][0] == "=" else not value
    else:
        value = False if is_reader(rest, given) else None
    times = negated[0].count("!") + negated[0].count("not") if negated else 0
    return value if value is None or times % 2 == 0 else not value


def _is_true(expression: str, given: Container[str]) -> bool | None:
    if expression == "true":
        return True
    is_false = expression in _NO or _UNPUBLISHED.fullmatch(expression) or is_reader(expression, given)
    return False if is_false else None


def _are_equal(left: str, right: str, given: Container[str]) -> bool | None:
    if is_reader(left, given):
        return right in _NO
    if _UNPUBLISHED.fullmatch(left) and right in {"true", *_NO}:
        return right != "true"
    if left in _KNOWN:
        return right == _KNOWN[left] if left != "medium" or right in {"email", "web"} else None
    return left == right if _NUMBER.fullmatch(left) and _NUMBER.fullmatch(right) else None
