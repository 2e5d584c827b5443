"""Settings that a stranger wrote: nothing runs, nothing leaves the tree, nothing takes long."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

import refeed
from refeed.options import Options
from refeed.sites.find import find_sites
from refeed.sites.notations.values import read_table, text_at

CONFIGURATION = "url: https://quay.example.org\ntitle: Quay\n"


def site_of(folder: Path, name: str, text: str) -> str:
    """Return the address of the site that a file of settings says."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return next((site.address for site in find_sites([str(folder)])), "")


def test_a_program_is_read_and_not_run(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    text = f"""
import pathlib
pathlib.Path({str(ran)!r}).touch()
SITENAME = "Quay"
AUTHOR = __import__("os").environ["HOME"]
SITEURL = "https://quay.example.org"
"""
    assert site_of(tmp_path, "pelicanconf.py", text) == "https://quay.example.org/"
    assert not ran.exists()
    (site,) = find_sites([str(tmp_path)])
    assert (site.title, site.author) == ("Quay", "")


def test_a_name_that_a_program_changes_says_nothing() -> None:
    assert read_table("conf.py", 'SITEURL = "https://a.example"\nSITEURL = SITEURL + "/b"\n') == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("astro.config.mjs", 'export default { site: process.env.URL ?? "https://a.example" }'),
        ("astro.config.mjs", "export default { site: `https://${host}` }"),
        ("astro.config.mjs", 'export default { integrations: [feed({ site: "https://a.example" })] }'),
        ("astro.config.mjs", '// site: "https://a.example"\nexport default {}'),
        ("hugo.toml", 'baseURL = "javascript:alert(1)"'),
        ("hugo.toml", 'baseURL = "file:///etc/passwd"'),
        ("_config.yml", "title: Quay\nurl: http://localhost:4000\n"),
        ("conf.py", 'project = "A manual"\nhtml_baseurl = "https://a.example"\n'),
        ("config.toml", '[server]\nurl = "https://a.example"\n'),
    ],
    ids=["expression", "template", "option of a part", "remark", "scheme", "file", "this machine", "Sphinx", "program"],
)
def test_what_is_not_plainly_the_address_of_a_site_is_none(tmp_path: Path, name: str, text: str) -> None:
    assert site_of(tmp_path, name, text) == ""


@pytest.mark.parametrize(
    ("name", "text", "place", "host", "address"),
    [
        ("_config.yml", "title: Quay\nplugins: []\n", "CNAME", "quay.example.com\n", "https://quay.example.com/"),
        ("_config.yml", "title: Quay\nbaseurl: /log\n", "CNAME", "Quay.Example.com", "https://quay.example.com/log/"),
        (
            "hugo.toml",
            'baseURL = "/"\nlanguageCode = "en"\n',
            "static/CNAME",
            "a.example\nb.example\n",
            "https://a.example/",
        ),
        (
            "pelicanconf.py",
            'SITENAME = "Quay"\nAUTHOR = "Ada"\n',
            "content/extra/CNAME",
            "a.example",
            "https://a.example/",
        ),
        (
            ".vuepress/config.js",
            "module.exports = {title: 'Quay'}",
            ".vuepress/public/CNAME",
            "a.example",
            "https://a.example/",
        ),
        (
            "nuxt.config.ts",
            "export default {app: {baseURL: '/x/'}}",
            "public/CNAME",
            "a.example",
            "https://a.example/x/",
        ),
        # The settings count more; this machine and a path are no host of a site.
        ("_config.yml", CONFIGURATION, "CNAME", "a.example", "https://quay.example.org/"),
        ("_config.yml", "title: Quay\nplugins: []\n", "CNAME", "localhost", ""),
        ("_config.yml", "title: Quay\nplugins: []\n", "CNAME", "a.example/quay", ""),
        ("_config.yml", "title: Quay\nplugins: []\n", "drafts/CNAME", "a.example", ""),
    ],
)
def test_the_host_of_github_pages_is_the_address_where_settings_say_none(
    tmp_path: Path, name: str, text: str, place: str, host: str, address: str
) -> None:
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_text(host)
    assert site_of(tmp_path, name, text) == address


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_config.yml", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + CONFIGURATION),
        ("_config.yml", CONFIGURATION + "x: !!python/object/apply:os.system [ls]\n"),
        ("_config.yml", CONFIGURATION + "x: " + "[" * 5_000 + "\n"),
        ("_config.yml", CONFIGURATION + "x: 'never closed\n"),
        ("hugo.json", '{"baseURL": "https://quay.example.org", "x": ' + "[" * 800 + "]" * 800 + "}"),
        ("gatsby-config.js", "x = {siteMetadata: {siteUrl: 'https://quay.example.org'}," + "{a:" * 20_000),
    ],
    ids=["aliases", "tags", "deep lists", "not closed", "deep JSON", "deep script"],
)
def test_a_hostile_file_says_what_stands_above_the_harm(tmp_path: Path, name: str, text: str) -> None:
    assert site_of(tmp_path, name, text) == "https://quay.example.org/"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hugo.toml", "a = " + "[" * 50_000),
        ("pelicanconf.py", "SITENAME = " + "(" * 5_000),
        ("pelicanconf.py", "SITENAME = 'a' \0"),
        ("_config.yml", "x" * 300_000 + "\n" + CONFIGURATION),
        ("astro.config.mjs", "site: '" + "\\" * 100_001),
    ],
    ids=["TOML", "Python", "NUL", "too large", "backslashes"],
)
def test_a_hostile_file_costs_no_more_than_itself(tmp_path: Path, name: str, text: str) -> None:
    assert site_of(tmp_path, name, text) == ""


