"""Check a feed against Atom's grammar, and against what RFC 4287 and its neighbours ask beyond the grammar."""

import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from folders import FIXTURES
from lxml import etree

SCHEMA: Final = FIXTURES / "schema"
ATOM: Final = "{http://www.w3.org/2005/Atom}"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

# RFC 3987: no blanks, quotation marks, angle brackets, braces, backslashes, control characters.
NOT_IN_IRI: Final = re.compile(r"[\s\"<>{}\\^`|\x00-\x20\x7f-\x9f]")
ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:.+")
# RFC 3339 5.6, with the upper-case letters that RFC 4287 3.3 asks for.
RFC_3339: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
# BCP 47 (RFC 5646, 2.1): language, extended language, script, region, variants.
BCP_47: Final = re.compile(
    r"[A-Z]{2,8}(-[A-Z]{3})?(-[A-Z]{4})?(-([A-Z]{2}|\d{3}))?(-([A-Z0-9]{5,8}|\d[A-Z0-9]{3}))*", re.ASCII | re.IGNORECASE
)
TEXT_CONSTRUCTS: Final = frozenset({"content", "rights", "subtitle", "summary", "title"})


def broken_rules(xml: bytes) -> list[str]:
    """List the rules that a feed breaks; for a valid feed the list is empty."""
    try:
        etree.fromstring(xml, etree.XMLParser(huge_tree=True, resolve_entities=False))
        feed = ET.fromstring(xml)  # noqa: S314  (the second parser is the point: libxml2 and expat)
    except (etree.XMLSyntaxError, ET.ParseError) as error:
        return [f"not well-formed: {error}"]
    return [*_everywhere(feed), *_containers(feed), *_ids(feed)]


@cache
def _grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMA / "atom.rng"))


def relaxng_errors(xml: bytes) -> list[str]:
    """List what libxml2, with the grammar's XML form, says against a feed."""
    schema = _grammar()
    schema.validate(etree.fromstring(xml, etree.XMLParser(huge_tree=True, resolve_entities=False)))
    return [str(error) for error in schema.error_log]


def jing() -> list[str]:
    """Return jing as the values of a test's only parameter; in continuous integration it has to be there."""
    return ["jing"] if os.environ.get("CI") == "true" or shutil.which("jing") else []


def refused_by(program: str, feeds: Mapping[str, bytes]) -> set[str]:
    """Return which feeds jing refuses, with the RFC's own grammar; all at once, because it is slow to start."""
    with tempfile.TemporaryDirectory() as folder:
        for name, xml in feeds.items():
            (Path(folder) / f"{name}.xml").write_bytes(xml)
        command = [program, "-c", str(SCHEMA / "atom.rnc"), *(f"{folder}/{name}.xml" for name in feeds)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    refused = {name for name in feeds if f"/{name}.xml:" in done.stdout}
    assert done.returncode == int(bool(refused)), done.stdout + done.stderr
    return refused


def _everywhere(feed: ET.Element) -> Iterator[str]:
    """Rules that hold for an element wherever it stands."""
    for element in feed.iter():
        name, text = element.tag.removeprefix(ATOM), element.text or ""
        for attribute in ("href", "scheme", "src"):
            if NOT_IN_IRI.search(element.get(attribute, "")):
                yield f"{name}/@{attribute} is no IRI: {element.get(attribute)!r} (RFC 3987)"
        if LANG in element.attrib and not BCP_47.fullmatch(element.attrib[LANG]):
            yield f"xml:lang is no BCP 47 tag: {element.attrib[LANG]!r}"
        if name in {"updated", "published"} and element.tag.startswith(ATOM) and not RFC_3339.fullmatch(text):
            yield f"{name} is no RFC 3339 date: {text!r} (RFC 4287, 3.3)"
        if name in {"id", "icon", "logo", "uri"} and NOT_IN_IRI.search(text):
            yield f"{name} is no IRI: {text!r} (RFC 4287, 4.2.6)"
        if name == "id" and not ABSOLUTE.fullmatch(text):
            yield f"id is not absolute: {text!r} (RFC 4287, 4.2.6)"
        if name in TEXT_CONSTRUCTS and element.get("type", "text") in {"text", "html"} and len(element):
            yield f"{name} of type {element.get('type', 'text')} has child elements (RFC 4287, 3.1.1)"
        if name == "link" and element.get("rel") == "self" and not element.get("type"):
            yield "link rel=self has no type"


def _containers(feed: ET.Element) -> Iterator[str]:
    """Rules on what stands together in the feed and in each entry."""
    feed_author = feed.find(f"{ATOM}author") is not None
    for container in (feed, *feed.iter(f"{ATOM}entry")):
        links = [link for link in container.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        for kind, count in Counter((link.get("type"), link.get("hreflang")) for link in links).items():
            if count > 1:
                yield f"{count} alternate links of {kind} (RFC 4287, 4.1.1 and 4.1.2)"
        if container is feed:
            continue
        if container.find(f"{ATOM}content") is None and not links:
            yield "an entry has neither content nor an alternate link (RFC 4287, 4.1.2)"
        source = container.find(f"{ATOM}source")
        own_author = container.find(f"{ATOM}author") is not None
        if not (own_author or feed_author or (source is not None and source.find(f"{ATOM}author") is not None)):
            yield "neither the feed nor the entry has an author (RFC 4287, 4.1.1)"
        if source is not None and not source.findtext(f"{ATOM}title"):
            yield "source has no title (RFC 4287, 4.2.11)"


def _ids(feed: ET.Element) -> Iterator[str]:
    """No two entries with the same id."""
    ids = Counter(entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry"))
    for name, count in ids.items():
        if count > 1:
            yield f"{count} entries with the id {name!r} (RFC 4287, 4.1.1)"
