"""Find what a saved page says about its article in JSON-LD, by the words of schema.org."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from refeed.formats.headers.json import read_value
from refeed.formats.pages.tree import Element, SavedPage
from refeed.startup.named_tuple import NamedTuple

_MOST: Final = 50  # scripts of a page; real ones have fewer than ten
# What may stand before the JSON in a script: a comment of HTML or the beginning of CDATA.
_SCRIPT: Final = re.compile(r"(?>\s*)(?:<!--|//(?>\s*)<!\[CDATA\[|/\*(?>\s*)<!\[CDATA\[(?>\s*)\*/|<!\[CDATA\[)?(?>\s*)")
# schema.org, "Article" and "SocialMediaPosting" with all that is more special.
_ARTICLE: Final = re.compile(
    r"(?:[A-Za-z]*Article|Blog(?:ging)?Post(?:ing)?|LiveBlogPosting|(?:SocialMedia|DiscussionForum)Posting|Report)"
)
_LISTS: Final = frozenset({"CollectionPage", "ItemList", "ProfilePage", "SearchResultsPage"})
_FALSE: Final = frozenset({"false", "http://schema.org/false", "https://schema.org/false", "no"})

Node = Mapping[str, Any]


class Graph(NamedTuple):
    """What the scripts of a page describe."""

    articles: Sequence[Node] = ()
    is_list: bool = False  # a page of several things, by its own word
    by_id: Mapping[str, Node] = {}
    pages: Sequence[Node] = ()  # that say what page this is

    def named(self, value: Any) -> list[str]:
        """Return the names in a value: texts, objects with a name, references to those, or a list of any of these."""
        if isinstance(value, list):
            return [name for one in value for name in self.named(one)]
        if isinstance(value, dict):
            node = {**self.by_id.get(str(value.get("@id", "")), {}), **value}
            return [name for name in text_values(node.get("name"))[:1] if name]
        return text_values(value)

    def addresses(self, value: Any) -> list[str]:
        """Return the addresses in a value: texts, objects with an address, or a list of any of these."""
        if isinstance(value, list):
            return [address for one in value for address in self.addresses(one)]
        if isinstance(value, dict):
            node = {**self.by_id.get(str(value.get("@id", "")), {}), **value}
            stated = node.get("url") or node.get("contentUrl") or node.get("@id")
            # An object here only refers to an address, perhaps to that of the object around it: it is not followed.
            return text_values(stated.get("@id") if isinstance(stated, dict) else stated)[:1]
        return text_values(value)


def read_graph(page: SavedPage) -> Graph:
    """Read all scripts of a page that hold JSON-LD; what cannot be read says nothing."""
    nodes = [node for script in _scripts(page.root) for node in _nodes(script)]
    by_id = {str(node["@id"]): node for node in nodes if isinstance(node.get("@id"), str)}
    articles = [node for node in nodes if any(map(_ARTICLE.fullmatch, _types_of(node)))]
    pages = [node for node in nodes if "WebPage" in _types_of(node)]
    return Graph(articles, any(not _LISTS.isdisjoint(_types_of(node)) for node in nodes), by_id, pages)


def is_for_everybody(article: Node) -> bool:
    """Return whether the whole article may be read without paying, unless it says otherwise."""
    parts = article.get("hasPart")  # each may be for payers alone (Google's "paywalled content")
    nodes = [article, *(one for one in (parts if isinstance(parts, list) else [parts]) if isinstance(one, dict))]
    return all(str(one.get("isAccessibleForFree", "true")).strip().lower() not in _FALSE for one in nodes)


def text_values(value: Any) -> list[str]:
    """Return the texts in a value that is a text, a number or a list of these."""
    if isinstance(value, list):
        return [text for one in value if not isinstance(one, list) for text in text_values(one)]
    return [str(value).strip()] if isinstance(value, str | int) and not isinstance(value, bool) else []


def _types_of(node: Node) -> list[str]:
    """Return the types of a node, without the address of their vocabulary."""
    return [text.rpartition("/")[2].rpartition(":")[2] for text in text_values(node.get("@type"))]


def _scripts(root: Element) -> Iterator[Any]:
    number = 0
    for script in root.iter("script"):
        type_ = (script.get("type") or "").partition(";")[0].strip().lower()
        if type_ != "application/ld+json" or not script.text:
            continue
        number += 1
        if number > _MOST:
            return
        begins = _SCRIPT.match(script.text)
        read = read_value(script.text, begins.end() if begins else 0)
        if read is not None:
            yield read[0]


def _nodes(value: Any) -> Iterator[Node]:
    """Yield the objects at the top and in graphs; what lies deeper belongs to one of them."""
    if isinstance(value, list):
        for one in value:
            yield from _nodes(one)
    elif isinstance(value, dict):
        yield value
        yield from _nodes(value.get("@graph"))
        for key in ("mainEntity", "mainEntityOfPage"):
            if isinstance(inner := value.get(key), dict):
                yield inner
