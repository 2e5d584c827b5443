"""What the XML documents have in common."""

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, Final

from refeed.startup.quick_lxml import etree

MEDIA: Final = "http://search.yahoo.com/mrss/"
PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_DECLARATION: Final = b"<?xml version='1.0' encoding='UTF-8'?>\n"


def indented(root: Any) -> bytes:
    """Return an element with each child on a line; texts keep their own white space, because they have no children."""
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="utf-8"))


def write_around(entries: Iterable[bytes], head: Callable[[], bytes], end: bytes, out: BinaryIO) -> None:
    """Write a document entry by entry; nothing is written before the first entry is there."""
    rest = iter(entries)
    first = next(rest, b"")
    out.write(_DECLARATION + head() + first)
    out.writelines(rest)
    out.write(end + b"\n")
