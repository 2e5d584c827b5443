"""Apply the user's rules to the bodies of a source: keep and drop by CSS selector, replace texts."""

import re
import warnings
from collections.abc import Iterator
from typing import Final

import soupsieve
from bs4.element import NavigableString

from refeed.clean.types import Body, BodyRules, Loss, Note, RuleUse
from refeed.html.page import Page
from refeed.html.tree import MEDIA, holds, outermost, shown

# White space as HTML means it; no-break and full-width blanks are text.
_SHOWING: Final = MEDIA | {"math", "svg"}


def selector_fault(selector: str) -> str | None:
    """Return what is wrong with a CSS selector, or None."""
    try:
        with warnings.catch_warnings(action="error"):  # names that soupsieve will forget
            soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError as error:
        return str(error).partition("\n")[0]
    except (FutureWarning, NotImplementedError, RecursionError, ValueError) as error:
        return str(error) or "it cannot be read"
    return None


def keep_chosen(page: Page, body: Body) -> Iterator[Note]:
    """Keep of a body only what `keep` finds; when that shows nothing, the body stays whole, with a problem."""
    if body.rules.keep is None:
        return
    chosen = outermost(soupsieve.select(body.rules.keep, page.soup))
    if not any(shown(tag) or tag.name in _SHOWING or holds(tag, _SHOWING) for tag in chosen):
        yield Loss("rule-unused", body.rules.keep)
        return
    boxes = [page.wrap(tag, "div") for tag in chosen]  # each in a block of its own
    yield page.keep_only(page.soup.body or page.soup, boxes)  # selectors of `drop` may begin with body


def drop_chosen(page: Page, body: Body) -> Iterator[Note]:
    """Drop what the selectors of `drop` find."""
    for selector in body.rules.drop:
        found = list(soupsieve.select(selector, page.soup))
        if found:
            yield RuleUse(_drop_name(selector))
        for tag in page.remaining(found):
            yield page.drop(tag)


def replace_texts(page: Page, body: Body) -> Iterator[Note]:
    """Put one text for another wherever it stands between two tags; the pairs come one after the other."""
    # A backslash in what is put there means itself.
    pairs = [(old, _pattern(old), new.replace("\\", "\\\\")) for old, new in body.rules.replace]
    if not pairs:
        return
    for text in [text for text in page.soup.descendants if type(text) is NavigableString]:
        replaced = str(text)
        for old, pattern, new in pairs:
            replaced, times = pattern.subn(new, replaced)
            if times:
                yield RuleUse(_replace_name(old))
        if replaced != text:
            page.replace(text, replaced)
            yield max(0, len("".join(text.split())) - len("".join(replaced.split())))


def rule_names(rules: BodyRules) -> tuple[str, ...]:
    """Return `drop` and `replace` as messages name them; where `keep` finds nothing, the body itself has a problem."""
    return (*map(_drop_name, rules.drop), *(_replace_name(old) for old, _ in rules.replace))


def _drop_name(selector: str) -> str:
    return f"drop = {selector!r}"


def _replace_name(old: str) -> str:
    return f"replace = {old!r}"


def _pattern(old: str) -> re.Pattern[str]:
    """Read a text literally; a blank in it stands for any white space, also one that does not break."""
    begin, end = (r"\s" if edge.isspace() else "" for edge in (old[:1], old[-1:]))
    return re.compile(begin + r"\s+".join(map(re.escape, old.split())) + end)
