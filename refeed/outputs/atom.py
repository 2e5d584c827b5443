"""Write a feed as Atom (RFC 4287): feedgen makes the elements, and this adapter puts right what it gets wrong.

feedgen makes one entry at a time and the head; the document is streamed, so its size does not matter.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache, partial
from html import escape
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from refeed.model import Enclosure, Entry, Feed
from refeed.outputs import Output
from refeed.outputs._feedgen import of_feedgen
from refeed.outputs._texts import iri, language_tag, non_empty, people, rfc3339, xml_content, xml_text
from refeed.outputs._xml import MEDIA, PARSER, STAND_IN, indented, with_text, write_around
from refeed.startup.quick_lxml import etree
from refeed.version import VERSION

if TYPE_CHECKING:  # loaded when something is written: most builds find that nothing changed
    from feedgen.entry import FeedEntry
    from feedgen.feed import FeedGenerator

_ATOM: Final = "http://www.w3.org/2005/Atom"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_HISTORY: Final = "http://purl.org/syndication/history/1.0"  # RFC 5005
_TOMBSTONES: Final = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721
_START: Final = f'<feed xmlns="{_ATOM}" xmlns:media="{MEDIA}">\n'.encode()
_END: Final = b"</feed>"
_CONTENT: Final = b'<content type="html">'  # in no text: `<` is escaped there
# feedgen gives the elements of an entry no namespace: as they are written they have that of the root around them.
_LINK: Final = "{*}link"
_UPDATED: Final = "{*}updated"
_PUBLISHED: Final = "{*}published"
_TEXT_CONSTRUCTS: Final = ("{*}rights", "{*}subtitle", "{*}summary", "{*}title")


def serialise(entry: Entry) -> bytes:
    """Return one entry as it stands inside the document, without namespace declarations of its own."""
    root = _root()
    content = _content(entry)
    element = _feedgen_entry(entry, STAND_IN if content else "").atom_entry()
    root.append(element)
    _correct(element, entry.language, updated=entry.updated, published=entry.published)
    for link in [*element.iterchildren(_LINK)]:  # feedgen forgets all but the address
        link.set("rel", "alternate")
        link.set("type", "text/html")
        for file in reversed(entry.enclosures):  # some readers open the first link, whatever it is
            link.addnext(_enclosure(file))
    if not entry.url:
        element.extend(map(_enclosure, entry.enclosures))
    if entry.image:
        etree.SubElement(element, f"{{{MEDIA}}}thumbnail", url=iri(entry.image))
    written = indented(root).removeprefix(_START).removesuffix(_END)
    return with_text(written, _CONTENT, content) if content else written


def write(feed: Feed, entries: Iterable[bytes], out: BinaryIO) -> None:
    """Write the document entry by entry."""
    write_around(entries, partial(_head, feed), _END, out)


def _head(feed: Feed) -> bytes:
    """Return the document's beginning: the start of the root element and the feed's own facts."""
    made = etree.fromstring(_feedgen_feed(feed).atom_str(), PARSER)  # text in between: its elements lack a namespace
    root = _root()
    root.extend(made)
    _correct(root, feed.language, updated=feed.updated, published=None)
    root.extend(_extensions(feed))
    return indented(root).removesuffix(_END)


def _content(entry: Entry) -> str:
    """Return the content of an entry; without any there must be a link (RFC 4287, 4.1.2)."""
    content = xml_content(entry.content)
    return content if content or entry.url else escape(xml_text(entry.title)) or iri(entry.id)


def _feedgen_entry(entry: Entry, content: str) -> "FeedEntry":
    made = of_feedgen("entry").FeedEntry()
    outlet = xml_text(entry.outlet or "")
    made.id(iri(entry.id))
    made.title(xml_text(entry.title) or iri(entry.id))
    made.updated(entry.updated)
    made.published(entry.published)
    made.author(people(entry.authors) or people((outlet,)))
    made.category([{"term": term} for term in non_empty(entry.categories)])
    if entry.url:
        made.link(href=iri(entry.url), rel="alternate")
    if content:
        made.content(content, type="html")
    if xml_text(entry.summary):
        made.summary(xml_text(entry.summary))
    if outlet:
        made.source(url="", title=outlet)  # feedgen leaves an empty address out
    return made


def _feedgen_feed(feed: Feed) -> "FeedGenerator":
    made = of_feedgen("feed").FeedGenerator()
    made.id(iri(feed.id))
    made.title(xml_text(feed.title) or iri(feed.id))
    made.subtitle(xml_text(feed.subtitle or ""))
    made.updated(feed.updated)
    made.author(people((feed.author, feed.title, iri(feed.id)))[:1])
    if feed.self_url:
        made.link(href=iri(feed.self_url), rel="self", type="application/atom+xml")
    if feed.site_url:
        made.link(href=iri(feed.site_url), rel="alternate", type="text/html")
    made.generator("refeed", version=VERSION)
    made.rights(xml_text(feed.rights or ""))
    made.icon(iri(feed.icon or ""))
    made.logo(iri(feed.logo or ""))
    return made


def _correct(element: Any, language: str | None, *, updated: datetime, published: datetime | None) -> None:
    """Type the texts of feedgen's elements, and write dates and language ourselves."""
    for text in element.iter(*_TEXT_CONSTRUCTS):
        text.set("type", "text")
    for name, date in ((_UPDATED, updated), (_PUBLISHED, published)):
        if date:
            next(element.iterchildren(name)).text = rfc3339(date)
    if tag := language_tag(language):
        element.set(_LANG, tag)


def _extensions(feed: Feed) -> Iterator[Any]:
    """Return the elements that feedgen does not know: of documents that belong together, and of entries that went."""
    for link in feed.links:
        yield etree.Element(_atom("link"), rel=link.rel, href=iri(link.href))
    if feed.is_archive:
        yield etree.Element(f"{{{_HISTORY}}}archive", nsmap={"fh": _HISTORY})
    for entry in feed.deletions:
        facts = {"ref": iri(entry.id), "when": rfc3339(entry.when)}
        yield etree.Element(f"{{{_TOMBSTONES}}}deleted-entry", facts, nsmap={"at": _TOMBSTONES})


def _enclosure(file: Enclosure) -> Any:
    """Make the link of a file; feedgen has none for entries (RFC 4287, 4.2.7)."""
    link = etree.Element(_atom("link"), href=iri(file.url), rel="enclosure")
    for name, value in (("type", file.type), ("length", file.length and str(file.length)), ("title", file.title)):
        if value:
            link.set(name, xml_text(value))
    return link


@cache
def _atom(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _root() -> Any:
    return etree.Element(_atom("feed"), nsmap={None: _ATOM, "media": MEDIA})


OUTPUT: Final = Output(name="atom", suffix=".xml", media_type="application/atom+xml", entry=serialise, write=write)
