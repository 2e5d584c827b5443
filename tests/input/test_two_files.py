"""Posts that are two files: the header in `tide.meta`, the text beside it (Nikola, TiddlyWiki)."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import refeed
from refeed.options import Options
from refeed.pipeline.build import build

NOW = datetime(2026, 11, 20, tzinfo=UTC)
NIKOLA = ".. title: Low tide\n.. slug: ebb\n.. date: 2024-07-01 08:00:00 UTC+02:00\n.. tags: sea\n"
YAML = "---\ntitle: Low tide\nslug: ebb\ndate: 2024-07-01 08:00:00 +0200\ntags: [sea]\n---\n"


def write(folder: Path, **files: str) -> Options:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    return Options(paths=(str(folder),))


@pytest.mark.parametrize("header", [NIKOLA, YAML], ids=["fields", "YAML"])
@pytest.mark.parametrize(
    ("ending", "text"),
    [
        ("rst", "The water is *low*.\n\nSo it is\n--------\n\nAt six.\n"),
        ("md", "The water is *low*.\n\n## So it is\n\nAt six.\n"),
        ("html", "<p>The water is <em>low</em>.</p>\n<h2>So it is</h2>\n<p>At six.</p>\n"),
    ],
)
def test_header_and_text_make_one_entry(header: str, ending: str, text: str, tmp_path: Path) -> None:
    if (header, ending) == (YAML, "rst"):
        text = text.replace("So it is\n--------", "## So it is")  # under YAML a text is Markdown
    options = write(tmp_path, tide_meta=header, **{f"tide_{ending}": text})
    (entry,) = refeed.entries(options, now=NOW)
    assert (entry.title, f"{entry.published:%H:%M}", entry.categories) == ("Low tide", "06:00", ("sea",))
    assert entry.content == "<p>The water is <em>low</em>.</p>\n<h2>So it is</h2>\n<p>At six.</p>"
    report = build(options, NOW)
    assert [(problem.code, Path(problem.path).name) for problem in report.left_out] == [("site-page", f"tide.{ending}")]
    assert report.totals.add_up


PELICAN = "Title: Low tide\nSlug: ebb\nDate: 2024-07-01 06:00\nTags: sea\n"
NOTEBOOK = {
    "nbformat": 4,
    "metadata": {},
    "cells": [{"cell_type": "markdown", "source": "The water is *low*."}, {"cell_type": "code", "source": "ebb()"}],
}


@pytest.mark.parametrize(
    ("ending", "header"),
    [("meta", NIKOLA), ("meta", YAML), ("nbdata", PELICAN), ("ipynb-meta", PELICAN), ("nbdata", YAML)],
)
def test_a_notebook_may_have_its_header_beside_it(ending: str, header: str, tmp_path: Path) -> None:
    options = write(tmp_path, **{f"tide_{ending}": header, "tide_ipynb": json.dumps(NOTEBOOK)})
    (entry,) = refeed.entries(options, now=NOW)
    assert (entry.title, f"{entry.published:%H:%M}", entry.categories) == ("Low tide", "06:00", ("sea",))
    assert entry.content == "<p>The water is <em>low</em>.</p>\n<pre><code>ebb()\n</code></pre>"
    assert build(options, NOW).totals.add_up


TIDDLY = "created: 20240701060000000\ncreator: Ada\ntags: sea\ntitle: Low tide\ntype: text/markdown"


def test_tiddlywiki_has_the_header_of_any_file_beside_it(tmp_path: Path) -> None:
    # `write` makes a full stop of each `_`: tide.md.meta. A style sheet and a picture have no text to show.
    texts = {"tide_md": "The water is *low*.\n", "tide_css": "p { color: blue }\n", "tide_png": "\x89PNG"}
    headers = {f"{name}_meta": TIDDLY for name in texts}
    options = write(tmp_path, **texts, **headers)
    (entry,) = refeed.entries(options, now=NOW)
    assert (entry.title, f"{entry.published:%H:%M}", entry.authors) == ("Low tide", "06:00", ("Ada",))
    assert entry.content == "<p>The water is <em>low</em>.</p>"
    report = build(options, NOW)
    beside = {Path(one.path).name: one.message for one in report.left_out if one.code == "site-page"}
    assert beside == {
        "tide.css.meta": "it is the header of a file that is not a text",
        "tide.md": "it is the text of a post whose header is a file beside it",
        "tide.png.meta": "it is the header of a file that is not a text",
    }
    assert report.totals.add_up


def test_what_is_made_of_r_markdown_is_the_post(tmp_path: Path) -> None:
    # The source is longer, and would win: its code is in it, and what the code shows is not.
    header = "---\ntitle: {}\ndate: 2024-07-01\n---\n"
    texts = {f"{name}_md": header.format(name) + "It shows:\n\n    #> [1] 6\n" for name in ("ebb", "fog", "tide")}
    sources = {
        f"{name}_{ending}": header.format(name) + "It shows:\n\n```{r}\n" + "2 * 3\n" * 9 + "```\n"
        for name, ending in (("ebb", "Rmd"), ("fog", "qmd"), ("tide", "Rmarkdown"), ("rope", "Rmd"))
    }
    options = write(tmp_path, **texts, **sources, rope_md="It shows:\n\n    #> [1] 6\n")
    entries = {entry.title: entry.content for entry in refeed.entries(options, now=NOW)}
    assert entries.keys() == {"ebb", "fog", "rope", "tide"}  # of one what is made has no header
    assert [title for title, content in entries.items() if "2 * 3" in content] == ["rope"]
    left_out = build(options, NOW).left_out
    assert {Path(one.path).name for one in left_out if "makes of it" in one.message} == {
        "ebb.Rmd",
        "fog.qmd",
        "tide.Rmarkdown",
    }


@pytest.mark.parametrize(
    ("line", "out"),
    [
        *[("draft: true", 0), ('draft: "yes"', 0), ("published: false", 0), ("Status: private", 0)],
        *[("draft: false", 1), ("published: true", 1), ("subtitle: draft", 1)],
    ],
)
def test_a_source_that_became_a_draft_keeps_back_what_was_made_of_it(line: str, out: int, tmp_path: Path) -> None:
    text = "---\ntitle: Tide\ndate: 2024-07-01\n{}---\nThe water is low.\n"
    report = build(write(tmp_path, tide_Rmd=text.format(f"{line}\n"), tide_md=text.format("")), NOW)
    assert report.totals.out == out


@pytest.mark.parametrize("opening", ["---\r\n", "\ufeff---\n"])
def test_what_is_made_on_windows_is_the_post_too(opening: str, tmp_path: Path) -> None:
    header = "---\ntitle: Tide\ndate: 2024-07-01\n---\n"
    made = f"{header}It shows 6.\n".replace("---\n", opening, 1)
    options = write(tmp_path, tide_Rmd=header + "```{r}\n" + "2 * 3\n" * 9 + "```\n", tide_md=made)
    assert [entry.content for entry in refeed.entries(options, now=NOW)] == ["<p>It shows 6.</p>"]


def test_a_draft_in_the_header_withholds_the_text_in_whatever_form(tmp_path: Path) -> None:
    header = NIKOLA.replace(".. tags: sea", ".. status: draft")
    options = write(tmp_path, **{"2024-07-01-tide_meta": header, "2024-07-01-tide_md": "# Low tide\n\nNot yet.\n"})
    report = build(Options(paths=options.paths, undated="last"), NOW)
    assert (report.totals.out, report.totals.withheld) == (0, 1)


def test_a_change_of_the_text_alone_reaches_the_feed_of_an_index(tmp_path: Path) -> None:
    folder = tmp_path / "posts"
    folder.mkdir()
    options = write(folder, tide_meta=NIKOLA, tide_md="The water is low.\n")
    indexed = Options(paths=options.paths, index=str(tmp_path / "index"))
    assert b"The water is low." in build(indexed, NOW).feed
    write(folder, tide_md="The water is high.\n")
    assert b"The water is high." in build(indexed, NOW).feed
    write(folder, tide_meta=NIKOLA.replace("Low", "High"))
    assert b"High tide" in build(indexed, NOW).feed


def test_what_another_program_calls_meta_hides_nothing(tmp_path: Path) -> None:
    post = "---\ntitle: Low tide\ndate: 2024-07-01\n---\nThe water is low.\n"
    options = write(tmp_path, tide_meta='{"views": 12}\n', tide_md=post)
    assert [entry.title for entry in refeed.entries(options, now=NOW)] == ["Low tide"]


def test_no_link_takes_the_place_of_a_text(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("private\n")
    folder = tmp_path / "posts"
    folder.mkdir()
    options = write(folder, tide_meta=NIKOLA, fog_md=YAML)
    (folder / "tide.md").symlink_to("../keys")
    report = build(options, NOW)
    assert b"private" not in report.feed
    assert [problem.code for problem in report.left_out if problem.path.endswith("tide.meta")] == ["unreadable"]
