"""Show the header's sound and video that a body lacks, and list the files that go out with the article."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from bs4.element import Tag

from refeed.addresses.media_types import AUDIO, VIDEO, is_playable, media_type
from refeed.addresses.parts import split_address
from refeed.addresses.players import page_of, picture_of
from refeed.addresses.private_hosts import may_be_fetched
from refeed.clean.players.embeds import link_page
from refeed.clean.types import Body, Enclosed, Loss, Note
from refeed.html.page import Page
from refeed.html.tree import attribute, make
from refeed.model import Enclosure
from refeed.records.fields.enclosures import once
from refeed.urls import resolve

_MOST: Final = 20  # files of one article; the others are in its text


def show_files(page: Page, body: Body) -> Iterator[Note]:
    """Put players of the header's sound and video first, links to its other files last, unless the body has them."""
    yield from _lost(body)
    if not (body.enclosures or body.players):
        return
    there = {_core(address) for address in (body.url or "", *_addresses(page))}
    files = [file for file in _of_header(body) if _core(file.url) not in there]
    for file in files:
        if not is_playable(file.type):
            page.append(page.soup, _paragraph(make("a", file.name, href=file.url)))
            yield 0
    for file in reversed(files):
        if is_playable(file.type):
            player = make(VIDEO if file.type.startswith(VIDEO) else AUDIO, src=file.url, controls="")
            page.prepend(page.soup, _paragraph(player))
            yield 0
    pages = dict.fromkeys(page_of(url) for stated in body.players if (url := resolve(stated, body.url)))
    for url in reversed(pages):
        if _core(url) not in there:
            paragraph = make("p")
            page.prepend(page.soup, paragraph)
            link_page(page, paragraph, url, "", body)
            yield 0


def list_files(page: Page, body: Body) -> Iterator[Note]:
    """Return the files that go out with the article: those of the header, then what the body plays or links.

    A link to sound or video is enough: WordPress makes enclosures of such links, too (do_enclose).
    """
    yield from map(Enclosed, islice(once([*_of_header(body), *_of_body(page, body)]), _MOST))


def _of_header(body: Body) -> Iterator[Enclosure]:
    for file in body.enclosures:
        url = resolve(file.url, body.url)
        if url and may_be_fetched(url, body.url):
            yield file._replace(url=url)


def _lost(body: Body) -> Iterator[Loss]:
    """Yield the files of the header that no reader could fetch."""
    for file in body.enclosures:
        url = resolve(file.url, body.url)
        if url is None:
            yield Loss("relative-url" if body.url is None else "media-lost", file.url)
        elif not may_be_fetched(url, body.url):
            yield Loss("media-lost", file.url)


def _of_body(page: Page, body: Body) -> Iterator[Enclosure]:
    for element in page.elements("a", AUDIO, VIDEO):
        url = attribute(element, "href" if element.name == "a" else "src")
        type_ = media_type(url, "" if element.name == "a" else element.name)
        if is_playable(type_) and may_be_fetched(url, body.url):
            yield Enclosure(url, type_)


def _addresses(page: Page) -> Iterator[str]:
    """Yield the addresses of a body's links and players."""
    for element in page.elements("a", AUDIO, VIDEO):
        yield page_of(attribute(element, "href" if element.name == "a" else "src"))


def _core(url: str) -> str:
    """Return what all addresses of one file or video have in common: the query of a file counts its plays."""
    spot = split_address(url)
    return picture_of(url) or (spot.host_and_path if media_type(spot.path) else url.partition("://")[2])


def _paragraph(content: Tag) -> Tag:
    paragraph = make("p")
    paragraph.append(content)
    return paragraph
