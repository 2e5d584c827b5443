"""Make the keys of records quickly that are written as nearly every robot writes them, many at a time.

A shortcut for the first pass, which asks this of every file: without it every key would be the same, and come later.
Whatever is not so plain is None here, and takes the way of all others: formats/, dates/, records/normalise.py. To be
fast it uses the inner readers of formats/. What both passes use (`read_heading`, `readable`) has shortcuts of its own.
"""

from collections.abc import Sequence
from itertools import repeat
from typing import Final

from refeed.dates import Hints, usual_timestamps
from refeed.model import Document, RecordKey, SourceFile, Timestamp
from refeed.options import SiteOptions
from refeed.records.addresses.own_address import is_own
from refeed.records.addresses.shared_addresses import marks_of
from refeed.records.context import NO_SITE, Context, hints_of, site_of, site_options_for
from refeed.records.date_evidence import shifted
from refeed.records.forms import ADDRESSED, SOURCE, form_of_source
from refeed.records.identity import (
    SelfDescription,
    identify,
    identify_address,
    identity_url,
    name_of_page,
    usual_address,
)
from refeed.records.normalise import SHARED, usable_id
from refeed.records.publication.decide import release_by_name, withheld_by_place
from refeed.records.publication.draft_marks import is_marked, may_be_marked
from refeed.records.quick_facts import UNDESCRIBED, Facts, facts_of
from refeed.urls import host_of, readable
from refeed.vocabulary.links import address_in

_ARTICLES: Final = ".md"  # nothing more is asked of the endings of these

_Identity = tuple[bytes, str | None, bool, bool]
"""The digest of an identity, the stated id, whether it is vague, and whether it is that of an address."""


def quick_key(document: Document, context: Context) -> RecordKey | None:
    """Return the key of a document's only record; None if anything in it is not as usual."""
    facts = facts_of(document, context)
    return quick_keys([facts], context)[0] if facts else None


def quick_keys(records: Sequence[Facts], context: Context) -> list[RecordKey | None]:
    """Return the keys of records; None for each in which anything is not as usual.

    Each step is taken for all of them before the next: one question about their texts together mostly answers it for
    each, and costs a fraction of as many questions.
    """
    if not records:
        return []
    sources, _, files, _, _, titles, dates, described, links, updates, headed = zip(*records, strict=True)
    addresses = [usual_address(link) if link else None for link in links]
    urls = [
        link if address else readable(link) if link else None for link, address in zip(links, addresses, strict=True)
    ]
    sites, hints = _sites(sources, urls, context)
    if not context.is_plain:
        described = tuple(map(_in_site, records, urls, sites, repeat(context)))
    identities = [
        _identity(link, address, url, record, is_headed=is_headed)
        for link, address, url, record, is_headed in zip(links, addresses, urls, described, headed, strict=True)
    ]
    counted_titles = ["" if is_headed else title for title, is_headed in zip(titles, headed, strict=True)]
    withheld = _may_be_withheld(files, counted_titles, sources, context)
    published = _times(dates, hints, sites)
    updated = _times(updates, hints, sites) if any(updates) else [None] * len(records)
    return [
        _key(facts, record, identity, date, update, context)
        if identity and date and not is_withheld and (update or not said_update)
        else None
        for facts, record, identity, date, is_withheld, update, said_update in zip(
            records, described, identities, published, withheld, updated, updates, strict=True
        )
    ]


def _key(
    facts: Facts,
    described: SelfDescription | None,
    identity: _Identity,
    date: Timestamp,
    updated: Timestamp | None,
    context: Context,
) -> RecordKey:
    source, folder, file, line, size, title, *_ = facts
    digest, stated, vague, has_address = identity
    slug = described.slug if described else ""
    form = ADDRESSED if has_address else SOURCE if context.is_plain and not slug else _form(source, slug, context)
    release, marks = release_by_name(folder, file, date), marks_of(title, name_of_page(source.name))
    stated = stated and usable_id(stated, context)
    # By their places, because names would take longer.
    dated = date, None, False, True, updated, release, None, None
    return RecordKey._make((0, line, size, digest, stated, *dated, marks, vague, None, (), form))


def _form(source: SourceFile, slug: str, context: Context) -> int:
    """Return the form of a text that states no address, with what the site around it says."""
    site = None if context.is_plain else site_of(site_options_for(source, None, context), source, context)
    return form_of_source(slug, host_of(site.address) if site else "")


def _sites(
    sources: Sequence[SourceFile], urls: Sequence[str | None], context: Context
) -> tuple[Sequence[SiteOptions], Sequence[Hints]]:
    """Return what the user says of the site of each record, and how its dates are read."""
    if context.is_plain:
        return (NO_SITE,) * len(sources), (context.hints,) * len(sources)
    sites = [site_options_for(source, url, context) for source, url in zip(sources, urls, strict=True)]
    return sites, [hints_of(site, source, context) for site, source in zip(sites, sources, strict=True)]


def _in_site(facts: Facts, url: str | None, stated: SiteOptions, context: Context) -> SelfDescription | None:
    """Return what a post says by the name of its file, too; None if its link may be that of another's page."""
    source, *_, described, _, _, is_headed = facts
    if stated.address == SHARED:
        return None
    if is_headed:
        return described
    if url:
        return described if is_own(url, stated.site) else None
    site = site_of(stated, source, context)
    return described if site is None or described.slug else described._replace(slug=name_of_page(source.name))


def _identity(
    link: str, usual: str | None, url: str | None, described: SelfDescription | None, *, is_headed: bool
) -> _Identity | None:
    """Return how a record is told apart; None where weaker statements count."""
    if described is None or (link and not is_headed and not _is_found(link, usual)):
        return None
    address = usual or (identity_url(link) if link else "")
    if described is UNDESCRIBED:  # nearly always: a link, and no id
        digest = identify_address(address) if url else None
        return (digest, None, False, True) if digest else None
    identity = identify(described._replace(address=address) if address else described)
    is_usual = bool(link) == bool(url and identity.by_address) and (identity.stated or not described.ids)
    return (identity.digest, identity.stated, identity.is_vague, identity.by_address) if is_usual else None


def _is_found(link: str, address: str | None) -> bool:
    """Return whether front matter that says a link is read so: `address_in` finds nothing else in it."""
    is_whole = address and (link[-1] == "/" or link[-1].isalnum())
    return bool(is_whole) or link == address_in(link)


def _may_be_withheld(
    files: Sequence[str], titles: Sequence[str], sources: Sequence[SourceFile], context: Context
) -> list[bool]:
    """Return of which files the names, their sites, or titles that count may say that they are not published."""
    is_plain = context.is_plain and not context.drafts
    marked = _marked([f"{file}\n{title}" for file, title in zip(files, titles, strict=True)])
    return [
        (may_be or not is_plain or not file.endswith(_ARTICLES))
        and (withheld_by_place(source, context) is not None or is_marked(title))
        for file, title, source, may_be in zip(files, titles, sources, marked, strict=True)
    ]


def _marked(texts: Sequence[str]) -> list[bool]:
    """Return which of some texts may mark a draft: nearly always none, else they are halved until they are found."""
    if not may_be_marked("\n".join(texts)):
        return [False] * len(texts)
    if len(texts) == 1:
        return [True]
    half = len(texts) // 2
    return _marked(texts[:half]) + _marked(texts[half:])


def _times(texts: Sequence[str], hints: Sequence[Hints], sites: Sequence[SiteOptions]) -> list[Timestamp | None]:
    times = usual_timestamps(texts, hints)
    return [shifted(time, site) if time and site.offset else time for time, site in zip(times, sites, strict=True)]
