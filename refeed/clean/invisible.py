"""Drop what was never meant to be read: metadata, controls, hidden elements."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from bs4.element import NavigableString, PageElement, Tag

from refeed.clean.pictures.image_sources import is_late
from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.sizes import Sizes
from refeed.html.tree import (
    BLOCKS,
    HEADINGS,
    MEDIA,
    TagSet,
    all_named,
    attribute,
    holds,
    is_block,
    outermost,
    shown,
    stands_in,
    tags,
    text_of,
    words,
)
from refeed.startup.late_patterns import late_pattern

# HTML Standard, 4.2 (metadata), 4.10 (forms), 4.12 (scripting), and SVG; comments, scripts and styles need no step,
# because nobody writes them. A button may wrap a picture: then that stays.
_NEVER: Final = frozenset(
    {
        "base",
        "basefont",
        "bgsound",
        "button",
        "canvas",
        "datalist",
        "en-crypt",
        "input",
        "keygen",
        "link",
        "map",
        "meta",
        "meter",
        "noembed",
        "noframes",
        "optgroup",
        "option",
        "progress",
        "select",
        "svg",
        "template",
        "textarea",
        "title",
    }
)

# Of these not even a block is shown; the others hold blocks only because their end was not written, or was not read.
_SEALED: Final = frozenset({"noembed", "noframes", "template", "textarea", "title"})
# What a button says about itself, also when it says so in a block of its own.
_LABEL: Final = late_pattern(r"[^.!?…。！？]{0,60}")
# What is clicked as a whole: a button in it is only its text.
_CLICKED: Final = HEADINGS | {"dt", "summary"}
# Blocks of running text: a button that begins or ends one is a word of it.
_PROSE: Final = frozenset({"blockquote", "dd", "li", "p", "td", "th"})
_SENTENCE_END: Final = (".", "!", "?", "…", "。", "！", "？", "”", '"')
_NEAR: Final = 20  # elements and texts on each side that are looked at

_NOT_DISPLAYED: Final = late_pattern(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|\Z)"
    r"|(?:font-size\s*:\s*1px|(?:font-size|max-height)\s*:\s*0(?:\.0+)?(?:px|em|rem|pt|%)?)\s*(?:;|!|\Z)"
    r"|clip\s*:\s*rect\(\s*(?:0|1px)[^)]{0,40}\)|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|(?:left|text-indent|top)\s*:\s*-[0-9]{3,5}(?:px|em))",
    re.IGNORECASE,
)
# Words for what only those hear who have the page read to them.
_HEARD: Final = frozenset(
    {
        "a11y-hidden",
        "accessibly-hidden",
        "assistive-text",
        "element-invisible",
        "hidden-visually",
        "is-visually-hidden",
        "offscreen",
        "screen-reader-only",
        "screen-reader-text",
        "show-for-sr",
        "sr-only",
        "u-visually-hidden",
        "vh",
        "visually-hidden",
        "visuallyhidden",
    }
)
_LONGEST_HEARD: Final = 120
# Conditions of Vue and Alpine, which take such an element out of the page.
_CONDITIONS: Final = frozenset({"v-if", "v-show", "x-if", "x-show"})
_SIGNS: Final = _CONDITIONS | {"aria-hidden", "hidden"}
_HIDING: Final = _SIGNS | {"style"}

# Icons and ornaments carry `aria-hidden`; so does a whole page that was saved behind a dialogue.
_LONGEST_ORNAMENT: Final = 200

# Words around the box where readers leave their address for a newsletter.
_NEWSLETTER: Final = late_pattern(
    r"e-?mail|newsletter|subscri|电子邮|邮箱|電子信箱|電子報|电子报|订阅|訂閱", re.IGNORECASE
)
_LARGEST_BOX: Final = 120
_MOST_FIELDS: Final = 20


def drop_invisible(page: Page, _body: Body) -> Iterator[Note]:
    """Drop elements that hold no text of the article, and elements that the page hides."""
    yield from _write_boxes(page)
    candidates = page.candidates(names=_NEVER, attributes=_HIDING, classes=_HEARD)
    found = [tag for tag in candidates if tag.name in _NEVER or _may_be_hidden(tag)]
    if not found:
        return
    sizes = page.sizes()
    small = [tag for tag in found if sizes.of(tag) * 2 <= sizes.whole]  # before anything goes from them
    for field in islice(page.elements("input"), _MOST_FIELDS):
        yield from _newsletter_box(page, field, sizes)
    in_sentences = TagSet(button for button in page.elements("button") if _is_word(button))
    hidden = [tag for tag in page.remaining(small) if _is_hidden(tag, sizes.of(tag))]
    # Tabs and slides: where the larger half is hidden, a program shows it piece by piece.
    shown_later = sum(map(sizes.of, outermost(hidden))) * 2 > sizes.whole
    to_drop = TagSet(() if shown_later else hidden)
    for tag in page.remaining(found):
        if tag in in_sentences or (tag.name == "button" and stands_in(tag, _CLICKED)):
            page.unwrap(tag)
        elif tag.name in _NEVER:
            yield from _drop_control(page, tag, sizes)
        elif tag in to_drop:
            yield page.drop(tag)


def _write_boxes(page: Page) -> Iterator[Note]:
    """Write the box of an item in a list of tasks as a sign: ticked or not."""
    for field in page.elements("input"):
        if attribute(field, "type").lower() == "checkbox" and stands_in(field, {"li"}):
            page.become(field, "span", "☑ " if "checked" in field.attrs else "☐ ")
            yield 0


def _drop_control(page: Page, tag: Tag, sizes: Sizes) -> Iterator[Note]:
    """Drop a control, but not what it holds of the article: a picture in a button, and blocks."""
    is_button = tag.name == "button"
    spilled = _spilled(tag, sizes) if tag.name not in _SEALED else []
    if is_button and _LABEL.fullmatch("".join(map(_text, spilled))):
        spilled = []
    pictures: list[Tag] = all_named(tag, "img") if is_button else []
    if spilled and pictures:
        inside = TagSet(inner for element in spilled if isinstance(element, Tag) for inner in (element, *tags(element)))
        pictures = [picture for picture in pictures if picture not in inside]
    kept = [*pictures, *spilled]
    yield page.drop_but(tag, kept) if kept else page.drop(tag)


def _spilled(tag: Tag, sizes: Sizes) -> list[PageElement]:
    """List the first block with text in a control and all that follows it there; a drawing has labels of its own."""
    first = next((inner for inner in tags(tag) if inner.name in BLOCKS and sizes.of(inner)), None)
    if first is None or any(parent.name == "foreignobject" for parent in first.parents):
        return []
    found: list[PageElement] = [first]
    node: Tag = first
    while node is not tag:
        found.extend(node.next_siblings)
        if node.parent is None:
            break
        node = node.parent
    return found


def _is_word(button: Tag) -> bool:
    """Return whether a button stands in a sentence, which would lack its words."""
    sides = [list(_beside(button, back=back)) for back in (True, False)]
    before, after = map(_said, sides)
    words_before, words_after = (any(map(str.isalpha, text)) for text in (before, after))
    if words_before and words_after:
        return True
    block = next((parent.name for parent in button.parents if parent.name in BLOCKS), "")
    if block not in _PROSE or any(map(_begins_with_button, sides)):
        return False
    return words_after or (words_before and (bool(after.strip()) or not before.rstrip().endswith(_SENTENCE_END)))


def _beside(tag: Tag, *, back: bool) -> Iterator[PageElement]:
    """Yield what stands on one side of an element in the same block, the nearest first."""
    node: Tag | None = tag
    while node is not None and node.name not in BLOCKS:
        for sibling in islice(node.previous_siblings if back else node.next_siblings, _NEAR):
            if is_block(sibling):
                return
            yield sibling
        node = node.parent


def _begins_with_button(elements: Iterable[PageElement]) -> bool:
    nearest = next((element for element in elements if _text(element).strip()), None)
    return isinstance(nearest, Tag) and nearest.name == "button"


def _said(elements: Iterable[PageElement]) -> str:
    """Return the text of some neighbours, one side of a word, without that of other buttons."""
    texts = [_text(element) for element in elements if not isinstance(element, Tag) or element.name != "button"]
    return "".join(texts)


def _text(element: PageElement) -> str:
    if isinstance(element, Tag):
        return text_of(element)
    return str(element) if type(element) is NavigableString else ""


def _may_be_hidden(tag: Tag) -> bool:
    """Return whether an element bears any sign of being hidden: without one its size is of no interest."""
    if not _SIGNS.isdisjoint(tag.attrs):
        return True
    is_styled = "style" in tag.attrs and _NOT_DISPLAYED.search(attribute(tag, "style")) is not None
    return is_styled or not _HEARD.isdisjoint(words(tag))


def _is_hidden(tag: Tag, size: int) -> bool:
    attrs = tag.attrs
    if not _CONDITIONS.isdisjoint(attrs) and _never_holds(tag):
        return True
    if "hidden" in attrs or ("style" in attrs and _NOT_DISPLAYED.search(attribute(tag, "style"))):
        return not (tag.name == "img" and is_late(tag)) and not _holds_code(tag)
    if size <= _LONGEST_HEARD and not _HEARD.isdisjoint(words(tag)):
        return not holds(tag, MEDIA)
    if attribute(tag, "aria-hidden").lower() != "true" or tag.name in MEDIA or holds(tag, MEDIA):
        return False
    return size <= _LONGEST_ORNAMENT and not _is_glued(tag)


def _never_holds(tag: Tag) -> bool:
    return any(attribute(tag, name).strip().lower() == "false" for name in _CONDITIONS)


def _holds_code(tag: Tag) -> bool:
    """Return whether a hidden element holds code that a click would unfold."""
    return tag.name == "pre" or holds(tag, {"pre"})


def _is_glued(tag: Tag) -> bool:
    """Return whether a word begins or ends in an element, as with large initials; the name of an icon is no word."""
    said = text_of(tag)
    if is_block(tag) or not said or any("icon" in word for word in words(tag)):
        return False
    after, before = (next(_beside(tag, back=back), None) for back in (False, True))
    if after is not None and said[-1].isalpha() and _text(after)[:1].isalpha():
        return not (isinstance(after, Tag) and _text(after).startswith(said))  # said again, for those who listen
    return isinstance(before, NavigableString) and said[0].isalpha() and _text(before)[-1:].isalpha()


def _newsletter_box(page: Page, field: Tag, sizes: Sizes) -> Iterator[Note]:
    """Drop the largest small element around a text field that speaks of subscribing."""
    if attribute(field, "type").lower() not in {"", "email", "text"}:
        return
    box: Tag | None = None
    parent: PageElement | None = field.parent
    while isinstance(parent, Tag) and parent.name not in {"body", "html", "[document]"}:
        if sizes.of(parent) > _LARGEST_BOX or sizes.of(parent) * 2 > sizes.whole:
            break
        box, parent = parent, parent.parent
    if box is None:
        return
    said = shown(box) + attribute(field, "placeholder") + attribute(field, "type")
    if _NEWSLETTER.search(said):
        yield page.drop(box)
