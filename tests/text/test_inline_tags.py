"""Tags in titles: those around words go, those that a title is about stay."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from packing import write

import refeed
from refeed.options import Options
from refeed.text.inline_tags import without_inline_tags


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("The <em>Ebb</em> of May", "The Ebb of May"),
        ("The <EM class='sea'>Ebb</EM >", "The Ebb"),
        ("<strong><i>Ebb</i></strong> and <code>tide</code>", "Ebb and tide"),
        ('<a href="https://quay.example/">Ebb</a>', "Ebb"),
        ("Ebb<br>and flow", "Ebb and flow"),
        ("Ebb <br/>and flow", "Ebb  and flow"),  # whoever makes a line of it folds blanks
        ("H<sub>2</sub>O and 2<sup>10</sup> of the 4<sup>th</sup>", "H₂O and 2¹⁰ of the 4th"),
        ("What <b> is for", "What <b> is for"),
        ("The <br> tag", "The <br> tag"),
        ("Ebb News <br> March 2, 2024", "Ebb News   March 2, 2024"),
        ("The <br> tag of 2024 in use", "The <br> tag of 2024 in use"),
        ("Use no <b> and </b> today", "Use no <b> and </b> today"),
        ("Why <em>…</em> beats <i>...</i>", "Why <em>…</em> beats <i>...</i>"),
        ("<strong>Ebb </strong>and flow", "Ebb and flow"),
        ("Why `<b>this</b>` is bold", "Why `<b>this</b>` is bold"),
        ("Vec<T> and a < b > c", "Vec<T> and a < b > c"),
        ("<video>Ebb</video>", "<video>Ebb</video>"),  # no tag around words
    ],
)
def test_tags_around_words_are_left_out(title: str, shown: str) -> None:
    assert without_inline_tags(title) == shown


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("fog.md", "---\ntitle: The <em>Fog</em> &amp; co\ndate: 2024-08-05\n---\n\nGrey.\n", "The Fog & co"),
        (
            "fog.md",
            "---\ntitle: The &lt;em&gt; tag, &lt;/em&gt;\ndate: 2024-08-05\n---\n\nGrey.\n",
            "The <em> tag, </em>",
        ),
        ("2024-08-05.md", "# The <em>Fog</em>\n\nGrey.\n", "The Fog"),
        (
            "fog.md",
            "<!--1722830400000-->\n[The <em>Fog</em>](https://quay.example/fog)\n------\n\n<p>Grey.</p>\n",
            "The Fog",
        ),
        ("fog.json", '[{"title": "The <em>Fog</em>", "date": "2024-08-05", "content": "<p>Grey.</p>"}]', "The Fog"),
    ],
)
def test_a_site_shows_the_title_of_a_header_with_its_tags(tmp_path: Path, name: str, text: str, title: str) -> None:
    folder = write(tmp_path, {name: text.encode()})
    now = datetime(2026, 11, 20, tzinfo=UTC)
    (entry,) = refeed.entries(Options(paths=(str(folder),)), now=now)
    assert entry.title == title


def test_a_heading_of_a_page_is_text_already(tmp_path: Path) -> None:
    words = "The quay was grey, and nobody rang the bell for an hour. " * 9
    page = (
        "<html><head><title>x</title><meta property='article:published_time' content='2024-08-05'></head>"
        f"<body><article><h1>On &lt;b&gt;bold&lt;/b&gt; words</h1><p>{words}</p></article></body></html>"
    )
    folder = write(tmp_path, {"fog.html": page.replace("<title>x</title>", "").encode()})
    (entry,) = refeed.entries(Options(paths=(str(folder),)), now=datetime(2026, 11, 20, tzinfo=UTC))
    assert entry.title == "On <b>bold</b> words"
