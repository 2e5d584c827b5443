"""Read the files of a feed's entry: enclosures of RSS and Atom, Media RSS, fields of WordPress's posts."""

from collections.abc import Iterator
from typing import Any, Final

from refeed.formats.feeds.exports import meta_values
from refeed.formats.feeds.names import Children, children_of, first_text, joined
from refeed.model import FileStatement
from refeed.vocabulary.enclosures import file_in_lines

# Media RSS 1.5.1, `medium` → the kind of file.
_MEDIA: Final = {"audio": "audio", "video": "video"}


def files_of(children: Children, base: str) -> tuple[FileStatement, ...]:
    """Return the files of an entry, enclosures first: what Media RSS says of them again is often less."""
    found = [*_enclosures(children), *_media(children)]
    return tuple(
        file._replace(text=joined(base, file.text))
        for file in found
        if file.text and not file.type.startswith("image/")  # reported as a picture
    )


def _enclosures(children: Children) -> Iterator[FileStatement]:
    for one in children.get("enclosure", ()):
        yield _file(one, one.get("url"), "feed: enclosure", "file", one.get("length"))
    for one in children.get("atom:link", ()):
        if one.get("rel") == "enclosure":
            yield _file(one, one.get("href"), "feed: atom:link", "file", one.get("length"))
    for text in meta_values(children, "enclosure"):
        file = FileStatement(text.strip(), "feed: wp:postmeta", "file")
        yield file_in_lines(text, file) or file


def _media(children: Children) -> Iterator[FileStatement]:
    groups = (children_of(group) for group in children.get("media:group", ()))
    for one in (one for place in (children, *groups) for one in place.get("media:content", ())):
        if one.get("medium") == "image":
            continue
        kind = _MEDIA.get(one.get("medium") or "", "")
        file = _file(one, one.get("url"), "feed: media:content", kind, one.get("fileSize"))
        yield file._replace(title=first_text(children_of(one), "media:title"))


def _file(element: Any, url: str | None, origin: str, kind: str, length: str | None) -> FileStatement:
    title = element.get("title") or ""
    return FileStatement((url or "").strip(), origin, kind, element.get("type") or "", length or "", title)
