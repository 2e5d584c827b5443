"""Give a record without an address the one that it has in its site: a link, never an identity."""

from datetime import datetime
from typing import Final

from refeed.dates.zones import shown_in
from refeed.model import Document, RawRecord, Statement, Timestamp
from refeed.options import CONFIGURATION_NAME
from refeed.records.context import Context
from refeed.records.fields.words_in_line import divided_categories
from refeed.site import Site
from refeed.sites.post import Post
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.text.plain import plain

_HEADING: Final = late_pattern(r"(?>\s*)#(?>[ \t]+)([^\n]+)")
_ONLY_CATEGORIES: Final = ("categories", "category")


class DerivedUrl(NamedTuple):
    """The address of a record in its site, and what the record states of it."""

    url: str
    origin: str
    stated: frozenset[str]


def derive_url(
    raw: RawRecord, document: Document, date: Timestamp | None, site: Site | None, context: Context
) -> DerivedUrl | None:
    """Return the address that a record has in its site; None if that is unknown."""
    paths = tuple(one for one in (*raw.permalinks, *raw.links) if _is_path(one.text) or one in raw.permalinks)
    if not paths and not (site and site.address):
        return None
    from refeed.sites.links import address_in, link_of  # with all generators, and most archives are no sites
    from refeed.sites.permalink_patterns import is_pattern

    if site and site.address and (paths or site.reads(document.source.path)):
        url = link_of(_post(raw, paths, document, date, site), site)
    elif paths and context.options.feed.link and "/" in paths[0].text and not is_pattern(paths[0].text):
        site = Site(below="", address=context.options.feed.link.rstrip("/") + "/")
        url = address_in(site, paths[0].text)
    else:
        return None
    if url is None:
        return None
    origin = f"{paths[0].origin}, {origin_of(site)}" if paths else origin_of(site)
    return DerivedUrl(url, origin, frozenset(one.text for one in paths))


def origin_of(site: Site) -> str:
    """Return what the evidence says of a value that a record has from its site."""
    return f"the site of {site.configuration or CONFIGURATION_NAME}"


def _is_path(text: str) -> bool:
    """Return whether a statement of a link is a path from the top of its site."""
    return text.startswith("/") and not text.startswith("//")


def _post(raw: RawRecord, paths: tuple[Statement, ...], document: Document, date: Timestamp | None, site: Site) -> Post:
    path = site.path_of(document.source.path)
    return Post(
        path=path,
        permalinks=tuple(one.text for one in paths),
        aliases=tuple(one.text for one in raw.aliases if _is_path(one.text)),
        slug=raw.slugs[0].text if raw.slugs else "",
        title=plain(raw.titles[0].text if raw.titles else _first_heading(document.opening(raw.body))),
        date=_date_in(site, date) if date else None,
        categories=_categories(raw, document, site),
        language=raw.languages[0].text if raw.languages else site.language_of(path) or site.language,
    )


def _categories(raw: RawRecord, document: Document, site: Site) -> tuple[str, ...]:
    """Return the categories of a post; tags are never part of an address."""
    stated = divided_categories(raw, document, site)
    return tuple(one.text for one in stated if one.origin.rpartition(" ")[2] in _ONLY_CATEGORIES)


def _first_heading(body: str) -> str:
    """Return the title that a post has in its body, where generators look for it."""
    heading = _HEADING.match(body)
    return heading[1] if heading else ""


def _date_in(site: Site, date: Timestamp) -> datetime:
    """Return the date as the site shows it: in its time zone, else on the day that was written."""
    if site.timezone and date.precision != "day":
        return shown_in(date.value, site.timezone)
    return datetime.combine(datetime.fromisoformat(date.day), date.value.timetz())
