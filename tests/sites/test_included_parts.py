"""Parts of posts in files of their own, which Quarto puts in the place of `{{< include … >}}`."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import refeed
from refeed.options import Options

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PART = "The *keeper* rows.\n"


def content(folder: Path, body: str, parts: dict[str, str], *, exclude: tuple[str, ...] = ()) -> str:
    """Return the content of a post beside parts."""
    site = folder / "site"
    texts = {
        "_quarto.yml": "project:\n  type: website\nwebsite:\n  site-url: https://pier.example.org\n",
        "log/index.qmd": f"---\ntitle: Tide\ndate: 2024-07-01\n---\n\nDry.\n\n{body}\n\nWet.\n",
        **parts,
    }
    for name, text in texts.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
    (entry,) = refeed.entries(Options(paths=(str(site),), exclude=exclude), now=NOW)
    return entry.content


@pytest.mark.parametrize(
    ("file", "written", "why"),
    [
        ("log/_part.qmd", "_part.qmd", "beside the post"),
        ("parts/_part.md", "../parts/_part.md", "a path from the post"),
        ("parts/_part.qmd", "/parts/_part.qmd", "a path from the top of the site"),
    ],
)
def test_a_part_of_the_site_is_read(file: str, written: str, why: str, tmp_path: Path) -> None:
    found = content(tmp_path, f"{{{{< include {written} >}}}}", {file: PART})
    assert found == "<p>Dry.</p>\n<p>The <em>keeper</em> rows.</p>\n<p>Wet.</p>", why


@pytest.mark.parametrize(
    ("file", "written", "text", "why"),
    [
        ("../_part.qmd", "../../_part.qmd", PART, "outside of the archive"),
        ("log/part.qmd", "part.qmd", PART, "a page, by its name"),
        ("log/_part.py", "_part.py", PART, "no text"),
        ("private/_part.qmd", "/private/_part.qmd", PART, "in a folder that nobody has published"),
        ("log/_part.qmd", "_part.qmd", f"---\ndraft: true\n---\n{PART}", "a post that is not published"),
        ("log/_part.qmd", "_part.qmd", f"<!-- draft -->\n\n{PART}", "its first line says that it is a draft"),
        ("log/_part.qmd", "_part.qmd", PART + "x" * 65_536, "larger than a part may be"),
        *(
            ("log/_part.qmd", "_part.qmd", text + PART, why)
            for text, why in (
                ("\ufeff---\ndraft: true\n---\n", "a mark of the byte order stands before its header"),
                ("<!-- x -->\n---\ndraft: true\n---\n", "a comment does"),
                ("\u00a0\n---\ndraft: true\n---\n", "a blank that is none of ASCII's does"),
                ("# Tide\n\n---\ndraft: true\n---\n", "a heading does"),
                ("—\ndraft: true\n—\n", "dashes are around its header"),
                ("—\npassphrase: x\n—\n", "nor need anybody know what it says there"),
                ('{"draft":true}\n', "its header is in JSON"),
                ("title: Tide\ndraft: true\n", "its header has no fences"),
                ("title: Tide\npassword: x\n\n", "its header has no fences, and a password"),
            )
        ),
        (
            "log/_part.qmd",
            "_part.qmd",
            f'::: {{.content-visible when-format="pdf"}}\n{PART}:::\n',
            "it is for another format than HTML",
        ),
        *(
            (f"log/{name}", name, PART, "by its name it is a post")
            for name in ("_draft.qmd", "_2024-01-01-draft.qmd", "_2099-01-01-tide.qmd", "_tide.draft.qmd")
        ),
    ],
)
def test_nothing_else_is_read(file: str, written: str, text: str, why: str, tmp_path: Path) -> None:
    found = content(tmp_path, f"{{{{< include {written} >}}}}", {file: text})
    assert found == "<p>Dry.</p>\n<p>Wet.</p>", why


def test_parts_are_read_in_sites_of_quarto_alone(tmp_path: Path) -> None:
    posts = tmp_path / "_posts"
    posts.mkdir()
    (tmp_path / "_config.yml").write_text("url: https://pier.example.org\ntitle: Pier\n")
    (posts / "2024-07-01-tide.md").write_text("---\ntitle: Tide\n---\n\nDry.\n\n{{< include _part.md >}}\n")
    (posts / "_part.md").write_text(PART)  # to Jekyll this is no part of anything
    (entry,) = refeed.entries(Options(paths=(str(tmp_path),)), now=NOW)
    assert "rows" not in entry.content


def test_a_part_that_is_excluded_or_a_link_is_not_read(tmp_path: Path) -> None:
    assert "rows" not in content(
        tmp_path, "{{< include _part.qmd >}}", {"log/_part.qmd": PART}, exclude=("log/_part.qmd",)
    )
    (tmp_path / "secret").write_text(PART)
    (tmp_path / "site/log/_link.qmd").symlink_to(tmp_path / "secret")
    assert "rows" not in content(tmp_path, "{{< include _link.qmd >}}", {})


def test_what_is_private_in_a_part_stays_so_and_parts_of_parts_are_not_read(tmp_path: Path) -> None:
    parts = {
        "log/_part.qmd": "Low.\n\n<!-- The key. -->\n\n{{< include _other.qmd >}}\n\n%% The key. %%\n",
        "log/_other.qmd": PART,
    }
    assert content(tmp_path, "{{< include _part.qmd >}}", parts) == "<p>Dry.</p>\n<p>Low.</p>\n<p>Wet.</p>"


def test_an_include_in_code_is_code(tmp_path: Path) -> None:
    found = content(tmp_path, "```\n{{< include _part.qmd >}}\n```", {"log/_part.qmd": PART})
    assert "<pre><code>{{&lt; include _part.qmd &gt;}}\n</code></pre>" in found
