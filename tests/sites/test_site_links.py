"""The addresses of posts and of their pictures, row by row: `fixtures/sites/links.tsv` and `pictures.tsv`."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from folders import FIXTURES

import refeed
from refeed.config.toml_file import load_configuration
from refeed.options import FeedOptions, Options, SiteOptions

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def rows(name: str) -> list[list[str]]:
    lines = (FIXTURES / "sites" / name).read_text().splitlines()
    return [line.split("\t") for line in lines if not line.startswith("# ")]


def written(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def entry(folder: Path, options: Options | None = None) -> refeed.Entry:
    from dataclasses import replace

    (only,) = refeed.entries(replace(options or Options(), paths=(str(folder),)), now=NOW)
    return only


@pytest.mark.parametrize("row", rows("links.tsv"), ids=lambda row: f"{row[0]}: {row[-1]}")
def test_a_post_has_the_address_that_its_generator_gives_it(row: list[str], tmp_path: Path) -> None:
    settings, says, post, header, link, _ = row
    written(tmp_path, settings, says.replace("\\n", "\n"))
    lines = header.replace("\\n", "\n")
    written(tmp_path, post, f"---\n{lines}\n---\n\nThe bollards are dry.\n")
    assert (entry(tmp_path).url or "-") == link


@pytest.mark.parametrize("row", rows("pictures.tsv"), ids=lambda row: f"{row[0]}: {row[-1]}")
def test_a_picture_is_where_the_site_publishes_it(row: list[str], tmp_path: Path) -> None:
    settings, says, post, address, shown, _ = row
    written(tmp_path, settings, says.replace("\\n", "\n"))
    written(tmp_path, post, f"---\ntitle: Tide\ndate: 2024-07-01\n---\n\nThe bollards are dry.\n\n![A]({address})\n")
    assert f'src="{shown}"' in entry(tmp_path).content


@pytest.mark.parametrize(
    ("post", "image", "shown"),
    [
        ("content/posts/tide.md", "img/a.png", "img/a.png"),  # themes write it with the root before it
        ("content/posts/tide/index.md", "img/a.png", "posts/tide/img/a.png"),  # lies in the post's own folder
        ("content/posts/tide.md", "./img/a.png", "posts/tide/img/a.png"),  # says that it is relative
        ("content/posts/tide.md", "a.png", "posts/tide/a.png"),  # may be a file beside the post
    ],
)
def test_a_picture_of_a_header_is_where_themes_look_for_it(post: str, image: str, shown: str, tmp_path: Path) -> None:
    written(tmp_path, "hugo.toml", 'baseURL = "https://quay.example.org/"\n')
    written(tmp_path, post, f"---\ntitle: Tide\ndate: 2024-07-01\nimage: {image}\n---\n\nThe bollards are dry.\n")
    assert f'src="https://quay.example.org/{shown}"' in entry(tmp_path).content


@pytest.mark.parametrize("row", rows("drafts.tsv"), ids=lambda row: f"{row[0]}: {row[-1]}")
def test_what_its_author_has_not_published_stays_out(row: list[str], tmp_path: Path) -> None:
    settings, says, post, header, code, _ = row
    written(tmp_path, settings, says.replace("\\n", "\n"))
    lines = header.replace("\\n", "\n")
    written(tmp_path, post, f"---\ntitle: Fog\n{lines}\n---\n\nNot yet.\n")
    try:
        report = refeed.build(str(tmp_path), now=NOW)
    except refeed.NothingToBuildError as nothing:
        report = nothing.report
    told = [problem.code for problem in report.left_out if Path(problem.path).name == Path(post).name]
    assert (told, report.totals.out) == (([], 1) if code == "-" else ([code], 0))


@pytest.mark.parametrize(
    ("pages", "post", "link"),
    [
        (["log/[...slug].astro"], "src/content/posts/tide.md", "log/tide/"),  # the page that shows them decides
        (["[slug].astro"], "src/content/posts/tide.md", "tide/"),
        (["posts/[...slug]/index.astro", "tags/[tag].astro"], "src/data/blog/tide.md", "posts/tide/"),
        (["log/[page].astro", "[lang]/[slug].astro"], "src/content/posts/tide.md", "posts/tide/"),  # no page of posts
        (["log/[slug].astro", "notes/[slug].astro"], "src/content/posts/tide.md", "posts/tide/"),  # which one?
    ],
)
def test_astro_shows_a_collection_where_its_page_lies(pages: list[str], post: str, link: str, tmp_path: Path) -> None:
    written(tmp_path, "astro.config.mjs", "export default { site: 'https://quay.example.org' }")
    for page in pages:
        written(tmp_path, f"src/pages/{page}", "---\n---\n")
    written(tmp_path, post, "---\ntitle: Tide\npubDate: 2024-07-01\n---\n\nDry.\n")
    assert entry(tmp_path).url == f"https://quay.example.org/{link}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "src/config.ts",
            'export const SITE = {\n  website: "https://quay.example.org/", // of AstroPaper 4\n} as const;\n',
        ),
        (
            "astro-paper.config.ts",
            'export default defineAstroPaperConfig({ site: { url: "https://quay.example.org/" } });\n',
        ),
        ("src/consts.ts", 'export const siteUrl = "https://quay.example.org";\n'),
    ],
)
def test_a_theme_of_astro_may_state_the_address(name: str, text: str, tmp_path: Path) -> None:
    """Astro's own settings only name it then, as `site: SITE.website`, which no text says."""
    written(tmp_path, "astro.config.ts", "export default defineConfig({ site: SITE.website });\n")
    written(tmp_path, name, text)
    written(tmp_path, "src/pages/log/tide.md", "---\ntitle: Tide\npubDate: 2024-07-01\n---\n\nDry.\n")
    assert entry(tmp_path).url == "https://quay.example.org/log/tide/"