def test_no_link_is_followed(tmp_path: Path) -> None:
    outside, tree = tmp_path / "outside", tmp_path / "tree"
    site_of(outside, "_config.yml", CONFIGURATION)
    tree.mkdir()
    (tree / "_config.yml").symlink_to(outside / "_config.yml")
    (tree / "blog").symlink_to(outside)
    (tree / "config").symlink_to(outside)
    (tree / ".git").mkdir()
    os.mkfifo(tree / "conf.py")
    assert find_sites([str(tree)]) == ()


def test_the_site_around_a_folder_that_was_given_counts(tmp_path: Path) -> None:
    posts = tmp_path / "blog" / "_posts"
    posts.mkdir(parents=True)
    (tmp_path / "blog" / ".git").mkdir()
    (tmp_path / "_config.yml").write_text("url: https://above.example\ntitle: Above the repository\n")
    assert find_sites([str(posts)]) == ()
    (tmp_path / "blog" / "_config.yml").write_text(CONFIGURATION)
    (site,) = find_sites([str(posts)])
    assert site.path_of(f"{posts}/2024-07-01-tide.md") == "_posts/2024-07-01-tide.md"
    (post,) = find_sites([f"{posts}/2024-07-01-tide.md"])
    assert post.below == f"{posts}/"


def test_several_sites_in_one_archive_keep_apart(tmp_path: Path) -> None:
    site_of(tmp_path, "a/_config.yml", CONFIGURATION)
    site_of(tmp_path, "b/deeper/hugo.toml", 'baseURL = "https://pier.example.org/"')
    found = {site.below.removeprefix(f"{tmp_path}/"): site.address for site in find_sites([str(tmp_path)])}
    assert found == {"a/": "https://quay.example.org/", "b/deeper/": "https://pier.example.org/"}


def test_texts_are_found_by_their_path() -> None:
    table = read_table("hugo.yaml", "params:\n  author: {name: Ada}\nTitle: ' '\nname: Quay\n")
    assert text_at(table, "title", "name") == "Quay"
    assert text_at(table, "params.author.name") == "Ada"
    assert text_at(table, "params.author", "title.x") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &a {b: *a, c: d}\ne: *a\n", {"a": {"b": "", "c": "d"}, "e": {"b": "", "c": "d"}}),  # it is still open
        ("a: &x 1\nb: &x 2\nc: *x\nd: *y\n", {"a": "1", "b": "2", "c": "2", "d": ""}),  # the last; none
        ("<<: [{a: 1}, {a: 2, b: 3}]\n", {"a": "1", "b": "3"}),  # the first counts: https://yaml.org/type/merge.html
        ("a: 1\n<<: {a: 2}\n", {"a": "1"}),
        ("draft: false\n<<: {draft: true}\n", {"draft": "true"}),  # Ruby's reader takes it; in doubt it is kept back
        ("published: yes\n<<: {published: no}\n", {"published": "no"}),
        ("<<: {draft: true}\ndraft: false\n", {"draft": "false"}),  # for all of them
        ("a: [[[[[[[[1, [2]]]]]]]]]\ndraft: true\n", {"a": [[[[[[[[]]]]]]]], "draft": "true"}),  # too deep
        ("draft: true\na: {b: [\n", {"draft": "true"}),  # what stands above a fault
    ],
)
def test_yaml_repeats_and_merges(text: str, expected: dict[str, object]) -> None:
    assert read_table("hugo.yaml", text) == expected


