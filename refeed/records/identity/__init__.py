"""Tell which records are the same article, and give each article its lasting id. FROZEN.

A change of anything here would send every article to every subscriber again. So this package shares nothing with code
that may change: not the repair of addresses (refeed.urls), not the cleaning of text (refeed.text.plain), not the
dialects of dates (refeed.dates), nor a table that grows with Python or Unicode; refeed.startup.late_patterns says when
a pattern is compiled, not what it matches. No change may move the ids in fixtures/records/identity; they moved for the
last time before the first release.

Where it is in doubt, two records are two articles: to lose an article is worse than to show a copy. An identity is a
function of one record and of the settings of the site around it, never of the other records: else ids would move
whenever an archive grows.
"""

import re
from typing import Final

from refeed.records.identity._addresses import front_page, identity_url, usual_address
from refeed.records.identity._file_names import name_of_page, page_of
from refeed.records.identity._moments import moment_of_name, written_moment
from refeed.records.identity._stated_ids import is_iri_or_uuid, is_number_or_nobodys
from refeed.records.identity._texts import fold, unescaped, without_mail
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.uuids import URLS, urn, uuid_of

__all__ = [
    "Identity",
    "SelfDescription",
    "identify",
    "identify_address",
    "identity_url",
    "is_iri_or_uuid",
    "name_of_page",
    "names_an_article",
    "page_of",
    "usual_address",
]

# Namespace of the articles without address: uuid5(NAMESPACE_URL, "refeed: identity of an article without address").
_WITHOUT_ADDRESS: Final = bytes.fromhex("7f0b4f4262fe5bf290596d7911df79eb")

# Permalinks that say how to make one.
_PATTERN: Final = late_pattern(
    r"(?:^|/):[a-z_]"  # `/:year/:title/` (Jekyll, Hugo, Hexo)
    r"|\{[^{}/]*\}|\{[{%]"  # `{slug}`, `${slug}`, `{date:%Y}` (Astro, Pelican); templates (Eleventy)
    r"|(?:^|/)\[{1,2}[a-z_.]+\]{1,2}(?=[/.]|\Z)"  # `/[slug]`, `/[[...slug]]` (Next.js, Astro)
    r"|\$(?:date|day|id|month|name|slug|title|year)(?![a-z])"
    r"|<[a-z_:]+>"  # `<slug>` (Flask, Django)
    r"|%(?:author|category|day|id|month|monthnum|name|post_id|postname|slug|title|year)%"  # WordPress
    r"|\A(?:date|none|ordinal|pretty|weekdate)\Z",  # names of Jekyll's styles
    re.IGNORECASE,
)
_CLOCK: Final = "T"  # in a moment that says a time
_PLAIN_NAME: Final = late_pattern(r"[A-Za-z0-9_-]*")  # nothing in it is ever escaped
# Slugs that name nothing: marks, zeros, what programs write for a post without a name.
_NO_NAME: Final = late_pattern(
    r"[\W_0]*|new-post|no-title|none|null|undefined|untitled(?:-post)?|无标题|無標題", re.IGNORECASE
)


class SelfDescription(NamedTuple):
    """What a record says of itself that can tell it apart, as written; "" where it says nothing."""

    address: str = ""  # the article's, as identity_url writes it
    ids: tuple[str, ...] = ()
    permalink: str = ""  # within its site
    slug: str = ""
    title: str = ""
    dates: tuple[str, ...] = ()
    language: str = ""
    outlet: str = ""
    author: str = ""
    file: str = ""  # its name below the folder that was given
    number: int = 0  # of the record in its file
    body: str = ""  # where there is no title: its heading, else a digest of it


class Identity(NamedTuple):
    """Which article a record is."""

    digest: bytes  # of a UUID version 5; equal for every record of one article
    by_address: bool
    stated: str | None  # the id that the record states itself, if it can be used
    is_vague: bool = False  # a title and a day are all that tells the article apart

    @property
    def id(self) -> str:
        """The atom:id: what the record states, else the digest's urn."""
        return self.stated or urn(self.digest)


