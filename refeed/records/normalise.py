"""Turn a RawRecord into a RecordMeta: what the record means. Without a date the opening of its body is read, too.

Every record gets a RecordKey, at a fraction of the cost; only those that go out or meet a filter get a RecordMeta.
"""

from enum import Enum, auto
from typing import Any, Final
from urllib.parse import urlsplit

from refeed.addresses.snapshots import publisher
from refeed.input.encoding import must_be_utf8
from refeed.limits import Limits
from refeed.model import Document, RawRecord, RecordKey, RecordMeta, Statement
from refeed.options import SiteOptions
from refeed.problems import Problem
from refeed.records import date_evidence
from refeed.records.addresses.other_spellings import withdrawn
from refeed.records.addresses.own_address import divide_links, is_own, is_part_of_page, is_post
from refeed.records.addresses.post_address import derive_url
from refeed.records.addresses.shared_addresses import marks_of
from refeed.records.context import Context, hints_of, site_of, site_options_for
from refeed.records.date_evidence import DateDecision
from refeed.records.fields import choose as fields
from refeed.records.fields.enclosures import choose_files
from refeed.records.fields.names import with_names
from refeed.records.fields.words_in_line import divided_categories
from refeed.records.forms import EMPTY, form_of
from refeed.records.identity import (
    SelfDescription,
    identify,
    identity_url,
    is_iri_or_uuid,
    name_of_page,
    names_an_article,
)
from refeed.records.last_resort import with_last_resort
from refeed.records.publication.decide import Publication, read_publication
from refeed.records.untitled import name_of_untitled
from refeed.site import Site
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.urls import host_of, resolve
from refeed.uuids import urn

_NO_LINK: Final = Problem(
    "no-link", "its address in its site could not be determined; state `permalink` in its header, or in [sources]"
)
_OTHER_FORM: Final = "another form of the article"
_SHOWN_BY_SEARCH: Final = (" canonical_url", " canonical")  # the ends of origins
SHARED: Final = "shared"  # what a user says of an address that is not an article's own


class _Address(Enum):
    """What the address of a record is made of, or whose it is."""

    STATED = auto()
    DERIVED = auto()
    CITED = auto()  # it is that of a page that the record is about, or none is known


class _Basis(NamedTuple):
    """What both the key and the metadata of a record are made of."""

    links: tuple[fields.Link, ...]
    cited: tuple[fields.Link, ...]  # addresses of pages that it is about
    host: str | None  # of the article's address
    stated: SiteOptions  # what the user says of the source
    site: Site | None  # that it is a post of
    date: DateDecision
    updated: DateDecision
    publication: Publication
    key: RecordKey


def make_key(raw: RawRecord, document: Document, number: int, context: Context) -> RecordKey:
    """Return which article a record belongs to, and when it was dated."""
    return _basis(raw, document, number, context).key


def normalise(
    raw: RawRecord, document: Document, number: int, context: Context, address: str | None = None
) -> tuple[RecordMeta, tuple[Problem, ...]]:
    """Decide what each statement means, report what is doubtful; `address` is that of another form of the article."""
    basis = _basis(raw, document, number, context)
    key, (url, kind) = basis.key, _url(basis, raw, document, context, address)
    chosen = _chosen(raw, document, basis, url, context.options.allow, is_cited=kind is _Address.CITED)
    meta = RecordMeta(
        source=document.source,
        key=key,
        format=raw.format,
        body=raw.body,
        markdown=raw.markdown,
        keeps_breaks=raw.keeps_breaks,
        hides_code=raw.hides_code,
        id=key.stated_id or urn(key.identity),
        title=chosen["title"].value,
        url=url.value,
        authors=chosen["authors"].value,
        categories=chosen["categories"].value,
        images=chosen["image"].value,
        files=chosen["enclosures"].value,
        summary=chosen["summary"].value,
        language=chosen["language"].value,
        outlet=chosen["source"].value,
        dateline=basis.date.dateline,
        evidence={name: field.origin for name, field in chosen.items() if field.origin},
        base=resolve(raw.base, None) if raw.base else _own_page(url, raw, document, basis, context),
        site=basis.site,
        has_derived_url=kind is _Address.DERIVED,
        has_cited_url=kind is _Address.CITED,
    )
    return meta, tuple(one.at(document.source.path, raw.line) for field in chosen.values() for one in field.problems)


