"""Tell in which markup the body below front matter is, by its file's name and what the header says."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from refeed.model import Document
from refeed.vocabulary.fields import Value

# Jekyll, Hugo, Roq and Antora read front matter above these, too, and Perl's advent calendar above POD.
BY_ENDING: Final = MappingProxyType(
    {
        "adoc": "asciidoc",
        "asc": "asciidoc",
        "asciidoc": "asciidoc",
        "gemini": "gemtext",
        "gmi": "gemtext",
        "org": "org",
        "pod": "pod",
        "rest": "rst",
        "rst": "rst",
    }
)
_OF_FRANKLIN: Final = frozenset({"rssdescription", "rsspubdate"})  # keys that none but it has
_DAY_OF_JULIA: Final = ("Date(", "Dates.Date(")
# What a file of TiddlyWiki holds, as its header says, and its markup; anything else is no text.
_TIDDLER: Final = ".tid"
_TIDDLY_TYPES: Final = MappingProxyType(
    {
        **dict.fromkeys(("", "text/vnd.tiddlywiki", "text/x-tiddlywiki"), "tiddlywiki"),
        **dict.fromkeys(("text/html", "text/markdown", "text/plain", "text/x-markdown")),
    }
)


def markup_of(document: Document) -> str | None:
    """Return the markup that the ending of a file names, None for Markdown and HTML."""
    return BY_ENDING.get(document.source.path.rpartition(".")[2].lower())


def markup_below(document: Document, values: Mapping[str, Value], kind: Value) -> str | None:
    """Return the markup below a header, None for Markdown and HTML; a text of TiddlyWiki says of what kind it is."""
    if _has_erb(document, values):
        return "erb"
    markup = markup_of(document) or (_TIDDLY_TYPES.get(str(kind).strip()) if _is_tiddler(document) else None)
    return markup or ("franklin" if _is_franklins(values) else None)


def is_turned(document: Document, values: Mapping[str, Value]) -> bool:
    """Return whether a body is turned into Markdown that ids do not go by."""
    return _has_erb(document, values) or _is_franklins(values)


def _has_erb(document: Document, values: Mapping[str, Value]) -> bool:
    """Return whether a text is run through ERB: its name says so, or its header that it is a post of nanoc's."""
    if document.source.path.endswith(".erb"):
        return True
    return values.get("kind") == "article" and "createdat" in values and markup_of(document) is None


def _is_franklins(values: Mapping[str, Value]) -> bool:
    """Return whether a header, which may be Julia between two lines `+++`, is that of a page of Franklin."""
    return not _OF_FRANKLIN.isdisjoint(values) or str(values.get("date")).startswith(_DAY_OF_JULIA)


def is_no_text(document: Document, kind: Value) -> bool:
    """Return whether a file of TiddlyWiki holds a picture, a script or the like."""
    return _is_tiddler(document) and str(kind).strip() not in _TIDDLY_TYPES


def _is_tiddler(document: Document) -> bool:
    return document.source.path.endswith(_TIDDLER)
