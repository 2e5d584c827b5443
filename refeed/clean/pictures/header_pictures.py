"""Show the pictures of the header: the lead exactly once, and a gallery unless the body shows some of it."""

from collections.abc import Iterator
from itertools import chain, pairwise, takewhile
from typing import Final

from bs4.element import NavigableString, PageElement, Tag

from refeed.addresses.badges import is_badge
from refeed.addresses.picture_sizes import same_picture, stated_width
from refeed.addresses.pictures import real_picture
from refeed.addresses.players import page_of, picture_of
from refeed.addresses.referrers import is_shy
from refeed.clean.pictures.images import is_relative
from refeed.clean.types import Body, Lead, Loss, Note
from refeed.html.page import Page
from refeed.html.tree import attribute, make, shown, squeeze, words, words_around
from refeed.markup.plain_words import without_marks
from refeed.model import Picture

_ROUNDS: Final = 10  # first pictures that may give way to a copy with a caption, one after the other

_SOON: Final = 600  # characters of text that may stand between the lead and its repetition
_SMALL: Final = 64  # pixels, as stated

# Classes of a picture, or of what it stands in, that show who writes.
_AVATARS: Final = frozenset({"author-avatar", "avatar", "gravatar", "single-avatar", "user-avatar"})
# Classes of pictures of formulas and of signs.
_SIGNS: Final = frozenset(
    {
        "badge",
        "emoji",
        "equation",
        "formula",
        "icon",
        "latex",
        "math",
        "mathtex",
        "qrcode",
        "smiley",
        "tex",
        "wp-smiley",
    }
)

_FEWEST: Final = 2  # a single picture is the lead


def show_lead(page: Page, body: Body) -> Iterator[Note]:
    """Choose the lead picture, see that the body shows it once, and drop pictures of people who write."""
    yield from (Loss("media-lost", written) for written in body.lost)
    if body.url is None:
        yield from (Loss("relative-url", image) for image in body.images if is_relative(image))
    pictures = [picture for picture in page.elements("img") if _source(picture).startswith("http")]
    avatars = [picture for picture in pictures if not _AVATARS.isdisjoint(words_around(picture))]
    stated = [url for image in body.images if (url := real_picture(image, body.url))]
    shown_elsewhere = [_source(avatar) for avatar in avatars]
    stated = [
        url for url in stated if not is_badge(url) and not any(same_picture(url, other) for other in shown_elsewhere)
    ]
    for avatar in avatars:
        yield page.drop(avatar)
    kept = [picture for picture in pictures if picture.name == "img" and not _is_ornament(picture)]
    if stated and not any(same_picture(_source(picture), stated[0]) for picture in kept):
        page.prepend(page.soup, _shown(stated[0], body))
        yield 0
    else:
        yield from _show_once(page, kept)
    left = (_source(picture) for picture in kept if picture.name == "img")
    of_header = (found for url in body.players if (found := picture_of(page_of(url))))
    if lead := next(chain(stated[:1], left, _posters(page), of_header), None):
        yield Lead(lead)


def _shown(address: str, body: Body) -> Tag:
    """Make the picture of the header, with the words that it has for it."""
    described = next((one for one in body.leads if real_picture(one.url, body.url) == address), Picture(address))
    picture = make("img", src=address, alt=described.alt)
    if is_shy(address, stated=False):
        picture.attrs["referrerpolicy"] = "no-referrer"
    shown_in = make("figure" if described.caption else "p")
    shown_in.append(picture)
    if described.caption:
        shown_in.append(make("figcaption", without_marks(described.caption)))
    return shown_in


def _posters(page: Page) -> Iterator[str]:
    """Yield the pictures of players, which lead where there is no other; those behind links to videos do not."""
    return (poster for video in page.elements("video") if (poster := attribute(video, "poster")))


def _is_ornament(picture: Tag) -> bool:
    """Return whether a picture is too small to lead, or is a sign, a formula or a badge."""
    sizes = [int(value) for name in ("width", "height") if (value := attribute(picture, name)).isdecimal()]
    is_sign = not _SIGNS.isdisjoint(words(picture)) or is_badge(_source(picture))
    return is_sign or any(size <= _SMALL for size in sizes)


def _show_once(page: Page, pictures: list[Tag]) -> Iterator[Note]:
    """Drop what repeats the first picture at once; a bare one at the beginning gives way to its captioned repetition.

    Any other repetition is meant: an article may come back to a picture.
    """
    for _ in range(_ROUNDS):
        if not pictures:
            return
        same = [picture for picture in pictures if same_picture(_source(picture), _source(pictures[0]))]
        again = [picture for _, picture in takewhile(_is_together, pairwise(same)) if not _has_caption(picture)]
        for picture in again:
            yield _drop_copy(page, picture, same[0])
        first, *rest = [picture for picture in same if picture.name == "img"]
        if len(rest) != 1 or _has_caption(first) or not _has_caption(rest[0]):
            return
        if not (_is_together((first, rest[0])) or _is_opening(page, first, rest[0])):
            return
        yield _drop_copy(page, first, rest[0])
        pictures = [picture for picture in pictures if picture.name == "img"]


def _is_opening(page: Page, first: Tag, second: Tag) -> bool:
    """Return whether a picture stands above the text, and another one soon after."""
    size = 0
    for element in page.soup.descendants:
        if element is second:
            return True
        if element is first and size:
            return False
        if type(element) is NavigableString:
            size += len(squeeze(element))
        if size > _SOON:
            return False
    return False


def _has_caption(picture: Tag) -> bool:
    figure = picture.find_parent("figure")
    return figure is not None and bool(shown(figure))


def _drop_copy(page: Page, copy: Tag, kept: Tag) -> int:
    """Drop one of two sizes of a picture; the one that stays is the larger, where their names tell."""
    here = stated_width(_source(kept))
    if here is not None and here < (stated_width(_source(copy)) or here + 1):
        kept.attrs["src"] = _source(copy)
    return page.drop(copy)


def _source(picture: Tag) -> str:
    return attribute(picture, "src")


def _is_together(two: tuple[Tag, Tag]) -> bool:
    """Return whether nothing stands between two pictures but words for them; two in one sentence are meant."""
    first, second = two
    if first.parent is second.parent and (_is_text(first.previous_sibling) or _is_text(second.next_sibling)):
        return False
    captions = {squeeze(attribute(picture, name)) for picture in two for name in ("alt", "title")}
    figure = first.find_parent("figure")
    if figure is not None:
        captions.update(map(squeeze, figure.stripped_strings))
    for element in first.next_elements:
        if element is second:
            return True
        if _is_text(element) and squeeze(str(element)) not in captions:
            return False
        if isinstance(element, Tag) and element.name == "img" and _source(element):
            return False
    return False


def _is_text(element: PageElement | None) -> bool:
    return isinstance(element, NavigableString) and bool(element.strip())


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