def _chosen(
    raw: RawRecord, document: Document, basis: _Basis, url: fields.Chosen[str | None], limits: Limits, *, is_cited: bool
) -> dict[str, fields.Chosen[Any]]:
    """Return what was chosen for every field, in the order in which its problems are reported."""
    authors = fields.choose_authors(with_names(raw.authors or raw.presenters, basis.site), limits)
    files = choose_files(raw.enclosures, limits)
    # Where an article was published that does not say so: its host, its site, else who wrote it.
    outlet = basis.host or (basis.site and basis.site.title) or _host(None if is_cited else url.value)
    outlet = outlet or (next(iter(authors.value), None) if raw.authors else None)
    return {
        "url": url,
        "date": fields.Chosen(None, basis.date.origin, basis.date.problems),
        "publication": fields.Chosen(None, "", basis.publication.problems),
        "title": fields.choose_title(raw.titles, limits, may_hold_tags=raw.format not in {"feed", "mail", "page"}),
        "updated": fields.Chosen(None, basis.updated.origin, basis.updated.problems),
        "authors": authors,
        "id": fields.Chosen(None, raw.ids[0].origin if raw.ids else "", _bad_id(raw, basis.key)),
        "categories": fields.choose_categories(divided_categories(raw, document, basis.site), limits),
        "image": fields.choose_images((*raw.images, *files.value.pictures), limits),
        "enclosures": files,
        "summary": fields.choose_summary(raw.summaries),
        "language": fields.choose_language(raw.languages, basis.stated.language),
        "source": fields.choose_outlet(raw.outlets, basis.stated.title, outlet, limits),
    }


def _basis(raw: RawRecord, document: Document, number: int, context: Context) -> _Basis:
    links, cited = divide_links(fields.read_links(raw.links), raw, document.source, context)
    link = fields.best_link(links)
    url, host = (link.url, _host(link.url)) if link else (None, None)
    stated = site_options_for(document.source, url, context)
    site = site_of(stated, document.source, context)
    hints = hints_of(stated, document.source, context)
    updated = date_evidence.stated_update(raw, hints, stated)
    date = _date(raw, document, url, stated, context, updated)
    publication = read_publication(raw, document, date, hints, context)
    address = link.address if link and not is_part_of_page(raw) else ""
    described = _described(raw, document, number, address, site)
    identity = identify(described, is_shared=stated.address == SHARED)
    is_withdrawal = publication.withheld or publication.expiry
    digest, others = withdrawn(identity, described) if is_withdrawal else (identity.digest, ())
    form = form_of(raw, document, host or (host_of(site.address) if site else ""), described.slug, identity)
    # What is not published says itself of people and outlets, nobody tells.
    told = raw._replace(authors=(), outlets=()) if publication.withheld else raw
    is_left_out = publication.withheld or not date.timestamp
    key = RecordKey(
        number=number,
        line=raw.line,
        size=raw.span[1] - raw.span[0],
        identity=digest,
        stated_id=usable_id(identity.stated, context),
        date=date.timestamp,
        withheld=publication.withheld,
        by_file_time=date.origin in date_evidence.OF_THE_FILE,
        is_lasting=date.is_lasting and updated.is_lasting and publication.is_lasting,
        updated=updated.timestamp,
        release=publication.release,
        expiry=publication.expiry,
        bad_date=None if date.timestamp else next((one for one in date.problems if one.code == "bad-date"), None),
        marks=marks_of(described.title, name_of_page(described.file)),
        is_vague=identity.is_vague,
        outlet=_outlet_of_left_out(told, host, site, stated, context) if is_left_out else None,
        also_withdraws=others,
        form=form if digest == identity.digest else EMPTY,  # what a page was earlier is no form of what it is now
    )
    return _Basis(links, cited, host, stated, site, date, updated, publication, key)


def _outlet_of_left_out(
    raw: RawRecord, host: str | None, site: Site | None, stated: SiteOptions, context: Context
) -> str | None:
    otherwise = host or (site and site.title) or _raw(raw.authors)
    return fields.choose_outlet(raw.outlets, stated.title, otherwise, context.options.allow).value


def _url(
    basis: _Basis, raw: RawRecord, document: Document, context: Context, address: str | None
) -> tuple[fields.Chosen[str | None], _Address]:
    """Return the address that a record states, else that of its page in its site, else that of a page it is about."""
    limits, site, stated = context.options.allow, basis.site, fields.choose_url(basis.links, context.options.allow)
    if stated.value:
        return stated, _Address.STATED
    if derived := derive_url(raw, document, basis.date.timestamp, site, context):
        others = tuple(link for link in basis.links if link.statement.text not in derived.stated)
        return fields.choose_derived(others, derived.url, derived.origin, limits), _Address.DERIVED
    if address:
        return fields.choose_derived(basis.links, address, _OTHER_FORM, limits), _Address.DERIVED
    cited = fields.choose_cited((*basis.cited, *fields.read_links(raw.citations)), limits)
    is_lost = cited.value is None and site is not None and bool(site.address)
    problems = (*stated.problems, *cited.problems, *([_NO_LINK] if is_lost else []))
    return cited._replace(problems=problems), _Address.CITED