@pytest.mark.parametrize(
    ("data", "text", "link"),
    [
        ("log.json", '{"permalink": "/{{ page.fileSlug }}/"}', "https://quay.example.org/tide/"),
        ("log.11tydata.json", '{"permalink": "/log/{{ fileSlug }}.html"}', "https://quay.example.org/log/tide.html"),
        ("log.11tydata.js", "export default { permalink: '/x/{{ slug }}{{ page.fileSlug }}/' };", None),
        (
            "log.11tydata.js",
            "export default { permalink: '/x/{{ page.fileSlug }}/' };",
            "https://quay.example.org/x/tide/",
        ),
        ("log.json", '{"permalink": "/{{ mood }}/"}', None),
        ("log.json", '{"layout": "post"}', "https://quay.example.org/log/tide/"),
        # https://www.11ty.dev/docs/filters/slugify/: a mark is a hyphen
        ("log.json", '{"permalink": "/{{ title | slugify }}/index.html"}', "https://quay.example.org/tide-no-2-dry/"),
        ("log.json", '{"permalink": "/{{ title | slug }}/"}', None),  # it keeps some marks, and drops others
        ("2024/2024.json", '{"permalink": "/{{ page.fileSlug }}/"}', "https://quay.example.org/log/tide/"),  # of others
    ],
)
def test_the_data_of_a_folder_of_eleventy_name_its_pages(
    data: str, text: str, link: str | None, tmp_path: Path
) -> None:
    written(tmp_path, "eleventy.config.js", "module.exports = {metadata: {url: 'https://quay.example.org'}}")
    written(tmp_path, f"log/{data}", text)
    written(tmp_path, "log/2024-07-01-tide.md", "---\ntitle: 'Tide no. 2: dry!'\n---\n\nDry.\n")
    assert entry(tmp_path).url == link


def test_the_innermost_data_of_eleventy_s_folders_count(tmp_path: Path) -> None:
    written(tmp_path, "eleventy.config.js", "module.exports = {metadata: {url: 'https://quay.example.org'}}")
    written(tmp_path, "src/log/log.json", '{"permalink": "/outer/{{ page.fileSlug }}/"}')
    written(tmp_path, "src/log/posts/posts.json", '{"permalink": "/inner/{{ page.fileSlug }}/"}')
    written(tmp_path, "src/log/posts/2024-07-01-tide.md", "---\ntitle: Tide\n---\n\nDry.\n")
    assert entry(tmp_path).url == "https://quay.example.org/inner/tide/"


