"""Find the entries of a saved RSS or Atom file, and parse each by itself: a file that is cut or broken keeps the rest.

What stands before the root element never reaches the XML parser, so that a document type and whatever it fetches or
expands to do not exist here. Of its entities those that are short texts are read (XML 1.0, 5.1: also whoever does
not validate has to know them), and none that name others. The parser recovers, fetches nothing, and keeps libxml2's
own limits (256 elements in elements, 10 MB of text).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from html.entities import html5
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

from refeed.formats._once import once
from refeed.model import Document, Span
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

LOOKED_AT: Final = 65_536
"""Bytes in which the root element has to begin."""

ATTRIBUTES: Final = rb"""(?>(?:[^<>"']|"[^"]*"|'[^']*')*)"""
# What may stand before the root element: declarations, comments, a document type with or without its own part.
PROLOGUE: Final = (
    rb"(?>\s*)(?>(?:(?:<\?(?>[^>]*)>|<!--(?>(?:(?>[^-]+)|-(?!->))*)-->"
    rb"|<!DOCTYPE\b(?>[^\[<>]*)(?:\[(?>[^\]]*)\](?>\s*))?>)(?>\s*))*)"
)
# What programs write before a feed: the headers of HTTP (curl -i), the complaints of PHP, what a browser says above a
# tree of XML, and the page that it puts around it.
_BEFORE: Final = (
    rb"(?:(?:HTTP/[0-9.]{1,3} [0-9]{3}[^\n]{0,200}\n(?:[A-Za-z-]{1,60}:[^\n]{0,4000}\n){0,60}\r?\n){1,9}"
    rb"|(?:(?:\s|<br ?/?>|<b>){0,20}(?:PHP )?(?:Deprecated|Fatal error|Notice|Parse error|Strict Standards|Warning)"
    rb"(?:</b>)?:[^\n]{0,2000}\n){1,20}"
    rb"|This XML file does not appear to have any style information[^\n]{0,300}\n"
    rb"|(?:<\?xml[^>]{0,200}>\s{0,9})?(?:<!DOCTYPE html[^>]{0,200}>\s{0,9})?<html[^>]{0,200}>\s{0,9}"
    rb"(?:<head[^>]{0,200}>(?>(?s:.{0,32768}?)</head>)\s{0,9})?<body[^>]{0,200}>\s{0,9}"
    rb"(?:<div id=\"webkit-xml-viewer-source-xml\">)?)?"
)
OPENINGS: Final = frozenset({b"\t", b"\n", b" ", b"<", b"{", *(bytes([byte]) for byte in b"DFHNPSTW")})
"""The first byte of a feed, or of what may stand before one."""

_ROOT: Final = late_pattern(
    _BEFORE + PROLOGUE + rb"(<(?:[A-Za-z][\w.-]{0,20}:)?(feed|rss|RDF|entry)(?=[\s>])" + ATTRIBUTES + rb">)",
    re.IGNORECASE,
)
# By these, feeds are told from other files with such a root: Atom 1.0 and 0.3, RSS 1.0 and 0.90.
_NAMESPACES: Final = (b"www.w3.org/2005/Atom", b"purl.org/atom/", b"purl.org/rss/1.0", b"netscape.com/rdf/simple")

# Or by what stands in them: robots write no namespace, or write that of RSS 1.0 at each item.
_WITHIN: Final = MappingProxyType({"feed": (b"<entry",), "rdf": (b"<item", b'="http://purl.org/rss/1.0/"')})
_FEED: Final = b'<feed xmlns="http://www.w3.org/2005/Atom">'  # around an entry that is a document (RFC 4287, 2)

# The default namespace of a root element. That of RSS says nothing, whatever it is: RSS has none.
_DEFAULT_NAMESPACE: Final = late_pattern(rb"""\sxmlns\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')""")
_NAMESPACE_OF_ATOM: Final = b' xmlns="http://www.w3.org/2005/Atom"'
# An entity of the document type that is a text: no markup, and no parameter of the document type.
_ENTITY: Final = late_pattern(
    rb"""<!ENTITY\s{1,99}([A-Za-z_][\w.-]{0,31})\s{1,99}(?:"([^"<%]{0,256})"|'([^'<%]{0,256})')\s{0,99}>"""
)
_MOST_ENTITIES: Final = 200
_MOST_OF_ENTITIES: Final = (
    2**20
)  # bytes that they may add to an entry; where they add more, they stay as they are written

_ENDS: Final = MappingProxyType({b"<![CDATA[": b"]]>", b"<!--": b"-->"})

# A reference that XML does not know (`&nbsp;`), or an ampersand that is none; in CDATA both are text.
_AMPERSAND: Final = late_pattern(
    rb"<!\[CDATA\[(?s:.*?)(?:\]\]>|\Z)"
    rb"|&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)([A-Za-z_][\w.-]{0,31};)?"
)


class Root(NamedTuple):
    """The start tag of a feed's root element."""

    tag: bytes
    name: str  # in lower case, without a prefix: rss, rdf, feed
    start: int
    end: int
    entities: Mapping[bytes, bytes] = MappingProxyType({})  # texts that the document type names


class EntrySpan(NamedTuple):
    """Where one entry lies."""

    span: Span
    is_cut: bool  # the file ends within it


@once
def find_root(document: Document) -> Root | None:
    """Find the root element if it is a feed's; only the beginning of the file is looked at."""
    data = document.data
    found = None if data[:1] == b"{" else _ROOT.match(data, 0, LOOKED_AT)  # an object is no XML
    if found is None:
        return None
    root = Root(found[1], found[2].decode().lower(), found.start(1), found.end(), _entities(data[: found.start(1)]))
    if root.name == "entry":
        is_entry = _NAMESPACES[0] in root.tag
        return root._replace(tag=_FEED, name="feed", end=root.start) if is_entry else None
    if root.name == "rss":
        return root._replace(tag=_DEFAULT_NAMESPACE.sub(b"", root.tag))
    if any(namespace in root.tag for namespace in _NAMESPACES):
        return root
    if not all(part in data[root.end : LOOKED_AT] for part in _WITHIN[root.name]):
        return None
    return root._replace(tag=_DEFAULT_NAMESPACE.sub(_NAMESPACE_OF_ATOM, root.tag)) if root.name == "feed" else root


def _entities(prologue: bytes) -> Mapping[bytes, bytes]:
    """Return the texts that a document type names, as XML: of two with one name the first (XML 1.0, 4.2)."""
    if b"<!ENTITY" not in prologue:
        return MappingProxyType({})
    declared = [*islice(_ENTITY.finditer(prologue), _MOST_ENTITIES)]
    found = {entity[1]: entity[2] or entity[3] or b"" for entity in reversed(declared)}
    texts = {name: text for name, text in found.items() if not any(b"&%b;" % other in text for other in found)}
    return MappingProxyType(
        {name: _AMPERSAND.sub(_mend, text).replace(b'"', b"&quot;") for name, text in texts.items()}
    )


def tags_of(names: bytes) -> re.Pattern[bytes]:
    """Return what finds the tags of entries that have these names, and the beginnings of comments and CDATA.

    RSS 1.0 calls what an entry holds an item, too (its module content).
    """
    return late_pattern(rb"<(?:!\[CDATA\[|!--|(/?)(?!content:)(?:[A-Za-z][\w.-]{0,20}:)?(?:" + names + rb")(?=[\s/>]))")


_ENTRY: Final = tags_of(b"item|entry")


def entry_spans(data: bytes, start: int, tags: re.Pattern[bytes] = _ENTRY) -> Iterator[EntrySpan]:
    """Find every entry; tags in comments and CDATA are text. One without its end goes on to the next one."""
    begin, tag = -1, tags.search(data, start)
    while tag:
        after = tag.end()
        if end := _ENDS.get(tag[0]):
            closed = data.find(end, after)
            if closed < 0:
                break
            after = closed + len(end)
        elif not tag[1]:
            if begin >= 0:
                yield EntrySpan((begin, tag.start()), is_cut=False)
            begin = tag.start()
        elif begin >= 0:
            after = data.find(b">", after) + 1 or len(data)
            yield EntrySpan((begin, after), is_cut=False)
            begin = -1
        tag = tags.search(data, after)
    if begin >= 0:
        yield EntrySpan((begin, len(data)), is_cut=True)


def parse_part(root: Root, part: bytes) -> Any | None:
    """Parse a part of a feed under its root's tag; None if nothing in it is an element."""
    from refeed.startup.quick_lxml import etree  # only where there is a feed

    mended = _AMPERSAND.sub(_mend_with(root.entities, part), part) if b"&" in part else part
    try:
        return etree.fromstring(root.tag + mended, _parser())  # the parser closes what is still open
    except etree.XMLSyntaxError:
        return None


@cache
def _parser() -> Any:
    from refeed.startup.quick_lxml import etree

    return etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _mend_with(entities: Mapping[bytes, bytes], part: bytes) -> Callable[[re.Match[bytes]], bytes]:
    """Return what mends the references of a part. It knows entities of the document type if they stay small in it."""
    longest = max(map(len, entities.values()), default=0)
    stay_small = longest * part.count(b"&") <= _MOST_OF_ENTITIES
    return partial(_mend, entities=entities) if entities and stay_small else _mend


def _mend(match: re.Match[bytes], entities: Mapping[bytes, bytes] = MappingProxyType({})) -> bytes:
    if match[0][:1] == b"<":
        return match[0]
    if match[1] and (text := entities.get(match[1][:-1])) is not None:
        return text
    characters = html5.get(match[1].decode()) if match[1] else None
    if characters is None:
        return b"&amp;" + match[0][1:]
    return "".join(f"&#{ord(character)};" for character in characters).encode()
