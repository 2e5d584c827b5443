"""Write the list of a site's feeds as OPML 2.0 (http://opml.org/spec2.opml), which readers import."""

from collections.abc import Iterable

from refeed.startup.named_tuple import NamedTuple
from refeed.startup.quick_lxml import etree
from refeed.text.characters import drop_discouraged


class Outline(NamedTuple):
    """A feed in the list."""

    title: str
    feed: str  # its address
    page: str | None  # that of the page that it belongs to


def opml(title: str, outlines: Iterable[Outline]) -> bytes:
    """Return a document in OPML 2.0 that lists feeds."""
    root = etree.Element("opml", version="2.0")
    head, body = etree.SubElement(root, "head"), etree.SubElement(root, "body")
    etree.SubElement(head, "title").text = drop_discouraged(title)
    for outline in outlines:
        # Both names: some readers show the one, some the other. "rss" is every format that can be subscribed to.
        name = drop_discouraged(outline.title)
        element = etree.SubElement(body, "outline", text=name, title=name, type="rss", xmlUrl=outline.feed)
        if outline.page:
            element.set("htmlUrl", outline.page)
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
