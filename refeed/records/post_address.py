"""Give a record that states no address of its own the one that it has in its site: a link, never an identity."""

from datetime import datetime
from typing import Final

from refeed.dates.zones import shown_in
from refeed.limits import cap_url
from refeed.model import RawRecord, SourceFile, Statement, Timestamp
from refeed.records.context import Context
from refeed.records.fields import Chosen
from refeed.site import Site
from refeed.sites.links import address_in, link_of
from refeed.sites.post import Post
from refeed.text.plain import plain

_ONLY_CATEGORIES: Final = ("categories", "category")  # no tags: they are never part of an address


def derived_url(
    chosen: Chosen[str | None],
    raw: RawRecord,
    source: SourceFile,
    date: Timestamp | None,
    site: Site | None,
    context: Context,
) -> Chosen[str | None]:
    """Return the address of a record in its site; what was chosen so far, None, where nobody can tell."""
    paths = tuple(one for one in (*raw.permalinks, *raw.links) if _is_path(one.text) or one in raw.permalinks)
    if site and site.address:
        url, origin = link_of(_post(raw, paths, source, date, site), site), f"site of {site.configuration}"
    elif paths and context.options.feed.link and (path := paths[0].text) and "/" in path:
        url, origin = address_in(Site("", address=context.options.feed.link.rstrip("/") + "/"), path), "[feed] link"
    else:
        return chosen
    if url is None:
        return chosen
    used = {one.text for one in paths}
    problems = tuple(
        problem for problem in chosen.problems if not any(repr(text[:80]) in problem.message for text in used)
    )
    shown, too_long = cap_url(url, context.options.allow)
    stated = f"{paths[0].origin}, {origin}" if paths else origin
    return Chosen(shown, stated, (*problems, *too_long))


def _is_path(text: str) -> bool:
    """Return whether a statement of a link is a path from the top of its site."""
    return text.startswith("/") and not text.startswith("//")


def _post(raw: RawRecord, paths: tuple[Statement, ...], source: SourceFile, date: Timestamp | None, site: Site) -> Post:
    categories = [one.text for one in raw.categories if one.origin.rpartition(" ")[2] in _ONLY_CATEGORIES]
    return Post(
        path=site.path_of(source.path),
        permalinks=tuple(one.text for one in paths),
        slug=raw.slugs[0].text if raw.slugs else "",
        title=plain(raw.titles[0].text) if raw.titles else "",
        date=_date_in(site, date) if date else None,
        categories=tuple(categories),
        language=raw.languages[0].text if raw.languages else site.language,
    )


def _date_in(site: Site, date: Timestamp) -> datetime:
    """Return the date as the site shows it: in its time zone, else on the day that was written."""
    if site.timezone and date.precision != "day":
        return shown_in(date.value, site.timezone)
    return datetime.combine(datetime.fromisoformat(date.day), date.value.timetz())
