"""Turn what cleaning steps lost into problems: one for each code, with the first line and the number."""

from collections.abc import Iterable
from itertools import groupby
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from refeed.clean.types import Loss
from refeed.problems import Problem

_LONGEST: Final = 100  # characters of what was lost in a message

_MESSAGES: Final = MappingProxyType(
    {
        "formula-lost": "no text or TeX source of a formula: {what}",
        "link-lost": "a link that no browser follows from a feed; its words were kept: {what}",
        "media-lost": "a picture, sound, video or frame that cannot be shown: {what}",
        "private-part": "a part of the text that only some readers may see was left out: {what}",
        "relative-url": "relative address in an article without a link: {what}",
        "rule-unused": "keep = {what!r} found nothing to read; the whole body was kept",
        "template": "a template expression that refeed does not know: {what}",
        "unknown-post": "a link to a post that is not in the archive, or has no address: {what}",
    }
)
_OF_SETTINGS: Final = frozenset({"rule-unused"})  # what they name does not stand in the body


def problems_of(raw: str, losses: Iterable[Loss], cuts: Iterable[str]) -> tuple[Problem, ...]:
    """Return the problems of a body; their lines are counted from its first, and 0 where the place is unknown."""
    ordered = sorted(losses, key=lambda loss: loss.code)  # stable: the first of a body stays the first of its code
    found = [_problem(raw, list(group)) for _, group in groupby(ordered, lambda loss: loss.code)]
    limits = [Problem("cut", "; ".join(cuts))] if cuts else []
    return tuple(sorted([*found, *limits]))


def _problem(raw: str, losses: list[Loss]) -> Problem:
    """Return the problem of all losses of one code."""
    code, what = losses[0]
    message = _MESSAGES[code].format(what=what[:_LONGEST])
    more = f" (and {len(losses) - 1} more)" if len(losses) > 1 else ""
    return Problem(code, message + more, line=0 if code in _OF_SETTINGS else _line_of(raw, what))


def _line_of(raw: str, what: str) -> int:
    """Return the line where something stands, as a link of notes before anything else that says the same."""
    note = what.removeprefix("![[").removesuffix("]]")  # a size or words may follow the name
    spellings = (f"[[{note}", what, what.replace("&", "&amp;"), unquote(what)) if what else ()
    place = next((place for spelling in spellings if (place := raw.find(spelling)) >= 0), -1)
    return raw.count("\n", 0, place) + 1 if place >= 0 else 0
