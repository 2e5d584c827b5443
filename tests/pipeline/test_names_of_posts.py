"""What the names of files and folders say of posts that state little themselves."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from packing import write

import refeed
from refeed.options import Options
from refeed.pipeline.build import build

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
TEXT: Final = b"---\ntags: [sea]\nsummary: Dry.\n---\n\n# Low water\n\nThe mole is dry.\n"
FLATPRESS: Final = b"VERSION|fp-1.3|SUBJECT|The mole|CONTENT|It is [b]dry[/b].|AUTHOR|ada|DATE|1714721400|"
ISSUE: Final = b"# Harbour notes\n\n- [Tides](https://a.example/1)\n- [Moles](https://a.example/2)\n"


@pytest.mark.parametrize(
    "name",
    [
        *("2019/12-28-low-water.md", "blog/2019/12/28-low-water.md", "2019-12-28-low-water.md", "2019/12/28/tide.md"),
        *("blog/2019-12-28-low-water/index.md", "2019/12/28-low-water/index.md"),
        *("2019-12-28/tide.md", "news/2019-12-28/index.md", "news/2019-12-28/tide/index.md"),
    ],
)
def test_a_header_without_day_and_title_is_that_of_a_post_where_its_path_has_the_day(name: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "archive", {name: TEXT})
    (entry,) = refeed.entries(Options(paths=(str(folder),)), now=NOW)
    assert (entry.title, f"{entry.published:%F}", entry.summary) == ("Low water", "2019-12-28", "Dry.")


@pytest.mark.parametrize(
    "name", ["2019-12-28-sea/about.md", "about/12-28-low-water.md", "v2019/12-28-low-water.md", "2019/low-water.md"]
)
def test_elsewhere_it_is_that_of_a_page(name: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "archive", {name: TEXT, "2024-01-01-other.md": TEXT})
    (left_out,) = build(Options(paths=(str(folder),)), NOW).left_out
    assert (left_out.code, left_out.message) == ("site-page", "no date and no title")


@pytest.mark.parametrize(
    "name", ["2019-12-28/index.md", "2019-12-28/tide/index.md", "2019-12-28/sea/tide.md", "2019/12/28/tide.md"]
)
def test_below_a_folder_of_its_day_the_one_layout_of_a_site_makes_no_page(name: str, tmp_path: Path) -> None:
    text = b"---\ntitle: Low water\nlayout: default\n---\n\nThe mole is dry.\n"
    folder = write(tmp_path / "archive", {name: text, "2019-12/tide.md": text})
    report = build(Options(paths=(str(folder),)), NOW)
    assert (report.totals.out, [problem.message for problem in report.left_out]) == (
        1,
        ["no date, and layout: default"],
    )


@pytest.mark.parametrize("name", ["docs/issue-12.md", "docs/weekly_003.md", "docs/Vol. 7.md", "docs/第12期.md"])
def test_numbered_issues_are_kept_for_who_wants_them_whatever_folder_they_lie_in(name: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "archive", {name: ISSUE, "docs/usage.md": ISSUE, "docs/chapter-1.md": ISSUE})
    (entry,) = refeed.entries(Options(paths=(str(folder),), undated="last"), now=NOW)
    assert entry.title == "Harbour notes"


def test_pages_of_flatpress_are_told_from_entries_by_their_folder(tmp_path: Path) -> None:
    names = ["content/24/05/entry240503-073000.txt", "content/static/about.txt", "content/drafts/entry240504-1.txt"]
    files = {name: FLATPRESS.replace(b"The mole", name.encode()) for name in names}
    folder = write(tmp_path / "fp-content", files)
    report = build(Options(paths=(str(folder),)), NOW)
    assert (report.totals.out, report.totals.withheld) == (1, 1)
    assert [problem.message for problem in report.left_out if problem.code == "site-page"] == ["layout: page"]


@pytest.mark.parametrize(
    ("beside", "title", "content"),
    [
        (
            "notes.md",
            "Ropes",
            "<p>Wet.</p>\n<h1>Knots</h1>\n<p>Dry.</p>",
        ),  # of no notes: the heading that it begins with
        ("quartz.config.ts", "Low water", "<h1>Ropes</h1>\n<p>Wet.</p>\n<h1>Knots</h1>\n<p>Dry.</p>"),
        (".obsidian/app.json", "Low water", "<h1>Ropes</h1>\n<p>Wet.</p>\n<h1>Knots</h1>\n<p>Dry.</p>"),
    ],
)
def test_a_note_of_obsidian_without_a_title_is_called_like_its_file(
    beside: str, title: str, content: str, tmp_path: Path
) -> None:
    text = b"---\ndate: 2024-05-03\n---\n\n# Ropes\n\nWet.\n\n# Knots\n\nDry.\n"
    settings = b'const config = {configuration: {baseUrl: "pier.example.org"}}'
    folder = write(tmp_path / "archive", {beside: settings, "content/Low water.md": text})
    (entry,) = refeed.entries(Options(paths=(str(folder),)), now=NOW)
    assert (entry.title, entry.content) == (title, content)


def test_a_heading_that_repeats_the_name_of_such_a_note_is_its_title(tmp_path: Path) -> None:
    text = b"---\ndate: 2024-05-03\n---\n\n# Low water\n\nDry.\n"
    folder = write(tmp_path / "archive", {".obsidian/app.json": b"{}", "Low water.md": text})
    (entry,) = refeed.entries(Options(paths=(str(folder),)), now=NOW)
    assert (entry.title, entry.content) == ("Low water", "<p>Dry.</p>")


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        (
            "im-late-again-the-ferry",
            "I'm late again: the ferry waits for nobody.",
            "I'm late again: the ferry waits for nobody.",
        ),
        ("tide-tables", "Tide tables are made a year ahead.", "Tide tables"),  # two words may be a title
        ("the-long-way-around-the-mole", "We rowed.", "The long way around the mole"),
        # All of a sentence, or of a block, is a title.
        ("how-we-moved-the-mole", "How we moved the mole\n\nIt was dry.", "How we moved the mole"),
        ("how-we-moved-the-mole", "**How we moved the Mole.**\nIt was dry.", "How we moved the Mole"),
        ("why-is-the-mole-dry", "Why is the mole dry? We asked.", "Why is the mole dry?"),
        ("how-we-moved-the-mole", "How we moved the molehill.", "How we moved the molehill."),
        ("the-ferry-is-late-again", "The ferry is late again", "The ferry is late again"),
    ],
)
def test_a_name_that_was_cut_from_the_first_words_of_a_post_is_no_title(
    name: str, text: str, title: str, tmp_path: Path
) -> None:
    (tmp_path / f"2024-05-03-{name}.md").write_text(f"---\ndate: 2024-05-03\n---\n\n{text}\n")
    (entry,) = refeed.entries(refeed.Options(paths=(str(tmp_path),)), now=datetime(2026, 11, 20, tzinfo=UTC))
    assert entry.title == title


@pytest.mark.parametrize(
    ("settings", "titles"),
    [
        ("docs/.vitepress/config.mts", {"Low water", "Mole"}),  # there the site lies in it
        ("docs/mole/.vitepress/config.mts", {"Mole"}),
        ("mkdocs.yml", set()),  # of software
    ],
)
def test_notes_in_a_folder_of_documents_are_wanted_where_the_site_lies_in_it(
    settings: str, titles: set[str], tmp_path: Path
) -> None:
    note = b"The quay is %b, and nobody waits.\n"
    files = {"docs/tide.md": b"# Low water\n\n" + note % b"dry", "docs/mole/a.md": b"# Mole\n\n" + note % b"wet"}
    folder = write(tmp_path / "archive", {**files, settings: b"export default { title: 'Quay' }\n"})
    options = Options(paths=(str(folder),), undated="last")
    found = {entry.title for entry in refeed.entries(options, now=NOW)} if titles else set[str]()
    assert found == titles
    skipping = Options(paths=(str(folder),))
    with pytest.raises(refeed.NothingToBuildError) as nothing:
        build(skipping, NOW)
    told = [one.code for one in nothing.value.report.left_out if one.path.endswith(".md")]
    assert told.count("no-date") == len(titles)
