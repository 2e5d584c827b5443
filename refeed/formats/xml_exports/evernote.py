"""Read a note of Evernote: its text is a document of its own within the file (ENML), pictures are files in the file."""

import re
from typing import Any, Final

from refeed.formats.feeds.names import Children, children_of, first_text
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value

_FILE: Final = (b"<resource>", b"</resource>")
_TEXT: Final = late_pattern(r"<en-note\b[^<>]{0,2000}>")
_END: Final = "</en-note>"
# A file within a note, its attributes, and a box to tick.
_MEDIUM: Final = late_pattern(r"<en-media\b([^<>]{0,2000}?)/?>(?:\s{0,20}</en-media>)?")
_ATTRIBUTE: Final = late_pattern(r"\b(hash|type)\s{0,20}=\s{0,20}[\"']([^\"'<>]{1,200})[\"']")
_TO_DO: Final = late_pattern(r"<en-todo\b([^<>]{0,200}?)/?>(?:\s{0,20}</en-todo>)?")
_ENCRYPTED: Final = "<en-crypt"


def without_files(note: bytes) -> bytes:
    """Return a note without the files in it, which are most of it; their names stay in its text."""
    kept, at = list[bytes](), 0
    begin, end = _FILE
    while (start := note.find(begin, at)) >= 0 and (stop := note.find(end, start)) >= 0:
        kept.append(note[at:start])
        at = stop + len(end)
    return b"".join((*kept, note[at:]))


def note_values(element: Any, _name: str) -> dict[str, Value]:
    """Return what a note says."""
    children = children_of(element)
    attributes = _attributes(children)
    content = first_text(children, "content")
    return {
        "title": first_text(children, "title"),
        "html": _html(content),
        "created": first_text(children, "created"),
        "updated": first_text(children, "updated"),
        "tags": [tag.text or "" for tag in children.get("tag", ())],
        "author": first_text(attributes, "author"),
        "source_url": first_text(attributes, "source-url"),
        "encrypted": "true" if _ENCRYPTED in content else "",
    }


def _attributes(children: Children) -> Children:
    return next(map(children_of, children.get("note-attributes", ())), {})


def _html(content: str) -> str:
    """Return the text of a note as HTML; a picture that is a file in the file has no address."""
    opening = _TEXT.search(content)
    text = content[opening.end() :].partition(_END)[0] if opening else content
    return _TO_DO.sub(_box, _MEDIUM.sub(_medium, text))


def _medium(match: re.Match[str]) -> str:
    stated = dict(_ATTRIBUTE.findall(match[1]))
    return f'<img src="cid:{stated.get("hash", "")}">' if stated.get("type", "").startswith("image/") else ""


def _box(match: re.Match[str]) -> str:
    return "☑ " if "true" in match[1] else "☐ "
