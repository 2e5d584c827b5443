"""Find the articles that a withheld record withdraws: also those of other addresses under which it may be published.

Ids are made of one spelling, and a slash at the end may part two pages. But what an author takes back is not shown for
the sake of a slash: a record that is withheld withdraws the article under each of these.
"""

from itertools import product
from typing import Final

from refeed.addresses.tracking_parameters import strip_tracking
from refeed.digests import blake2b
from refeed.records.identity import Identity, SelfDescription, identify, identify_address
from refeed.records.publication.unpublished_places import holds_older_states
from refeed.startup.late_patterns import late_pattern
from refeed.uuids import read_uuid

_ADDRESS: Final = late_pattern(r"https://(?:www\.)?([^/?#]+)(/[^?#]*)(\?[^#]*)?")
_ENDING: Final = late_pattern(r"(?:/index\.(?:html?|php)|\.html?|/)\Z")  # what servers leave out of the names of pages
_ENDINGS: Final = ("", "/", ".html", "/index.html")
_OF_UUID: Final = "urn:uuid:"


def withdrawn(identity: Identity, described: SelfDescription) -> tuple[bytes, tuple[bytes, ...]]:
    """Return the digest of the article of a withheld record, and those of others that it withdraws.

    An older state of a page says nothing of what the page is now: its article is no other record's.
    """
    if holds_older_states(described.file.rpartition("/")[0]):
        itself = f"{described.number}\n{described.file}".encode("utf-8", "surrogateescape")
        return blake2b(itself, digest_size=16).digest(), ()
    return identity.digest, also_withdrawn(identity, described.address)


def also_withdrawn(identity: Identity, address: str) -> tuple[bytes, ...]:
    """Return the digests of the articles that a withheld record withdraws beside its own, by its address or its id."""
    found = [one for spelling in _spellings(address) if (one := identify_address(spelling))]
    if identity.stated:
        found.append(identify(SelfDescription(ids=(identity.stated,))).digest)
    if identity.stated and identity.stated.startswith(_OF_UUID):  # so refeed itself names what it knows by its address
        found.append(read_uuid(identity.stated))
    return tuple(one for one in dict.fromkeys(found) if one != identity.digest)


def _spellings(address: str) -> list[str]:
    """Return an address as `identity_url` writes it in its other spellings; none for what has no path."""
    parts = _ADDRESS.fullmatch(address)
    if parts is None:
        return []
    host, path, query = parts.groups()
    stem = _ENDING.sub("", path)
    if not stem:
        return []
    queries = dict.fromkeys([query or "", "".join(strip_tracking(address).partition("?")[1:])])
    return [
        f"https://{www}{host}{stem}{ending}{asked}" for www, ending, asked in product(("", "www."), _ENDINGS, queries)
    ]
