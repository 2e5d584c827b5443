"""What the folders of a site keep back; what one file of settings does is in `fixtures/sites/drafts.tsv`."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import refeed

HUGO, ZOLA = ("hugo.toml", 'baseURL = "https://quay.example.org/"\n'), ("zola.toml", 'base_url = "https://q.example"\n')
ELEVENTY = ("eleventy.config.js", "module.exports = {metadata: {url: 'https://quay.example.org'}}")
INDEX = "content/berth/_index.md"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([HUGO, (INDEX, "---\ncascade:\n  draft: true\n---\n")], ["draft"]),
        ([HUGO, (INDEX, "---\r\ncascade:\r\n- build: {render: never}\r\n---\r\n")], ["private"]),
        (
            [
                HUGO,
                ("content/_index.md", "+++\n[[cascade]]\ndraft = true\n[cascade.target]\npath = '/berth/**'\n+++\n"),
            ],
            ["draft"],
        ),
        (
            [
                HUGO,
                ("content/_index.md", "---\ncascade:\n  draft: true\n---\n"),
                (INDEX, "---\ncascade: {draft: false}\n---\n"),
            ],
            [],
        ),
        ([HUGO, (INDEX, "---\ncascade:\n- draft: true\n  target: {kind: section}\n---\n")], []),  # its lists alone
        ([HUGO, (INDEX, "---\ndraft: true\n---\n")], []),  # Hugo hands down what stands in cascade, and no more
        ([ZOLA, (INDEX, "+++\ndraft = true\n+++\n")], ["draft"]),  # Zola does not enter the folder
        ([ZOLA, (INDEX, "+++\nrender = false\n+++\n")], []),  # only the section has no page: its posts do
        # Beside the page of a bundle, or below it, nothing is a page: https://gohugo.io/content-management/page-bundles/
        ([HUGO, ("content/berth/index.md", "---\ndraft: true\n---\n")], ["site-page"]),
        ([HUGO, ("content/berth/index.fr.md", "A quay.\n")], ["site-page"]),
        ([HUGO, ("content/index.md", "A harbour.\n")], []),  # of all content it makes no bundle
        ([HUGO, ("content/berth/old/index.md", "A quay.\n")], []),
        ([ZOLA, ("content/berth/index.md", "+++\n+++\n")], []),
        ([ELEVENTY, ("content/berth/berth.json", '{"draft": true}')], ["draft"]),
        ([ELEVENTY, ("content/berth/berth.11tydata.js", "module.exports = {permalink: false}")], ["private"]),
        ([ELEVENTY, ("content/berth/fog.11tydata.json", '{"draft": true}')], ["draft"]),
        ([ELEVENTY, ("content/berth/tide.11tydata.json", '{"draft": true}')], []),  # of another post
        ([ELEVENTY, (".eleventyignore", "# not ready\ncontent/berth/\n")], ["site-page"]),
        ([ELEVENTY, (".eleventyignore", "content/*\n!content/berth\n")], []),
    ],
)
def test_a_folder_keeps_its_posts_back(files: list[tuple[str, str]], told: list[str], tmp_path: Path) -> None:
    for name, text in [*files, ("content/berth/fog.md", "---\ntitle: Fog\ndate: 2024-07-01\n---\n\nNot yet.\n")]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, newline="")
    try:
        report = refeed.build(str(tmp_path), now=datetime(2026, 11, 20, tzinfo=UTC))
    except refeed.NothingToBuildError as nothing:
        report = nothing.report
    assert [problem.code for problem in report.left_out if problem.path.endswith("fog.md")] == told


def test_a_bundle_of_hugo_reaches_below_its_folder_and_no_further(tmp_path: Path) -> None:
    post = "---\ntitle: Fog\ndate: 2024-07-01\n---\n\nFog at {0}.\n"
    own = ["content/b/index.md", "content/b/night/index.md", "content/bay.md"]
    for name in [
        *own,
        "content/b/part.md",
        "content/b/more/part.org",
        "content/b/night/part.md",
        "content/b/old/part.md",
    ]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(post.format(name))
    (tmp_path / HUGO[0]).write_text(HUGO[1])
    told = [problem.path for problem in refeed.build(str(tmp_path)).left_out if problem.code == "site-page"]
    parts = ["content/b/part.md", "content/b/more/part.org", "content/b/night/part.md", "content/b/old/part.md"]
    assert told == [str(tmp_path / name) for name in parts]
    given = refeed.build(str(tmp_path / "content/b"))
    assert (given.totals.out, len(given.left_out)) == (2, 4)
