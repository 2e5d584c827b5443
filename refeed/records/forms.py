"""In which form a record lies in an archive: as its author wrote it, as a page, or in a list that was made of it.

An archive may hold an article in several forms of which only one states its address, or none: the source of a post,
the page that a generator has built, its feed. Title, name and date show that they are one article (see
`records.selection.several_forms`). They decide no identity: ids do not depend on what else an archive holds.
"""

from collections.abc import Iterable
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote
from zlib import crc32

from refeed.model import Document, RawBody, RawRecord
from refeed.records.addresses.shared_addresses import mark_of_name, name_mark, title_mark
from refeed.startup.late_patterns import late_pattern

if TYPE_CHECKING:
    from refeed.records.identity import Identity

TEXT, NOTEBOOK, PAGE, LIST = range(4)
"""The kinds of forms. Of the forms of one article the first is the one that goes out: its author wrote it."""

_KINDS: Final = MappingProxyType(
    {"notebook": NOTEBOOK, "page": PAGE, "feed": LIST, "movable-type": LIST, "records": LIST, "xml-export": LIST}
)
# A form has 24 bits: kind, whether the article's address is known, marks of its host and of the name of its page, if
# that is not the file's.
_KIND: Final = 0b11
ADDRESSED: Final = 0b100
KIND_AND_ADDRESS: Final = 0b111
_HOST: Final = 3
_HOSTS: Final = 0b11111
_PAGE: Final = 8
_NAME: Final = 16  # bits of a mark
_CUT: Final = 32 - _NAME  # those for which there is no room
_PATH: Final = late_pattern(r"(?:(?:https?:)?//[^/?#]*)?([^?#]*)")

SOURCE: Final = TEXT
"""The form of a text that states no address, in no known site."""

SIGN: Final = late_pattern(rb"\S")
"""What a text has that is more than blanks: it may be too large to be copied for that."""

EMPTY: Final = 1 << _PAGE
"""The form of a text that says nothing and states no address: it is none of others, or their words would be lost."""


def kind_of(form: int) -> int:
    """Return the kind of a form."""
    return form & _KIND


def may_be_several(forms: Iterable[int]) -> bool:
    """Return whether records of these forms can be the same articles at all: of two kinds, one without address."""
    seen = [*forms]
    return len({kind_of(form) for form in seen}) > 1 and not all(form & ADDRESSED for form in seen)


def host_in(form: int) -> int:
    """Return the mark of the host that the article is published on; 0: it is not known."""
    return form >> _HOST & _HOSTS


def form_of_source(slug: str, host: str) -> int:
    """Return the form of a text without an address of its own: its slug, and the host of its site, or ""."""
    form = mark_of_host(host) << _HOST if host else SOURCE
    return form | mark_of_name(slug) >> _CUT << _PAGE if slug else form


def form_of(raw: RawRecord, document: Document, host: str, slug: str, identity: "Identity") -> int:
    """Return the form of a record; the host is that of its address, or of its site, or ""."""
    kind = _KINDS.get(raw.format, TEXT)
    if kind == TEXT and identity.by_address:
        return ADDRESSED
    if kind == TEXT:
        return form_of_source(slug, host) if _has_text(document, raw.body) else EMPTY
    name = (name_in(raw.links[0].text) if raw.links else "") or slug
    return kind | (ADDRESSED if identity.by_address else 0) | form_of_source(name, host)


def _has_text(document: Document, body: RawBody) -> bool:
    if isinstance(body, str):
        return bool(body) and not body.isspace()
    return SIGN.search(document.data, *body) is not None


def name_in(address: str) -> str:
    """Return the name of the page at an address, or at a path in a site, as that of a file that it is made of."""
    from refeed.records.identity import name_of_page  # not where the index knows all records

    path = _PATH.match(address)
    return name_of_page(unquote(path[1]).strip("/")) if path else ""


def key_of(marks: int, form: int) -> int:
    """Return what all forms of an article have in common: its title and the name of its page. 0: one is not known."""
    if form == EMPTY:
        return 0
    name = form >> _PAGE or (name_mark(marks) >> _CUT if kind_of(form) != LIST else 0)
    title = title_mark(marks)
    return title << _NAME | name if title and name else 0


@lru_cache(maxsize=256)  # an archive has few hosts, and many records
def mark_of_host(host: str) -> int:
    """Return the mark of a host; 0: nobody is published on it, as on that of a generator's preview."""
    return crc32(host.encode()) % _HOSTS + 1 if "." in host else 0
