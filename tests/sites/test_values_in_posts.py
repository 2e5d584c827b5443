"""Values that posts of Jekyll's show: settings are in fixtures/sites/pictures.tsv, what a header describes is here."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import refeed
from refeed.options import Options

NOW = datetime(2026, 11, 20, tzinfo=UTC)
JEKYLL = "_config.yml", "url: https://quay.example.org\ntitle: Quay\n"
HUGO = "hugo.toml", 'baseURL = "https://quay.example.org/"\n'


def content(folder: Path, settings: tuple[str, str], post: str, header: str, body: str) -> str:
    """Return the content of the one post of a site."""
    for name, text in (settings, (post, f"---\ntitle: Tide\ndate: 2024-07-01\n{header}\n---\n\n{body}\n")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (entry,) = refeed.entries(Options(paths=(str(folder),)), now=NOW)
    return entry.content


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{{ page.description }}\n\n## Ebb\n\nDry.", "<p>Low <em>water</em>.</p>\n<h2>Ebb</h2>\n<p>Dry.</p>"),
        ("Dry.\n\n{{- page.description -}}", "<p>Dry.</p>\n<p>Low <em>water</em>.</p>"),
        ("Write {{ page.description }} so.", "<p>Write so.</p>"),  # in a sentence it is unknown, and reported
        (
            "Write:\n\n```\n{% raw %}\n{{ page.description }}\n{% endraw %}\n```",
            "<p>Write:</p>\n<pre><code>\n{{ page.description }}\n\n</code></pre>",
        ),
    ],
)
def test_a_paragraph_is_what_the_header_describes(body: str, expected: str, tmp_path: Path) -> None:
    post = "_posts/2024-07-01-tide.md"
    assert content(tmp_path, JEKYLL, post, "description: Low *water*.", body) == expected


def test_other_generators_show_no_value_so(tmp_path: Path) -> None:
    found = content(tmp_path, HUGO, "content/log/tide.md", "description: Low.", "{{ page.description }}\n\nDry.")
    assert found == "<p>Dry.</p>"
