"""Read a finished feed back, so that pages show exactly what readers get."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from lxml import etree

from refeed.model import SafeHtml
from refeed.report import Origin
from refeed.serve.published import FeedFacts, ShownEntry

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_MEDIA: Final = "{http://search.yahoo.com/mrss/}"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def read_finished(feed: bytes, origins: Sequence[Origin]) -> tuple[FeedFacts, tuple[ShownEntry, ...]]:
    """Return the facts and entries of an Atom document that refeed wrote; origins are in the order of its entries."""
    root = etree.fromstring(feed, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    entries = zip(root.iterchildren(f"{_ATOM}entry"), origins, strict=True)
    return _facts(root), tuple(_entry(element, origin) for element, origin in entries)


def entry_key(entry_id: str) -> str:
    """Name an entry in addresses, where an id that is an address itself would not survive every proxy."""
    if entry_id.lower().startswith("urn:uuid:"):
        try:
            return str(UUID(entry_id[9:]))
        except ValueError:
            pass
    return str(uuid5(NAMESPACE_URL, entry_id))


def _facts(root: Any) -> FeedFacts:
    return FeedFacts(
        id=_text(root, "id") or "",
        title=_text(root, "title") or "",
        updated=_date(root, "updated"),
        author=_names(root)[0],
        subtitle=_text(root, "subtitle"),
        rights=_text(root, "rights"),
        language=root.get(_LANG),
        site_url=_link(root),
        icon=_text(root, "icon"),
        logo=_text(root, "logo"),
    )


def _entry(element: Any, origin: Origin) -> ShownEntry:
    entry_id = _text(element, "id") or ""
    picture = element.find(f"{_MEDIA}thumbnail")
    source = element.find(f"{_ATOM}source")
    return ShownEntry(
        key=entry_key(entry_id),
        id=entry_id,
        title=_text(element, "title") or entry_id,
        url=_link(element),
        published=_date(element, "published") if _text(element, "published") else None,
        updated=_date(element, "updated"),
        authors=_names(element),
        categories=tuple(category.get("term") for category in element.iterchildren(f"{_ATOM}category")),
        outlet=_text(source, "title") if source is not None else None,
        language=element.get(_LANG),
        image=picture.get("url") if picture is not None else None,
        summary=_text(element, "summary") or "",
        content=SafeHtml(_text(element, "content") or ""),  # the feed holds nothing that the sanitiser has not seen
        path=origin.path,
        line=origin.line,
    )


def _text(element: Any, name: str) -> str | None:
    text = element.findtext(f"{_ATOM}{name}")
    return str(text) if text else None


def _date(element: Any, name: str) -> datetime:
    return datetime.fromisoformat(_text(element, name) or "")


def _names(element: Any) -> tuple[str, ...]:
    return tuple(_text(author, "name") or "" for author in element.iterchildren(f"{_ATOM}author"))


def _link(element: Any) -> str | None:
    links = element.iterchildren(f"{_ATOM}link")
    return next((link.get("href") for link in links if link.get("rel") == "alternate"), None)
