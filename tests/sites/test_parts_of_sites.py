"""Parts of a site for whose posts other things hold: translations, and what is handed down to a folder."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

import refeed
from refeed.options import Options

NOW = datetime(2026, 11, 20, tzinfo=UTC)
ADA, BO = "Ada Marlowe", "Bo Lind"
QUAY = "https://quay.example.org"


class Case(NamedTuple):
    """Files of settings, and what each post is expected to have: address, language, authors."""

    settings: dict[str, str]
    posts: dict[str, tuple[str | None, str | None, list[str]]]


# Each as the documentation of the generator has it; the addresses are those that the generator itself publishes.
CASES = {
    # https://gohugo.io/content-management/multilingual/
    "folders of Hugo's languages": Case(
        {
            "hugo.toml": f'baseURL = "{QUAY}/"\n[languages.en]\ncontentDir = "content/en"\ntitle = "Quay"\n'
            '[languages.fr]\ncontentDir = "content/fr"\nlanguageCode = "fr-FR"\n[permalinks]\nlog = "/:year/:slug/"\n'
        },
        {
            "content/en/log/tide.md": (f"{QUAY}/2024/tide/", "en", []),
            "content/fr/log/tide.md": (f"{QUAY}/fr/2024/tide/", "fr-FR", []),
            "content/fr/note/tide.md": (f"{QUAY}/fr/note/tide/", "fr-FR", []),
        },
    ),
    "a folder that all of Hugo's languages share, in which names of files tell them apart": Case(
        {
            "hugo.yaml": f"baseURL: {QUAY}/\ntitle: Quay\ndefaultContentLanguage: pt-br\nlanguages:\n  pt-br:\n"
            "    locale: pt-BR\n  en:\n    locale: en\n    contentDir: content\n"
        },
        {
            "content/log/tide/index.md": (f"{QUAY}/log/tide/", "pt-BR", []),
            "content/log/tide/index.en.md": (f"{QUAY}/en/log/tide/", "en", []),
        },
    ),
    # https://www.getzola.org/documentation/content/multilingual/
    "languages with a region in names of files": Case(
        {"zola.toml": f'base_url = "{QUAY}"\ntitle = "Quay"\ndefault_language = "en"\n'},
        {
            "content/log/tide.pt-BR.md": (f"{QUAY}/pt-BR/log/tide/", "pt-BR", []),
            "content/log/ebb/index.pt-br.md": (f"{QUAY}/pt-br/log/ebb/", "pt-BR", []),
        },
    ),
    # https://gohugo.io/configuration/introduction/#configuration-directory
    "settings of Hugo in a folder": Case(
        {
            "config/_default/hugo.toml": f'baseURL = "{QUAY}/"\n',
            "config/_default/languages.toml": '[en]\ntitle = "Quay"\ncontentDir = "content/en"\n',
            "config/_default/languages.fr.toml": 'contentDir = "content/fr"\n',
            "config/_default/params.toml": 'author = "Ada Marlowe"\n',
            "config/_default/permalinks.toml": 'log = "/:year/:contentbasename/"\n',
        },
        {
            "content/en/log/tide.md": (f"{QUAY}/2024/tide/", "en", [ADA]),
            "content/fr/log/tide.md": (f"{QUAY}/fr/2024/tide/", "fr", [ADA]),
        },
    ),
    # What is built for any host is published at the one that the other settings name.
    "settings of Hugo whose published part names no host": Case(
        {
            "config/production/config.toml": 'baseURL = "/"\n[permalinks]\nlog = "/:year/:contentbasename/"\n',
            "config/_default/config.toml": f'baseURL = "{QUAY}"\ntitle = "Quay"\n',
        },
        {"content/log/tide.md": (f"{QUAY}/2024/tide/", None, [])},
    ),
    "a host for each of Hugo's languages": Case(
        {
            "hugo.yaml": "defaultContentLanguage: en\nlanguages:\n  en:\n    baseURL: https://quay.example.org/\n"
            "    title: Quay\n  fr:\n    baseURL: https://quai.example.org/\n"
        },
        {
            "content/log/tide.md": (f"{QUAY}/log/tide/", "en", []),
            "content/log/tide.fr.md": ("https://quai.example.org/log/tide/", "fr", []),
        },
    ),
    # https://docusaurus.io/docs/i18n/introduction
    "translations of a blog of Docusaurus": Case(
        {
            "docusaurus.config.js": f'module.exports = {{ title: "Quay", url: "{QUAY}", baseUrl: "/x/",'
            ' i18n: { defaultLocale: "en", locales: ["en", "fr"] } };\n'
        },
        {
            "blog/2024-07-01-tide.md": (f"{QUAY}/x/blog/2024/07/01/tide", "en", []),
            "i18n/fr/docusaurus-plugin-content-blog/2024-07-01-tide.md": (
                f"{QUAY}/x/fr/blog/2024/07/01/tide",
                "fr",
                [],
            ),
        },
    ),
    # https://vitepress.dev/guide/i18n
    "VitePress": Case(
        {
            ".vitepress/config.mts": f'export default {{ title: "Quay", sitemap: {{ hostname: "{QUAY}" }}, locales: {{'
            ' root: { label: "English", lang: "en" }, fr: { label: "Français", lang: "fr" } } }\n'
        },
        {"log/tide.md": (f"{QUAY}/log/tide.html", "en", []), "fr/log/tide.md": (f"{QUAY}/fr/log/tide.html", "fr", [])},
    ),
    # https://vuepress.vuejs.org/guide/i18n.html
    "VuePress": Case(
        {
            "docs/.vuepress/config.js": f'export default {{ base: "/x/", hostname: "{QUAY}", locales: {{'
            ' "/": { lang: "en-US", title: "Quay" }, "/zh/": { lang: "zh-CN" } } }\n'
        },
        {
            "docs/log/tide.md": (f"{QUAY}/x/log/tide.html", "en-US", []),
            "docs/zh/log/tide.md": (f"{QUAY}/x/zh/log/tide.html", "zh-CN", []),
        },
    ),
    # https://hexo.io/docs/internationalization
    "Hexo's folders of languages": Case(
        {
            "_config.yml": f"title: Quay\nurl: {QUAY}\nlanguage:\n- en\n- fr\npermalink: :lang/:title/\n"
            "new_post_name: :lang/:title.md\n"
        },
        {
            "source/_posts/en/tide.md": (f"{QUAY}/en/tide/", "en", []),
            "source/_posts/fr/tide.md": (f"{QUAY}/fr/tide/", "fr", []),
            "source/_posts/tide.md": (f"{QUAY}/en/tide/", "en", []),
        },
    ),
    # https://jekyllrb.com/docs/configuration/front-matter-defaults/
    "Jekyll's defaults": Case(
        {
            "_config.yml": f"url: {QUAY}\ntitle: Quay\nauthor: Cy Fenn\ncollections:\n  food:\n    output: true\n"
            "defaults:\n- scope: {path: '', type: posts}\n  values: {author: ada, permalink: '/log/:title/'}\n"
            "- scope: {path: _posts/notes}\n  values: {author: Bo Lind, permalink: '/notes/:title/', lang: sv}\n"
            "- scope: {path: '', type: food}\n  values: {permalink: '/eat/:title/'}\n"
            "- scope: {path: '_posts/*/x'}\n  values: {author: Nobody}\n",
            "_data/authors.yml": "ada: {name: Ada Marlowe}\n",
        },
        {
            "_posts/2024-07-01-tide.md": (f"{QUAY}/log/tide/", None, [ADA]),
            "_posts/notes/2024-07-01-tide.md": (f"{QUAY}/notes/tide/", "sv", [BO]),
            "_food/soup.md": (f"{QUAY}/eat/soup/", None, ["Cy Fenn"]),
        },
    ),
    # https://www.11ty.dev/docs/data-template-dir/
    "data of Eleventy's folders": Case(
        {
            "eleventy.config.js": "export default function () {}\n",
            "_data/metadata.json": f'{{"url": "{QUAY}", "title": "Quay", "language": "en"}}',
            "notes/notes.json": '{"author": {"name": "Bo Lind"}, "lang": "sv"}',
        },
        {"notes/tide.md": (f"{QUAY}/notes/tide/", "sv", [BO]), "tide.md": (f"{QUAY}/tide/", "en", [])},
    ),
    # https://quarto.org/docs/projects/quarto-projects.html#directory-metadata
    "metadata of Quarto's folders": Case(
        {
            "_quarto.yml": f"project: {{type: website}}\nwebsite: {{title: Quay, site-url: '{QUAY}'}}\nlang: en\n",
            "posts/_metadata.yml": "author: Ada Marlowe\n",
            "posts/sv/_metadata.yml": "lang: sv\n",
        },
        {
            "posts/tide.qmd": (f"{QUAY}/posts/tide.html", "en", [ADA]),
            "posts/sv/tide/index.qmd": (f"{QUAY}/posts/sv/tide/", "sv", [ADA]),
            "news/tide.qmd": (f"{QUAY}/news/tide.html", "en", []),
        },
    ),
}


def write(folder: Path, files: dict[str, str]) -> Options:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return Options(paths=(str(folder),), limit=0)


@pytest.mark.parametrize("case", CASES)
def test_a_post_has_what_its_part_of_the_site_says(case: str, tmp_path: Path) -> None:
    settings, posts = CASES[case]
    slug = "slug: tide\n" if case.endswith("Hugo's languages") else ""  # of which a pattern makes the address
    files = {name: f"---\ntitle: {name}\ndate: 2024-07-01\n{slug}---\nLow.\n" for name in posts}
    found = refeed.entries(write(tmp_path, {**settings, **files}), now=NOW)
    assert {entry.title: (entry.url, entry.language, [*entry.authors]) for entry in found} == posts


def test_drafts_of_quarto_stay_at_home(tmp_path: Path) -> None:
    post = "---\ntitle: Tide\ndate: 2024-07-01\n---\nLow.\n"
    settings = {
        "_quarto.yml": f"website: {{site-url: '{QUAY}', drafts: [posts/a.qmd]}}\n",
        "later/_metadata.yml": "draft: true\n",
        "later/now/_metadata.yml": "draft: false\n",
    }
    names = ("posts/a.qmd", "later/b.qmd", "later/now/c.qmd", "posts/_d.qmd", "_e.qmd")
    report = refeed.build(options=write(tmp_path, settings | dict.fromkeys(names, post)), now=NOW)
    codes = {problem.path.removeprefix(f"{tmp_path}/"): problem.code for problem in report.left_out}
    expected = {"posts/a.qmd": "draft", "later/b.qmd": "draft", "posts/_d.qmd": "site-page", "_e.qmd": "site-page"}
    assert {name: codes.get(name) for name in names} == {**dict.fromkeys(names), **expected}


# https://jekyllrb.com/docs/posts/#tags-and-categories
@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("tags: tide harbour\ncategories: log", ["log", "tide", "harbour"]),
        ("tags: [low tide, harbour]", ["low tide", "harbour"]),
        ("tags:\n- low tide", ["low tide"]),
        ("category: low tide", ["low tide"]),
        ("tags: low tide, harbour", ["low tide", "harbour"]),  # whoever writes commas means them
    ],
)
def test_jekyll_divides_one_text_at_its_blanks(header: str, names: list[str], tmp_path: Path) -> None:
    post = {"_posts/2024-07-01-tide.md": f"---\ntitle: Tide\n{header}\n---\nLow.\n"}
    (entry,) = refeed.entries(write(tmp_path, {"_config.yml": f"url: {QUAY}\ntitle: Quay\n", **post}), now=NOW)
    assert [*entry.categories] == names
    (tmp_path / "_config.yml").unlink()
    (entry,) = refeed.entries(Options(paths=(str(tmp_path),)), now=NOW)
    if header.startswith("tags: tide"):  # of a file alone nobody knows
        assert [*entry.categories] == ["log", "tide harbour"]


def test_translations_of_a_further_blog_lie_below_its_own_path(tmp_path: Path) -> None:
    (tmp_path / "docusaurus.config.js").write_text(
        "module.exports = {url: 'https://quay.example.org', baseUrl: '/', i18n: {defaultLocale: 'en'},"
        " plugins: [['@docusaurus/plugin-content-blog', {id: 'yard', path: 'yard', routeBasePath: 'yard'}]]}"
    )
    for number, blog in enumerate(("", "-yard"), 1):
        post = tmp_path / "i18n" / "de" / f"docusaurus-plugin-content-blog{blog}" / "fog.md"
        post.parent.mkdir(parents=True)
        post.write_text(f"---\ntitle: Fog {number}\ndate: 2024-07-01\n---\n\nFog at quay {number}.\n")
    entries = refeed.entries(refeed.Options(paths=(str(tmp_path),)), now=datetime(2026, 1, 1, tzinfo=UTC))
    assert {(entry.title, entry.url, entry.language) for entry in entries} == {
        ("Fog 1", "https://quay.example.org/de/blog/fog", "de"),
        ("Fog 2", "https://quay.example.org/de/yard/fog", "de"),
    }


CELLS = "```{python}\nbare()\n```\n\n```{python}\n#| echo: true\nown()\n```\n\n```{r, echo=FALSE}\nnever()\n```\n"
CHUNKS = "```{r}\nbare()\n```\n\n```{r, echo=TRUE}\nown()\n```\n\n```python\nprose()\n```\n"


# https://quarto.org/docs/computations/execution-options.html
@pytest.mark.parametrize(
    ("site", "folder", "header", "body", "shown"),
    [
        ("", "", "", CELLS, ["bare()", "own()"]),
        ("", "", "execute:\n  echo: false", CELLS, ["own()"]),
        ("", "", "execute: {echo: False, warning: false}", CELLS, ["own()"]),
        ("", "", "format:\n  html:\n    echo: no", CELLS, ["own()"]),
        ("", "", "knitr:\n  opts_chunk:\n    echo: false", CHUNKS, ["own()", "prose()"]),
        ("execute:\n  echo: false", "", "", CELLS, ["own()"]),
        ("execute:\n  echo: false", "", "", CHUNKS, ["own()", "prose()"]),  # what is not run is text
        ("execute:\n  echo: false", "", "execute:\n  echo: true", CELLS, ["bare()", "own()"]),
        ("execute:\n  echo: false", "execute:\n  echo: fenced", "", CELLS, ["bare()", "own()"]),
        ("", "execute:\n  echo: false", "", CELLS, ["own()"]),
        ("", "execute:\n  echo: false", "execute:\n  echo: true", CELLS, ["bare()", "own()"]),
    ],
)
def test_code_that_is_run_is_hidden_as_header_folder_and_site_say(
    tmp_path: Path, site: str, folder: str, header: str, body: str, shown: list[str]
) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "_quarto.yml").write_text(f"project:\n  type: website\n{site}\n")
    (tmp_path / "posts/_metadata.yml").write_text(f"{folder}\n")
    (tmp_path / "posts/a.qmd").write_text(
        f"---\ntitle: Ebb\ndate: 2024-05-03\n{header}\n---\nThe water fell.\n\n{body}"
    )
    (entry,) = refeed.entries(Options(paths=(str(tmp_path),)), now=NOW)
    content = str(entry.content)
    assert [word for word in ("bare()", "own()", "never()", "prose()") if word in content] == shown


@pytest.mark.parametrize(
    ("folder", "address"),
    [
        ("../blog", "https://quay.example.org/log/tide"),
        ("../site/../blog", "https://quay.example.org/log/tide"),
        ("../../blog", None),  # that was not given
        ("./blog", None),  # it lies elsewhere
    ],
)
def test_a_blog_may_lie_beside_the_folder_of_its_site(folder: str, address: str | None, tmp_path: Path) -> None:
    blog = f"blog: {{path: '{folder}', routeBasePath: 'log'}}"
    settings = f"{{url: 'https://quay.example.org', baseUrl: '/', presets: [['classic', {{{blog}}}]]}}"
    post = "---\nslug: tide\n---\nLow.\n"
    files = {"site/docusaurus.config.js": f"module.exports = {settings}", "blog/2024-05-03-tide.md": post}
    write(tmp_path / "archive", files)
    (entry,) = refeed.entries(Options(paths=(str(tmp_path / "archive"),)), now=NOW)
    assert entry.url == address


def test_the_own_settings_of_a_folder_beside_a_site_count(tmp_path: Path) -> None:
    settings = "{url: 'https://quay.example.org', baseUrl: '/', presets: [['classic', {blog: {path: '../blog'}}]]}"
    files = {
        "site/docusaurus.config.js": f"module.exports = {settings}",
        "blog/_config.yml": "url: https://mole.example.org\nbaseurl: ''\npermalink: /:title/\n",
        "blog/_posts/2024-05-03-tide.md": "---\ntitle: Tide\n---\nLow.\n",  # Docusaurus reads no `_` folders
    }
    (entry,) = refeed.entries(write(tmp_path / "archive", files), now=NOW)
    assert entry.url == "https://mole.example.org/tide/"


def test_saved_feeds_in_a_folder_of_quarto_are_no_data_of_its_posts(tmp_path: Path) -> None:
    item = "<item><title>Tide</title><pubDate>Fri, 03 May 2024 08:00:00 GMT</pubDate><description>Low.</description>"
    files = {
        "_quarto.yml": "project:\n  type: website\n",
        "saved/mole.xml": f'<rss version="2.0"><channel><title>Mole</title>{item}</item></channel></rss>',
        "saved/levels.json": '[{"title": "Ebb", "date": "2024-05-03", "content": "Lower."}]',
    }
    entries = refeed.entries(write(tmp_path / "archive", files), now=NOW)
    assert [entry.title for entry in entries] == ["Tide"]
