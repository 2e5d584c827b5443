"""Pictures of which only the files of a site tell where they are: shown by name, of a header, of a post shown twice."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import refeed
from refeed.options import Options

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SETTINGS = {
    "quartz.config.ts": 'const config = {configuration: {baseUrl: "pier.example.org", ignorePatterns: ["private"]}}',
    "hugo.toml": 'baseURL = "https://pier.example.org/"',
    "_config.yml": "url: https://pier.example.org\nnew_post_name: :title.md\n",
    "pelicanconf.py": 'SITENAME = "Pier"\nSITEURL = "https://pier.example.org"\n',
}
QUARTZ, HUGO, HEXO, PELICAN = SETTINGS


def shown(folder: Path, settings: str, post: str, *files: str, header: str = "", body: str = "Dry.") -> str:
    """Return the content of a post beside files of its site, without the name of the site."""
    texts = {settings: SETTINGS[settings], post: f"---\ntitle: Tide\ndate: 2024-07-01\n{header}\n---\n\n{body}\n"}
    for name, text in {**texts, **dict.fromkeys(files, "")}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (entry,) = refeed.entries(Options(paths=(str(folder),)), now=NOW)
    return entry.content.replace("https://pier.example.org", "")


@pytest.mark.parametrize(
    ("written", "expected", "why"),
    [
        ("low water.png", '<img src="/img/2024/low-water.png" alt="">', "the one file of that name"),
        ("Low Water.PNG|center|300", '<img src="/img/2024/low-water.png" alt="">', "a place and a size are no words"),
        ("mast.png|The mast|200x90", '<img src="/mast.png" alt="The mast">', "the shortest path"),
        ("2024/mast.png", '<img src="/img/2024/mast.png" alt="">', "the end of a path"),
        ("../img/2024/mast.png#right", '<img src="/img/2024/mast.png" alt="">', "a path from the note"),
        ("/mast.png", '<img src="/mast.png" alt="">', "a path from the top"),
        ("key.png|The key", "The key", "kept back by the settings of the site"),
        ("gone.png", "", "no such file"),
    ],
)
def test_a_note_shows_the_file_that_it_names(written: str, expected: str, why: str, tmp_path: Path) -> None:
    files = (
        "content/img/2024/low water.png",
        "content/img/2024/mast.png",
        "content/mast.png",
        "content/private/key.png",
    )
    found = shown(tmp_path, QUARTZ, "content/log/tide.md", *files, body=f"See ![[{written}]]")
    assert f"<p>See {expected}".rstrip() in found.replace(' referrerpolicy="no-referrer"', ""), why
    assert ("<img" in found) == ("<img" in expected)


def test_a_note_shows_the_file_beside_it_where_its_generator_publishes_it(tmp_path: Path) -> None:
    found = shown(
        tmp_path, HEXO, "source/_posts/tide.md", "source/_posts/tide/a.png", "source/a.png", body="![[tide/a.png]] Dry."
    )
    assert 'src="/2024/07/01/tide/a.png"' in found


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("static/img/a.png", "/img/a.png"),
        ("content/log/tide/img/a.png", "/log/tide/img/a.png"),
        ("content/log/ebb/img/a.png", "/log/tide/img/a.png"),  # another post's: as if there were no file
    ],
)
def test_the_files_of_a_site_tell_where_the_picture_of_a_header_is(file: str, expected: str, tmp_path: Path) -> None:
    found = shown(tmp_path, HUGO, "content/log/tide/index.md", file, header="image: img/a.png")
    assert f'src="{expected}"' in found


def test_files_beside_a_post_that_search_engines_find_elsewhere_are_those_of_its_own_page(tmp_path: Path) -> None:
    header = "canonicalURL: https://elsewhere.example/tide"
    found = shown(tmp_path, HUGO, "content/log/tide/index.md", header=header, body="Dry. ![A](a.png) ![B](/b.png)")
    assert 'src="/log/tide/a.png"' in found
    assert 'src="/b.png"' in found


def test_an_index_notices_a_picture_that_a_note_shows(tmp_path: Path) -> None:
    options = Options(paths=(str(tmp_path / "site"),), index=str(tmp_path / "index.db"))
    shown(tmp_path / "site", QUARTZ, "content/log/tide.md", body="![[a.png]] Dry.")
    for expected in (False, True):
        (entry,) = refeed.entries(options, now=NOW)
        assert ("pier.example.org/a.png" in entry.content) is expected
        (tmp_path / "site" / "content" / "a.png").touch()


ASTRO = "astro.config.mjs"
SETTINGS[ASTRO] = "export default {site: 'https://pier.example.org'}"


@pytest.mark.parametrize(
    ("file", "written", "expected", "why"),
    [
        ("assets/mast.png", "mast.png", "/mast.png", "a theme asks for it by its path below assets/"),
        ("assets/images/mast.png", "mast.png", "/images/mast.png", "some keep the folder to themselves"),
        ("assets/log/mast one.png", "log/mast%20one.png", "/log/mast%20one.png", "a path below assets/"),
        ("themes/quay/static/img/mast.png", "img/mast.png", "/img/mast.png", "a theme brings it"),
        ("content/log/tide/mast.png", "mast.png", "/log/tide/mast.png", "beside the page"),
        ("content/log/ebb/mast.png", "mast.png", "/log/tide/mast.png", "nobody can tell: as if there were no file"),
    ],
)
def test_a_theme_of_hugo_looks_for_pictures_elsewhere(
    file: str, written: str, expected: str, why: str, tmp_path: Path
) -> None:
    found = shown(tmp_path, HUGO, "content/log/tide/index.md", file, header=f"image: {written}", body="Dry.")
    assert f'<img src="{expected}"' in found, why
    found = shown(tmp_path, HUGO, "content/log/tide/index.md", file, body=f"Dry.\n\n![Mast]({written})")
    assert f'<img src="{expected}" alt="Mast"' in found, why


def test_a_picture_of_a_header_that_is_nowhere_among_the_files_of_a_site_is_lost_and_said(tmp_path: Path) -> None:
    post = "content/log/tide/index.md"
    found = shown(tmp_path, HUGO, post, "static/quay.png", header="image: mast.png")
    assert "<img" not in found
    problems = refeed.build(tmp_path, now=NOW, output=tmp_path / "feed.xml").problems
    assert [problem.code for problem in problems if "mast.png" in problem.message] == ["media-lost"]


@pytest.mark.parametrize(
    ("body", "expected", "why"),
    [
        ("![The mast](./mast.png)", "<p>The mast</p>", "beside the post"),
        ("![The mast](../../assets/mast.png)", "<p>The mast</p>", "among the sources"),
        ("![The mast](@/assets/mast.png)", "<p>The mast</p>", "an alias of the sources"),
        ("![The mast](/mast.png)", '<p><img src="/mast.png" alt="The mast"></p>', "in public/"),
        (
            'import mast from "../../assets/mast.png";\n\n<Figure src={mast} label="At noon" alt="The mast" />',
            "<p>The mast</p>\n<p>At noon</p>",
            "a program names it: what describes it stays, and its caption",
        ),
        (
            'import mast from "../../assets/mast.png";\n\n<Image src={mast} alt="At noon" caption="At noon" />',
            "<p>At noon</p>",
            "said once",
        ),
    ],
)
def test_a_picture_whose_name_its_generator_makes_up_leaves_its_words(
    body: str, expected: str, why: str, tmp_path: Path
) -> None:
    found = shown(tmp_path, ASTRO, "src/content/log/tide.mdx", "src/assets/mast.png", body=f"Dry.\n\n{body}")
    assert found == f"<p>Dry.</p>\n{expected}", why


@pytest.mark.parametrize("written", ["./mast.png", "../../assets/mast.png"])
def test_a_header_names_no_picture_whose_name_its_generator_makes_up(written: str, tmp_path: Path) -> None:
    found = shown(tmp_path, ASTRO, "src/content/log/tide.md", "src/assets/mast.png", header=f"image: {written}")
    assert found == "<p>Dry.</p>"


# Pelican reads no path in a header; its themes write SITEURL and a slash before it.
def test_a_header_of_pelicans_names_its_picture_from_the_top_of_the_site(tmp_path: Path) -> None:
    found = shown(tmp_path, PELICAN, "content/log/tide.md", "content/img/mast.png", header="image: img/mast.png")
    assert found == '<p><img src="/img/mast.png" alt=""></p>\n<p>Dry.</p>'
