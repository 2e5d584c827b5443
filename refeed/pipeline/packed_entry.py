"""Keep finished entries as bytes: small in memory, in temporary files, in the index, and on the way between processes.

JSON, because an index may come with a stranger's archive: to read it must run nothing.
"""

import json
from dataclasses import asdict
from datetime import datetime
from zlib import compress, decompress

from refeed.model import Enclosure, Entry, SafeHtml

_LEVEL = 1  # of the compression: more costs many times the time for a few per cent


def pack_entry(entry: Entry) -> bytes:
    """Return an entry as bytes."""
    return compress(json.dumps(asdict(entry), default=datetime.isoformat).encode(), _LEVEL)


def unpack_entry(data: bytes) -> Entry:
    """Return the entry that `pack_entry` was given."""
    facts = json.loads(decompress(data))
    published = facts["published"]
    return Entry(
        **facts
        | {
            "updated": datetime.fromisoformat(facts["updated"]),
            "published": datetime.fromisoformat(published) if published else None,
            "authors": tuple(facts["authors"]),
            "categories": tuple(facts["categories"]),
            "enclosures": tuple(Enclosure(*file) for file in facts["enclosures"]),
            "content": SafeHtml(facts["content"]),  # it went through the sanitiser before it was packed
        }
    )
