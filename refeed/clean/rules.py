"""Do what the user says about the bodies of a source: keep and drop what CSS selectors find, replace texts."""

import re
import warnings
from collections.abc import Iterator
from typing import Final

import soupsieve
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from refeed.clean.types import Body, Flaw, Note
from refeed.html.tree import MEDIA, drop, make, shown, standing

# White space as HTML means it; no-break and full-width blanks are text.
_SHOWING: Final = MEDIA | {"math", "svg"}


def selector_fault(selector: str) -> str | None:
    """Say what is wrong with a CSS selector, or None."""
    try:
        with warnings.catch_warnings(action="error"):  # names that soupsieve will forget
            soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError as error:
        return str(error).partition("\n")[0]
    except (FutureWarning, NotImplementedError, RecursionError, ValueError) as error:
        return str(error) or "it cannot be read"
    return None


def keep_chosen(soup: BeautifulSoup, body: Body) -> Iterator[Note]:
    """Keep of a body only what `keep` finds; when that shows nothing, the body stays whole and a problem is told."""
    if body.rules.keep is None:
        return
    chosen = _outermost(soupsieve.select(body.rules.keep, soup))
    if not any(shown(tag) or tag.name in _SHOWING or tag.find(list(_SHOWING)) for tag in chosen):
        yield Flaw("rule-unused", body.rules.keep)
        return
    before = len(shown(soup))
    boxes = [make("div") for _ in chosen]  # each in a block of its own
    for box, tag in zip(boxes, chosen, strict=True):
        box.append(tag.extract())
    root = soup.body or soup  # selectors of `drop` may begin with body
    root.clear(decompose=True)
    root.extend(boxes)
    yield before - len(shown(soup))


def drop_chosen(soup: BeautifulSoup, body: Body) -> Iterator[Note]:
    """Drop what the selectors of `drop` find."""
    for selector in body.rules.drop:
        for tag in standing(list(soupsieve.select(selector, soup))):
            yield drop(tag)


def replace_texts(soup: BeautifulSoup, body: Body) -> Iterator[Note]:
    """Put one text for another wherever it stands between two tags; the pairs come one after the other."""
    pairs = [(_pattern(old), new) for old, new in body.rules.replace]
    if not pairs:
        return
    for text in [text for text in soup.descendants if type(text) is NavigableString]:
        replaced = str(text)
        for pattern, new in pairs:
            replaced = pattern.sub(lambda _, new=new: new, replaced)  # type: ignore[misc]
        if replaced != text:
            text.replace_with(replaced)
            yield max(0, len("".join(text.split())) - len("".join(replaced.split())))


def _outermost(found: list[Tag]) -> list[Tag]:
    """Leave out elements inside others that are found too."""
    chosen = {id(tag) for tag in found}
    return [tag for tag in found if not any(id(parent) in chosen for parent in tag.parents)]


def _pattern(old: str) -> re.Pattern[str]:
    """Read a text literally; a blank in it stands for any white space, also one that does not break."""
    begin, end = (r"\s" if edge.isspace() else "" for edge in (old[:1], old[-1:]))
    return re.compile(begin + r"\s+".join(map(re.escape, old.split())) + end)
