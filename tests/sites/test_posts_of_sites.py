"""What a post has of its site, and of the path that it states, in the feed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import refeed
from refeed.input.ignored import BUILT
from refeed.options import FeedOptions
from refeed.pipeline.build import build
from refeed.sites.find import find_sites, site_of_all
from refeed.sites.settings import FIRST_NAMES

ELEVENTY = {f"eleventy.config.{ending}" for ending in ("js", "mjs", "cjs", "ts", "mts")}
NOW = datetime(2026, 1, 15, tzinfo=UTC)
HUGO = "baseURL: https://quay.example.org/\nlanguageCode: en-us\ntitle: Quay\n"
GERMAN = (
    "Wir sind am Morgen zur Mühle gegangen, und der Weg war lang, aber das Wetter war schön, und es ist nicht weit."
)


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("low-water.fr.md", "Le port.", "fr"),  # the name of the file says it
        ("low-water.md", "The port.", "en-us"),  # too short to tell anything else
        ("low-water.md", GERMAN, None),  # the generator's default is no statement about this text
    ],
)
def test_a_site_gives_its_language_to_no_text_in_another(
    tmp_path: Path, name: str, text: str, language: str | None
) -> None:
    (tmp_path / "hugo.yaml").write_text(HUGO)
    post = tmp_path / "content" / "log" / name
    post.parent.mkdir(parents=True)
    post.write_text(f"---\ntitle: Tide\ndate: 2024-01-02\n---\n\n{text}\n")
    (entry,) = refeed.entries(refeed.Options(paths=(str(tmp_path),)), now=NOW)
    assert entry.language == (language if language != "en-us" else "en-US")


@pytest.mark.parametrize(
    ("settings", "says", "name", "link"),
    [
        ("site/config/config.php", "<?php return [];", "content/3_log/2_fog/article.txt", "log/fog"),
        ("hugo.toml", 'title = "Quay"\nlanguageCode = "en"\n', "content/log/fog.md", "log/fog/"),
        ("hugo.toml", 'baseURL = "https://pier.example/"\n', "content/log/fog.md", None),
    ],
)
def test_a_site_without_an_address_has_that_which_the_settings_of_the_feed_state(
    tmp_path: Path, settings: str, says: str, name: str, link: str | None
) -> None:
    for file, text in {settings: says, name: "---\ntitle: Fog\ndate: 2024-07-01\n---\n\nThick.\n"}.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    feed = FeedOptions(link="https://quay.example.org/harbour")
    (entry,) = refeed.entries(refeed.Options(paths=(str(tmp_path),), feed=feed), now=NOW)
    assert entry.url == (f"https://quay.example.org/harbour/{link}" if link else "https://pier.example/log/fog/")


OCTOPRESS = (
    "url: https://quay.example.org\nroot: /log\npermalink: /:year/:title/\nmarkdown: rdiscount\nsource: source\n"
)
PLAIN_JEKYLL = "url: https://quay.example.org\nbaseurl: /log\npermalink: /:year/:title/\nsource: source\n"


@pytest.mark.parametrize(
    ("says", "urls"),
    [
        (OCTOPRESS + "destination: public\ncode_dir: downloads/code\n", ["2024/fog/"]),
        (PLAIN_JEKYLL, ["2024/fog/", "moorings/"]),  # whatever has a day may be a post
    ],
)
def test_jekyll_with_a_folder_source_is_not_hexo(tmp_path: Path, says: str, urls: list[str]) -> None:
    # Hexo's names of posts keep the day, /log/2024/2024-07-01-fog/, and its pages show every line break.
    files = {
        "_config.yml": says,
        "source/_posts/2024-07-01-fog.markdown": "---\ntitle: Fog\ndate: 2024-07-01\n---\n\nThick.\n",
        "source/moorings/index.md": "---\nlayout: list\ntitle: Moorings\ndate: 2024-06-01 06:00\n---\n\nTwo rings.\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    shown = [entry.url for entry in refeed.entries(refeed.Options(paths=(str(tmp_path),)), now=NOW)]
    assert shown == [f"https://quay.example.org/log/{url}" for url in urls]
    (site,) = find_sites([str(tmp_path)])
    assert not site.keeps_breaks


def test_what_lies_beside_the_source_of_octopress_is_no_page_of_it(tmp_path: Path) -> None:
    # Posts of before, moved out of the blog, and an export of another one: Octopress reads neither.
    files = {
        "_config.yml": OCTOPRESS + "code_dir: downloads/code\n",
        "Rakefile": 'require "rubygems"\n\ntask :preview do\n  system "jekyll"\nend\n',
        "source/_posts/2024-07-01-fog.markdown": "---\ntitle: Fog\n---\n\nThick.\n",
        "source/moorings/index.md": "---\ntitle: Moorings\ndate: 2024-06-01 06:00\n---\n\nTwo rings.\n",
        "before/2023-01-01-ebb.markdown": "---\ntitle: Ebb\n---\n\nSand.\n",
        "exports/old.json": '[{"title": "Flood", "date": "2022-01-01", "content": "<p>To the sills.</p>"}]',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    shown = [(entry.title, entry.url) for entry in refeed.entries(refeed.Options(paths=(str(tmp_path),)), now=NOW)]
    assert shown == [("Fog", "https://quay.example.org/log/2024/fog/"), ("Ebb", None), ("Flood", None)]
    report = build(refeed.Options(paths=(str(tmp_path),)), NOW)
    left_out = {Path(one.path).name: one.code for one in report.left_out}
    assert left_out == {"Rakefile": "source-code", "_config.yml": "configuration", "index.md": "site-page"}


def test_a_post_without_a_date_has_the_day_in_the_path_that_it_states(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text('+++\npath = "2015/01/09/first-light"\ntitle = "First light"\n+++\n\nAt six.\n')
    (entry,) = refeed.entries(refeed.Options(paths=(str(tmp_path),)), now=NOW)
    assert entry.published == datetime(2015, 1, 9, tzinfo=UTC)


def test_notes_that_lack_nothing_but_a_date_are_counted_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Splicing a rope\n\nUnlay three turns, and marry the ends.\n")
    (tmp_path / "b.md").write_text("# Whipping a rope\n\nWind the twine against the lay.\n")
    with pytest.raises(refeed.NothingToBuildError, match=r"\(2 without a date: --undated last keeps them\)"):
        refeed.build(tmp_path, now=NOW)
    assert len(list(refeed.entries(refeed.Options(paths=(str(tmp_path),), undated="last"), now=NOW))) == 2


def test_the_built_site_beside_its_settings_is_no_archive(tmp_path: Path) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title><entry><id>urn:x:1</id><title>Tide</title>'
        "<updated>2024-01-02T00:00:00Z</updated><content>The port.</content></entry></feed>"
    )
    for settings, built in (("zola.toml", "public"), ("pelicanconf.py", "output"), ("astro.config.mjs", "dist")):
        site = tmp_path / settings
        (site / built).mkdir(parents=True)
        (site / settings).touch()
        (site / built / "atom.xml").write_text(feed)
        (site / "dumps").mkdir()
        (site / "dumps" / "a.md").write_text("---\ntitle: Tide\ndate: 2024-01-02\nslug: tide\n---\n\nThe port.\n")
    (tmp_path / "output").mkdir()  # beside no settings it is a folder like others
    (tmp_path / "output" / "b.md").write_text("---\ntitle: Ebb\ndate: 2024-01-03\n---\n\nThe port.\n")
    report = refeed.build(tmp_path, now=NOW)
    assert (report.totals.records_read, report.totals.out) == (4, 2)


def test_every_file_of_settings_says_what_is_built_or_builds_where_nothing_is_entered() -> None:
    entered = {name for name in FIRST_NAMES if not name.startswith((".", "*")) and "/" not in name}
    folders = {"bl-content", "config", "data", "fp-content", "site", "user"}  # of settings
    assert entered - BUILT.keys() == {*folders, *ELEVENTY}  # Eleventy builds _site


def test_files_and_folders_of_one_site_are_one_site(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("url: https://quay.example.org\ntitle: Quay\n")
    (tmp_path / "_posts").mkdir()
    for day in (1, 2):
        (tmp_path / "_posts" / f"2024-01-0{day}-tide.md").write_text("---\ntitle: Tide\n---\n\nThe port.\n")
    files = [str(file) for file in sorted((tmp_path / "_posts").iterdir())]
    for paths in (files, [str(tmp_path), str(tmp_path / "_posts")]):
        sites = find_sites(paths)
        site = site_of_all(sites, paths)
        assert site
        assert site.title == "Quay"
        assert len({one.below for one in sites}) == len(sites) == (1 if paths == files else 2)


def test_settings_in_python_are_read_without_a_word_from_the_compiler(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    (tmp_path / "pelicanconf.py").write_text("SITENAME = 'Quay'\nFILENAME_METADATA = '(?P<date>\\d{4})'\n")
    (site,) = find_sites([str(tmp_path)])
    assert (site.title, len(recwarn)) == ("Quay", 0)


def test_a_post_whose_address_nobody_can_tell_says_so(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('base_url = "https://quay.example.org"\n')
    (tmp_path / "content").mkdir()
    for name in ("低水位", "fog"):
        (tmp_path / "content" / f"{name}.md").write_text(f"---\ntitle: {name}\ndate: 2024-01-02\n---\n\nThe port.\n")
    report = refeed.build(tmp_path, now=NOW)
    told = [(problem.code, Path(problem.path).stem) for problem in report.entry_problems]
    assert ("no-link", "低水位") in told
    assert ("no-link", "fog") not in told


PAGES = {
    "conf.py": ('BLOG_TITLE = "Quay"\nSITE_URL = "https://quay.example.org/"\n', "posts/", "pages/"),
    "pelicanconf.py": ('SITENAME = "Quay"\nSITEURL = "https://quay.example.org"\n', "content/", "content/pages/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_lies_in_a_folder_of_pages_is_no_article_and_can_be_linked_to(name: str, tmp_path: Path) -> None:
    settings, posts, pages = PAGES[name]
    (tmp_path / name).write_text(settings)
    (tmp_path / posts).mkdir()
    (tmp_path / pages).mkdir()
    header = "---\ntitle: {}\ndate: 2024-01-02\n---\n\n{}\n"
    (tmp_path / posts / "tide.md").write_text(header.format("Tide", f"See [us](../{pages}about.md)."))
    (tmp_path / pages / "about.md").write_text(header.format("About", "The port."))
    report = refeed.build(tmp_path, now=NOW)
    assert ("site-page", "about.md") in [(problem.code, Path(problem.path).name) for problem in report.left_out]
    (entry,) = refeed.entries(refeed.Options(paths=(str(tmp_path),)), now=NOW)
    assert '<a href="https://quay.example.org/pages/about' in entry.content


def test_a_feed_is_called_like_the_only_site_also_where_that_lies_in_a_folder(tmp_path: Path) -> None:
    post = "---\ntitle: {}\ndate: 2024-01-02\npermalink: /tide/\n---\n\nThe port.\n"
    for folder in ("blog/_posts", "notes"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "2024-01-02-tide.md").write_text(post.format(folder))
    (tmp_path / "blog" / "_config.yml").write_text("url: https://quay.example.org\ntitle: Quay\n")
    feed = (refeed.build(tmp_path, now=NOW).feed or b"").decode()
    assert '<title type="text">Quay</title>' in feed
    assert feed.count('href="https://quay.example.org/tide/"') == 1, "what lies beside it is none of its posts"
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "_config.yml").write_text("url: https://pier.example.org\ntitle: Pier\n")
    feed = (refeed.build(tmp_path, now=NOW).feed or b"").decode()
    assert f'<title type="text">{tmp_path.name}</title>' in feed


def test_settings_of_a_site_of_any_program_are_not_valaxys(tmp_path: Path) -> None:
    (tmp_path / "site.config.ts").write_text("export default siteConfig({ url: 'https://quay.example.org' })\n")
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "a.md").write_text("---\ntitle: Tide\ndate: 2024-01-02\n---\n\nThe port.\n")
    report = refeed.build(tmp_path, now=NOW)
    assert report.totals.out == 1  # `dist` is Valaxy's built site beside `valaxy.config.ts` alone
    assert not any("Valaxy" in note for note in report.notes)
