"""The feed of a generator's site is right without any refeed.toml: `fixtures/sites/`, one small site a generator."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from folders import FIXTURES, ROOT

import refeed
from refeed.options import Options
from refeed.sites.find import find_sites
from refeed.sites.generators import GENERATORS

SITES = FIXTURES / "sites"
EXPECTED = {path.name.partition(".")[0]: json.loads(path.read_text()) for path in sorted(SITES.glob("*.expected.json"))}
NOW = datetime(2026, 11, 20, tzinfo=UTC)
DOCUMENT = ROOT / "docs" / "sites.md"
COLUMNS = ("title", "date", "update", "author", "tags", "language", "link", "picture", "draft", "timezone")


@cache
def built(name: str) -> refeed.Report:
    return refeed.build(options=Options(paths=(str(SITES / name),)), now=NOW)


@cache
def entries(name: str) -> tuple[refeed.Entry, ...]:
    return tuple(refeed.entries(Options(paths=(str(SITES / name),)), now=NOW))


def facts(entry: refeed.Entry) -> dict[str, Any]:
    """Return what a subscriber sees of an entry, but for its content."""
    moments = {key: f"{getattr(entry, key):%Y-%m-%dT%H:%M:%SZ}" for key in ("published", "updated")}
    texts = {key: getattr(entry, key) for key in ("title", "language", "url", "image")}
    return {**texts, **moments, "authors": [*entry.authors], "categories": [*entry.categories]}


def shows(name: str, column: str) -> bool:
    """Return whether the expectations of a site show a fact, in a value that nothing else would give."""
    expected = EXPECTED[name]
    high = expected["entries"][0]
    if column in {"draft", "timezone"}:
        return column == "draft" or bool(expected["site"]["timezone"])
    if column == "update":
        return bool(high["updated"] != high["published"])
    key = {"date": "published", "author": "authors", "tags": "categories", "link": "url", "picture": "image"}
    return bool(high[key.get(column, column)])


def matrix() -> str:
    rows = ["| generator | " + " | ".join(COLUMNS).replace("timezone", "time zone") + " |", "|---" * 11 + "|"]
    for expected in sorted(EXPECTED.values(), key=lambda one: one["site"]["generator"]):
        stated = (expected["keys"].get(column) for column in COLUMNS)
        cells = [", ".join(f"`{key}`" for key in keys.split(", ")) if keys else "–" for keys in stated]
        rows.append(f"| [{expected['site']['generator']}]({expected['documentation']}) | " + " | ".join(cells) + " |")
    return (
        "\n".join(rows)
        .replace("`file name`", "file name")
        .replace("`body`", "body")
        .replace("`first heading`", "first heading")
    )


def test_every_generator_has_a_site() -> None:
    assert {expected["site"]["generator"] for expected in EXPECTED.values()} == set(GENERATORS)
    assert {path.name for path in SITES.iterdir() if path.is_dir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_feed_of_a_site_is_right_without_any_settings(name: str) -> None:
    expected = EXPECTED[name]
    assert expected["why"]
    found = entries(name)
    assert [facts(entry) for entry in found] == [
        {key: value for key, value in one.items() if key != "content_has"} for one in expected["entries"]
    ]
    for entry, wanted in zip(found, expected["entries"], strict=True):
        assert [text for text in wanted["content_has"] if text not in entry.content] == []


@pytest.mark.parametrize("name", EXPECTED)
def test_its_draft_stays_at_home(name: str) -> None:
    withheld = [problem for problem in built(name).problems if problem.code == "draft"]
    (stem,) = [Path(problem.path).stem.lower() for problem in withheld]
    assert stem.endswith("fog") or stem in {"article", "contents", "entry240704-000000", "index"}
    assert built(name).totals.add_up


@pytest.mark.parametrize("name", EXPECTED)
def test_its_settings_are_read_and_said_once(name: str) -> None:
    (site,) = find_sites([str(SITES / name)])
    wanted = EXPECTED[name]["site"]
    assert {key: getattr(site, key) for key in wanted} == wanted
    assert [note for note in built(name).notes if site.configuration in note and site.address in note]


def test_the_matrix_shows_what_the_fixtures_show(accept: bool) -> None:
    for name, expected in EXPECTED.items():
        assert {column for column in COLUMNS if shows(name, column)} >= set(expected["keys"]), name
    begin, end = "<!-- begin generators -->\n", "\n<!-- end generators -->"
    before, _, rest = DOCUMENT.read_text().partition(begin)
    after = rest.partition(end)[2]
    text = f"{before}{begin}{matrix()}{end}{after}"
    if accept:
        DOCUMENT.write_text(text)
    assert DOCUMENT.read_text() == text


@pytest.mark.parametrize(("settings", "is_found"), [("hugo.toml", True), ("tide.lektorproject", False)])
@pytest.mark.parametrize("where", ["", "posts"], ids=["given", "above the one given"])
def test_among_more_than_2000_names_settings_are_asked_for_by_their_own(
    tmp_path: Path, settings: str, where: str, *, is_found: bool
) -> None:
    """Lektor calls them as the user likes: to find them, all names would be read, of which there may be a million."""
    (tmp_path / settings).write_text(
        'baseURL = "https://tide.example/"\ntitle = "Tide"\n' if settings == "hugo.toml" else "[project]\nname = Tide\n"
    )
    (tmp_path / "posts").mkdir()
    assert [site.title for site in find_sites([str(tmp_path / where)])] == ["Tide"]
    for number in range(2_000):
        (tmp_path / f"{number}.md").touch()
    assert [site.title for site in find_sites([str(tmp_path / where)])] == ["Tide"] * is_found
