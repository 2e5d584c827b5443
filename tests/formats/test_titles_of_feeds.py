"""Titles of feeds that say they are HTML: what is seen of them, and of those that are no titles."""

from html import escape

import pytest

from refeed.formats import load_formats
from refeed.model import Document, RawRecord, SourceFile

FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">{}</title><id>urn:x:1</id>'
    "<updated>2021-03-04T00:00:00Z</updated><content>The water rose.</content></entry></feed>"
)


def title_of(html: str) -> str:
    data = FEED.format(escape(html)).encode()
    (record,) = load_formats()["feed"].parse(Document(SourceFile("a.xml", "a.xml"), data))
    assert isinstance(record, RawRecord)
    return record.titles[0].text


@pytest.mark.parametrize("mark", ["<!--", "<script>", "<style>"])
def test_a_title_of_beginnings_without_an_end_is_read_in_linear_time(mark: str) -> None:
    assert title_of("Tide <!-- at six -->") == "Tide"
    assert title_of("Tide " + mark * 50_000).startswith("Tide <")  # each was looked for an end to the end of all
