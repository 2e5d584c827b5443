"""Decide what a saved page states of its article: JSON-LD first, then <meta>, then what stands in the page itself."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from refeed.formats.pages.content import article_around
from refeed.formats.pages.json_ld import Graph, Node, text_values
from refeed.formats.pages.kind import is_home_page
from refeed.formats.pages.metadata import PageMetadata
from refeed.formats.pages.named_day import is_of_others, named_day
from refeed.formats.pages.tree import Element, SavedPage, names_of, shown
from refeed.model import Statement
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.raw_fields import RawFields

_YEAR: Final = re.compile(r"[0-9]{4}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Variables in the scripts of WeChat's pages: when, by whom and where an article was published.
_WECHAT_TIME: Final = re.compile(r"\bvar (?:ct|oriCreateTime) = [\"']([0-9]{10})[\"']")
_WECHAT_NAME: Final = re.compile(r"\bvar nickname = (?:htmlDecode\()?[\"']([^\"']{1,200})[\"']")
_WECHAT_LINK: Final = re.compile(r"\bvar msg_link = [\"'](https?:[^\"']{1,2000})[\"']")
_MOST_CATEGORIES: Final = 200
_MOST_AUTHORS: Final = 200  # marks of them; they may stand in one another, and each is read whole


class Sources(NamedTuple):
    """All that a page says in its head, and the object of JSON-LD that is the article."""

    page: SavedPage
    metadata: PageMetadata
    graph: Graph
    article: Node
    address: Statement

    @property
    def title(self) -> str:
        """The text of <title>."""
        return next((shown(one) for one in self.page.root.iter("title")), "")


def read_sources(page: SavedPage, metadata: PageMetadata, graph: Graph) -> Sources:
    """Choose the address, and the article among those of a list."""
    addresses = _addresses(page, metadata, graph)
    articles = graph.articles
    if len(articles) > 1:  # the items of a list, or an article and those beside it
        own = {_page_at(page.joined(one.text)) for one in addresses}
        named = [
            one
            for one in articles
            if own & {_page_at(page.joined(other)) for other in graph.addresses([one, one.get("mainEntityOfPage")])}
        ]
        articles = named[:1]
    if articles and not addresses:
        addresses = [
            Statement(one, "JSON-LD") for one in map(page.joined, _stated_addresses(graph, articles[0])) if _is_web(one)
        ]
    own_pages = [one for one in addresses if not is_home_page(one.text)]
    article = articles[0] if articles else {}
    address = next(iter(own_pages or addresses), Statement("", ""))
    return Sources(page, metadata, graph._replace(articles=articles), article, address)


def _page_at(address: str) -> str:
    """Return an address as far as it tells one page of a site from another: both ways to write it are common."""
    return address.partition("#")[0].partition("://")[2].removesuffix("/").removeprefix("www.")


def fields_of(sources: Sources, content: Element) -> RawFields:
    """Return the statements of the page; `content` is the element of the text."""
    around = article_around(content)
    page, metadata, article = sources.page, sources.metadata, sources.article
    images = [page.joined(one) for one in sources.graph.addresses(article.get("image"))] or [
        page.joined(text) for text, _ in metadata.said("images")
    ]
    return {
        "titles": _first(_titles(sources, around)),
        "dates": _date(sources, around, content),
        "updates": _first(one for one in _updates(sources, around) if _YEAR.search(one.text)),
        "links": _stated([sources.address]),
        "authors": _stated(_authors(sources, around)),
        "categories": _stated(_categories(sources, around)),
        "images": _stated(Statement(one, "picture") for one in dict.fromkeys(images) if _is_web(one))[:1],
        "summaries": _first([*_in_json(article, "description"), *metadata.said("summaries")]),
        "languages": _first(_languages(sources)),
        "outlets": _first(_outlets(sources)),
    }


def _addresses(page: SavedPage, metadata: PageMetadata, graph: Graph) -> list[Statement]:
    stated = [
        Statement(metadata.canonical, "link rel=canonical"),
        *(Statement(text, f"meta {name}") for text, name in metadata.said("addresses")),
        *(
            Statement(one.get("href") or "", "u-url")
            for one in page.root.iter("a")
            if names_of(one) & {"p-canonical", "u-url"}
        ),
        *(_in_scripts(page, _WECHAT_LINK, "msg_link")),
        Statement(page.saved_from, "saved from"),
    ]
    if len(graph.articles) == 1:
        stated[1:1] = [Statement(one, "JSON-LD") for one in _stated_addresses(graph, graph.articles[0])]
    joined = (Statement(page.joined(text), origin) for text, origin in stated)
    return [Statement(text.partition("#")[0], origin) for text, origin in joined if _is_web(text)]


def _stated_addresses(graph: Graph, article: Node) -> list[str]:
    return [*graph.addresses(article.get("url")), *graph.addresses(article.get("mainEntityOfPage"))]


def _titles(sources: Sources, around: Element) -> Iterator[Statement]:
    """Yield the title: a heading of the page that <title> begins with is it without the name of the site."""
    yield from _in_json(sources.article, "headline", "name")
    heads = [*sources.metadata.said("titles"), Statement(sources.title, "title")]
    root = sources.page.root
    for heading in islice(around.iter("h3"), 1):  # of Movable Type, whose <title> begins with the name of the site
        text = shown(heading)
        if any(head.endswith(text) and _names(head, text) for head, _ in heads if text and head != text):
            yield Statement(text, "heading")
    for place in (around, root):
        headings = [one for one in place.iter("h1", "h2") if shown(one)]
        for heading in headings[:3]:
            text = shown(heading)
            if "p-name" in names_of(heading) or any(_names(head, text) for head, _ in heads if head):
                yield Statement(text, "heading")
    site = sources.metadata.first("og:site_name")
    for head, name in heads:
        bare = head.strip()
        if site and bare.casefold().endswith(site.casefold()) and len(bare) > len(site):
            bare = bare[: -len(site)].rstrip(" -–—|·»_:")
        yield Statement(bare, name)
    yield from (Statement(shown(one), "heading") for one in root.iter("h1"))


def _names(head: str, heading: str) -> bool:
    """Return whether a title of a page is this heading, with the name of the site behind or before it."""
    head = " ".join(head.split())
    before = head.removesuffix(heading).rstrip()
    return head.startswith(heading) or (before != head and before.endswith((":", "|", "»", "·", " -", " –", " —")))


def _date(sources: Sources, around: Element, content: Element) -> tuple[Statement, ...]:
    """Return the strongest date; where it is a day alone, the first that says what time of that day."""
    said = [one for one in _dates(sources, around) if _YEAR.search(one.text)] or named_day(around, content)
    first = said[0].text.strip() if said else ""
    fuller = (one for one in said if _DAY.fullmatch(first) and one.text.strip().startswith((f"{first}T", f"{first} ")))
    return _first([*islice(fuller, 1), *said])


def _dates(sources: Sources, around: Element) -> Iterator[Statement]:
    yield from _in_json(sources.article, "datePublished", "dateCreated", "uploadDate")
    own = _page_at(sources.address.text)
    for page in sources.graph.pages:  # Yoast dates the page that an article is on, and states no article
        if own and own in {_page_at(one) for one in sources.graph.addresses([page, page.get("@id")])}:
            yield from _in_json(page, "datePublished")
    yield from sources.metadata.said("dates")
    yield from _in_scripts(sources.page, _WECHAT_TIME, "ct")
    yield from _times(around, {"dt-published", "published"}, "datepublished")
    yield from _times(around, set(), "")
    root = sources.page.root
    yield from _times(root, {"dt-published", "entry-date", "published"}, "datepublished")
    outside = {"aside", "footer", "nav"}
    for time in root.iter("time"):
        if time.get("datetime") and not any(one.tag in outside or one.tag == "article" for one in time.iterancestors()):
            yield Statement(time.get("datetime"), "time")


def _updates(sources: Sources, around: Element) -> Iterator[Statement]:
    yield from _in_json(sources.article, "dateModified")
    yield from sources.metadata.said("updates")
    yield from _times(around, {"dt-updated", "updated"}, "datemodified")


def _times(place: Element, names: set[str], property_: str) -> Iterator[Statement]:
    """Yield the moments of an element's <time>, with certain classes or a property; of any where none is asked for."""
    for one in place.iter("time", "abbr", "meta", "span"):
        has_name = property_ and (names & names_of(one) or (one.get("itemprop") or "").lower() == property_)
        is_plain = not property_ and one.tag == "time" and not names_of(one) & {"dt-updated", "updated"}
        if (has_name or is_plain) and not is_of_others(one, place):
            text = one.get("datetime") or one.get("content") or (one.get("title") if one.tag == "abbr" else "")
            yield Statement(text or (shown(one) if has_name else ""), "time")


