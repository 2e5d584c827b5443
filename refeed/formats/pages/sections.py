"""Find the element around the text that the library found, where it left out what stands between its paragraphs.

It takes single paragraphs and tables from a page that is made of many small parts, and leaves their headings and lists.
"""

import re
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
    """Return the innermost element that holds all that was found, if that has headings, and little but the article."""
    if _HEADING.search(found):
        return None
    from refeed.startup.quick_lxml import etree

    parsed = etree.fromstring(found, etree.HTMLParser(no_network=True))
    texts = {shown(one) for one in parsed.iter("p")} - {""}
    blocks = [one for one in root.iter("p") if shown(one) in texts]
    if len(blocks) < _LEAST:
        return None
    around = _innermost_around(blocks)
    headings = sum(bool(shown(one)) for one in around.iter(*_HEADINGS))
    if headings < _LEAST or any(_is_beside_an_article(one) for one in around.iter()):
        return None
    size = weight(around)
    linked = sum(weight(one) for one in around.iter("a"))
    return around if size <= _MOST_TIMES * weight(parsed) and linked <= _MOST_LINKED * size else None


def _is_beside_an_article(element: Element) -> bool:
    return element.tag in _FRAME or not NOT_THE_ARTICLE.isdisjoint(names_of(element))


def _innermost_around(blocks: list[Element]) -> Element:
    around = [*blocks[0].iterancestors()]
    for block in blocks[1:]:
        of_block = frozenset(block.iterancestors())
        around = [one for one in around if one in of_block]
    return around[0]
