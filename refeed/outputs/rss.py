"""Write a feed as RSS 2.0 (https://www.rssboard.org/rss-specification): feedgen and an adapter.

Texts that RSS has no place for stand in the usual extensions: content, Dublin Core, Media RSS, Atom.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from refeed.addresses.media_types import UNKNOWN
from refeed.model import Enclosure, Entry, Feed
from refeed.outputs import Output
from refeed.outputs._feedgen import of_feedgen
from refeed.outputs._texts import iri, language_tag, non_empty, rfc3339, uri, xml_content, xml_text
from refeed.outputs._xml import MEDIA, PARSER, indented, write_around
from refeed.startup.quick_lxml import etree
from refeed.version import VERSION

if TYPE_CHECKING:  # loaded when something is written: most builds find that nothing changed
    from feedgen.entry import FeedEntry
    from feedgen.feed import FeedGenerator

_ATOM: Final = "http://www.w3.org/2005/Atom"
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
_DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1/"
_NAMESPACES: Final = {"atom": _ATOM, "content": _CONTENT, "dc": _DUBLIN_CORE, "media": MEDIA}
_END: Final = b"  </channel>\n</rss>"


def serialise(entry: Entry) -> bytes:
    """Return one item as it stands inside the document, without namespace declarations of its own."""
    root, channel = _document()
    item = _feedgen_entry(entry).rss_entry()
    channel.append(item)
    outlet = xml_text(entry.outlet or "")
    if content := xml_content(entry.content):
        # After the description: some readers show the last one that they find.
        _add(item, _CONTENT, "encoded", content)
    # To readers of RSS an item without is as new as their last look.
    _add(item, None, "pubDate", _rfc822(entry.published or entry.updated))
    _add(item, _ATOM, "updated", rfc3339(entry.updated))
    for name in non_empty(entry.authors) or non_empty((outlet,)):
        _add(item, _DUBLIN_CORE, "creator", name)
    if outlet:
        _add(item, _DUBLIN_CORE, "publisher", outlet)
    if tag := language_tag(entry.language):
        _add(item, _DUBLIN_CORE, "language", tag)
    item.extend(map(_enclosure, entry.enclosures))
    if entry.image:
        etree.SubElement(item, f"{{{MEDIA}}}thumbnail", url=uri(entry.image))
    return indented(root).removeprefix(_START).removesuffix(_END)


def write(feed: Feed, entries: Iterable[bytes], out: BinaryIO) -> None:
    """Write the document item by item."""
    write_around(entries, partial(_head, feed), _END, out)


def _head(feed: Feed) -> bytes:
    """Return the document's beginning: the start of the root element and of its channel, with the feed's own facts."""
    root, channel = _document()
    channel.extend(etree.fromstring(_feedgen_feed(feed).rss_str(), PARSER)[0])
    for element in channel.iter("lastBuildDate"):
        element.text = _rfc822(feed.updated)
    _add(channel, _DUBLIN_CORE, "creator", (non_empty((feed.author, feed.title)) or [iri(feed.id)])[0])
    return indented(root).removesuffix(_END)


def _feedgen_entry(entry: Entry) -> "FeedEntry":
    made = of_feedgen("entry").FeedEntry()
    made.guid(iri(entry.id), permalink=False)
    made.title(xml_text(entry.title) or iri(entry.id))
    if entry.url:
        made.link(href=uri(entry.url), rel="alternate")
    # Readers take a description for HTML.
    made.description(escape(xml_text(entry.summary), quote=False))
    made.category([{"term": term} for term in non_empty(entry.categories)])
    return made


def _feedgen_feed(feed: Feed) -> "FeedGenerator":
    title = xml_text(feed.title) or iri(feed.id)
    site = uri(feed.site_url or feed.self_url or feed.id)  # RSS knows no channel without
    made = of_feedgen("feed").FeedGenerator()
    made.title(title)
    if feed.self_url:
        made.link(href=uri(feed.self_url), rel="self", type=OUTPUT.media_type)
    made.link(href=site, rel="alternate")  # the last one is the channel's
    made.description(xml_text(feed.subtitle or "") or title)
    made.language(language_tag(feed.language))
    made.copyright(xml_text(feed.rights or ""))
    made.generator("refeed", version=VERSION)
    made.lastBuildDate(feed.updated)
    if picture := feed.logo or feed.icon:
        made.image(uri(picture), title=title, link=site)
    return made


def _enclosure(file: Enclosure) -> Any:
    """Make the element of a file; feedgen knows one for each item only. A length of 0 says that it is unknown."""
    kind = xml_text(file.type) or UNKNOWN
    return etree.Element("enclosure", url=uri(file.url), length=str(file.length), type=kind)


def _add(parent: Any, namespace: str | None, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{namespace}}}{name}" if namespace else name).text = text


def _rfc822(date: datetime) -> str:
    """Return a date with its year in four digits and in GMT (RFC 822, 5; RFC 1123, 5.2.14)."""
    return format_datetime(date.astimezone(UTC), usegmt=True)


def _document() -> tuple[Any, Any]:
    root = etree.Element("rss", version="2.0", nsmap=_NAMESPACES)
    return root, etree.SubElement(root, "channel")


_START: Final = indented(_document()[0]).replace(b"<channel/>\n</rss>", b"<channel>\n")
OUTPUT: Final = Output(name="rss", suffix=".rss", media_type="application/rss+xml", entry=serialise, write=write)