def test_what_yaml_repeats_without_end_says_nothing() -> None:
    tens = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30))
    table = read_table("hugo.yaml", f"a0: &a0 {{draft: true}}\n{tens}title: Quay\n")
    assert (table["a1"], table["title"]) == ([{"draft": "true"}] * 10, "Quay")
    assert str(table).count("draft") <= 10_000  # a limit on values that aliases repeat


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("_config.yml", "url: https://a.example\nsource_dir: source\n", True),  # Hexo's own renderer shows them
        ("_config.yml", "url: https://a.example\nsource_dir: source\nmarked:\n  breaks: false\n", False),
        ("_config.yml", "url: https://a.example\nsource_dir: source\nmarkdown:\n  render:\n    breaks: false\n", False),
        ("_config.yml", "url: https://a.example\nsource_dir: source\npandoc:\n  filters:\n", False),
        ("_config.yml", "url: https://a.example\nbaseurl: /b\n", False),  # Jekyll's does not
        ("_config.yml", "url: https://a.example\nbaseurl: /b\nkramdown:\n  hard_wrap: true\n", True),
        ("hugo.toml", 'baseURL = "https://a.example"\n[markup.goldmark.renderer]\nhardWraps = true\n', True),
        ("mkdocs.yml", "site_url: https://a.example\nmarkdown_extensions:\n- nl2br\n", True),
        ("mkdocs.yml", "site_url: https://a.example\nmarkdown_extensions:\n- toc\n", False),
    ],
)
def test_whether_the_pages_of_a_site_show_every_line_break(
    tmp_path: Path, name: str, text: str, *, expected: bool
) -> None:
    (tmp_path / name).write_text(text)
    (site,) = find_sites([str(tmp_path)])
    assert site.keeps_breaks is expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("hugo.toml", 'baseURL = "https://a.example"\n', "–"),  # its typographer is on
        ("hugo.toml", 'baseURL = "https://a.example"\n[markup.goldmark.extensions]\ntypographer = false\n', ""),
        (
            "hugo.toml",
            'baseURL = "https://a.example"\n[markup.goldmark.extensions.typographer]\ndisable = true\n',
            "",
        ),
        ("_quarto.yml", "project:\n  type: website\n", "–"),  # Pandoc's `smart` is
        ("_quarto.yml", "project:\n  type: website\nformat:\n  html:\n    from: markdown-smart\n", ""),
        ("mkdocs.yml", "site_url: https://a.example\n", ""),
        ("mkdocs.yml", "site_url: https://a.example\nmarkdown_extensions:\n- smarty\n", "–"),
        ("_config.yml", "url: https://a.example\nbaseurl: /b\n", "–"),  # kramdown
        ("_config.yml", "url: https://a.example\nbaseurl: /b\nmarkdown: kramdown\n", "–"),
        ("_config.yml", "url: https://a.example\nbaseurl: /b\nmarkdown: CommonMarkGhPages\n", ""),
        (
            "_config.yml",
            "url: https://a.example\nbaseurl: /b\nkramdown:\n  gfm_quirks: paragraph_end,no_auto_typographic\n",
            "",
        ),
        (
            "_config.yml",
            "url: https://a.example\nbaseurl: /b\nkramdown:\n  gfm_quirks: [paragraph_end, no_auto_typographic]\n",
            "",
        ),
        (
            "_config.yml",
            "url: https://a.example\nbaseurl: /b\nkramdown:\n  typographic_symbols: {ndash: '--', mdash: '---'}\n",
            "",
        ),
        ("_config.yml", "url: https://a.example\nmarkdown: rdiscount\nsource: source\n", ""),
        ("_config.yml", "url: https://a.example\nmarkdown: rdiscount\ncode_dir: downloads/code\n", "–"),  # Octopress
        ("mkdocs.yml", "site_url: https://a.example\nmarkdown_extensions:\n- smarty: {smart_quotes: false}\n", "–"),
        ("mkdocs.yml", "site_url: https://a.example\nmarkdown_extensions:\n- smarty: {smart_dashes: false}\n", ""),
        ("mkdocs.yml", "site_url: https://a.example\nmarkdown_extensions:\n  toc: {}\n  smarty:\n", "–"),
        ("mkdocs.yml", "site_url: https://a.example\nmarkdown_extensions:\n- markdown.extensions.smarty\n", "–"),
        ("_config.yml", "url: https://a.example\nsource_dir: source\n", "–"),  # Hexo's `marked`
        ("_config.yml", "url: https://a.example\nsource_dir: source\nmarked:\n  smartypants: false\n", ""),
        (
            "_config.yml",
            "url: https://a.example\nsource_dir: source\nmarkdown:\n  render:\n    typographer: false\n",
            "",
        ),
        ("_config.yml", "url: https://a.example\nsource_dir: source\nmarkdown_it_plus:\n  typographer: false\n", ""),
        ("astro.config.mjs", "export default defineConfig({ site: 'https://a.example' })\n", "—"),
        (
            "astro.config.mjs",
            "export default defineConfig({ site: 'https://a.example', markdown: { smartypants: false } })\n",
            "",
        ),
        (
            "astro.config.mjs",
            "export default { site: 'https://a.example', markdown: { smartypants: { dashes: false } } }\n",
            "",
        ),
        (
            "astro.config.mjs",
            "export default { site: 'https://a.example', markdown: { smartypants: { dashes: 'oldschool' } } }\n",
            "–",
        ),
        ("zola.toml", 'base_url = "https://a.example"\n', ""),
        ("zola.toml", 'base_url = "https://a.example"\n[markdown]\nsmart_punctuation = true\n', "–"),
        ("pelicanconf.py", "SITEURL = 'https://a.example'\n", ""),
        ("pelicanconf.py", "SITEURL = 'https://a.example'\nTYPOGRIFY = True\n", "—"),
        (
            "pelicanconf.py",
            "SITEURL = 'https://a.example'\nTYPOGRIFY = True\nTYPOGRIFY_DASHES = 'oldschool'\n",
            "–",
        ),
        ("gatsby-config.js", "module.exports = { siteMetadata: { siteUrl: 'https://a.example' } }\n", ""),
    ],
)
def test_whether_the_pages_of_a_site_show_hyphens_as_dashes(
    tmp_path: Path, name: str, text: str, expected: str
) -> None:
    (tmp_path / name).write_text(text)
    (site,) = find_sites([str(tmp_path)])
    assert site.dash == expected


