"""Find the article in a saved page by the page's own marks: what it calls the text, else its <article>."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from refeed.formats.pages.tree import Element, names_of, outermost, shown
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.content_names import CONTENT_NAMES

# What else holds nothing but the text, and who calls it so.
_MORE_NAMES: Final = frozenset(
    {
        "article-entry",  # Hexo
        "article_content",  # CSDN
        "available-content",  # Substack
        "blogbody",  # Movable Type
        "cnblogs_post_body",
        "crayons-article__body",  # dev.to
        "gh-content",  # Ghost
        "js_content",  # WeChat
        "markdown-body",  # GitHub, Halo, Juejin
        "note-common-styles__textnote-body",  # note.com
        "post-richtext",  # Zhihu
        "post_body",
        "story-body",  # BBC, newspapers
    }
)
# The types of schema.org that are articles.
_ARTICLE_TYPE: Final = re.compile(r"schema\.org/(?:[A-Za-z]*Article|BlogPosting)\Z", re.IGNORECASE)
_AROUND: Final = frozenset({"aside", "footer", "nav"})
NOT_THE_ARTICLE: Final = frozenset({"comment", "comments", "related", "related-posts", "sidebar", "widget"})
_MEDIA: Final = ("audio", "iframe", "img", "video")

LEAST_LETTERS: Final = 140  # characters of an unmarked article: Chinese ones count twice
_MUCH_LONGER: Final = 3
WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Found(NamedTuple):
    """What is found by the marks of a page."""

    content: Element | None = None
    is_list: bool = False  # several alike


def find_content(root: Element, *, is_article: bool) -> Found:
    """Return the one element that holds the article; `is_article`: the page says that it is one.

    Several of one kind are the items of a list, unless the page says that it is an article and one is much longer.
    """
    candidates = _candidates(root)
    is_list = False
    for is_mark in (_holds_body, _is_named, _is_article):
        marked = [one for one in outermost(filter(is_mark, candidates)) if _holds_something(one)]
        if len(marked) == 1:
            if is_article or is_mark is not _is_article or weight(marked[0]) >= LEAST_LETTERS:
                return Found(marked[0])
        elif marked:
            if is_article and (longest := _much_longer(marked)) is not None:
                return Found(longest)
            is_list = is_list or not _lie_in_one_article(marked, candidates)
    return Found(is_list=is_list)


def weight(element: Element) -> int:
    """Return how much text an element shows, in letters of alphabets."""
    text = shown(element)
    return len(text) + len(WIDE.findall(text))


def article_around(content: Element) -> Element:
    """Return the element of the whole article: it may hold title, byline and day beside the text."""
    around = [one for one in content.iterancestors() if _is_article(one)]
    return around[-1] if around else content


def _candidates(root: Element) -> list[Element]:
    return [
        one
        for one in root.iter()
        if one.get("class") or one.get("id") or one.get("itemprop") or one.get("itemtype") or one.tag == "article"
    ]


def _holds_body(element: Element) -> bool:
    return "articlebody" in (element.get("itemprop") or "").lower().split() or (
        "e-content" in names_of(element)  # microformats.org, h-entry
    )


def _is_named(element: Element) -> bool:
    names = names_of(element)
    return not CONTENT_NAMES.isdisjoint(names) or not _MORE_NAMES.isdisjoint(names)


def _is_article(element: Element) -> bool:
    names = names_of(element)
    is_marked = (
        element.tag == "article"
        or not names.isdisjoint({"h-entry", "hentry"})
        or bool(_ARTICLE_TYPE.search(element.get("itemtype") or ""))
    )
    if not is_marked or element.tag in {"body", "html"} or not names.isdisjoint(NOT_THE_ARTICLE):
        return False
    return not any(one.tag in _AROUND for one in element.iterancestors())


def _holds_something(element: Element) -> bool:
    return bool(shown(element)) or next(element.iter(*_MEDIA), None) is not None


def _much_longer(elements: Sequence[Element]) -> Element | None:
    """Return the element that has much more text than each of the others."""
    first, second = sorted(elements, key=weight, reverse=True)[:2]
    return first if weight(first) >= _MUCH_LONGER * weight(second) else None


def _lie_in_one_article(elements: Iterable[Element], candidates: Iterable[Element]) -> bool:
    """Return whether these are the pieces of one article."""
    articles = frozenset(outermost(filter(_is_article, candidates)))
    around = {next((one for one in element.iterancestors() if one in articles), None) for element in elements}
    return len(around) == 1 and None not in around
