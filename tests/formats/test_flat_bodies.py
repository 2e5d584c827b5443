"""Texts of systems without a database: nothing of them is lost, and what only looks like a mark is text."""

import json

import pytest

from refeed.formats.bodies.light_markup import to_markdown

MOST = 10_000  # lines


@pytest.mark.parametrize(
    ("markup", "text", "shown"),
    [
        ("bbcode", "[b]Ebb[/b] in [img]a.png[/img]", '<b>Ebb</b> in <img src="a.png" alt="">'),
        ("bbcode", "tide[i] = [I]six[/I]", "tide<i> = <i>six</i>"),  # the plug-in would begin at the first, too
        ("bbcode", "tide[i] = six[b]", "tide[i] = six[b]"),  # an index
        ("lektor", "#### text ####\ntext: Ebb\n", "Ebb"),
        ("lektor", "#### text ####\nheight: tall\n---\ntext: Ebb and flood\n", "Ebb and flood"),  # a setting
        ("kirby", [{"type": "button", "content": {"text": "Go", "link": "/quay"}}], "[Go](</quay>)"),
        (
            "erb",
            "1. Ebb\n\n   ```erb\n   <%= ebb %>\n   ```\n",
            "1. Ebb\n\n   ```erb\n   <%= ebb %>\n   ```\n",
        ),  # in an item
        ("erb", "~~~\n<%= ebb %>\n```\n<%= tide %>", "~~~\n<%= ebb %>\n```\n<%= tide %>"),  # a fence that nothing ends
        ("erb", "```ebb``` <%= tide -%>", "```ebb``` {{ tide }}"),  # no fence
        (
            "erb",
            "~~~\n<%%= ebb %>\n~~~\n<%% tide",
            "~~~\n<%= ebb %>\n~~~\n<% tide",
        ),  # what shows a sign, in code as well
        ("erb", "<% <%= ebb %> %>", "<% {{ ebb }} %>"),  # nothing ends the first
        ("erb", '<p><%= link_to "Ebb", "/tide?a&b" %></p>', '<p><a href="/tide?a&amp;b">Ebb</a></p>'),  # in HTML
        ("tiddlywiki", "At @@.low.wet ebb@@ and @@color:red; at@@ @@six@@", "At ebb and at six"),
        ("tiddlywiki", "@@.low\nEbb\n@@", "\nEbb\n"),
        ("tiddlywiki", "ada@@quay or @@ and @@", "ada@@quay or @@ and @@"),  # words
        ("tiddlywiki", "```ebb\n<<tide>>", "\n```ebb\n<<tide>>\n```\n"),  # code that nothing ends
        ("kirby", [{"type": "tide", "content": {"words": "Ebb at six", "kind": "low"}}], "Ebb at six"),  # of a plug-in
    ],
)
def test_what_a_text_says_is_shown(markup: str, text: object, shown: str) -> None:
    written = text if isinstance(text, str) else json.dumps(text)
    assert to_markdown(written, markup, MOST) == shown


def test_blocks_in_a_thousand_others_stay_text() -> None:
    depth = 1_000
    text = "".join(f"{'#' * (4 + level)} text {'#' * (4 + level)}\ntext:\n\n" for level in range(depth)) + "Ebb"
    assert to_markdown(text, "lektor", MOST).endswith("Ebb")
