"""Read the settings of each generator: which file says what."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

from refeed.dates.zones import known_zone
from refeed.site import Site
from refeed.sites.values import Table, Value, table_at, text_at
from refeed.urls import host_of, readable

Read: TypeAlias = Callable[[Table], "Site | None"]

# Where a site is before it is published, or what a generator writes before anybody has said where it will be.
_NOWHERE: Final = frozenset({"0.0.0.0", "127.0.0.1", "localhost", "yourdomain.com", "yoursite.com"})  # noqa: S104
_NO_TEXTS: Final = frozenset({"", "null", "none", "~"})


class Settings(NamedTuple):
    """The settings of one generator: the files that it keeps them in, and what reads them all together."""

    read: Read
    files: tuple[str, ...]  # paths in the site; of two that say the same the first counts
    more: tuple[str, ...] = ()  # that count beside one of the others only


def site_of(generator: str, table: Mapping[str, Value], address: str, **paths: tuple[str, ...]) -> Site:
    """Return what nearly all generators say by the same names, with the keys that this one has for the rest."""
    found = {name: text_at(table, *keys) for name, keys in paths.items()}
    texts = {name: text if text.lower() not in _NO_TEXTS else "" for name, text in found.items()}
    zone = texts.get("timezone", "")
    return Site(
        below="",
        generator=generator,
        address=_usable(address),
        title=texts.get("title", ""),
        author=texts.get("author", ""),
        language=texts.get("language", ""),
        timezone=zone if known_zone(zone) else "",
    )


def _usable(address: str) -> str:
    """Return the address of a published site with a slash at its end, or ""."""
    url = readable(address.partition("?")[0].partition("#")[0])
    if url is None or host_of(url) in _NOWHERE:
        return ""
    return url.removesuffix("index.html").rstrip("/") + "/"


def _joined(address: str, path: str) -> str:
    """Return a site's address that its settings divide into host and path."""
    path = path.strip("/")
    return address if not path or address.rstrip("/").endswith("/" + path) else f"{address.rstrip('/')}/{path}"


def _jekyll(table: Table) -> Site | None:
    if _HEXO_KEYS & table.keys():
        return _hexo(table)
    if not _JEKYLL_KEYS & table.keys():
        return None
    address = _joined(text_at(table, "url"), text_at(table, "baseurl"))
    site = _named("Jekyll", table, address)
    return site._replace(permalinks=_everywhere(text_at(table, "permalink", "collections.posts.permalink")))


def _hexo(table: Table) -> Site | None:
    address = _joined(text_at(table, "url"), text_at(table, "root"))
    site = _named("Hexo", table, address)
    return site._replace(permalinks=_everywhere(text_at(table, "permalink")))


def _named(generator: str, table: Table, address: str) -> Site:
    return site_of(
        generator,
        table,
        address,
        title=("title", "name"),
        author=("author.name", "author"),
        language=("lang", "locale", "language"),
        timezone=("timezone",),
    )


def _everywhere(pattern: str) -> tuple[tuple[str, str], ...]:
    return (("", pattern),) if pattern else ()


def _hugo(table: Table) -> Site | None:
    if "base_url" in table:
        return _zola(table)
    address = text_at(table, "baseurl")
    if not address and not _HUGO_KEYS & table.keys():
        return None
    permalinks = {**table_at(table, "permalinks"), **table_at(table_at(table, "permalinks"), "page")}
    site = site_of(
        "Hugo",
        table,
        address,
        title=("title",),
        author=("params.author.name", "params.author", "author.name", "author"),
        language=("locale", "languagecode", "defaultcontentlanguage"),
        timezone=("timezone",),
    )
    return site._replace(permalinks=tuple((key, text) for key, text in permalinks.items() if isinstance(text, str)))


def _zola(table: Table) -> Site | None:
    return site_of(
        "Zola",
        table,
        text_at(table, "base_url"),
        title=("title",),
        author=("author", "extra.author"),
        language=("default_language",),
    )


def _pelican(table: Table) -> Site | None:
    if not {"siteurl", "sitename"} & table.keys():
        return None
    site = site_of(
        "Pelican",
        table,
        text_at(table, "siteurl"),
        title=("sitename",),
        author=("author",),
        language=("default_lang",),
        timezone=("timezone",),
    )
    content = text_at(table, "path")
    return site._replace(
        permalinks=_everywhere(text_at(table, "article_url")),
        content=(content.strip("./") + "/",) if content.strip("./") else (),
    )


def _nikola(table: Table) -> Site | None:
    if "blog_title" not in table:  # Sphinx has a conf.py, too
        return None
    return site_of(
        "Nikola",
        table,
        text_at(table, "site_url"),
        title=("blog_title",),
        author=("blog_author",),
        language=("default_lang",),
        timezone=("timezone",),
    )


