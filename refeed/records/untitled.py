"""Tell records without a title apart: by the heading that their text begins with, else by what they say. FROZEN.

Another result here moves ids, as in refeed.records.identity.
"""

from typing import Final

from refeed.input.encoding import must_be_utf8
from refeed.model import Document, RawRecord
from refeed.startup.late_patterns import late_pattern

# A heading of the first level, in Markdown's two ways and in HTML. Those below it are of a part, and many texts of one
# day may have the same.
_HEADING: Final = late_pattern(
    rb"#[ \t]+([^\r\n]+)|([^\s<][^\r\n]*)\r?\n=+[ \t]*(?:[\r\n]|\Z)|<[hH]1(?:\s[^<>]*)?>([^<]+)</[hH]1\s*>"
)


def name_of_untitled(raw: RawRecord, document: Document) -> str:
    """Return the heading of a body, which stays when the text is edited; else a digest of it.

    Of a record without text it is a digest of what it shows: photos of one day have no more.
    """
    must_be_utf8(document)
    text = document.body_bytes(raw.written or raw.body).strip()
    heading = _HEADING.match(text)
    if heading and (title := heading[heading.lastindex or 0].strip(b"# \t")):
        return title.decode("utf-8", "replace")
    from hashlib import sha256

    statements = (*raw.images, *raw.summaries)
    shown = [*(statement.text for statement in statements), *(file.text for file in raw.enclosures)]
    return "sha256:" + sha256(text or "\n".join(shown).encode()).hexdigest()
