"""Drop the comments of readers at the end of a body, with their heading."""

import re
from collections.abc import Iterator
from typing import Final

from bs4.element import NavigableString, Tag

from refeed.clean.boilerplate.names import COMMENTS
from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import HEADINGS, MEDIA, TagSet, shown, words
from refeed.startup.late_patterns import late_pattern

_REGIONS: Final = frozenset({"aside", "div", "ol", "section", "ul"})
_HEADING: Final = late_pattern(
    r"(?:\d{1,6}(?:条)?)?(?:comments?|评论|評論)(?:[(（]?\d{1,6}[)）]?)?[:：]?", re.IGNORECASE
)


def drop_comments(page: Page, _body: Body) -> Iterator[Note]:
    """Drop a region of comments after which nothing comes; under a heading of its own words it is the article's."""
    named = (tag for tag in page.candidates(classes=COMMENTS) if tag.name in _REGIONS)
    regions = [tag for tag in named if not COMMENTS.isdisjoint(words(tag))]
    region = next((tag for tag in regions if _is_last(tag)), None)
    if region is None or 2 * len(shown(region)) > len(page.text):
        return
    heading = page.neighbour(region, back=True)
    if isinstance(heading, Tag) and heading.name in HEADINGS:
        if not _HEADING.fullmatch(shown(heading)):
            return
        yield page.drop(heading)
    yield page.drop(region)


def _is_last(tag: Tag) -> bool:
    """Return whether nothing is said or shown after an element."""
    inside = TagSet(tag.descendants)
    for element in tag.next_elements:
        if element in inside:
            continue
        if isinstance(element, Tag) and element.name in MEDIA:
            return False
        if type(element) is NavigableString and element.strip():
            return False
    return True
