"""The names of people and of tags, in the shapes that headers give them."""

from collections.abc import Mapping
from typing import Any

import pytest

from refeed.formats.headers.statements import statements
from refeed.limits import Limits
from refeed.records.fields.choose import choose_authors, choose_categories

ADA_AND_BEN = ("Ada Reed", "Ben Low")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"author": {"given": "Ada", "family": "Reed"}}, ("Ada Reed",)),  # CSL
        ({"author": [{"given-names": "Ada", "family-names": "Reed"}, {"name": "Ben Low"}]}, ADA_AND_BEN),  # CFF
        ({"author": {"name": {"first": "Ada", "last": "Reed"}}}, ("Ada Reed",)),
        ({"author": {"family": "张", "given": "三"}}, ("张三",)),  # the family comes first, without a blank
        ({"author": [["Ada Reed"], [{"literal": "Ben Low"}]]}, ADA_AND_BEN),
        ({"author": {"id": "ada"}}, ("ada",)),  # better than nobody
        ({"author": "Ada Reed; Ben Low"}, ADA_AND_BEN),
        ({"author": "[Ada Reed, Ben Low]"}, ADA_AND_BEN),  # a list in a text
        ({"author": "张三、李四"}, ("张三", "李四")),
        ({"author": "张三，李四"}, ("张三", "李四")),
        ({"author": "Reed, Ada"}, ("Reed, Ada",)),  # one person
        ({"author": "Ada Reed, Jr."}, ("Ada Reed, Jr.",)),
        ({"author": "Ada Reed &lt;ada@quay.example&gt;"}, ("Ada Reed",)),  # no address of mail is shown
        ({"author": "Ada Reed, ada@quay.example"}, ("Ada Reed",)),
        ({"author": "ada@quay.example - Ada Reed"}, ("Ada Reed",)),
        ({"author": "ada@sea-fog.example"}, ("ada",)),  # a hyphen in an address parts nothing: "fog.example" is no name
        ({"author": "ada-eva@quay.example"}, ("ada-eva",)),
        ({"author": "Ada Reed, ada@quay.example, Bo Mole, bo@quay.example"}, ("Ada Reed, Bo Mole",)),
        ({"author": "Ada Reed (ada@quay.example), Bo Mole (bo@quay.example)"}, ("Ada Reed, Bo Mole",)),
        ({"author": "安达@码头工作室"}, ("安达@码头工作室",)),  # of a group: no domain has such a name without a dot
        ({"author": "ada@localhost"}, ("ada",)),
        ({"author": "Ada Reed @ada@quay.example"}, ("Ada Reed @ada@quay.example",)),  # the name of an account
        ({"author": "Ada Reed (https://quay.example/ada)"}, ("Ada Reed",)),
        ({"author": '<a href="https://quay.example">Ada Reed</a>'}, ("Ada Reed",)),
        ({"author": "**Ada Reed**"}, ("Ada Reed",)),
        ({"author": "作者：张三"}, ("张三",)),
        ({"author": "-"}, ()),  # nobody
        ({"author": "von Neumann"}, ("von Neumann",)),  # a name, not "by Neumann"
        ({"author": "Ada Reed", "coauthor": "Ben Low"}, ADA_AND_BEN),
        ({"author": "Ada Reed", "creator": "Emacs 29.1 (Org mode 9.6 + ox-hugo)"}, ("Ada Reed",)),  # no person
        ({"creator": "Microsoft® Word 2019"}, ()),
        ({"author": "Emacs Reed"}, ("Emacs Reed",)),  # a name, without a version
        ({"paramsauthor": "Ada Reed"}, ("Ada Reed",)),  # `params.author`
    ],
)
def test_authors(header: Mapping[str, Any], expected: tuple[str, ...]) -> None:
    assert choose_authors(statements(header)["authors"], Limits()).value == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("#tide #quay", ("tide", "quay")),
        ("#潮汐#码头", ("潮汐", "码头")),
        (["#tide", "tide, low"], ("tide", "tide, low")),  # items of a list are never divided
        ("tide | quay", ("tide", "quay")),
        ("[[Tide|low water]], [[Quay]]", ("low water", "Quay")),  # the bar of a link of a wiki is none between tags
        ("潮汐、码头", ("潮汐", "码头")),
        ("潮汐／码头", ("潮汐", "码头")),
        ("tide/low", ("tide/low",)),  # a tag within another one
        ("tide • quay", ("tide", "quay")),
        ("tide\nquay", ("tide", "quay")),  # one a line
        ("-tide -quay", ("tide", "quay")),  # a list that lacks the blanks, as YAML reads it
        ("C#, F#", ("C#", "F#")),
        ("Science & Technology", ("Science & Technology",)),
        ({"tide": {"label": "Tide"}, "quay": {"colour": "blue"}}, ("Tide", "quay")),
        ({"tide": "true", "0": "quay"}, ("tide", "quay")),
        ([{"label": "Tide", "permalink": "/tide"}, {"name": "Quay"}], ("Tide", "Quay")),  # Docusaurus
    ],
)
def test_tags(value: Any, expected: tuple[str, ...]) -> None:
    assert choose_categories(statements({"tags": value})["categories"], Limits()).value == expected


def test_dotted_keys_stand_for_what_is_in_a_table() -> None:
    header: dict[str, Any] = {
        "taxonomiestags": ["tide"],
        "seodescription": "Low water.",
        "title": "Tide",
        "seotitle": "Tide | Quay",
    }
    said = statements(header)
    assert [statement.text for statement in said["categories"]] == ["tide"]
    assert [statement.text for statement in said["summaries"]] == ["Low water."]
    assert [statement.text for statement in said["titles"]] == ["Tide"]  # the header's own
