"""Make the documents of a site that hold entries, in the order in which they are written."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import BinaryIO, Final

from refeed.feed_history import FeedLink
from refeed.model import Feed
from refeed.outputs import DEFAULT, Output, load_output, load_outputs
from refeed.pipeline.feed_metadata import id_by_name
from refeed.publish.articles import Articles
from refeed.publish.fragments import Fragments
from refeed.publish.opml import Outline, opml
from refeed.publish.plan import ArchivePlan, FeedPlan, Plan
from refeed.publish.site import Site, SiteDocument
from refeed.records.languages import language_of_most

_OPML: Final = "feeds.opml"


def paths_of(plan: Plan) -> Iterator[str]:
    """Return the paths of all documents."""
    yield from (one.path for one in plan.archive)
    for feed in plan.feeds:
        yield from (_path(feed, output) for output in load_outputs().values())
    yield _OPML


def documents(plan: Plan, articles: Articles, fragments: Fragments, site: Site) -> Iterator[SiteDocument]:
    """Return the documents one after the other, without the feed of the newest articles."""
    atom = load_output(DEFAULT)
    for number, one in enumerate(plan.archive):
        feed = replace(_facts(one.positions, articles, site), deletions=(), is_archive=True)
        feed = replace(feed, self_url=site.addresses.own(one.path), links=_links_of_archive(plan.archive, number, site))
        yield SiteDocument(one.path, partial(_write, atom, feed, fragments, one.positions))
    for other in plan.feeds[1:]:
        yield from _feed(other, articles, fragments, site, ())
    outlines = [_outline(feed, site) for feed in plan.feeds]
    yield SiteDocument(_OPML, partial(_write_bytes, opml(site.title(None), outlines)))


def newest_feed(plan: Plan, articles: Articles, fragments: Fragments, site: Site) -> Iterator[SiteDocument]:
    """Return the feed of the newest articles in every format, Atom last."""
    newest = plan.feeds[0]
    path = _path(newest, load_output(DEFAULT))
    links = (_link("prev-archive", plan.archive[-1].path, path, site),) if plan.archive else ()
    yield from _feed(newest, articles, fragments, site, links)


def _feed(
    plan: FeedPlan, articles: Articles, fragments: Fragments, site: Site, links: tuple[FeedLink, ...]
) -> Iterator[SiteDocument]:
    """Return a feed in every format, Atom last."""
    feed = replace(_facts(plan.positions, articles, site), links=links)
    if plan.facet:
        own = id_by_name(f"{feed.id} {plan.facet.kind} {plan.facet.name}")
        feed = replace(feed, id=own, title=site.title(plan.facet), subtitle=None, deletions=())
        feed = replace(feed, site_url=site.page(plan.folder))
    for output in sorted(load_outputs().values(), key=lambda output: output.name == DEFAULT):
        path = _path(plan, output)
        stated = replace(feed, self_url=site.addresses.own(path))
        yield SiteDocument(path, partial(_write, output, stated, fragments, plan.positions))


def _facts(positions: Sequence[int], articles: Articles, site: Site) -> Feed:
    """Return what a document with these articles says of itself."""
    newest = max((articles.updates[position] for position in positions), default=0.0)
    language = language_of_most([articles.languages[position] for position in positions])
    return site.feed(datetime.fromtimestamp(newest, UTC), language)


def _links_of_archive(archive: Sequence[ArchivePlan], number: int, site: Site) -> tuple[FeedLink, ...]:
    """Return the links of a document of the archive: RFC 5005, 4."""
    page = archive[number].path
    links = [_link("current", f"feed{load_output(DEFAULT).suffix}", page, site)]
    if number:
        links.append(_link("prev-archive", archive[number - 1].path, page, site))
    if number + 1 < len(archive):
        links.append(_link("next-archive", archive[number + 1].path, page, site))
    return tuple(links)


def _link(relation: str, path: str, page: str, site: Site) -> FeedLink:
    return FeedLink(relation, site.addresses.link(path, page))


def _outline(plan: FeedPlan, site: Site) -> Outline:
    address = site.addresses.link(_path(plan, load_output(DEFAULT)), _OPML)
    return Outline(site.title(plan.facet), address, site.page(plan.folder))


def _path(plan: FeedPlan, output: Output) -> str:
    return f"{plan.folder}feed{output.suffix}"


def _write(output: Output, feed: Feed, fragments: Fragments, positions: Sequence[int], out: BinaryIO) -> None:
    output.write(feed, fragments.of(output, positions), out)


def _write_bytes(document: bytes, out: BinaryIO) -> None:
    out.write(document)
