"""Find the day of a saved page in an element whose class says date, beside the text of its article."""

import re
from itertools import islice, takewhile
from typing import Final

from refeed.formats.pages.content import NOT_THE_ARTICLE
from refeed.formats.pages.tree import Element, names_of, shown
from refeed.model import Statement

_YEAR: Final = re.compile(r"[0-9]{4}")
# What the day of an article is called that is in no <time>: older blogs have a heading or a line for it, and so have
# themes that were never renewed. It may stand beside the text, in one of the elements around it.
_DAY_NAMES: Final = frozenset({"date", "date-header", "entry-date", "post-date", "post_date", "postdate", "published"})
_OUTSIDE: Final = frozenset({"aside", "footer", "form", "li", "nav"})  # no article is dated there
_LONGEST_DAY: Final = 50  # characters
_MOST_AROUND: Final = 3  # elements


def named_day(around: Element, content: Element) -> list[Statement]:
    """Return the day in an element that is called so, outside of the text; of several days none is its own.

    One in the text is a dateline, and left to whoever reads these.
    """
    inside = frozenset(content.iter())
    for place in (around, *islice(around.iterancestors(), _MOST_AROUND)):
        if place.tag in {"body", "html"}:
            break
        named = (one for one in place.iter() if one not in inside and names_of(one) & _DAY_NAMES)
        days = {shown(one) for one in named if not is_of_others(one, place) and _is_beside(one, place, around)}
        if any(map(_YEAR.search, days)):
            return [Statement(day, "named day") for day in days if len(days) == 1 and len(day) <= _LONGEST_DAY]
    return []


def _is_beside(element: Element, place: Element, around: Element) -> bool:
    """Return whether an element stands in an article, or beside it: not in a bar, a list or the head of the page.

    Many pages have the day on which they were shown in their head, and the days of other articles below.
    """
    if place is around:
        return True
    if place is not around.getparent():
        return element.getparent() is place
    outside = _OUTSIDE | {"header"} if next(around.iter("h1", "h2"), None) is not None else _OUTSIDE
    return not any(one.tag in outside for one in takewhile(lambda one: one is not place, element.iterancestors()))


def is_of_others(element: Element, place: Element) -> bool:
    """Return whether an element stands in the comments of a place, or beside its article."""
    around = takewhile(lambda one: one is not place, element.iterancestors())
    return any(not names_of(one).isdisjoint(NOT_THE_ARTICLE) for one in around)
