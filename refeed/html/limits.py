"""Keep a body within its limits by cutting it at a sensible place, with a message."""

import re
from itertools import islice
from typing import Final

from refeed.html.tree import flat, parse_whole
from refeed.html.tree_builder import Parsed
from refeed.limits import Limits
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple


class Kept(NamedTuple):
    """What is left of a text, and, where its end is missing, which limit that is due to."""

    text: str
    limit_message: tuple[str, ...] = ()


# What becomes an element or another node of the tree, and the character that it begins with.
_ELEMENT: Final = late_pattern(r"<[A-Za-z!?]")
_ELEMENT_SIGN: Final = "<"
# CommonMark 0.31.2, 6, and tables: what may begin or end something inside a line, and every line.
_MARKS: Final = "\n!&*<>[]_`|~"
_MARK: Final = late_pattern(f"[{re.escape(_MARKS)}]")
_NEAR: Final = 2_000  # characters before a limit in which a better place for the cut is looked for


def within_bytes(text: str, limits: Limits) -> Kept:
    """Cut a raw body before the last tag or line that would pass the limit in bytes."""
    most = limits.max_body_bytes
    if len(text) * 4 <= most:  # RFC 3629: no character takes more
        return Kept(text)
    data = text.encode("utf-8", "replace")
    if len(data) <= most:
        return Kept(text)
    whole = data[:most].decode("utf-8", "ignore")
    message = f"only the first {most} bytes were read (--allow max-body-bytes=N)"
    return Kept(_before(whole, len(whole), ("<", "\n", " ")), (message,))


def within_marks(text: str, limits: Limits) -> Kept:
    """Cut a raw body in Markdown before the line that would pass the limit of elements."""
    return _first(text, _MARK, _MARKS, limits.max_elements, ("\n",))


def within_elements(html_text: str, limits: Limits) -> Kept:
    """Cut HTML before the tag that would pass the limit of elements."""
    return _first(html_text, _ELEMENT, _ELEMENT_SIGN, limits.max_elements, ())


def parse_within(html_text: str, limits: Limits) -> tuple[Parsed, tuple[str, ...]]:
    """Parse HTML; of absurd nesting only the text is left, of many attributes only the first."""
    parsed = parse_whole(html_text)
    if parsed.depth > limits.max_depth:
        message = f"nested deeper than {limits.max_depth}: only its text was kept (--allow max-depth=N)"
        return flat(parsed.soup), (message,)
    if parsed.most_attributes <= limits.max_attributes:
        return parsed, ()
    for tag in parsed.elements:
        tag.attrs = dict(islice(tag.attrs.items(), limits.max_attributes))
    message = (
        f"elements with more than {limits.max_attributes} attributes lost the rest of them (--allow max-attributes=N)"
    )
    return parsed, (message,)


def _first(text: str, pattern: re.Pattern[str], signs: str, most: int, places: tuple[str, ...]) -> Kept:
    """Keep what stands before one match too many; each begins with one of some signs, which are counted sooner."""
    if len(text) <= most or sum(map(text.count, signs)) <= most:
        return Kept(text)
    surplus = next(islice(pattern.finditer(text), most, None), None)
    if surplus is None:
        return Kept(text)
    message = f"more than {most} elements: what follows was left out (--allow max-elements=N)"
    return Kept(_before(text, surplus.start(), places), (message,))


def _before(text: str, end: int, places: tuple[str, ...]) -> str:
    """Cut a text at the last place of the first kind that stands shortly before an end."""
    found = (text.rfind(place, max(0, end - _NEAR), end) for place in places)
    return text[: next((place for place in found if place >= 0), end)]
