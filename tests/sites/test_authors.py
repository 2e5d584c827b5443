"""Authors whom a post names by a key: the table of the site says the name, never the address of their mail."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import refeed
from refeed.options import Options

NOW = datetime(2026, 11, 20, tzinfo=UTC)
JEKYLL = {"_config.yml": "url: https://quay.example.org\ntitle: Quay\n"}
ADA, BO = "Ada Marlowe", "Bo Lind"

# What the site consists of, the post and what its header says of its authors, and who they are. Each is written as the
# documentation of the generator, theme or starter has it.
SITES: dict[str, tuple[dict[str, str], str, str, list[str]]] = {
    # https://mmistakes.github.io/minimal-mistakes/docs/authors/
    "Minimal Mistakes": (
        {**JEKYLL, "_data/authors.yml": "Ada:\n  name: Ada Marlowe\n  email: ada@quay.example.org\n  uri: /ada\n"},
        "_posts/2024-07-01-tide.md",
        "author: Ada",
        [ADA],
    ),
    # https://chirpy.cotes.page/posts/write-a-new-post/
    "Chirpy": (
        {
            **JEKYLL,
            "_data/authors.yml": "ada:\n  name: Ada Marlowe\n  url: https://ada.example\nbo:\n  name: Bo Lind\n",
        },
        "_posts/2024-07-01-tide.md",
        "authors: [ada, bo]",
        [ADA, BO],
    ),
    # https://jekyllrb.com/docs/step-by-step/09-collections/
    "a collection of Jekyll": (
        {
            **JEKYLL,
            "_authors/marlowe.md": "---\nshort_name: ada\nname: Ada Marlowe\nposition: Keeper\n---\nShe keeps it.\n",
        },
        "_posts/2024-07-01-tide.md",
        "author: ada",
        [ADA],
    ),
    "Jekyll's sources elsewhere": (
        {
            "_config.yml": "url: https://quay.example.org\ntitle: Quay\nsource: src\n",
            "src/_data/authors.json": '{"ada": "Ada Marlowe"}',
        },
        "src/_posts/2024-07-01-tide.md",
        "author: ada",
        [ADA],
    ),
    # https://docusaurus.io/docs/blog#blog-post-authors
    "Docusaurus": (
        {
            "docusaurus.config.js": 'export default { url: "https://quay.example.org", title: "Quay" };\n',
            "blog/authors.yml": "ada:\n  name: Ada Marlowe\n  title: Keeper\nbo:\n  name: Bo Lind\n",
        },
        "blog/2024-07-01-tide.md",
        "authors:\n  - ada\n  - key: bo\n    title: Guest of the quay\n  - name: Cy Fenn\n    title: Pilot",
        [ADA, BO, "Cy Fenn"],
    ),
    # https://docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-blog: the path starts at the folder of the blog
    "Docusaurus: the table that the settings name": (
        {
            "docusaurus.config.js": 'export default { url: "https://quay.example.org", title: "Quay",\n'
            '  presets: [["classic", { blog: { path: "log", authorsMapPath: "../people/crew.yml" } }]] };\n',
            "people/crew.yml": "ada:\n  name: Ada Marlowe\n",
            "log/authors.yml": "ada:\n  name: Somebody else\nbo:\n  name: Bo Lind\n",
        },
        "log/2024-07-01-tide.md",
        "authors: [ada, bo]",
        [ADA, BO],
    ),
    "Docusaurus: a table outside of the site is not read": (
        {
            "site/docusaurus.config.js": 'export default { url: "https://quay.example.org", title: "Quay",\n'
            '  presets: [["classic", { blog: { authorsMapPath: "../../crew.yml" } }]] };\n',
            "crew.yml": "ada:\n  name: Ada Marlowe\n",
        },
        "site/blog/2024-07-01-tide.md",
        "authors: [ada]",
        ["ada"],
    ),
    # https://squidfunk.github.io/mkdocs-material/plugins/blog/#authors
    "Material for MkDocs": (
        {
            "mkdocs.yml": "site_name: Quay\nsite_url: https://quay.example.org\nplugins:\n  - blog\n",
            "docs/blog/.authors.yml": "authors:\n  ada:\n    name: Ada Marlowe\n    description: Keeper\n",
        },
        "docs/blog/posts/tide.md",
        "authors:\n  - ada",
        [ADA],
    ),
    # https://gohugo.io/content-management/data-sources/
    "files of Hugo's data": (
        {
            "hugo.toml": 'baseURL = "https://quay.example.org/"\n',
            "data/authors/ada.toml": 'name = "Ada Marlowe"\nemail = "ada@quay.example.org"\n',
            "data/authors/bo.yaml": "name: Bo Lind\n",
        },
        "content/posts/tide.md",
        "authors: [bo, ada]",
        [BO, ADA],
    ),
    # https://docs.hugoblox.com/reference/page-features/#authors
    "pages of Hugo's authors": (
        {
            "hugo.yaml": "baseURL: https://quay.example.org/\n",
            "content/authors/admin/_index.md": "---\ntitle: Ada Marlowe\nrole: Keeper\n---\n",
        },
        "content/post/tide/index.md",
        "authors:\n  - admin",
        [ADA],
    ),
    "Hexo": (
        {
            "_config.yml": "title: Quay\nurl: https://quay.example.org\nnew_post_name: :title.md\n",
            "source/_data/authors.yml": "ada:\n  name: Ada Marlowe\n",
        },
        "source/_posts/tide.md",
        "author: ada",
        [ADA],
    ),
    # https://www.gatsbyjs.com/docs/how-to/routing/adding-markdown-pages/, with gatsby-transformer-yaml
    "Gatsby": (
        {
            "gatsby-config.js": 'module.exports = { siteMetadata: { siteUrl: "https://quay.example.org" } };\n',
            "content/author.yaml": "- id: ada\n  name: Ada Marlowe\n  bio: Keeper\n- id: bo\n  name: Bo Lind\n",
        },
        "content/blog/tide/index.md",
        "author: bo",
        [BO],
    ),
    # https://docs.astro.build/en/guides/content-collections/#defining-collection-references
    "Astro": (
        {
            "astro.config.mjs": 'export default { site: "https://quay.example.org" };\n',
            "src/content/authors/ada.json": '{"name": "Ada Marlowe", "portfolio": "https://ada.example"}',
        },
        "src/content/blog/tide.md",
        "author: ada",
        [ADA],
    ),
    # https://www.11ty.dev/docs/data-global/
    "Eleventy": (
        {
            "eleventy.config.js": "export default function () {}\n",
            "_data/metadata.json": '{"url": "https://quay.example.org", "title": "Quay"}',
            "_data/authors.js": 'module.exports = { ada: { name: "Ada Marlowe", email: "ada@quay.example.org" } };\n',
        },
        "posts/tide.md",
        "author: ada",
        [ADA],
    ),
    "several in one text": (
        {**JEKYLL, "_data/authors.yml": "ada: {name: Ada Marlowe}\nbo: {name: Bo Lind}\n"},
        "_posts/2024-07-01-tide.md",
        "author: ada, bo",
        [ADA, BO],
    ),
    "a name with a comma of which a part is a key": (
        {**JEKYLL, "_data/authors.yml": "ada: {name: Ada Marlowe}\n"},
        "_posts/2024-07-01-tide.md",
        "author: Fenn, Ada",
        ["Fenn, Ada"],
    ),
    "one who is in no table": (
        {**JEKYLL, "_data/authors.yml": "ada: {name: Ada Marlowe}\n"},
        "_posts/2024-07-01-tide.md",
        "author: Cy Fenn",
        ["Cy Fenn"],
    ),
    "a table that knows nothing but mail": (
        {**JEKYLL, "_data/authors.yml": "ada: {email: ada@quay.example.org}\nbo: {name: bo@quay.example.org}\n"},
        "_posts/2024-07-01-tide.md",
        "authors: [ada, bo]",
        ["ada", "bo"],
    ),
    "the author of the site": (
        {"_config.yml": JEKYLL["_config.yml"] + "author: ada\n", "_data/authors.yml": "ada: {name: Ada Marlowe}\n"},
        "_posts/2024-07-01-tide.md",
        "tags: [tide]",
        [ADA],
    ),
    "a broken table": (
        {**JEKYLL, "_data/authors.yml": "ada: {name: Ada Marlowe}\nbo: [\n"},
        "_posts/2024-07-01-tide.md",
        "author: ada",
        [ADA],
    ),
}


@pytest.mark.parametrize("case", SITES)
def test_an_author_goes_out_by_name(case: str, tmp_path: Path) -> None:
    files, post, header, names = SITES[case]
    text = f"---\ntitle: Tide\ndate: 2024-07-01\n{header}\n---\nThe water is low.\n"
    for name, content in {**files, post: text}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    (entry,) = refeed.entries(Options(paths=(str(tmp_path),)), now=NOW)
    assert [*entry.authors] == names
