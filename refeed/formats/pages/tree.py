"""Parse a saved page within limits, and find out where it was saved from.

Pictures that were saved with the page, in it or in a folder beside it, have no address that a reader could open: they
become addresses of files, which the cleaning steps report. The parser recovers, fetches nothing, and keeps libxml2's
own limits.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import urljoin

from refeed.limits import Limits, limit_message
from refeed.model import Document
from refeed.problems import Problem
from refeed.startup.named_tuple import NamedTuple

_LOOKED_AT: Final = 8_192  # bytes in which a program that saves pages says so

# Browsers (Chromium, Internet Explorer), SingleFile, HTTrack.
_SAVED_FROM: Final = re.compile(
    rb"<!--\s{0,20}(?:saved from url=\([0-9]{1,6}\)(\S{1,8000})"
    rb"|Page saved with SingleFile\s{1,20}url:\s{1,20}(\S{1,8000})"
    rb"|Mirrored from (\S{1,8000}) by HTTrack)"
)
# What the Wayback Machine puts before addresses.
_ARCHIVED: Final = re.compile(r"(?:https?://web\.archive\.org)?/web/[0-9]{4,14}(?:[a-z]{2}_)?/(?=https?://)")
# RFC 2397. A shorter one may stay in the feed; a longer one is left out there, and would only cost memory here.
_INLINE: Final = re.compile(rb"data:[\w/+.;=-]{1,100},[A-Za-z0-9+/=%]{100000,}")
_INLINED: Final = b"file:picture-in-the-page"
# The folder of pictures beside a page, as browsers call it in several languages.
_FOLDER: Final = re.compile(
    r"(?:\./)?[^/?#:]{1,200}(?:[_.]files|_file|-filer|-Dateien|_archivos|_arquivos|_bestanden|_dosyalar|_elemei|_ficheiros"
    r"|_fichiers|_fitxers|_pliki|_soubory|_tiedostot)/"
)
# Characters that a reference may name, and that lxml reads and does not write.
_FORBIDDEN: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# libxml2 compares every attribute of an element with all others: a tag with a hundred thousand takes minutes.
_MOST_ATTRIBUTES: Final = 2_000
_ATTRIBUTE: Final = rb"""[\s/]{1,99}[^\s"'<>/=]{1,999}(?:=(?:"[^"]*"|'[^']*'|[^\s"'<>]*))?"""
_OVERLOADED: Final = re.compile(rb"<[A-Za-z][\w:-]{0,50}(?>(?:" + _ATTRIBUTE + rb"){%d})" % _MOST_ATTRIBUTES)
_TAGS: Final = 5  # as many as an article may have: there are menus and scripts around it
_UNSEEN: Final = ("noscript", "script", "style", "template")  # what is in them is not shown
_SPACE: Final = re.compile(r"\s+")

Element = Any
"""An element of lxml, which ships no types."""


class SavedPage(NamedTuple):
    """A page as a tree, and the addresses that it has."""

    root: Element
    saved_from: str  # "" where nobody says it
    base: str  # against which its addresses are read; "" where nobody says it

    def joined(self, address: str) -> str:
        """Return an address of the page as an absolute one, where that can be known; out of an archive of the web."""
        address = _ARCHIVED.sub("", address.strip(), count=1)
        try:
            return urljoin(self.base, address) if address and self.base else address
        except ValueError:  # two brackets without an IPv6 address between them, say
            return address


def read_page(document: Document) -> SavedPage | Problem:
    """Parse a page; its scripts and frames stay text."""
    from refeed.startup.quick_lxml import etree  # only where there is a page

    data = document.data
    if b"data:" in data:
        data = _INLINE.sub(_INLINED, data)
    if too_much := _too_much(data, document.limits):
        return Problem("over-limit", too_much, line=1)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    last = parser.error_log.last_error
    if last is not None and last.type_name == "ERR_RESOURCE_LIMIT":  # what follows was not read
        return Problem("over-limit", "the elements of the page are nested deeper than 256", line=1)
    if root is None:
        return Problem("saved-page", "the page is empty", line=1)
    saved_from = _saved_from(data)
    base = next((href for one in root.iter("base") if (href := (one.get("href") or "").strip())), "")
    page = SavedPage(root, saved_from, saved_from)
    page = page._replace(base=page.joined(base) or saved_from)
    _mark_saved_pictures(page)
    return page


def outermost(elements: Iterable[Element]) -> list[Element]:
    """Return the elements that do not lie in another one of them."""
    found: dict[Element, None] = {}  # in the order of the document
    for element in elements:
        if not any(around in found for around in element.iterancestors()):
            found[element] = None
    return [*found]


def names_of(element: Element) -> set[str]:
    """Return the classes and the id of an element, in lower case."""
    return {*(element.get("class") or "").lower().split(), (element.get("id") or "").lower()}


def shown(element: Element) -> str:
    """Return the text that an element shows, in one line."""
    return _SPACE.sub(" ", "".join(_visible_texts(element))).strip()


def _visible_texts(element: Element) -> Iterator[str]:
    """Yield the texts, in time that does not grow with the depth at which they stand."""
    from refeed.startup.quick_lxml import etree

    if next(element.iterancestors(*_UNSEEN), None) is not None:
        return
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if event == "end":
            if one is not element and one.tail:
                yield one.tail
        elif one.tag in _UNSEEN:
            walk.skip_subtree()
        elif one.text:
            yield one.text


def _too_much(data: bytes, limits: Limits) -> str:
    """Return what the page has more of than is read."""
    most, tags = limits.max_page_bytes, _TAGS * limits.max_elements
    if len(data) > most:
        return limit_message(most, "bytes in a saved page", "max_page_bytes")
    if data.count(b"<") > tags:
        return limit_message(tags, "tags in a saved page", "max_elements")
    if _OVERLOADED.search(data):
        return f"an element has {_MOST_ATTRIBUTES:,} attributes or more"
    return ""


def _saved_from(data: bytes) -> str:
    found = _SAVED_FROM.search(data, 0, _LOOKED_AT)
    if found is None:
        return ""
    address = (found[1] or found[2] or found[3]).decode("utf-8", "replace")
    if found[3]:  # HTTrack leaves the scheme out
        return f"http://{address}"
    return address if address.lower().startswith(("http://", "https://")) else ""


def _mark_saved_pictures(page: SavedPage) -> None:
    """Mark pictures in the page's folder with a file address, because the site has no such folder."""
    for picture in page.root.iter("img", "source", "video", "audio"):
        address = picture.get("src") or ""
        if _FOLDER.match(address):
            picture.set("src", f"file:{_FORBIDDEN.sub('', address)}")
