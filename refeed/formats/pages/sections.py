"""Find the element around the text that the library found, where it left out what stands between its paragraphs.

It takes single paragraphs and tables from a page that is made of many small parts, and leaves their headings and lists.
"""

import re
from copy import deepcopy
from typing import Final

from refeed.formats.pages.content import NOT_THE_ARTICLE, weight
from refeed.formats.pages.tree import Element, names_of, shown

_HEADING: Final = re.compile(r"<h[1-6]\b")
_HEADINGS: Final = ("h2", "h3", "h4")
_FRAME: Final = frozenset({"aside", "form", "nav"})  # of a site, not of an article
_LEAST: Final = 3  # headings, and paragraphs that lie in the element
_MOST_TIMES: Final = 3  # as much text as was found
_MOST_LINKED: Final = 0.25  # of the text


def element_around(found: str, root: Element) -> Element | None:
    """Return the innermost element that holds all that was found, if that has headings, and little but the article.

    Where it holds the frame of the site, too, it is what lies in it from the first that was found to the last, if
    headings or lists stand there.
    """
    if _HEADING.search(found):
        return None
    from refeed.startup.quick_lxml import etree

    parsed = etree.fromstring(found, etree.HTMLParser(no_network=True))
    texts = {shown(one) for one in parsed.iter("p")} - {""}
    blocks = [one for one in root.iter("p") if shown(one) in texts]
    if len(blocks) < _LEAST:
        return None
    size = weight(parsed)
    around = _innermost_around(blocks)
    if sum(bool(shown(one)) for one in around.iter(*_HEADINGS)) >= _LEAST and _is_of_the_article(around, size):
        return around
    pieces = [one for one in around.iter("p", "li", *_HEADINGS) if shown(one) in texts]  # it makes paragraphs of all
    holders = {one for block in pieces for one in (block, *block.iterancestors())}
    places = [place for place, one in enumerate(around) if one in holders]
    part = etree.Element("div")
    part.extend(deepcopy(one) for one in around[places[0] : places[-1] + 1])
    lost = _HEADINGS if parsed.find(".//li") is not None else (*_HEADINGS, "li")
    return part if any(map(shown, part.iter(*lost))) and _is_of_the_article(part, size) else None


def _is_of_the_article(element: Element, size: int) -> bool:
    """Return whether an element holds no part of the site, and hardly more letters than were found, few in links."""
    if any(_is_beside_an_article(one) for one in element.iter()):
        return False
    linked = sum(weight(one) for one in element.iter("a"))
    return weight(element) <= _MOST_TIMES * size and linked <= _MOST_LINKED * weight(element)


def _is_beside_an_article(element: Element) -> bool:
    return element.tag in _FRAME or not NOT_THE_ARTICLE.isdisjoint(names_of(element))


def _innermost_around(blocks: list[Element]) -> Element:
    around = [*blocks[0].iterancestors()]
    for block in blocks[1:]:
        of_block = frozenset(block.iterancestors())
        around = [one for one in around if one in of_block]
    return around[0]
