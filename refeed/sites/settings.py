"""Where each generator keeps its settings, as one table: the files, and what reads them all together."""

from collections.abc import Collection
from typing import Final, NamedTuple

from refeed.sites.grav import read_grav
from refeed.sites.middleman import read_middleman
from refeed.sites.python_readers import read_nikola, read_pelican
from refeed.sites.quarto import read_quarto
from refeed.sites.readers import (
    read_bridgetown,
    read_hexo,
    read_hugo,
    read_jekyll,
    read_mkdocs,
    read_zola,
)
from refeed.sites.script_readers import Read, script_reader


class Settings(NamedTuple):
    """The settings of one generator: the files that it keeps them in, and what reads them all together."""

    read: Read
    files: tuple[str, ...]  # paths in the site; of two that say the same the first counts
    more: tuple[str, ...] = ()  # that count beside one of the others only
    beside: str = ""  # a name that has to lie beside them, where another generator has a file of that name, too
    without: str = ""  # and one that may not
    divided: bool = False  # among the files of a folder

    def fits(self, names: Collection[str]) -> bool:
        """Return whether a folder with these names in it may be that of such a site."""
        return (not self.beside or self.beside in names) and self.without not in names


def _with_endings(name: str) -> tuple[str, ...]:
    return tuple(f"{name}.{ending}" for ending in ("js", "mjs", "cjs", "ts", "mts"))


# In this order: of several generators in one folder the first that says anything counts.
SETTINGS: Final = (
    Settings(read_hexo, ("_config.yml", "_config.yaml"), beside="source", without="_posts"),
    Settings(read_jekyll, ("_config.yml", "_config.yaml", "_config.toml")),
    Settings(
        read_hugo,
        tuple(
            f"{folder}{name}.{ending}"
            for folders in (("config/production/",), ("", "config/_default/"))
            for name in ("hugo", "config")
            for folder in folders
            for ending in ("toml", "yaml", "yml", "json")
        ),
        divided=True,
    ),
    Settings(read_zola, ("zola.toml",)),
    Settings(read_pelican, ("publishconf.py", "pelicanconf.py")),
    Settings(read_nikola, ("conf.py",)),
    Settings(read_mkdocs, ("mkdocs.yml", "mkdocs.yaml")),
    Settings(
        read_bridgetown,
        ("bridgetown.config.yml", "config/initializers.rb"),
        ("src/_data/site_metadata.yml",),
    ),
    Settings(
        script_reader("Eleventy", "metadata.base", "metadata.url", "url", "siteurl", "baseurl"),
        (".eleventy.js", *_with_endings("eleventy.config")),
        tuple(
            f"{folder}_data/{name}.{ending}"
            for folder in ("", "src/", "content/")
            for name in ("metadata", "site", "meta")
            for ending in ("js", "json", "yml")
        ),
    ),
    Settings(
        script_reader("Astro", "site", "site_url", "siteurl", "website", "site.url", "homepage"),
        _with_endings("astro.config"),
        ("src/consts.ts", "src/consts.js", "src/config.ts", "src/site.config.ts", "astro-paper.config.ts"),
    ),
    Settings(script_reader("Docusaurus", "url"), _with_endings("docusaurus.config")),
    Settings(
        script_reader("VitePress", "sitemap.hostname", "hostname", "themeconfig.hostname"),
        (*_with_endings(".vitepress/config"), *_with_endings(".vuepress/config")),
    ),
    Settings(
        script_reader("Nuxt", "site.url", "siteurl", "sitemap.siteurl", "sitemap.hostname", "public.siteurl"),
        _with_endings("nuxt.config"),
        _with_endings("site.config"),
    ),
    Settings(
        script_reader(
            "Next", "metadatabase", "siteurl", "site_url", "site.url", "opengraph.url", "canonical", "baseurl", "url"
        ),
        _with_endings("next.config"),
        (
            *(f"{name}.js" for name in ("data/siteMetadata", "next-sitemap.config", "next-seo.config")),
            *(f"{folder}app/layout.{ending}" for folder in ("", "src/") for ending in ("tsx", "js", "jsx")),
            *_with_endings("site.config"),
        ),
    ),
    Settings(script_reader("Lume", "location"), _with_endings("_config"), ("_data.yml", "_data.yaml", "_data.json")),
    Settings(read_middleman, ("config.rb",), beside="source"),
    Settings(read_grav, ("user/config/site.yaml",), ("user/config/system.yaml",)),
    Settings(read_grav, ("config/site.yaml",), ("config/system.yaml",), beside="pages"),
    Settings(
        script_reader("Gatsby", "sitemetadata.siteurl", "sitemetadata.url", "sitemetadata.site"),
        _with_endings("gatsby-config"),
    ),
    # Programs of many kinds have a `site.config.ts`.
    Settings(
        script_reader("Valaxy", "url", "siteconfig.url"), _with_endings("valaxy.config"), _with_endings("site.config")
    ),
    Settings(read_quarto, ("_quarto.yml", "_quarto.yaml")),
    Settings(script_reader("Quartz", "configuration.baseurl"), _with_endings("quartz.config")),
)
# Whatever begins the path of one of them: only a folder that holds such a name is looked at more closely.
FIRST_NAMES: Final = frozenset(path.partition("/")[0] for settings in SETTINGS for path in settings.files)
OTHER_NAMES: Final = frozenset(name for settings in SETTINGS for name in (settings.beside, settings.without) if name)
