"""Make pictures of other elements that show one: components, backgrounds of empty boxes, drawings."""

import re
from collections.abc import Iterator
from typing import Final

from bs4.element import Tag

from refeed.addresses.parts import split_address
from refeed.addresses.picture_sizes import is_picture_file
from refeed.addresses.pictures import real_picture
from refeed.clean.types import Body, Loss, Note
from refeed.html.page import Page
from refeed.html.tree import MEDIA, attribute, holds, make, shown, stands_in, text_of, words
from refeed.startup.late_patterns import late_pattern

# Elements of frameworks that show a picture, and what browsers read as <img> (HTML Standard, 13.2.6.4.7).
_OTHER_NAMES: Final = frozenset(
    {
        "amp-anim",
        "amp-img",
        "el-image",
        "g-image",
        "gatsby-image",
        "image",
        "mip-img",
        "next-image",
        "nuxt-img",
        "nuxt-picture",
        "v-img",
        "v-lazy-image",
        "van-image",
    }
)
# Elements that may show a picture as well as something else: the type or the ending says so.
_MAYBE_PICTURES: Final = frozenset({"embed", "object"})

# CSS Backgrounds 3, 2.3; and where scripts that load backgrounds late keep the address.
_BACKGROUND: Final = late_pattern(
    r"background(?:-image)?\s*:[^;]{0,200}?url\(\s*[\"']?([^\"')]{1,2000})", re.IGNORECASE
)
_LATE: Final = (
    "data-bg",
    "data-bg-src",
    "data-bgset",
    "data-background",
    "data-background-image",
    "data-background-src",
    "data-lazy-bg",
    "data-lazy-background",
)
_BOXES: Final = frozenset({"a", "div", "figure", "li", "p", "section", "span", "svg"})
_URL: Final = late_pattern(r"url\(\s*[\"']?([^\"')]{1,2000})")
# Boxes of words whose background is a picture of the article: blocks of WordPress and cards of Ghost.
_COVERS: Final = frozenset({"kg-header-card", "kg-signup-card", "wp-block-cover"})
_LENGTH: Final = late_pattern(r"(?:^|;)\s*(?:max-)?(?:width|height)\s*:\s*([0-9]{1,5})(?:\.[0-9]*)?px", re.IGNORECASE)
# Words for boxes whose background is an ornament, or shows who writes.
_ORNAMENTS: Final = late_pattern(r"arrow|avatar|badge|btn|button|emoji|icon|logo|sprite|userpic")
_SMALL: Final = 64  # pixels: what is not wider or higher is an icon

_WHOLE: Final = late_pattern(r"([0-9]{1,5})(?:\.[0-9]*)?(?:px)?")
_LABELS: Final = frozenset({"desc", "title"})
# What an element must be, or have, to be looked at.
_SHOWING: Final = _OTHER_NAMES | _MAYBE_PICTURES | {"a", "canvas", "picture", "svg"}
_BACKGROUNDS: Final = frozenset({"style", *_LATE})


def adopt_pictures(page: Page, body: Body) -> Iterator[Note]:
    """Make an <img> of what shows a picture; a drawing leaves its label, and is reported."""
    for tag in page.candidates(names=_SHOWING, attributes=_BACKGROUNDS):
        name = tag.name
        if name in _OTHER_NAMES or (name in _MAYBE_PICTURES and _shows_picture(tag)):
            yield from _show_picture(page, tag)
        elif name == "picture":
            yield from _complete(page, tag)
        elif name == "a" and (address := _linked_picture(tag, body.url)):
            page.append(tag, make("img", src=address, alt=attribute(tag, "data-caption") or attribute(tag, "title")))
            yield 0
        elif name in _BOXES and (address := _background(tag, body.url)):
            yield from _show_background(page, tag, address)
        elif name in {"canvas", "svg"} and is_drawing(tag):
            yield from _name_drawing(page, tag, body.url)


