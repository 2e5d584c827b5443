"""Pack finished entries as bytes, for memory, temporary files, the index, and other processes.

JSON, because an index may come with a stranger's archive: to read it must run nothing.
"""

import json
from dataclasses import fields
from datetime import datetime
from typing import Final
from zlib import compress, decompress

from refeed.model import Enclosure, Entry, SafeHtml

_FIELDS: Final = tuple(field.name for field in fields(Entry))
_LEVEL: Final = 1  # of the compression: more would cost much time and save little


def pack_entry(entry: Entry) -> bytes:
    """Return an entry as bytes."""
    values = {name: getattr(entry, name) for name in _FIELDS}
    packed = json.dumps(values, default=datetime.isoformat, ensure_ascii=False)  # other letters would be six bytes each
    return compress(packed.encode("utf-8", "surrogatepass"), _LEVEL)


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
