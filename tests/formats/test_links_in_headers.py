"""What the links of a header say: how an address is written there, and what a link is that is no address."""

import pytest

from refeed.formats.headers.statements import statements
from refeed.model import Statement
from refeed.vocabulary.fields import key_name

ADDRESS = "https://harbour.example/2024/my fog, part 1.html"  # names of files have blanks and commas


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ADDRESS, ADDRESS),
        ("HTTPS://harbour.example/a b", "HTTPS://harbour.example/a b"),
        (f"[My fog]({ADDRESS})", ADDRESS),
        (f'[My fog](<{ADDRESS}> "a title")', ADDRESS),
        (f"[My fog]( {ADDRESS} 'a title' )", ADDRESS),
        (f"<{ADDRESS}>", ADDRESS),
        ("[My fog](https://harbour.example/fog_(1).html)", "https://harbour.example/fog_(1).html"),
        ("from https://harbour.example/a by Ada", "https://harbour.example/a"),  # words before it: others may follow
        ("https://harbour.example/a, https://quay.example/b", "https://harbour.example/a"),
        ("https://harbour.example/a https://quay.example/b c", "https://harbour.example/a"),
        ('https://harbour.example/a" rel="nofollow', "https://harbour.example/a"),
        ('https://harbour.example/say-"fog"-twice', 'https://harbour.example/say-"fog"-twice'),
        ("https://harbour.example/a.", "https://harbour.example/a"),  # the full stop of a sentence
        ("https://harbour.example/wait...", "https://harbour.example/wait..."),  # no end of one
        ("(https://harbour.example/a_(b))", "https://harbour.example/a_(b)"),  # one bracket is the address's own
        ("[https://harbour.example/a]", "https://harbour.example/a"),
        ("**https://harbour.example/a**", "https://harbour.example/a"),
        ("原文：https://harbour.example/a，谢谢", "https://harbour.example/a"),  # full-width marks end it in a sentence
        (
            "https://harbour.example/雾，港口",
            "https://harbour.example/雾，港口",
        ),  # and are its own where it stands alone
        ("harbour.example/2024/fog", "https://harbour.example/2024/fog"),  # a host, and a path
        ("www.harbour.example", "https://www.harbour.example"),
        ("harbour.example:8080/fog.", "https://harbour.example:8080/fog"),
        ("harbour.html", "harbour.html"),  # the name of a file
        ("notes.old.md", "notes.old.md"),
        ("https:/harbour.example/a", "https://harbour.example/a"),  # as browsers read it
        ("http：//harbour.example/a", "http://harbour.example/a"),  # a full-width colon
        ("https//harbour.example/a", "https://harbour.example/a"),
        ("https://archive.example/https://harbour.example/a", "https://archive.example/https://harbour.example/a"),
    ],
)
def test_the_address_in_a_link(text: str, expected: str) -> None:
    assert [statement.text for statement in statements({"link": text})["links"]] == [expected]


@pytest.mark.parametrize(
    "key", ["link", "canonical", "canonical_url", "redirect_to", "original_url", "source_url", "external_url", "from"]
)
def test_a_path_where_an_address_belongs_tells_articles_apart_and_is_told(key: str) -> None:
    said = statements({key_name(key): "/2024/fog.html", "path": "/fog/"})
    assert said["links"] == (Statement("/2024/fog.html", f"front matter: {key}"),)
    # What is meant for paths comes first.
    assert [statement.text for statement in said["permalinks"]] == ["/fog/", "/2024/fog.html"]


@pytest.mark.parametrize("text", ["mailto:ada@harbour.example", "htp://harbour.example/a", "https:/harbour"])
def test_an_address_that_cannot_be_used_is_no_path(text: str) -> None:
    assert set(statements({"link": text})) == {"links"}


@pytest.mark.parametrize(
    ("key", "text", "field"),
    [
        ("source", "Harbour News", "outlets"),
        ("from", "Harbour/Quay", "outlets"),
        ("source", "/2024/fog.html", "links"),
        ("url", "2024/fog", "permalinks"),
        ("permalink", "/2024/fog/", "permalinks"),
        ("source", "https://harbour.example/a", "links"),
    ],
)
def test_what_a_link_says_instead_of_an_address(key: str, text: str, field: str) -> None:
    assert dict(statements({key: text}))[field] == (Statement(text, f"front matter: {key}"),)