def _show_picture(page: Page, tag: Tag) -> Iterator[Note]:
    """Make an <img> of an element; what an unended one has taken in stays where it is, the words of an object go."""
    attrs = {"src": attribute(tag, "data"), **tag.attrs}
    if tag.name == "object" or not shown(tag):
        yield len(shown(tag))
        page.become(tag, "img")
        tag.attrs = dict(attrs)
    else:
        page.prepend(tag, Tag(name="img", attrs=attrs))
        page.unwrap(tag)
        yield 0


def _shows_picture(tag: Tag) -> bool:
    path = split_address(attribute(tag, "data") or attribute(tag, "src")).path
    return attribute(tag, "type").startswith("image/") or is_picture_file(path) or path.endswith(".svg")


def _linked_picture(link: Tag, base: str | None) -> str:
    """Return the picture that an empty link leads to: a script shows it in a gallery."""
    if any(isinstance(child, Tag) for child in link.contents) or shown(link):  # nearly always
        return ""
    address = attribute(link, "href")
    return (real_picture(address, base) or "") if is_picture_file(split_address(address).path) else ""


def _complete(page: Page, picture: Tag) -> Iterator[Note]:
    """Add an <img> to a <picture> that has none."""
    if not holds(picture, {"img"}) and (choice := picture.find("source")):
        page.append(picture, make("img", srcset=attribute(choice, "srcset") or attribute(choice, "data-srcset")))
        yield 0


def _background(box: Tag, base: str | None) -> str:
    """Return the address of a background that is a picture of the article: the box shows nothing else, or a cover."""
    attrs = box.attrs
    if _BACKGROUNDS.isdisjoint(attrs):
        return ""
    found = _BACKGROUND.search(attribute(box, "style")) if "style" in attrs else None
    late = next((value for name in _LATE if name in attrs and (value := attribute(box, name))), "")
    if not found and not late:  # nearly always
        return ""
    late = inner[1] if (inner := _URL.search(late)) else late
    address = real_picture(late, base, late=True) or (real_picture(found[1].strip(), base) if found else None)
    if address is None or holds(box, MEDIA) or stands_in(box, {"button", "pre"}):
        return ""
    if shown(box):
        return "" if _COVERS.isdisjoint(words(box)) else address
    small = [size for size in _LENGTH.findall(attribute(box, "style")) if int(size) <= _SMALL]
    return "" if small or _ORNAMENTS.search(" ".join(words(box))) else address


def _show_background(page: Page, box: Tag, address: str) -> Iterator[Note]:
    named = attribute(box, "aria-label") or attribute(box, "title")
    picture = make("img", alt=named, **{"data-src": address})  # judged already: a name such as lazy.jpg is its own
    if shown(box):
        page.prepend(box, picture)
    elif box.name == "a":
        page.keep_only(box, [picture])
    else:
        page.become(box, "span" if box.name in {"span", "svg"} else "div", picture)
    yield 0


def is_drawing(tag: Tag) -> bool:
    """Return whether a drawing is more than an icon: it is as large as a picture, or holds words of its own."""
    sizes = [_WHOLE.fullmatch(attribute(tag, name)) for name in ("width", "height")]
    large = any(size and int(size[1]) > _SMALL for size in sizes)
    return large or (tag.name == "svg" and holds(tag, {"image", "text"}))


def _name_drawing(page: Page, drawing: Tag, base: str | None) -> Iterator[Note]:
    """Put the picture in a drawing, or what it is called, in its place."""
    inner = drawing.find("image")
    href = (attribute(inner, "href") or attribute(inner, "xlink:href")) if isinstance(inner, Tag) else ""
    if address := real_picture(href, base):
        yield len(shown(drawing))
        page.become(drawing, "img", src=address, alt=_label(drawing))
        return
    label = _label(drawing)
    yield Loss("media-lost", label or f"<{drawing.name}")
    if label:
        page.become(drawing, "p" if drawing.parent is not None and drawing.parent.name != "p" else "span", label)


def _label(drawing: Tag) -> str:
    """Return what a drawing is called."""
    inner = drawing.find(list(_LABELS), recursive=False)
    return attribute(drawing, "aria-label") or (" ".join(text_of(inner).split()) if isinstance(inner, Tag) else "")
