"""Make the addresses absolute that only mean something in the site of a post: those of its files."""

from collections.abc import Iterator
from typing import Final

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import attribute

_ATTRIBUTES: Final = ("src", "href", "poster")


def resolve_site_addresses(page: Page, body: Body) -> Iterator[Note]:
    """Write the full address of what belongs to the site; the address of the article decides on the rest."""
    if body.files is None:
        return
    for tag in page.elements():
        for name in _ATTRIBUTES:
            if name in tag.attrs and (found := body.files(attribute(tag, name))):
                tag.attrs[name] = found
                yield 0
