"""Look up what a saved page says in its head: Open Graph, Dublin Core and others, as <meta> and <link>."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from refeed.formats.pages.tree import SavedPage
from refeed.model import Statement
from refeed.startup.named_tuple import NamedTuple

# What a page says → the names of <meta> that say it, strongest first, and who writes them.
NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "titles": ("og:title", "twitter:title", "dc.title", "sailthru.title", "parsely-title", "headline"),
        "dates": (
            "article:published_time",  # Open Graph
            "og:article:published_time",
            "datepublished",  # schema.org, as microdata
            "parsely-pub-date",
            "sailthru.date",
            "dc.date.issued",
            "dcterms.issued",
            "dcterms.created",
            "dc.date",
            "dc.created",
            "citation_publication_date",  # Google Scholar
            "publishdate",  # Chinese newspapers, and the next three
            "pubdate",
            "publish_date",
            "publish-date",
            "article.published",
            "published_at",
            "date",
            "cxenseparse:recs:publishtime",
            "og:pubdate",
            "og:published_time",
            "og:release_date",
        ),
        "updates": ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified"),
        "authors": (
            "author",
            "article:author",
            "og:article:author",
            "dc.creator",
            "dcterms.creator",
            "parsely-author",
            "sailthru.author",
            "citation_author",
            "byl",  # The New York Times
        ),
        "categories": ("article:section", "article:tag", "og:article:tag", "parsely-section"),
        "images": ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"),
        "summaries": ("og:description", "description", "twitter:description", "dc.description"),
        "outlets": ("og:site_name", "application-name", "dc.publisher", "apple-mobile-web-app-title"),
        "languages": ("og:locale", "dc.language", "content-language", "language"),
        "addresses": ("og:url", "twitter:url", "parsely-link"),
    }
)


class PageMetadata(NamedTuple):
    """The values of <meta>, by their names in lower case, and the address that <link> calls the page's own."""

    values: Mapping[str, list[str]]
    canonical: str

    def said(self, what: str) -> Iterator[Statement]:
        """Yield all that the page says of something, with the name that says it."""
        for name in NAMES[what]:
            yield from (Statement(value, name) for value in self.values.get(name, ()))

    def first(self, *names: str) -> str:
        """Return the first value under the first of these names that has one."""
        return next((values[0] for name in names if (values := self.values.get(name))), "")


def read_metadata(page: SavedPage) -> PageMetadata:
    """Collect what <meta> and <link> say, wherever they stand: many pages have some in their bodies."""
    values: dict[str, list[str]] = {}
    for meta in page.root.iter("meta"):
        text = (meta.get("content") or "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            if text and (name := (meta.get(key) or "").strip().lower()):
                values.setdefault(name, []).append(text)
    links = (
        one.get("href") or "" for one in page.root.iter("link") if "canonical" in (one.get("rel") or "").lower().split()
    )
    return PageMetadata(values, next(filter(None, map(str.strip, links)), ""))
