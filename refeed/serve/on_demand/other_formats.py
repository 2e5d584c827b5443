"""Write the published feed in the other formats on demand, with the same entries and ids."""

from dataclasses import replace
from io import BytesIO
from typing import Final
from urllib.parse import urljoin

from refeed.outputs import DEFAULT, Output, output_names
from refeed.pipeline.entries.link import with_link
from refeed.serve.published import Published

# Each is served as feed.NAME.
OTHERS: Final = tuple(name for name in output_names() if name != DEFAULT)


def address_of(output: Output, feed_url: str | None) -> str | None:
    """Return the address of the feed in another format, beside that of the Atom feed."""
    return urljoin(feed_url, f"feed.{output.name}") if feed_url else None


def written_as(output: Output, published: Published) -> bytes:
    """Return the feed as a document of another format."""
    document, feed = BytesIO(), published.feed
    linked = (with_link(shown.entry, published.options) for shown in published.entries)
    output.write(replace(feed, self_url=address_of(output, feed.self_url)), map(output.entry, linked), document)
    return document.getvalue()
