"""Links from one post to another: `fixtures/sites/references.tsv` row by row, and what is never linked to."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from folders import FIXTURES

import refeed
from refeed.options import Options

NOW = datetime(2026, 11, 20, tzinfo=UTC)
ROWS = [
    line.split("\t")
    for line in (FIXTURES / "sites" / "references.tsv").read_text().splitlines()
    if not line.startswith("# ")
]
HUGO = 'baseURL = "https://quay.example.org/"\n'


def written(folder: Path, name: str, header: str, body: str = "Thick.") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{header}\n---\n\n{body}\n")
    return path


def content_of(folder: Path, name: str, options: Options | None = None) -> str:
    entries = refeed.entries(replace(options or Options(), paths=(str(folder),), limit=0), now=NOW)
    return next(str(entry.content) for entry in entries if entry.title == name)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[4]}: {row[-1]}")
def test_a_post_leads_to_another_one(row: Sequence[str], tmp_path: Path) -> None:
    settings, says, other, header, post, body, link, _ = [part.replace("\\n", "\n") for part in row]
    if says:
        (tmp_path / settings).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / settings).write_text(says)
    written(tmp_path, other, header)
    written(tmp_path, post, "title: A tide\ndate: 2024-07-01", f"The bollards are dry.\n\n{body}\n\nSo they stay.")
    content = content_of(tmp_path, "A tide")
    assert link in content
    assert content.count("<a ") == link.count("<a ")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "hugo.toml").write_text(HUGO)
    written(tmp_path, "content/log/tide.md", "title: A tide\ndate: 2024-07-01", 'See [it]({{< ref "fog" >}}).')
    return tmp_path


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("content/log/fog.md", "title: Fog\ndate: 2024-06-01\ndraft: true"),
        ("content/log/fog.md", "title: Fog\ndate: 2026-12-24"),
        ("content/log/fog.md", "title: Fog\ndate: 2024-06-01\npublishDate: 2027-01-01"),
        ("content/log/fog.md", "title: Fog\ndate: 2024-06-01\nexpiryDate: 2025-01-01"),
        ("content/log/fog.md", "title: Fog\ndate: 2024-06-01\nvisibility: private"),
        ("content/private/fog.md", "title: Fog\ndate: 2024-06-01"),
        ("content/.trash/fog.md", "title: Fog\ndate: 2024-06-01"),
        ("archetypes/fog.md", "title: Fog\ndate: 2024-06-01"),
    ],
    ids=["draft", "future", "later", "expired", "private", "private folder", "hidden folder", "no page"],
)
def test_no_link_leads_to_what_its_author_does_not_show(name: str, header: str, site: Path) -> None:
    written(site, name, header)
    assert content_of(site, "A tide") == "<p>See it.</p>"


@pytest.mark.parametrize(
    ("post", "reference", "page"),
    [
        ("content/log/tide.md", "fog", "log/fog/"),
        ("content/log/tide.fr.md", "fog", "fr/log/fog/"),
        ("content/log/tide.fr.md", "fog.md", "fr/log/fog/"),
        ("content/log/tide.fr.md", "fog.en.md", "log/fog/"),  # as the post says, in any language
        ("content/notes/tide.en.md", "/log/fog", "log/fog/"),  # the language of the site, said or not
        ("content/log/tide.de.md", "fog", None),  # nobody can tell which of the two
    ],
)
def test_a_link_leads_to_the_translation_in_the_language_of_its_post(
    post: str, reference: str, page: str | None, tmp_path: Path
) -> None:
    (tmp_path / "hugo.toml").write_text(HUGO + 'defaultContentLanguage = "en"\n')
    written(tmp_path, "content/log/fog/index.en.md", "title: Fog\ndate: 2024-06-01")
    written(tmp_path, "content/log/fog/index.fr.md", "title: Brume\ndate: 2024-06-01")
    written(tmp_path, post, "title: A tide\ndate: 2024-07-01", f'See [it]({{{{< ref "{reference}" >}}}}).')
    link = f'<a href="https://quay.example.org/{page}">it</a>' if page else "it"
    assert content_of(tmp_path, "A tide") == f"<p>See {link}.</p>"


def test_no_link_leads_to_an_article_that_a_newer_record_withdraws(site: Path) -> None:
    header = "title: Fog\ndate: 2024-06-01\nurl: https://quay.example.org/log/fog/\n"
    written(site, "content/log/fog.md", header)
    assert 'href="https://quay.example.org/log/fog/"' in content_of(site, "A tide")
    written(site, "content/again/newer.md", f"{header}lastmod: 2024-06-05\ndraft: true")
    assert content_of(site, "A tide") == "<p>See it.</p>"


def test_what_the_run_leaves_out_is_not_read_for_a_link(site: Path) -> None:
    written(site, "content/log/fog.md", "title: Fog\ndate: 2024-06-01")
    assert content_of(site, "A tide", Options(exclude=("*/fog.md",))) == "<p>See it.</p>"
    assert "<a " in content_of(site, "A tide", Options(match=(re.compile("tide"),)))


def test_the_nearest_of_two_posts_with_one_name_is_meant(site: Path) -> None:
    written(site, "content/log/north/fog.md", "title: Fog\ndate: 2024-06-01")
    written(site, "content/notes/fog.md", "title: Fog in a note\ndate: 2024-06-01")
    assert 'href="https://quay.example.org/log/north/fog/"' in content_of(site, "A tide")
    written(site, "content/log/south/fog.md", "title: Fog in the south\ndate: 2024-06-01")
    assert content_of(site, "A tide") == "<p>See it.</p>", "nobody knows which"


def test_an_index_notices_what_becomes_of_the_other_post(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    options = Options(index=str(tmp_path_factory.mktemp("index") / "index.db"))
    for header, link in (
        ("title: Fog\ndate: 2024-06-01", "/log/fog/"),
        ("title: Fog\ndate: 2024-06-01\nslug: mist", "/log/mist/"),
        ("title: Fog\ndate: 2024-06-01\nslug: mist", "/log/mist/"),
        ("title: Fog\ndate: 2024-06-01\ndraft: true", ""),
        ("title: Fog\ndate: 2024-06-01", "/log/fog/"),
    ):
        written(site, "content/log/fog.md", header)
        content = content_of(site, "A tide", options)
        assert f'<a href="https://quay.example.org{link}">' in content if link else "<a " not in content


def test_processes_find_the_same_posts(site: Path) -> None:
    written(site, "content/log/fog.md", "title: Fog\ndate: 2024-06-01", "[Tide](tide.md), [rain](rain.md).")
    alone, together = (refeed.build(site, options=Options(workers=number), now=NOW) for number in (1, 2))
    assert alone.feed == together.feed
    assert alone.entry_problems == together.entry_problems
    assert [problem.code for problem in alone.entry_problems] == ["unknown-post"]


def test_inspect_does_not_tell_what_only_a_build_can_know(site: Path) -> None:
    body = 'See {% post_link fog %}, [it](fog.md), [[Fog|fog]], {{< ref "fog" >}} {{< moon >}}.'
    written(site, "content/log/tide.md", "title: A tide\ndate: 2024-07-01", body)
    (record,) = refeed.inspect(site / "content" / "log" / "tide.md", now=NOW)
    assert record["content"] == "<p>See fog, it, fog, .</p>"
    assert [problem["message"].rpartition(": ")[2] for problem in record["problems"]] == ["{{< moon >}}"]