POST = "---\ntitle: Tide\ndate: 2024-07-01T08:00:00Z\nslug: ebb\n{more}---\n\nDry. ![A](a.png) [B](/b/)\n"


def test_settings_count_more_than_what_was_found(tmp_path: Path) -> None:
    written(tmp_path, "_config.yml", "url: https://found.example\ntitle: Found\nauthor: Found\ntimezone: Asia/Tokyo\n")
    written(tmp_path, "_posts/2024-07-01-tide.md", POST.format(more=""))
    stated = Options(
        feed=FeedOptions(title="Stated", link="https://stated.example/"),
        sources={"*": SiteOptions(site="https://stated.example/log", permalink="/:year/:slug/", timezone="UTC")},
    )
    found = entry(tmp_path, stated)
    assert found.url == "https://stated.example/log/2024/ebb/"
    assert 'src="https://stated.example/log/2024/ebb/a.png"' in found.content
    report = refeed.build(str(tmp_path), options=stated, now=NOW)
    assert b'<title type="text">Stated</title>' in (report.feed or b"")
    assert b'href="https://stated.example/" rel="alternate"' in (report.feed or b"")


def test_a_site_that_only_the_settings_name(tmp_path: Path) -> None:
    written(tmp_path, "deep/tide.md", POST.format(more="permalink: /2024/tide/\n"))
    found = entry(tmp_path, Options(sources={"*": SiteOptions(site="https://quay.example.org")}))
    assert found.url == "https://quay.example.org/2024/tide/"
    assert 'href="https://quay.example.org/b/"' in found.content


def test_the_link_of_the_feed_is_the_site_of_paths_that_posts_state(tmp_path: Path) -> None:
    options = Options(feed=FeedOptions(link="https://quay.example.org/"))
    written(tmp_path, "tide.md", POST.format(more="permalink: /2024/tide/\n"))
    assert entry(tmp_path, options).url == "https://quay.example.org/2024/tide/"
    written(tmp_path, "tide.md", POST.format(more=""))
    assert entry(tmp_path, options).url is None, "nothing says how it names its pages"


def test_no_site_moves_the_id_of_a_post_that_states_its_name(tmp_path: Path) -> None:
    written(tmp_path, "_posts/2024-07-01-tide.md", POST.format(more="permalink: /2024/tide/\n"))
    written(tmp_path, "_posts/2024-07-02-fog.md", "---\ntitle: Fog\nslug: fog\n---\n\nThick.\n")
    before = [one.id for one in refeed.entries(Options(paths=(str(tmp_path),)), now=NOW)]
    written(tmp_path, "_config.yml", "url: https://quay.example.org\ntimezone: Asia/Tokyo\ntitle: Quay\n")
    after = [*refeed.entries(Options(paths=(str(tmp_path),)), now=NOW)]
    assert [one.id for one in after] == before
    assert all(one.url for one in after)


def test_an_index_notices_that_the_site_has_changed(tmp_path: Path) -> None:
    archive, index = tmp_path / "archive", str(tmp_path / "index.db")
    written(archive, "_posts/2024-07-01-tide.md", "---\ntitle: Tide\ndate: 2024-07-01 08:00:00\n---\n\nDry.\n")
    options = Options(paths=(str(archive),), index=index)
    for zone, published in (("UTC", "08:00"), ("Asia/Tokyo", "23:00"), ("UTC", "08:00")):
        written(archive, "_config.yml", f"url: https://quay.example.org\ntimezone: {zone}\n")
        (found,) = refeed.entries(options, now=NOW)
        assert f"{found.published:%H:%M}" == published


QUAY = "url: https://quay.example.org\nauthor: Ada\nlang: de\ntitle: Quay\n"


