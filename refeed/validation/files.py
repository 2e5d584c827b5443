"""Read the files to validate, and name the dumps that entries were made of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from refeed.formats.feeds.json_opening import begins_json_feed
from refeed.model import Document, SourceFile
from refeed.options import Options
from refeed.problems import ConfigurationError

_ENDINGS: Final = frozenset({".atom", ".json", ".rss", ".xml"})
# What `refeed publish` and others put beside feeds, and no reader takes for one.
_NO_FEEDS: Final = (b"<opml", b"<urlset", b"<sitemapindex")
_LOOKED_AT: Final = 1_000  # bytes


def read_documents(paths: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of files and of the feeds in folders; ConfigurationError says what cannot be read."""
    found = dict[str, bytes]()
    for path in map(Path, paths):
        if path.is_dir():
            documents = dict(_feeds_below(path))
            if not documents:
                raise ConfigurationError(f"{path}: holds no feed (a file that ends in .xml, .rss, .atom or .json)")
            found |= documents
        else:
            found[str(path)] = _read(path)
    return found


def origins_in(options: Options, now: datetime) -> Mapping[str, str]:
    """Return where the entry of each id comes from, as PATH:LINE, by a build of the whole archive."""
    from refeed.pipeline.build import build

    whole = replace(options, limit=0, span=None, max_bytes=None, output=None, strict=False)
    report = build(whole, now, sink=lambda _: False)
    return {origin.id: f"{origin.path}:{origin.line}" for origin in report.origins}


def _feeds_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _ENDINGS and path.is_file():
            data = _read(path)
            if _is_json_feed(path, data) if path.suffix.lower() == ".json" else not _is_other(data):
                yield str(path), data


def _is_json_feed(path: Path, data: bytes) -> bool:
    return begins_json_feed(Document(SourceFile(str(path), path.name), data))


def _is_other(data: bytes) -> bool:
    return any(name in data[:_LOOKED_AT] for name in _NO_FEEDS)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from None
