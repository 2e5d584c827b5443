"""Where each generator keeps its settings, as one table. What reads them is in refeed.sites.read."""

from collections.abc import Collection
from typing import Final

from refeed.startup.named_tuple import NamedTuple

_ANY: Final = "*"


class Settings(NamedTuple):
    """The settings of one generator: the files that it keeps them in."""

    generator: str
    files: tuple[str, ...]  # paths in the site, or an end of names; of two that say the same the first counts
    more: tuple[str, ...] = ()  # that count beside one of the others only
    beside: str = ""  # a name that has to lie beside them, where another generator has a file of that name, too
    without: str = ""  # and one that may not
    divided: bool = False  # among the files of a folder

    def fits(self, names: Collection[str]) -> bool:
        """Return whether a folder with these names in it may be that of such a site."""
        return (not self.beside or self.beside in names) and self.without not in names

    def named(self, names: Collection[str]) -> tuple[str, ...]:
        """Return the files that a folder with these names may hold: `*.lektorproject` is any that ends so."""
        if not self.files[0].startswith(_ANY):
            return tuple(path for path in self.files if path.partition("/")[0] in names)
        return tuple(name for name in sorted(names) if name.endswith(self.files[0].removeprefix(_ANY)))


def _with_endings(name: str) -> tuple[str, ...]:
    return tuple(f"{name}.{ending}" for ending in ("js", "mjs", "cjs", "ts", "mts"))


# In this order: of several generators in one folder the first that says anything counts.
SETTINGS: Final = (
    Settings("Hexo", ("_config.yml", "_config.yaml"), beside="source", without="_posts"),
    Settings("Jekyll", ("_config.yml", "_config.yaml", "_config.toml")),
    Settings("Wintersmith", ("config.json",), beside="contents"),
    Settings(
        "Hugo",
        tuple(
            f"{folder}{name}.{ending}"
            for folders in (("config/production/",), ("", "config/_default/"))
            for name in ("hugo", "config")
            for folder in folders
            for ending in ("toml", "yaml", "yml", "json")
        ),
        divided=True,
    ),
    Settings("Zola", ("zola.toml",)),
    Settings("Pelican", ("publishconf.py", "pelicanconf.py")),
    Settings("Nikola", ("conf.py",)),
    Settings("MkDocs", ("mkdocs.yml", "mkdocs.yaml")),
    Settings(
        "Bridgetown",
        ("bridgetown.config.yml", "config/initializers.rb"),
        ("src/_data/site_metadata.yml",),
    ),
    Settings(
        "Eleventy",
        (".eleventy.js", *_with_endings("eleventy.config")),
        tuple(
            f"{folder}_data/{name}.{ending}"
            for folder in ("", "src/", "content/")
            for name in ("metadata", "site", "meta")
            for ending in ("js", "json", "yml")
        ),
    ),
    Settings(
        "Astro",
        _with_endings("astro.config"),
        ("src/consts.ts", "src/consts.js", "src/config.ts", "src/site.config.ts", "astro-paper.config.ts"),
    ),
    Settings("Docusaurus", _with_endings("docusaurus.config")),
    Settings(
        "VitePress",
        (*_with_endings(".vitepress/config"), *_with_endings(".vuepress/config")),
    ),
    Settings(
        "Nuxt",
        _with_endings("nuxt.config"),
        _with_endings("site.config"),
    ),
    Settings(
        "Next",
        _with_endings("next.config"),
        (
            *(f"{name}.js" for name in ("data/siteMetadata", "next-sitemap.config", "next-seo.config")),
            *(f"{folder}app/layout.{ending}" for folder in ("", "src/") for ending in ("tsx", "js", "jsx")),
            *_with_endings("site.config"),
        ),
    ),
    Settings("Lume", _with_endings("_config"), ("_data.yml", "_data.yaml", "_data.json")),
    Settings("Middleman", ("config.rb",), beside="source"),
    Settings("Dendron", ("dendron.yml",)),
    Settings("Grav", ("user/config/site.yaml",), ("user/config/system.yaml",)),
    Settings("Grav", ("config/site.yaml",), ("config/system.yaml",), beside="pages"),
    Settings(
        "Gatsby",
        _with_endings("gatsby-config"),
    ),
    Settings("Gridea", ("config/setting.json",), ("config/theme.json",), beside="posts"),
    Settings("Gridsome", _with_endings("gridsome.config")),
    # Programs of many kinds have a `site.config.ts`.
    Settings("Valaxy", _with_endings("valaxy.config"), _with_endings("site.config")),
    Settings("Quarto", ("_quarto.yml", "_quarto.yaml")),
    Settings("Lektor", ("*.lektorproject",)),
    Settings("Kirby", ("site/config/config.php",), ("content/site.txt",), beside="content"),
    Settings("Bludit", ("bl-content/databases/site.php",)),
    Settings("FlatPress", ("fp-content/config/settings.conf.php",)),
    Settings("PluXml", ("data/configuration/parametres.xml",), ("data/configuration/categories.xml",)),
    Settings("Quartz", _with_endings("quartz.config")),
)
# Whatever begins the path of one of them: only a folder that holds such a name is looked at more closely.
FIRST_NAMES: Final = frozenset(path.partition("/")[0] for settings in SETTINGS for path in settings.files)
ENDINGS: Final = tuple(name.removeprefix(_ANY) for name in sorted(FIRST_NAMES) if name.startswith(_ANY))
"""What the names of files of settings end with that each site calls otherwise."""

OTHER_NAMES: Final = frozenset(name for settings in SETTINGS for name in (settings.beside, settings.without) if name)