def test_an_article_that_a_robot_put_there_is_not_the_sites_own(tmp_path: Path) -> None:
    written(tmp_path, "_config.yml", QUAY)
    heading = "[Tide](https://elsewhere.example/1)\n------\n\n<p><img src=a.png>The bollards are dry.\n"
    written(tmp_path, "_posts/2024-07-01-tide.md", f"---\ntitle: Tide\ndate: 2024-07-01\n---\n{heading}")
    found = entry(tmp_path)
    assert (found.authors, found.language, found.outlet) == ((), None, "elsewhere.example")
    assert 'src="https://elsewhere.example/a.png"' in found.content


@pytest.mark.parametrize("key", ["from", "link", "source", "canonical_url", "原文链接"])
def test_an_article_of_which_a_robot_says_where_it_is_from_is_not_the_sites_own(key: str, tmp_path: Path) -> None:
    written(tmp_path, "_config.yml", QUAY)
    written(tmp_path, "_posts/2024-07-01-tide.md", POST.format(more=f"{key}: https://elsewhere.example/1\n"))
    found = entry(tmp_path)
    assert (found.url, found.authors, found.outlet) == ("https://elsewhere.example/1", (), "elsewhere.example")
    assert 'src="https://elsewhere.example/a.png"' in found.content


@pytest.mark.parametrize("key", ["link", "source", "canonical_url", "原文链接", "external_url", "bookmark-of"])
def test_who_says_where_posts_are_published_says_that_other_pages_are_cited(key: str, tmp_path: Path) -> None:
    written(tmp_path, "_config.yml", QUAY)
    written(tmp_path, "_posts/2024-07-01-tide.md", POST.format(more=f"{key}: https://elsewhere.example/1\n"))
    found = entry(tmp_path, Options(sources={"*": SiteOptions(site="https://quay.example.org")}))
    assert (found.authors, found.outlet) == (("Ada",), "Quay")
    assert found.url == "https://quay.example.org/2024/07/01/ebb.html"
    assert 'src="https://elsewhere.example/a.png"' not in found.content


@pytest.mark.parametrize("key", ["external_url", "redirect_to", "bookmark-of"])
def test_a_page_that_a_post_is_about_is_its_link_where_it_has_none_but_no_more(key: str, tmp_path: Path) -> None:
    written(tmp_path, "tide.md", POST.format(more=f"date: 2024-07-01\n{key}: https://elsewhere.example/1\n"))
    found = entry(tmp_path)
    assert found.url == "https://elsewhere.example/1"
    assert 'src="https://elsewhere.example/a.png"' not in found.content
    assert found.outlet is None


def test_a_site_is_missing_once_and_the_cure_is_said(tmp_path: Path) -> None:
    for number in range(3):
        written(tmp_path, f"{number}.md", f"---\ntitle: T{number}\ndate: 2024-07-0{number + 1}\n---\n\n![A](a.png)\n")
    notes = [note for note in refeed.build(str(tmp_path), now=NOW).notes if "relative" in note]
    cure = 'name their site in refeed.toml: [sources."*"] site = "https://…"'
    assert notes == [f"3 articles without a link lost relative pictures or links; {cure}"]


@pytest.mark.parametrize("pattern", ["/posts/", "/:year/:mood/", ""])
def test_a_pattern_that_names_no_page_is_refused(pattern: str, tmp_path: Path) -> None:
    written(tmp_path, "refeed.toml", f'[sources."*"]\npermalink = "{pattern}"\n')
    with pytest.raises(refeed.ConfigurationError, match="permalink"):
        load_configuration(tmp_path / "refeed.toml")


def test_pictures_of_a_note_are_those_of_its_vault_not_of_the_page_that_it_is_about(tmp_path: Path) -> None:
    written(tmp_path, "vault/.obsidian/app.json", "{}")
    for folder in ("vault/films/", "mirror/"):
        header = "title: Tide\ndate: 2024-07-01\nurl: https://films.example/17/"
        written(tmp_path, f"{folder}tide.md", f"---\n{header}\n---\n\nThe film.\n\n![A poster](tide.png)\n")
    assert "<img" not in entry(tmp_path / "vault").content
    assert 'src="https://films.example/17/tide.png"' in entry(tmp_path / "mirror").content
