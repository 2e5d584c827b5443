"""What the XML documents have in common."""

from typing import Any, Final

from lxml import etree

MEDIA: Final = "http://search.yahoo.com/mrss/"
PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
DECLARATION: Final = b"<?xml version='1.0' encoding='UTF-8'?>\n"


def laid_out(root: Any) -> bytes:
    """Return an element with each child on a line; texts keep their own white space, because they have no children."""
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="utf-8"))
