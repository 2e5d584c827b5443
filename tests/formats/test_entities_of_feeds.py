"""Entities that the document type of a feed declares: texts, as long as they stay small."""

import pytest

from refeed.formats.feed import parse
from refeed.model import Document, RawRecord, SourceFile

TEXT = "tide " * 40  # 200 bytes
MOST = 2**20 // len(TEXT)  # how often it may stand in one entry


def title_of(declared: str, title: str) -> str:
    data = f"<!DOCTYPE rss [{declared}]><rss><channel><item><title>{title}</title></item></channel></rss>".encode()
    (record,) = parse(Document(SourceFile("a.xml", "a.xml"), data))
    assert isinstance(record, RawRecord)
    return record.titles[0].text


@pytest.mark.parametrize(("times", "is_read"), [(1, True), (MOST, True), (MOST + 1, False)])
def test_an_entity_is_read_unless_it_makes_an_entry_huge(times: int, is_read: bool) -> None:
    title = title_of(f'<!ENTITY t "{TEXT}">', "&t;" * times)
    assert title == (TEXT * times).strip() if is_read else title == "&t;" * times


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        ("<!ENTITY t 'one'>", "one"),
        ('<!ENTITY t "">', "none"),  # an empty one is read, too
        ('<!ENTITY t "&#65;&eacute;&amp;">', "Aé&"),
        ('<!ENTITY t "<b>bold</b>">', "&t;"),  # markup
        ('<!ENTITY t "&u;"><!ENTITY u "one">', "&t;"),  # the name of another
        ('<!ENTITY t SYSTEM "file:///etc/hostname">', "&t;"),
        (f'<!ENTITY t "{"x" * 257}">', "&t;"),  # too long
        ("".join(f'<!ENTITY e{number} "x">' for number in range(200)) + '<!ENTITY t "one">', "&t;"),  # one too many
    ],
)
def test_which_entities_are_texts(declared: str, title: str) -> None:
    assert title_of(declared, "&t;" if title != "none" else "none&t;") == title