def _authors(sources: Sources, around: Element) -> list[Statement]:
    named = [Statement(name, "JSON-LD: author") for name in sources.graph.named(sources.article.get("author"))]
    stated = [Statement(text, f"meta {name}") for text, name in sources.metadata.said("authors")]
    first = [one for one in stated if one.origin == stated[0].origin]
    marked = (
        one
        for one in around.iter()
        if (one.get("itemprop") or "").lower() == "author"
        or "author" in (one.get("rel") or "").lower().split()
        or "p-author" in names_of(one)
    )
    bylines = [Statement(shown(one), "byline") for one in islice(marked, _MOST_AUTHORS)]
    return next((said for said in map(_people, (named, first, bylines)) if said), [])


def _people(said: Iterable[Statement]) -> list[Statement]:
    """Return the names; the address of a profile is not a name."""
    return [one for one in dict.fromkeys(said) if one.text and "://" not in one.text and "@" not in one.text]


def _categories(sources: Sources, around: Element) -> list[Statement]:
    article = sources.article
    sections = [Statement(text, "JSON-LD: articleSection") for text in text_values(article.get("articleSection"))]
    words = article.get("keywords")
    keywords = words.split(",") if isinstance(words, str) else text_values(words)
    marked = (
        one
        for one in around.iter("a")
        if "tag" in (one.get("rel") or "").lower().split() or "p-category" in names_of(one)
    )
    said = [
        *sections,
        *(Statement(word.strip(), "JSON-LD: keywords") for word in keywords),
        *sources.metadata.said("categories"),
        *(Statement(shown(one), "rel=tag") for one in marked),
    ]
    unlike = {one.text.casefold(): one for one in reversed(said) if one.text}
    return [*unlike.values()][::-1][:_MOST_CATEGORIES]