def _mkdocs(table: Table) -> Site | None:
    return site_of(
        "MkDocs",
        table,
        text_at(table, "site_url"),
        title=("site_name",),
        author=("site_author",),
        language=("theme.language",),
    )._replace(permalinks=_mkdocs_posts(table))


def _mkdocs_posts(table: Table) -> tuple[tuple[str, str], ...]:
    """Return the pattern of the blog: where its plug-in keeps it, and how it names posts."""
    plugins = table.get("plugins")
    for plugin in plugins if isinstance(plugins, list) else ():
        if isinstance(plugin, dict) and isinstance(blog := plugin.get("blog"), dict):
            folder = text_at(blog, "blog_dir") or "blog"
            pattern = text_at(blog, "post_url_format") or "{date}/{slug}"
            return _everywhere(f"/{folder.strip('./')}/{pattern}/")
    return ()


def _script(generator: str, *addresses: str) -> Read:
    """Return what reads the settings that are a script: at which paths it says the address."""

    def read(table: Table) -> Site | None:
        address = text_at(table, *addresses)
        if generator == "Quartz" and address:
            address = f"https://{address}"
        base = text_at(table, "base", "baseurl") if generator in {"Astro", "Docusaurus", "VitePress"} else ""
        site = site_of(
            generator,
            table,
            _joined(address, base),
            title=("title", "sitemetadata.title", "metadata.title", "configuration.pagetitle", "site_title"),
            author=("sitemetadata.author.name", "sitemetadata.author", "metadata.author.name", "author.name", "author"),
            language=("lang", "i18n.defaultlocale", "metadata.language", "configuration.locale", "language"),
        )
        if generator == "Eleventy" and (folder := text_at(table, "dir.input")):
            site = site._replace(content=(folder.strip("./") + "/",) if folder.strip("./") else ("",))
        return site

    return read


def _bridgetown(table: Table) -> Site | None:
    site = _named("Bridgetown", table, _joined(text_at(table, "url"), text_at(table, "base_path", "baseurl")))
    return site._replace(permalinks=_everywhere(text_at(table, "permalink")))


# Keys by which a file of a common name is known.
_HEXO_KEYS: Final = frozenset(
    {"default_layout", "index_generator", "new_post_name", "post_asset_folder", "public_dir", "source_dir"}
)
_JEKYLL_KEYS: Final = frozenset({"baseurl", "markdown", "permalink", "plugins", "theme", "title", "url"})
_HUGO_KEYS: Final = frozenset({"defaultcontentlanguage", "languagecode", "permalinks", "markup"})


def _with_endings(name: str) -> tuple[str, ...]:
    return tuple(f"{name}.{ending}" for ending in ("js", "mjs", "cjs", "ts", "mts"))


# In this order: of several generators in one folder the first that says anything counts.
SETTINGS: Final = (
    Settings(_jekyll, ("_config.yml", "_config.yaml", "_config.toml")),
    Settings(
        _hugo,
        tuple(
            f"{folder}{name}.{ending}"
            for name in ("hugo", "config")
            for folder in ("", "config/_default/")
            for ending in ("toml", "yaml", "yml", "json")
        ),
    ),
    Settings(_zola, ("zola.toml",)),
    Settings(_pelican, ("publishconf.py", "pelicanconf.py")),
    Settings(_nikola, ("conf.py",)),
    Settings(_mkdocs, ("mkdocs.yml", "mkdocs.yaml")),
    Settings(_bridgetown, ("bridgetown.config.yml",)),
    Settings(
        _script("Eleventy", "metadata.base", "metadata.url", "url", "siteurl"),
        (".eleventy.js", *_with_endings("eleventy.config")),
        tuple(
            f"{folder}_data/{name}.{ending}"
            for folder in ("", "src/", "content/")
            for name in ("metadata", "site", "meta")
            for ending in ("js", "json", "yml")
        ),
    ),
    Settings(
        _script("Astro", "site", "site_url"),
        _with_endings("astro.config"),
        ("src/consts.ts", "src/consts.js", "src/config.ts", "src/site.config.ts"),
    ),
    Settings(_script("Docusaurus", "url"), _with_endings("docusaurus.config")),
    Settings(
        _script("VitePress", "sitemap.hostname", "hostname", "themeconfig.hostname"),
        (*_with_endings(".vitepress/config"), *_with_endings(".vuepress/config")),
    ),
    Settings(
        _script("Gatsby", "sitemetadata.siteurl", "sitemetadata.url", "sitemetadata.site"),
        _with_endings("gatsby-config"),
    ),
    Settings(_script("Quartz", "configuration.baseurl"), _with_endings("quartz.config")),
)
# Whatever begins the path of one of them: only a folder that holds such a name is looked at more closely.
FIRST_NAMES: Final = frozenset(path.partition("/")[0] for settings in SETTINGS for path in settings.files)