def identify(record: SelfDescription, *, is_shared: bool = False) -> Identity:
    """Return the identity of a record: by its address, else by the id that it states, else by its own description.

    `is_shared` says that its address, its permalink and its id are those of many articles, so that none of them counts.
    """
    stated = next((id_ for text in record.ids if (id_ := _usable_id(text))), None) if record.ids else None
    address = record.address
    site = front_page(address) if address else ""
    if is_shared:
        site = address
    elif address and site is None:
        return Identity(uuid_of(URLS, address), True, stated)
    elif stated:
        return Identity(uuid_of(_WITHOUT_ADDRESS, stated), False, stated)
    described, is_vague = _described(record, site or "", is_shared=is_shared)
    return Identity(uuid_of(_WITHOUT_ADDRESS, described), False, stated, is_vague)


def identify_address(address: str) -> bytes | None:
    """Return the digest of an article with this address, written by identity_url; None if that names no article."""
    return uuid_of(URLS, address) if front_page(address) is None else None


def names_an_article(address: str) -> bool:
    """Return whether an address, as identity_url writes it, is an article's, not a home page."""
    return front_page(address) is None


def _usable_id(text: str) -> str | None:
    stated = is_iri_or_uuid(text)
    is_address = stated and stated[:4].lower() == "http"
    return stated if not is_address or names_an_article(identity_url(stated or "")) else None


def _described(record: SelfDescription, site: str, *, is_shared: bool) -> tuple[str, bool]:
    """Return what tells a record apart that has no address, and whether that is but a title and a day."""
    stem, file_language = page_of(record.file)
    stated = record.language or file_language
    language = fold(stated).replace("_", "-") if stated else ""
    written = next((moment for text in record.dates if (moment := written_moment(text))), None)
    moment = written or moment_of_name(record.file)
    name = _name_in_site(record, moment, is_shared=is_shared)
    if name is None and record.ids and not is_shared:
        name = _stated_name(record, moment)
    is_vague = name is None and moment is not None and _CLOCK not in moment
    if name is None:
        name = ("title", fold(unescaped(record.title) or record.body), moment or f"{fold(stem)}\n{record.number}")
    outlet = fold(unescaped(record.outlet)) if record.outlet else ""
    author = fold(unescaped(without_mail(record.author))) if record.author else ""
    return "\n".join([site, outlet, author, language, *name]), is_vague


def _name_in_site(record: SelfDescription, moment: str | None, *, is_shared: bool) -> tuple[str, ...] | None:
    """Return the permalink that a record states, else its slug, if that is a name at all."""
    if not record.permalink and not record.slug:
        return None
    permalink = "" if _PATTERN.search(record.permalink) else record.permalink.strip()
    page = identity_url("https://site/" + permalink) if "/" in permalink and not is_shared else ""
    if page and names_an_article(page):
        return ("permalink", page.rstrip("/"))
    slug = permalink if permalink and "/" not in permalink else record.slug.strip()
    if _NO_NAME.fullmatch(slug) or _PATTERN.search(slug):
        return None
    page = "https://site/" + slug
    if not names_an_article(page if _PLAIN_NAME.fullmatch(slug) else identity_url(page)):
        return None
    # A column may have one slug for all: its titles, days and times tell its posts apart.
    return ("slug", fold(slug), fold(unescaped(record.title)), moment or "")


def _stated_name(record: SelfDescription, moment: str | None) -> tuple[str, ...] | None:
    """Return the first stated id that is a name: not the number of a row, nor a home page, nor nobody's UUID."""
    for text in record.ids:
        id_ = fold(text)
        is_named = not _NO_NAME.fullmatch(id_) and not is_number_or_nobodys(id_)
        if is_named and (not id_.startswith("http") or names_an_article(identity_url(id_))):
            return ("id", id_, fold(unescaped(record.title)), moment or "")
    return None
