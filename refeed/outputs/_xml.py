"""What the XML documents have in common."""

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, Final

from refeed.startup.quick_lxml import etree

MEDIA: Final = "http://search.yahoo.com/mrss/"
PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
STAND_IN: Final = "-"
"""What an element holds until a long text is put into it."""

_DECLARATION: Final = b"<?xml version='1.0' encoding='UTF-8'?>\n"


def indented(root: Any) -> bytes:
    """Return an element with each child on a line; texts keep their own white space, because they have no children."""
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="utf-8"))


def with_text(document: bytes, start: bytes, text: str) -> bytes:
    """Put a text in which nothing is illegal into the one element that begins so and holds the stand-in.

    lxml asks about every byte of a text whether it is legal, copies it, and copies it again as it escapes it.
    """
    before, found, after = document.partition(start + STAND_IN.encode())
    if not found:
        raise ValueError("no element waits for the text")
    escaped = text.encode().replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    return b"".join((before, start, escaped, after))


def write_around(entries: Iterable[bytes], head: Callable[[], bytes], end: bytes, out: BinaryIO) -> None:
    """Write a document entry by entry; nothing is written before the first entry is there."""
    rest = iter(entries)
    first = next(rest, b"")
    out.write(_DECLARATION + head() + first)
    out.writelines(rest)
    out.write(end + b"\n")
