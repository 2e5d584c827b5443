"""Fill the expressions of Eleventy's permalinks that mean the same in all template languages; none is evaluated."""

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from refeed.sites.post import Post
from refeed.startup.late_patterns import late_pattern

_EXPRESSION: Final = late_pattern(
    r"""\{\{-?(?>\s*)(?P<name>[A-Za-z_.]{1,40})(?>\s*)"""
    r"""(?:\|(?>\s*)(?P<filter>[a-z]{1,20})(?>\s*)(?:\(\)|:(?>\s*)(?P<quote>["'])(?P<words>[^"'{}]{1,40})(?P=quote))?(?>\s*))?"""
    r"""-?\}\}"""
)
# An expression that is a quoted text.
_LITERAL: Final = late_pattern(r"""\{\{(?>\s*)(?P<quote>["'])(?P<text>[^"'{}]{0,200})(?P=quote)(?>\s*)\}\}""")
_PLAIN_WORDS: Final = late_pattern(r"[A-Za-z0-9]+(?:[ -]+[A-Za-z0-9]+)*")
# `slugify` has a hyphen for these marks, whatever its version; an apostrophe goes.
_PLAIN_TEXT: Final = late_pattern(r"[A-Za-z0-9 .,:;!?()\[\]\"/-]+")
_NUMBERS: Final = late_pattern(r"(?:%[YmdHMS]|[/.-])+")  # of formats of Liquid
_MARKS: Final = late_pattern("[^A-Za-z0-9]+")

_VALUES: Final[MappingProxyType[str, Callable[[Post], str]]] = MappingProxyType(
    {
        "fileSlug": lambda post: post.name,
        "page.fileSlug": lambda post: post.name,
        "page.filePathStem": lambda post: "/".join((*post.folders, post.stem if post.is_bundle else post.name)),
        "slug": lambda post: post.slug,
        "title": lambda post: post.title,
    }
)


def fill_template(pattern: str, post: Post) -> str:
    """Return a pattern with the values of a post; what only a template engine knows stays."""
    filled = _LITERAL.sub(lambda found: found["text"], pattern)
    return _EXPRESSION.sub(lambda found: _value(found, post) or found[0], filled)


def _value(found: re.Match[str], post: Post) -> str:
    """Return what stands for an expression, "" if that is unknown."""
    if found["name"] == "page.date" and found["filter"] == "date":
        is_known = post.date is not None and found["words"] and _NUMBERS.fullmatch(found["words"])
        return post.date.strftime(found["words"]) if is_known and post.date else ""
    value = _VALUES[found["name"]](post) if found["name"] in _VALUES else ""
    if found["filter"] in {None, "url"}:
        return value
    # How the filters spell other words differs from one to the other, and from one version to the next.
    plain = {"slug": _PLAIN_WORDS, "slugify": _PLAIN_TEXT}.get(found["filter"])
    return _MARKS.sub("-", value.lower()).strip("-") if plain and plain.fullmatch(value) else ""
