"""Attribute lists at the end of headings, which are titles of notes, too."""

import pytest

from refeed.limits import Limits
from refeed.model import Statement
from refeed.records.fields.choose import choose_title
from refeed.text.attribute_lists import without_attribute_list


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Ebb {#ebb}", "Ebb"),
        ("Отлив {#отлив-и-прилив .wide}", "Отлив"),
        ("Ebb {: .no_toc}", "Ebb"),
        ("Ebb {-}", "Ebb"),  # Pandoc: without a number
        ("Of 2024 {#2024}", "Of 2024"),
        ("The set {a, b}", "The set {a, b}"),
        ("The set {#}", "The set {#}"),
        ("Ebb{#ebb}", "Ebb"),  # Goldmark and Zola need no blank
        ("Ebb{.low}", "Ebb{.low}"),  # a class does
        ("{#ebb}", "{#ebb}"),  # nothing would be left
    ],
)
def test_a_heading_ends_before_its_attributes(heading: str, words: str) -> None:
    assert without_attribute_list(heading) == words


@pytest.mark.parametrize(
    ("origin", "title"),
    [("heading", "Отлив"), ("front matter: title", "Отлив {#отлив}")],  # a value of a header is no Markdown
)
def test_only_a_title_that_is_a_heading_loses_attributes(origin: str, title: str) -> None:
    assert choose_title((Statement("Отлив {#отлив}", origin),), Limits()).value == title


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("**Low water**", "Low water"),  # a program took the first heading with its marks
        ("**Low** water", "**Low** water"),  # somebody's own
        ("**Low** and **high**", "**Low** and **high**"),
        ("**", "**"),
        ("** x **", "** x **"),
    ],
)
def test_a_title_that_is_strong_as_a_whole_is_its_words(stated: str, title: str) -> None:
    assert choose_title((Statement(stated, "front matter: title"),), Limits()).value == title
