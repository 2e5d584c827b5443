"""Check feeds: by the format that a document is in, and a whole archive by the links between its documents."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from refeed.startup.named_tuple import NamedTuple
from refeed.validation.archives import Links, chain_findings, links_of
from refeed.validation.finding import Finding
from refeed.validation.namespaces import ATOM, namespace_findings

_ATOM_ROOT: Final = f"{{{ATOM}}}feed"
# What is handed over for a feed, by its root element in lower case.
_KNOWN: Final = MappingProxyType(
    {
        "html": "it is a page; give the feed that it links to",
        "opml": "it is a list of feeds (OPML); give one of them",
        "rdf": "it is RSS 1.0 (RDF), for which there are no rules here: RSS 2.0 is another format",
        "urlset": "it is a sitemap",
    }
)


class Validated(NamedTuple):
    """A document, and what is wrong with it."""

    format: str  # "atom", "rss", "json"; "" if it is none
    findings: tuple[Finding, ...]
    links: Links | None = None  # of Atom


def validate(data: bytes, file: str = "") -> Validated:
    """Return what is wrong with a feed, in the order of its lines; `file` is where it was read from."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json(data)
    from refeed.startup.quick_lxml import etree

    parser = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return Validated("", (Finding("not-well-formed", str(error.msg), error.lineno or 0),))
    if root.tag == _ATOM_ROOT:
        from refeed.validation.atom import atom_findings

        return Validated("atom", _sorted(root, atom_findings(root)), links_of(root, file))
    if root.tag == "rss":
        from refeed.validation.rss import rss_findings

        return Validated("rss", _sorted(root, rss_findings(root)))
    return Validated("", (_no_feed(root),))


def validate_all(documents: Mapping[str, bytes]) -> dict[str, Validated]:
    """Return what is wrong with each of several files, and with the archive that they are together."""
    found = {file: validate(data, file) for file, data in documents.items()}
    links = {file: one.links for file, one in found.items() if one.links}
    for file, finding in chain_findings(links):
        found[file] = found[file]._replace(findings=(*found[file].findings, finding))
    return found


def _json(data: bytes) -> Validated:
    from refeed.validation.json_feed import json_findings

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Validated("", (Finding("not-well-formed", "not UTF-8 (RFC 8259, 8.1)", line),))
    return Validated("json", tuple(json_findings(text)))


def _sorted(root: Any, findings: Iterator[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted((*namespace_findings(root), *findings), key=lambda finding: finding.line))


def _no_feed(root: Any) -> Finding:
    name = root.tag.rpartition("}")[2]
    if name == "feed":
        namespace = root.tag[1:].partition("}")[0] if root.tag.startswith("{") else ""
        return Finding("wrong-namespace", f"feed is in the namespace {namespace!r}, not {ATOM!r}", root.sourceline)
    what = _KNOWN.get(name.lower(), f"the root element is {name}")
    return Finding("not-a-feed", what, root.sourceline)
