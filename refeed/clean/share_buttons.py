"""Drop links that share the article, subscribe to its site, or lead to its comments, where no sentence holds them."""

from collections.abc import Iterator
from typing import Final

from bs4.element import NavigableString, Tag

from refeed.clean.boilerplate_wordings import COMMENTING, SHARERS, SHARING, SUBSCRIBING
from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.paragraphs import Paragraph, block_around, paragraphs
from refeed.html.tree import TagSet, attribute, outermost, shown

_LONGEST: Final = 30
# What a row of buttons says besides them.
_LABELS: Final = SHARING | {"", "share:", "分享", "分享："}


def drop_buttons(page: Page, _body: Body) -> Iterator[Note]:
    """Drop rows of buttons with their label, and buttons that say nothing."""
    found = [link for link in page.elements("a") if _is_button(link)]
    buttons = TagSet(found)
    rows = [_row(paragraph, buttons) for holder in _holders(page, found) for paragraph in paragraphs(holder)]
    for held, label in rows:
        if held and label.said.lower().strip("|·/") in _LABELS:
            yield sum(map(page.drop, page.remaining(held))) + (page.drop_paragraph(label) if label.texts else 0)
    for link in page.remaining(found):
        if not shown(link):
            yield page.drop(link)


def _holders(page: Page, buttons: list[Tag]) -> list[Tag]:
    """List the outermost blocks around buttons."""
    holders = TagSet(map(block_around, buttons))
    return outermost([tag for tag in (page.soup, *page.elements()) if tag in holders]) if buttons else []


def _row(paragraph: Paragraph, buttons: TagSet) -> tuple[list[Tag], Paragraph]:
    """Return the buttons in a paragraph, and what it says besides."""
    pairs = [(text, _button_around(text, buttons)) for text in paragraph.texts]
    return [link for _, link in pairs if link], Paragraph.of(text for text, link in pairs if link is None)


def _button_around(text: NavigableString, buttons: TagSet) -> Tag | None:
    return next((tag for tag in text.parents if tag in buttons), None)


def _is_button(link: Tag) -> bool:
    address = attribute(link, "href")
    leads = SHARERS.match(address) or SUBSCRIBING.match(address) or COMMENTING.search(address)
    return bool(leads) and len(shown(link)) <= _LONGEST
