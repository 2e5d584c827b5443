"""Identity: the frozen tables in fixtures/records/identity, and what identify() takes for the same article."""

import re
from typing import Final
from uuid import UUID

import pytest
from folders import FIXTURES

from refeed.records.identity import Identity, identify, identity_url, is_iri_or_uuid

TABLES: Final = FIXTURES / "records" / "identity"


def _rows(name: str) -> list[list[str]]:
    """Read a table; `uXXXX` after a backslash is a character, and a line that begins with "# " is a comment."""
    lines = (TABLES / name).read_text("utf-8").rstrip("\n").split("\n")
    rows = [line.split("\t") for line in lines if not line.startswith("# ")]
    assert rows, f"{name} is empty"
    return [[re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), cell) for cell in row] for row in rows]


def _identify(
    url: str | None = None,
    *,
    stated_id: str | None = None,
    outlet: str | None = "港口日报",
    author: str | None = None,
    title: str = "渡轮停航",
    day: str | None = "2024-05-06",
) -> Identity:
    return identify(url=url, stated_id=stated_id, outlet=outlet, author=author, title=title, day=day)


@pytest.mark.parametrize(("url", "expected", "why"), _rows("identity.tsv"))
def test_identity_url(url: str, expected: str, why: str) -> None:
    assert identity_url(url) == expected, why
    assert why


@pytest.mark.parametrize(
    ("url", "stated_id", "outlet", "author", "title", "day", "expected", "why"), _rows("golden.tsv")
)
def test_golden_ids_never_change(
    url: str, stated_id: str, outlet: str, author: str, title: str, day: str, expected: str, why: str
) -> None:
    found = identify(
        url=url or None,
        stated_id=stated_id or None,
        outlet=outlet or None,
        author=author or None,
        title=title,
        day=day or None,
    )
    assert f"urn:uuid:{UUID(bytes=found.digest)}" == expected, why
    assert why


def test_an_address_is_all_that_counts() -> None:
    url = "https://harbour.example/fog"
    assert _identify(url) == _identify(url, title="Другое", day=None, outlet=None, author="Ada")
    assert _identify(url) != _identify("https://harbour.example/mist")


def test_a_stated_id_is_the_id_but_the_address_stays_the_identity() -> None:
    stated = _identify("https://harbour.example/fog", stated_id="tag:harbour.example,2024:7")
    assert stated.id == "tag:harbour.example,2024:7"
    assert stated.stated
    assert stated.digest == _identify("https://harbour.example/fog").digest


def test_without_address_the_stated_id_is_the_identity() -> None:
    first = _identify(stated_id="tag:harbour.example,2024:7")
    assert first == _identify(stated_id="tag:harbour.example,2024:7", title="Another title", day=None)
    assert first.digest != _identify(stated_id="tag:harbour.example,2024:8").digest


def test_a_stated_id_that_is_no_iri_is_ignored() -> None:
    assert _identify(stated_id="12") == _identify()
    assert _identify(stated_id="post-7") == _identify()
    assert not _identify(stated_id="12").stated


def test_without_address_and_id_the_four_facts_count() -> None:
    base = _identify()
    others = [_identify(outlet="另一家"), _identify(author="Ada"), _identify(title="渡轮"), _identify(day="2024-05-07")]
    assert len({base.digest, *(other.digest for other in others)}) == 5


@pytest.mark.parametrize(
    "title", ["  渡轮停航 ", "渡轮\u200b停航", "\ufeff渡轮停航", "渡轮\u00ad停航", "渡轮停航\u0007"]
)
def test_invisible_differences_of_the_title_do_not_count(title: str) -> None:
    assert _identify(title=title) == _identify()


def test_case_width_and_white_space_do_not_count() -> None:
    assert _identify(title="Ｆｏｇ　on the\n RIVER") == _identify(title="fog on the river")


def test_facts_do_not_flow_into_each_other() -> None:
    assert _identify(outlet="a\nb", author="c").digest != _identify(outlet="a", author="b\nc").digest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://harbour.example/a", "https://harbour.example/a"),
        ("https://harbour.example/中", "https://harbour.example/中"),  # an IRI may (RFC 3987)
        (" tag:harbour.example,2024-05:7\n", "tag:harbour.example,2024-05:7"),
        ("urn:isbn:0451450523", "urn:isbn:0451450523"),
        ("ni:///sha-256;f4OxZX", "ni:///sha-256;f4OxZX"),
        ("info:lccn/2002022641", "info:lccn/2002022641"),
        ("doi:10.1000/182", "doi:10.1000/182"),
        ("F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        ("URN:UUID:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        ("urn:uuid:12", None),  # says UUID and is none
        ("urn:x", None),
        ("tag:harbour.example:7", None),  # no date (RFC 4151)
        ("12", None),
        ("post-7", None),
        ("foo:bar", None),  # no scheme that lasts
        ("mailto:ann@harbour.example", None),
        ("/a/b", None),
        ("https://", None),
        ("https://harbour.example/a b", None),
        ("https://harbour.example/a\u3000b", None),
        ('https://harbour.example/"', None),
        ("https://harbour.example/<a>", None),
        ("https://harbour.example/{a}", None),
        ("https://harbour.example/%zz", None),
        ("https://harbour.example/\u202e", None),  # a bidi mark (RFC 3987, 4.1)
        ("https://harbour.example/\ud800", None),
        ("", None),
    ],
)
def test_is_iri_or_uuid(text: str, expected: str | None) -> None:
    assert is_iri_or_uuid(text) == expected
