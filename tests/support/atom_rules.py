"""Check a feed against Atom's grammar, and against the rules of `refeed validate`, which ask for more."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from folders import FIXTURES
from lxml import etree

from refeed.validation.validate import validate

SCHEMA: Final = FIXTURES / "schema"
ATOM: Final = "{http://www.w3.org/2005/Atom}"
# A feed need not know where it is, and a title may be about references.
_NOT_OF_THE_OUTPUT: Final = frozenset({"escaped-twice", "no-self-link"})
# What no output puts right, because nothing that a build hands over is so.
_OF_VALUES: Final = frozenset(
    {"bad-media-type", "dangerous-address", "relative-link", "updated-before-published"}
    | {"event-handler", "form", "frame", "script", "style"}
)


def broken_rules(feed: bytes, *, invented: bool = False) -> list[str]:
    """List the rules that a feed breaks, whatever its format; not those that only invented values break."""
    allowed = _NOT_OF_THE_OUTPUT | (_OF_VALUES if invented else frozenset())
    validated = validate(feed)
    if validated.format in {"atom", "rss"}:
        ET.fromstring(feed)  # noqa: S314  (a second parser is the point: libxml2 and expat)
    return [f"{finding.message} [{finding.code}]" for finding in validated.findings if finding.code not in allowed]


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
