"""Drop what mirrors, plug-ins and publishers put around an article. The rules are data, the code only applies them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from refeed.clean.boilerplate_names import (
    ADVERT_LABELS,
    BEGINNINGS,
    COMMENTS,
    DONATIONS,
    IDS,
    NAMES,
    OUTLET_NAMES,
    SIGNATURE_NAMES,
    SMALL,
)
from refeed.clean.boilerplate_wording import (
    ADVERTS,
    COMMENTING,
    ENDINGS,
    JUMPS,
    OUTLETS,
    PARAGRAPHS,
    PHRASES,
    RELATED,
    SHARERS,
    SHARING,
    SIGNATURES,
    TAG_NEEDLES,
    TAGS,
    TEASER,
    TEASER_NEEDLES,
    Wording,
)
from refeed.clean.types import Body, Note
from refeed.html.paragraphs import Paragraph, block_around, drop_paragraph, paragraphs
from refeed.html.tree import (
    HEADINGS,
    MEDIA,
    attribute,
    drop,
    neighbour,
    outermost,
    shown,
    sizes,
    squeeze,
    standing,
    tags,
    words,
)
from refeed.urls import host, resolve

V = TypeVar("V")

_BEGINNINGS: Final = tuple(BEGINNINGS)
_LONGEST: Final = 1_500
_LONGEST_BUTTON: Final = 30
_PHRASE_TAGS: Final = frozenset({"a", "button", "span"})
_BOXES: Final = frozenset({"aside", "div", "footer", "nav", "section"})
_SMALL_BOXES: Final = _BOXES | {"ins"}
_LONGEST_ADVERT: Final = 60
_LONGEST_ENDING: Final = 200
_REGIONS: Final = frozenset({"aside", "div", "ol", "section", "ul"})
_COMMENTS_HEADING: Final = re.compile(
    r"(?:\d{1,6}(?:条)?)?(?:comments?|评论|評論)(?:[(（]?\d{1,6}[)）]?)?[:：]?", re.IGNORECASE
)
# Where a short text is a heading, a cell or a quotation, and not a label.
_STRUCTURE: Final = HEADINGS | {"blockquote", "dd", "dt", "figcaption", "li", "pre", "td", "th"}
# Site generators make an id of every heading's own words: a section on comments is no comments.
_NAMED_BY_TEXT: Final = HEADINGS | {"a", "dt", "li"}
_ARROWS: Final = " .…»›→>[]()（）【】"
_OVER_BUTTONS: Final = SHARING | {"", "share:", "分享", "分享："}
# More often than this a wording stands in no page by chance; nothing is dropped then.
_MOST: Final = 50


def drop_named(soup: BeautifulSoup, body: Body) -> Iterator[Note]:
    """Drop elements whose class, id or label says what they are; never the larger half of a body."""
    outlet = _of_outlet(OUTLET_NAMES, body.url) or frozenset()
    named = [(tag, name) for tag in tags(soup) if tag.attrs and (name := _furniture_name(tag, outlet))]
    size = sizes(soup) if named else {}
    together: Counter[str] = Counter()  # where everything bears a name of furniture, the name means something else
    for name in {name for _, name in named}:
        bearing = outermost([tag for tag, other in named if other == name])
        together[name] = sum(size.get(id(tag), 0) for tag in bearing)
    for tag, name in named:
        if not tag.name:  # it went with what it stood in
            continue
        signs = size.get(id(tag), 0) <= _LONGEST_BUTTON and not SIGNATURE_NAMES.isdisjoint(words(tag))
        if together[name] * 2 <= size.get(id(soup), 0) or signs:
            yield drop(tag)
    yield from _drop_comments(soup)


def _drop_comments(soup: BeautifulSoup) -> Iterator[Note]:
    """Drop the comments of readers at the end of a body, with their heading."""
    regions = [tag for tag in tags(soup) if tag.name in _REGIONS and not COMMENTS.isdisjoint(words(tag))]
    region = next((tag for tag in standing(regions) if _is_last(tag)), None)
    if region is None or 2 * len(shown(region)) > len(shown(soup)):
        return
    heading = neighbour(region, back=True)
    if isinstance(heading, Tag) and heading.name in HEADINGS:
        if not _COMMENTS_HEADING.fullmatch(shown(heading)):
            return
        yield drop(heading)
    yield drop(region)


def _is_last(tag: Tag) -> bool:
    """Tell an element after which nothing is said or shown."""
    inside = {id(element) for element in tag.descendants}
    for element in tag.next_elements:
        if id(element) in inside:
            continue
        if isinstance(element, Tag) and element.name in MEDIA:
            return False
        if type(element) is NavigableString and element.strip():
            return False
    return True


def drop_boxes(soup: BeautifulSoup, _body: Body) -> Iterator[Note]:
    """Drop boxes of nothing but links, under a heading that programs write, and navigation."""
    text = squeeze(soup.get_text()).lower()
    related = any(label in text for label in RELATED)
    boxes = [tag for tag in tags(soup) if tag.name == "nav" or (related and tag.name in _BOXES)]
    labelled = [(box, _label(box)) for box in boxes]
    found = [(box, label) for box, label in labelled if box.name == "nav" or label in RELATED]
    for box, label in found if len(found) <= _MOST else ():
        if box.name and _is_links(box, label) and 2 * len(shown(box)) <= len(text):
            yield drop(box)


def drop_worded(soup: BeautifulSoup, body: Body) -> Iterator[Note]:
    """Drop paragraphs and links whose whole text is a known wording."""
    text = squeeze(soup.get_text()).lower()
    wordings = [wording for wording in (*SIGNATURES, *PARAGRAPHS, *_outlet_wordings(body)) if wording.needle in text]
    labels = [label for label in (*ADVERTS, *JUMPS, *SHARING, *TAG_NEEDLES, *TEASER_NEEDLES) if label in text]
    if wordings or labels:
        found = [paragraph for paragraph in paragraphs(soup) if _is_furniture(paragraph, wordings, body, len(text))]
        if len(found) <= _MOST:
            yield from map(drop_paragraph, found)
    endings = [wording for wording in ENDINGS if wording.needle in text]
    if endings:
        yield from map(drop_paragraph, _endings(soup, endings, body, len(text)))
    phrases = [wording for wording in PHRASES if wording.needle in text]
    for tag in standing(tags(soup)) if phrases else ():
        if tag.name in _PHRASE_TAGS and _says(shown(tag), phrases):
            yield drop(tag)


def _endings(soup: BeautifulSoup, wordings: list[Wording], body: Body, whole: int) -> list[Paragraph]:
    """List the last paragraphs, as far as they only lead somewhere else."""
    found: list[Paragraph] = []
    for paragraph in reversed(list(paragraphs(soup))):
        linked = len(paragraph.said) - len(paragraph.outside("a")) > 0
        if len(paragraph.said) > _LONGEST_ENDING or not linked or 2 * len(paragraph.said) > whole:
            break
        if not any(_is_told(paragraph, wording, body.title) for wording in wordings):
            break
        found.append(paragraph)
    return found


def drop_buttons(soup: BeautifulSoup, _body: Body) -> Iterator[Note]:
    """Drop links that share the article, or lead to the comment form, where no sentence holds them."""
    buttons = {id(tag): tag for tag in tags(soup) if tag.name == "a" and _is_button(tag)}
    holders = {id(holder): holder for holder in map(block_around, buttons.values())}
    outermost = [holder for holder in holders.values() if holders.keys().isdisjoint(map(id, holder.parents))]
    rows = [_row(paragraph, buttons) for holder in outermost for paragraph in paragraphs(holder)]
    for held, label in rows:
        if held and label.said.lower().strip("|·/") in _OVER_BUTTONS:
            yield sum(drop(link) for link in standing(held)) + (drop_paragraph(label) if label.texts else 0)
    for link in standing(list(buttons.values())):
        if not shown(link):
            yield drop(link)


def _row(paragraph: Paragraph, buttons: Mapping[int, Tag]) -> tuple[list[Tag], Paragraph]:
    """Return the buttons in a paragraph, and what it says besides."""
    pairs = [(text, _button_around(text, buttons)) for text in paragraph.texts]
    return [link for _, link in pairs if link], Paragraph.of(text for text, link in pairs if link is None)


def _button_around(text: NavigableString, buttons: Mapping[int, Tag]) -> Tag | None:
    return next((tag for tag in text.parents if id(tag) in buttons), None)


def _is_button(link: Tag) -> bool:
    address = attribute(link, "href")
    return bool(SHARERS.match(address) or COMMENTING.search(address)) and len(shown(link)) <= _LONGEST_BUTTON


def _furniture_name(tag: Tag, outlet: frozenset[str]) -> str:
    """Return the word by which an element is furniture, "" for any other."""
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
        return "small" if len(shown(tag)) <= _LONGEST_ADVERT and tag.find(["p", *HEADINGS]) is None else ""
    return next((name for name in ids if name in IDS), "") or next((name for name in classes if name in outlet), "")


def _label(box: Tag) -> str:
    """Return what stands first in a box."""
    return squeeze(next(box.stripped_strings, "")).lower().rstrip(":：")


def _is_links(box: Tag, label: str) -> bool:
    """Return whether a box holds links to other pages and nothing else but its label."""
    links = box.find_all("a")
    if not links or any(attribute(link, "href").startswith("#") for link in links):
        return False
    linked = {id(text) for link in links for text in link.strings}
    outside = squeeze("".join(text for text in box.strings if id(text) not in linked)).lower().rstrip(":：")
    return not outside or (outside == label and len(label) <= _LONGEST_BUTTON)


def _is_furniture(paragraph: Paragraph, wordings: list[Wording], body: Body, whole: int) -> bool:
    said = paragraph.said
    if len(said) > _LONGEST:
        return False
    told = [wording for wording in wordings if _is_told(paragraph, wording, body.title)]
    if any(wording in SIGNATURES for wording in told):
        return True
    if 2 * len(said) > whole:
        return False
    return bool(told) or _is_label(paragraph) or _is_row_of_tags(paragraph) or _is_teaser(paragraph, body.url)


def _is_told(paragraph: Paragraph, wording: Wording, title: str) -> bool:
    if wording.needle not in paragraph.said.lower():
        return False
    if not wording.frame:
        return bool(wording.pattern.fullmatch(paragraph.said))
    rest = paragraph.outside("a")
    if rest == paragraph.said:
        rest = paragraph.said.replace(squeeze(title) or "\n", "", 1)
    return rest != paragraph.said and bool(wording.pattern.fullmatch(rest))


def _is_label(paragraph: Paragraph) -> bool:
    said = paragraph.said.lower()
    if said not in ADVERTS and said not in JUMPS and said not in SHARING:
        return False
    around = {paragraph.holder.name, *(parent.name for parent in paragraph.holder.parents)}
    return _STRUCTURE.isdisjoint(around - HEADINGS if said in SHARING else around)


def _is_row_of_tags(paragraph: Paragraph) -> bool:
    if not TAGS.match(paragraph.said):
        return False
    rest = paragraph.outside("a")
    return rest != paragraph.said and bool(TAGS.fullmatch(rest))


def _is_teaser(paragraph: Paragraph, url: str | None) -> bool:
    """Tell a link that leads from a teaser to the article itself, or to another one of the same site."""
    if url is None or not TEASER.fullmatch(paragraph.said.strip(_ARROWS)) or paragraph.outside("a").strip(_ARROWS):
        return False
    links = (link for text in paragraph.texts if (link := _link_around(text)))
    return any(host(resolve(attribute(link, "href"), url)) == host(url) for link in links)


def _outlet_wordings(body: Body) -> tuple[Wording, ...]:
    return _of_outlet(OUTLETS, body.url) or ()


def _of_outlet(table: Mapping[str, V], url: str | None) -> V | None:
    """Look up a host or a domain above it."""
    labels = (host(url) or "").split(".")
    return next((found for start in range(len(labels)) if (found := table.get(".".join(labels[start:])))), None)


def _link_around(text: NavigableString) -> Tag | None:
    tag = text.parent
    while tag is not None and tag.name != "a":
        tag = tag.parent
    return tag


def _says(text: str, wordings: list[Wording]) -> bool:
    return len(text) <= _LONGEST_BUTTON and any(wording.pattern.fullmatch(text) for wording in wordings)
