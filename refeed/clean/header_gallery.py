"""Show the gallery of the header, if the body has none of its pictures."""

from collections.abc import Iterator
from typing import Final

from refeed.addresses.picture_sizes import same_picture
from refeed.addresses.pictures import real_picture
from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import attribute, make

_FEWEST: Final = 2  # a single picture is the lead


def show_gallery(page: Page, body: Body) -> Iterator[Note]:
    """Put the gallery of the header below the text, without what the text shows."""
    real = ((real_picture(picture.url, body.url), picture.caption) for picture in body.gallery)
    gallery = {url: caption for url, caption in real if url}
    if len(gallery) < _FEWEST:
        return
    there = [attribute(picture, "src") for picture in page.elements("img")]
    for url, caption in gallery.items():
        if any(same_picture(url, other) for other in there):
            continue
        figure = make("figure")
        figure.append(make("img", src=url, alt=""))
        if caption:
            figure.append(make("figcaption", caption))
        page.append(page.soup, figure)
        yield 0