def _languages(sources: Sources) -> Iterator[Statement]:
    root = sources.page.root
    stated = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    yield Statement(stated or "", "html lang")
    yield from _in_json(sources.article, "inLanguage")
    yield from sources.metadata.said("languages")


def _outlets(sources: Sources) -> Iterator[Statement]:
    yield from _in_scripts(sources.page, _WECHAT_NAME, "nickname")
    yield from sources.metadata.said("outlets")
    yield from (Statement(name, "JSON-LD: publisher") for name in sources.graph.named(sources.article.get("publisher")))


def _in_json(article: Node, *keys: str) -> Iterator[Statement]:
    for key in keys:
        yield from (Statement(text, f"JSON-LD: {key}") for text in text_values(article.get(key)))


def _in_scripts(page: SavedPage, pattern: re.Pattern[str], name: str) -> Iterator[Statement]:
    """Yield what a script of WeChat's says; its pages have it nowhere else."""
    for script in page.root.iter("script"):
        if found := pattern.search(script.text or ""):
            yield Statement(found[1].replace("\\x26amp;", "&").replace("&amp;", "&"), f"script: {name}")


def _first(said: Iterable[Statement]) -> tuple[Statement, ...]:
    """Keep the strongest: those after it say the same thing in other words."""
    return _stated(islice((one for one in said if one.text.strip()), 1))


def _stated(said: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(Statement(text.strip(), f"page: {origin}") for text, origin in said if text.strip())


def _is_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme.lower() in {"http", "https"}
    except ValueError:
        return False
