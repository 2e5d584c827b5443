"""Drop what mirrors, plug-ins and publishers put around an article, recognised by its names or its contents."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from bs4.element import Tag

from refeed.addresses.parts import listed
from refeed.addresses.snapshots import publisher
from refeed.clean.boilerplate.names import (
    ADVERT_LABELS,
    BEGINNINGS,
    DONATIONS,
    IDS,
    NAMES,
    OUTLET_NAMES,
    SIGNATURE_NAMES,
    SMALL,
)
from refeed.clean.boilerplate.wordings import RELATED
from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import HEADINGS, all_named, attribute, holds, outermost, shown, squeeze, words

_BEGINNINGS: Final = tuple(BEGINNINGS)
_WORDS: Final = frozenset(NAMES) | DONATIONS | SMALL  # of classes
_NAMING: Final = frozenset({"aria-label", "id"})  # besides such classes
_LONGEST_LABEL: Final = 30
_LONGEST_ADVERT: Final = 60
_BOXES: Final = frozenset({"aside", "div", "footer", "nav", "section"})
_SMALL_BOXES: Final = _BOXES | {"ins"}
# Site generators make an id of every heading's own words: a section on comments is no comments.
_NAMED_BY_TEXT: Final = HEADINGS | {"a", "dt", "li"}
# More often than this a label stands in no page by chance; nothing is dropped then.
_MOST: Final = 50


def drop_named(page: Page, body: Body) -> Iterator[Note]:
    """Drop elements whose class, id or label says what they are; never the larger half of a body."""
    entry = listed(publisher(body.url) if body.url else "", OUTLET_NAMES)
    outlet = OUTLET_NAMES[entry] if entry else frozenset()
    classes = [word for word in page.classes if word in outlet or word in _WORDS or word.startswith(_BEGINNINGS)]
    candidates = page.candidates(attributes=_NAMING, classes=classes)
    named = [(tag, name) for tag in candidates if (name := _boilerplate_name(tag, outlet))]
    if not named:
        return
    sizes = page.sizes()
    together: Counter[str] = Counter()  # where everything bears a name of boilerplate, the name means something else
    for name in {name for _, name in named}:
        bearing = outermost([tag for tag, other in named if other == name])
        together[name] = sum(map(sizes.of, bearing))
    for tag, name in named:
        if not tag.name:  # it went with what it stood in
            continue
        signs = sizes.of(tag) <= _LONGEST_LABEL and not SIGNATURE_NAMES.isdisjoint(words(tag))
        if together[name] * 2 <= sizes.whole or signs:
            yield page.drop(tag)


def drop_boxes(page: Page, _body: Body) -> Iterator[Note]:
    """Drop boxes of nothing but links, under a heading that programs write, and navigation."""
    if _BOXES.isdisjoint(page.names):
        return
    whole = len(page.text)
    related = any(label in (page.ascii if label.isascii() else page.text) for label in RELATED)
    boxes = list(page.elements(*_BOXES) if related else page.elements("nav"))
    labelled = [(box, _label(box)) for box in boxes]
    found = [(box, label) for box, label in labelled if box.name == "nav" or label in RELATED]
    for box, label in found if len(found) <= _MOST else ():
        if box.name and _is_links(box, label) and 2 * len(shown(box)) <= whole:
            yield page.drop(box)


def _boilerplate_name(tag: Tag, outlet: frozenset[str]) -> str:
    """Return the word by which an element is boilerplate, "" for any other."""
    attrs = tag.attrs
    classes = words(tag) if "class" in attrs else []
    ids = words(tag, "id") if "id" in attrs and tag.name not in _NAMED_BY_TEXT else []
    for name in (*classes, *ids):
        if name in NAMES or name.startswith(_BEGINNINGS):
            return name
    if "aria-label" in attrs and tag.name in _BOXES:
        return "aria-label" if attribute(tag, "aria-label").lower().startswith(ADVERT_LABELS) else ""
    if tag.name in _BOXES and not DONATIONS.isdisjoint(classes):
        return "donation" if any(word in shown(tag) for word in ("打赏", "赞赏")) else ""
    if tag.name in _SMALL_BOXES and not SMALL.isdisjoint(classes):
        return "small" if len(shown(tag)) <= _LONGEST_ADVERT and not holds(tag, HEADINGS | {"p"}) else ""
    return next((name for name in ids if name in IDS), "") or next((name for name in classes if name in outlet), "")


def _label(box: Tag) -> str:
    """Return what stands first in a box."""
    return squeeze(next(box.stripped_strings, "")).lower().rstrip(":：")


def _is_links(box: Tag, label: str) -> bool:
    """Return whether a box holds links to other pages and nothing else but its label."""
    links = all_named(box, "a")
    if not links or any(attribute(link, "href").startswith("#") for link in links):
        return False
    linked = {id(text) for link in links for text in link.strings}
    outside = squeeze("".join(text for text in box.strings if id(text) not in linked)).lower().rstrip(":：")
    return not outside or (outside == label and len(label) <= _LONGEST_LABEL)
