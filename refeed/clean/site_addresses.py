"""Resolve addresses that only mean something within a post's site: those of its files and of other posts."""

from collections.abc import Iterator
from typing import Final

from bs4.element import Tag

from refeed.clean.pictures.images import leave_words
from refeed.clean.types import Body, Loss, Note, Reference
from refeed.html.page import Page
from refeed.html.tree import attribute
from refeed.sites.references import file_at, is_reference

_ATTRIBUTES: Final = ("src", "href", "poster")


def resolve_site_addresses(page: Page, body: Body) -> Iterator[Note]:
    """Write the full address of what belongs to the site; the address of the article decides on the rest."""
    for tag in page.candidates(names={"a"}, attributes=_ATTRIBUTES if body.files else ()):
        if tag.name == "a" and is_reference(written := attribute(tag, "href")):
            yield from _resolve(tag, written, body)
            continue
        for name in _ATTRIBUTES if body.files else ():
            if name in tag.attrs:
                yield from _locate(page, tag, name, body)


def _resolve(link: Tag, written: str, body: Body) -> Iterator[Note]:
    """Let a link to the file of another post lead to its page; of an unknown one only the text stays."""
    yield Reference(written)
    if post := body.posts.get(written):
        link.attrs["href"] = post.address
        yield 0
    elif body.files:
        del link.attrs["href"]
        yield Loss("unknown-post", written)


def _locate(page: Page, tag: Tag, name: str, body: Body) -> Iterator[Note]:
    """Write the address of a file, if it is one of the site."""
    written = attribute(tag, name)
    found = body.files(written) if body.files else None
    if found is None and tag.name == "img" and body.seeks and body.seeks(written):
        yield Reference(reference := file_at(written))
        post = body.posts.get(reference)
        found = (post and post.address) or None
    if found:
        tag.attrs[name] = found
        yield 0
    elif found is not None and name != "href":
        yield from _lose(page, tag, name)


def _lose(page: Page, tag: Tag, name: str) -> Iterator[Note]:
    """Leave out an address that its generator makes up: of a picture its words stay, of a video what browsers show."""
    yield Loss("media-lost", attribute(tag, name))
    del tag.attrs[name]
    if tag.name == "img":
        yield leave_words(page, tag)