def test_aliases_of_settings_repeat_so_many_values_and_no_more() -> None:
    levels = [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 12)]
    table = read_table("hugo.yaml", "\n".join(["a0: &a0 [x, x]", *levels, "baseurl: https://quay.example"]))
    assert str(table).count(",") < 10_100  # as many as there are values; 2 * 9 ** 11 otherwise
    assert table["baseurl"] == "https://quay.example"


@pytest.mark.parametrize(
    ("form", "stated", "day"),
    [
        ("null", "03-04-2021", "2021-04-03"),
        ("null", "03/04/2021", "2021-03-04"),
        ("'d-m-Y H:i'", "03/04/2021", "2021-04-03"),
        ("'H:i m/d/Y'", "03-04-2021", "2021-03-04"),
        ("'j. F Y'", "03-04-2021", "2021-04-03"),
        ("'Y-m-d'", "2021-04-03", "2021-04-03"),
    ],
)
def test_day_and_month_are_told_apart_as_grav_does(form: str, stated: str, day: str, tmp_path: Path) -> None:
    post = tmp_path / "user" / "pages" / "01.log" / "tide" / "item.md"
    settings = tmp_path / "user" / "config"
    for folder in (post.parent, settings):
        folder.mkdir(parents=True)
    post.write_text(f"---\ntitle: Tide\ndate: {stated}\n---\n\nThe mole is dry.\n")
    (settings / "site.yaml").write_text("title: Pier\nauthor: {name: Ada}\n")
    (settings / "system.yaml").write_text(f"pages:\n  dateformat:\n    default: {form}\n")
    (entry,) = refeed.entries(Options(paths=(str(tmp_path),)), now=datetime(2026, 11, 20, tzinfo=UTC))
    assert f"{entry.published:%F}" == day