def _own_page(
    url: fields.Chosen[str | None], raw: RawRecord, document: Document, basis: _Basis, context: Context
) -> str | None:
    """Return the page in its site of a post that names one elsewhere, which search engines are to show for it.

    A post with a folder of its own has its files there. Of others, whoever mirrors pages may have written that address.
    """
    site, is_named = basis.site, url.origin.endswith(_SHOWN_BY_SEARCH)
    has_folder = document.source.name.rpartition("/")[2].startswith("index.")
    if not (is_named and url.value and site and site.address and is_post(raw) and has_folder):
        return None
    derived = (
        None if is_own(url.value, site.address) else derive_url(raw, document, basis.date.timestamp, site, context)
    )
    return derived.url if derived else None


def _described(raw: RawRecord, document: Document, number: int, address: str, site: Site | None) -> SelfDescription:
    """Return what identity goes by: raw statements, because better cleaning of names and titles must not move an id.

    In a site every file is a page of its own, and its name is the slug of the page, unless the header says another.
    """
    title, name = _raw(raw.titles).strip(), document.source.name
    return SelfDescription(
        address=address,
        ids=_texts(raw.ids),
        permalink=_raw(raw.permalinks),
        slug=_raw(raw.slugs) or (name_of_page(name) if site and is_post(raw) else ""),
        title=title,
        body="" if title else name_of_untitled(raw, document),
        dates=_texts(raw.dates),
        language=_raw(raw.languages),
        outlet=_raw(raw.outlets),
        author=_raw(raw.authors),
        file=name,
        number=number,
    )


_OF_PROGRAM: Final = late_pattern(r"[0-9A-Fa-f]{32}")  # Day One's and Notion's: nobody has stated it as an id


def usable_id(id_: str | None, context: Context) -> str | None:
    """Return a stated id, unless it is longer than what is shown."""
    return id_ if id_ is None or len(id_) <= context.options.allow.max_url_length else None


def _bad_id(raw: RawRecord, key: RecordKey) -> tuple[Problem, ...]:
    if not raw.ids or key.stated_id:
        return ()
    text = raw.ids[0].text
    if _OF_PROGRAM.fullmatch(text):
        return ()
    is_home_page = is_iri_or_uuid(text) and not names_an_article(identity_url(text))
    reason = "is a home page" if is_home_page else "is not an absolute IRI or a UUID, or it is too long"
    return (Problem("bad-id", f"{text[:60]!r} {reason}; the entry gets another id"),)


def _date(
    raw: RawRecord, document: Document, url: str | None, site: SiteOptions, context: Context, updated: DateDecision
) -> DateDecision:
    """Return the date in the header, or without one the strongest of the weaker statements, at last an update."""
    hints = hints_of(site, document.source, context)
    stated = date_evidence.header_date(raw, hints, site)
    if stated.timestamp:
        return stated
    must_be_utf8(document)
    for_dateline = date_evidence.dateline_hints(site, _host(url), hints)
    path = urlsplit(url).path if url else _raw(raw.permalinks)
    weak = date_evidence.weak_date(document.opening(raw.body), path, document.source.name, for_dateline)
    weak = date_evidence.at_time_of_day(weak, raw.clocks, raw, hints, site) if raw.clocks else weak
    problems = (*stated.problems, *weak.problems)
    is_lasting = stated.is_lasting and weak.is_lasting
    decision = weak._replace(problems=problems, is_lasting=is_lasting, is_too_late=stated.is_too_late)
    if decision.timestamp is None and updated.timestamp:
        decision = decision._replace(timestamp=updated.timestamp, origin=updated.origin)
    if decision.timestamp is None and (completed := date_evidence.completed_date(raw, hints, site)):
        return completed._replace(dateline=decision.dateline, is_lasting=is_lasting, is_too_late=stated.is_too_late)
    return decision if decision.timestamp else with_last_resort(decision, document, context)


def _host(url: str | None) -> str | None:
    return publisher(url) if url else None


def _texts(statements: tuple[Statement, ...]) -> tuple[str, ...]:
    return tuple(statement.text for statement in statements)


def _raw(statements: tuple[Statement, ...]) -> str:
    return statements[0].text if statements else ""
