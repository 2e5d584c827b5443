"""A text under a header in JSON is told from a list of objects without reading it as one."""

import pytest

from refeed.formats import Match
from refeed.formats.headers.json import is_above_text
from refeed.formats.objects.lists import find_list
from refeed.formats.records import FORMAT
from refeed.model import Document, SourceFile

POST = '{"title": "Fog", "date": "2020-05-01", "content": "The ferry waits."}'
MORE = '{"title": "Ice", "date": "2020-05-02", "content": "The ferry is late."}'


@pytest.mark.parametrize(
    "text",
    [
        f"{POST}\n\nThe ferry waits.\n",
        f" \n{POST} The ferry waits.\n",
        f"{POST}\n[The ferry](https://harbour.example/) waits.\n",  # no list
        f'{POST}\n7 ferries wait: "Heron", {MORE}\n',  # an object in a line of the text
        f"{POST}\n```js\nlet ferry = {MORE}\n```\n",
    ],
)
def test_a_text_below_an_object_is_no_list(text: str) -> None:
    document = Document(SourceFile("a.md", "a.md"), text.encode())
    assert is_above_text(text)
    assert find_list(document) is None
    assert FORMAT.sniff(document) is Match.NO


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        (POST, True),  # one article, and nothing below it
        (f"{POST}\n{MORE}\n", True),
        (f"{POST}\x1e\n{MORE}\n", True),  # RFC 7464
        (f"{POST},\ufeff{MORE}\n", True),
        (f"{POST}\x0c{MORE}\n", True),
        (f"{POST}\nno object\n{MORE}\n", True),  # a broken line of many
        (f"[{POST}]\n", True),
        ('{"title": "Fog", "content": "The ferry\n', False),  # cut
        ("The ferry waits.\n", False),
    ],
)
def test_whatever_else_begins_with_an_object_may_be_one(text: str, *, is_list: bool) -> None:
    assert not is_above_text(text)
    assert (find_list(Document(SourceFile("a.json", "a.json"), text.encode())) is not None) == is_list
