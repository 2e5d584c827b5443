"""Tell records without a title apart."""

from refeed.input.encoding import must_be_utf8
from refeed.model import Document, RawRecord


def digest_of_untitled(raw: RawRecord, document: Document) -> str:
    """Return a digest of the body, or, of a record without text, of what it shows: photos of one day have no more."""
    must_be_utf8(document)
    from hashlib import sha256

    statements = (*raw.images, *raw.summaries)
    shown = [*(statement.text for statement in statements), *(file.text for file in raw.enclosures)]
    text = document.body_bytes(raw.written or raw.body).strip() or "\n".join(shown).encode()
    return "sha256:" + sha256(text).hexdigest()
