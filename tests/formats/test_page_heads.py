"""The head of a post that is written as a page."""

import pytest

from refeed.formats.headers.fields.page_heads import PageHead, read_page_head

HEAD = '<html><head><title>Fog</title><meta name="date" content="2024-05-06"></head>'


@pytest.mark.parametrize("odd", ["<![members]>", "<![if !IE]>", "<![endif]-->", "<![CDATA[x]]>", "<![", "<![x"])
@pytest.mark.parametrize("place", ["head", "body"])
def test_what_begins_as_a_marked_section_is_passed_by(odd: str, place: str) -> None:
    # Browsers take it for a comment that ends with its first `>`; Python's reader knows a few of them.
    if place == "head" and ">" not in odd:
        odd += ">"
    head, body = (f"{HEAD}{odd}<body>", "") if place == "head" else (f"{HEAD}<body>", odd)
    found = read_page_head(f"{head}{body}<p>It lifts.</p></body></html>")
    assert found == PageHead({"title": "Fog", "date": "2024-05-06"}, len(head))
