"""Read the settings of generators that keep them as data: Jekyll, Hexo, Hugo, Zola, MkDocs and Bridgetown."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final, TypedDict

from refeed.site import HandedDown, Naming, Part, Site
from refeed.sites import slugs
from refeed.sites.config_yml import is_hexo, is_jekyll
from refeed.sites.facts import checksums_of_titles, everywhere, folder_of, joined, site_of, usable_address
from refeed.sites.kept_back.patterns import (
    bridgetown_keeps_back,
    bridgetown_underscored,
    hexo_keeps_back,
    hexo_locks,
    hugo_leaves_out,
    jekyll_keeps_back,
    jekyll_underscored,
    mkdocs_keeps_back,
    zola_keeps_back,
)
from refeed.sites.notations.values import Table, table_at, text_at
from refeed.sites.readers.jekyll_defaults import jekyll_defaults
from refeed.sites.values_in_posts import paths_in
from refeed.startup.late_patterns import late_pattern


def read_jekyll(table: Table) -> Site | None:
    """Read what Jekyll or Hexo says: both call their file _config.yml."""
    if is_hexo(table):
        return read_hexo(table)
    if not _JEKYLL_KEYS & table.keys():
        return None
    address = joined(text_at(table, "url"), text_at(table, "baseurl", "root"))  # Octopress says `root`
    pattern = text_at(table, "collections.posts.permalink") or _jekyll_default(table) or text_at(table, "permalink")
    ending = {"pretty": "/", "none": ".html"}.get(pattern)
    source = next(iter(folder_of(text_at(table, "source").rpartition("/")[2])), "")  # `.build/src` is a copy of `src`
    folder = next(iter(folder_of(text_at(table, "collections_dir"))), "")
    defaults = jekyll_defaults(table, folder)
    collections = _collections(table, folder, "/" if pattern == "pretty" or pattern.endswith("/") else ".html")
    return _named("Jekyll", table, address)._replace(
        permalinks=(*everywhere(pattern), *collections, *defaults.permalinks),
        parts=defaults.parts,
        content=(f"{folder}_posts/", "_notebooks/", *(below for below, _ in collections)),
        ending=ending,
        source=source,
        kept_back=jekyll_keeps_back(table, folder),
        underscored=jekyll_underscored(table, folder),
        values=paths_in(table),
    )


def _collections(table: Table, folder: str, ending: str) -> tuple[tuple[str, str], ...]:
    """Return the folders of the collections of which pages are made, with their patterns."""
    found = table_at(table, "collections")
    written = {name: one for name, one in found.items() if isinstance(one, dict) and text_at(one, "output") == "true"}
    return tuple(
        (f"{folder}_{name}/", (text_at(one, "permalink") or f"/:collection/:path{ending}").replace(":collection", name))
        for name, one in written.items()
        if name != "posts"
    )


def _jekyll_default(table: Table) -> str:
    """Return the pattern among the defaults of Jekyll's front matter that hold for posts."""
    defaults = table.get("defaults")
    for default in defaults if isinstance(defaults, list) else ():
        if not isinstance(default, dict):
            continue
        of_posts = text_at(default, "scope.type") in {"", "posts"} and text_at(default, "scope.path") in {"", "_posts"}
        if of_posts and (found := text_at(default, "values.permalink")):
            return found
    return ""


def read_hexo(table: Table) -> Site | None:
    """Read what Hexo says."""
    if is_jekyll(table):  # Octopress' posts lie below `source`, too
        return None
    address = joined(text_at(table, "url"), text_at(table, "root"))
    pattern = text_at(table, "permalink")
    if text_at(table, "pretty_urls.trailing_html") == "false":
        pattern = pattern.removesuffix(".html")
    source = folder_of(text_at(table, "source_dir"))
    parts = _hexo_languages(table, source or ("source/",))
    names = table_at(table, "category_map").items()
    naming = Naming(
        keeps_day="day" not in text_at(table, "new_post_name"),
        category=text_at(table, "default_category"),
        categories=tuple((name, text) for name, text in names if isinstance(text, str)),
        checksums=checksums_of_titles(table) if ":abbrlink" in pattern else "",
    )
    return _named("Hexo", table, address)._replace(
        permalinks=everywhere(pattern),
        content=(*(part.folder for part in parts), *(f"{folder}_posts/" for folder in source or ("source/",))),
        parts=parts,
        naming=naming,
        kept_back=hexo_keeps_back(table, source or ("source/",)),
        locked_tags=hexo_locks(table),
    )


def _hexo_languages(table: Table, sources: tuple[str, ...]) -> tuple[Part, ...]:
    """Return the folders of posts in each language, where the first part of a post's path names it."""
    listed = table.get("language")
    if not isinstance(listed, list) or not text_at(table, "new_post_name").startswith(":lang/"):
        return ()
    languages = [one for one in listed if isinstance(one, str)]
    return tuple(Part(f"{folder}_posts/{language}/", language) for folder in sources for language in languages)


def _named(generator: str, table: Table, address: str) -> Site:
    listed = table.get("language")
    return site_of(
        generator,
        {**table, "language": listed[0]} if isinstance(listed, list) and listed else table,  # Hexo's first is its own
        address,
        title=("title", "name"),
        author=("author.name", "author"),
        language=("lang", "locale", "default_locale", "language"),
        timezone=("timezone",),
    )


def read_hugo(table: Table) -> Site | None:
    """Read what Hugo says, or Zola, whose file may have the same name."""
    if "base_url" in table:
        return read_zola(table)
    address = text_at(table, "baseurl")
    if not address and not _HUGO_KEYS & table.keys():
        return None
    permalinks = {**table_at(table, "permalinks"), **table_at(table_at(table, "permalinks"), "page")}
    default = f"languages.{_default_language(table)}"
    hosts, parts = _hosts(table), _translations(table)
    site = site_of(
        "Hugo",
        table,
        dict(hosts).get(_default_language(table), address),
        title=("title", f"{default}.title"),
        author=("params.author.name", "params.author", "author.name", "author"),
        language=("locale", "languagecode", f"{default}.locale", f"{default}.languagecode", "defaultcontentlanguage"),
        timezone=("timezone",),
    )
    content = (*(part.folder for part in parts), *_content(table))
    return site._replace(
        permalinks=tuple((key, slugs.hugo_path(text)) for key, text in permalinks.items() if isinstance(text, str)),
        content=content,
        parts=parts,
        hosts=hosts,
        left_out=(*hugo_leaves_out(table), *_never_built(table, content)),
        handed_down=_handed_down(table, content),
        ending=".html" if text_at(table, "uglyurls") == "true" else None,
        naming=Naming(
            slug_of="name" if ":filename" in str(table_at(table, "frontmatter").get("date", "")) else "",
            keeps_case=text_at(table, "disablepathtolower") == "true",
            drops_accents=text_at(table, "removepathaccents") == "true",
            prefix=f"/{_default_language(table)}" if _is_in_subfolder(table) else "",
        ),
    )


def _handed_down(table: Table, content: Iterable[str]) -> tuple[HandedDown, ...]:
    if "cascade" not in table:
        return ()
    from refeed.sites.kept_back.cascade import handed_down_by_all

    return handed_down_by_all(table, content, _default_language(table))


def _never_built(table: Table, content: Iterable[str]) -> tuple[str, ...]:
    if table.keys().isdisjoint(_OF_BUILDS):
        return ()
    from refeed.sites.kept_back.hugo_builds import never_built

    return never_built(table, content)


def _is_in_subfolder(table: Table) -> bool:
    return text_at(table, "defaultcontentlanguageinsubdir") == "true"


def _default_language(table: Table) -> str:
    return text_at(table, "defaultcontentlanguage").lower() or "en"


def _translations(table: Table) -> tuple[Part, ...]:
    """Return the folders of Hugo's translations, with what stands before the paths of their pages."""
    default = _default_language(table)
    its_own = folder_of(text_at(table, f"languages.{default}.contentdir")) or _content(table)
    return tuple(
        Part(
            folder,
            text_at(one, "locale", "languagecode") or name,
            prefix="" if name == default and not _is_in_subfolder(table) else f"/{name}",
        )
        for name, one in _languages(table)
        for folder in folder_of(text_at(one, "contentdir"))
        if name == default or folder not in its_own  # of a folder that they share only names of files say another
    )


def _content(table: Table) -> tuple[str, ...]:
    return folder_of(text_at(table, "contentdir")) or ("content/",)


def _hosts(table: Table) -> tuple[tuple[str, str], ...]:
    """Return the addresses of Hugo's languages that have each a host, by the names that they go by."""
    return tuple(
        (name, address)
        for language, one in _languages(table)
        if (address := usable_address(text_at(one, "baseurl")))
        for name in dict.fromkeys([language, text_at(one, "locale", "languagecode").lower() or language])
    )


def _languages(table: Table) -> list[tuple[str, Table]]:
    return [(name, one) for name, one in table_at(table, "languages").items() if isinstance(one, dict)]


def read_zola(table: Table) -> Site | None:
    """Read what Zola says."""
    return site_of(
        "Zola",
        table,
        text_at(table, "base_url"),
        title=("title",),
        author=("author", "extra.author"),
        language=("default_language",),
    )._replace(
        kept_back=zola_keeps_back(table),
        naming=Naming(
            letters={"safe": "any", "off": "all"}.get(text_at(table, "slugify.paths"), ""),
            keeps_day=text_at(table, "slugify.paths_keep_dates") == "true",
        ),
    )


def read_mkdocs(table: Table) -> Site | None:
    """Read what MkDocs and its plug-in for blogs say."""
    return site_of(
        "MkDocs",
        table,
        text_at(table, "site_url"),
        title=("site_name",),
        author=("site_author",),
        language=("theme.language",),
    )._replace(
        kept_back=mkdocs_keeps_back(table, folder_of(text_at(table, "docs_dir") or "docs")[0]), **_mkdocs_blog(table)
    )


class _Blog(TypedDict):
    permalinks: tuple[tuple[str, str], ...]
    content: tuple[str, ...]
    static: tuple[str, ...]
    ending: str


def _mkdocs_blog(table: Table) -> _Blog:
    """Return how the plug-in for blogs names posts, and where it keeps them."""
    plugins = table.get("plugins")
    listed = plugins if isinstance(plugins, list) else [plugins]
    found = [plugin["blog"] for plugin in listed if isinstance(plugin, dict) and "blog" in plugin]
    blog = found[0] if found and isinstance(found[0], dict) else {}
    documents, folder = text_at(table, "docs_dir") or "docs", text_at(blog, "blog_dir") or "blog"
    pattern = text_at(blog, "post_url_format") or "{date}/{slug}"
    if kind := text_at(blog, "post_url_date_format"):
        pattern = pattern.replace("{date}", f"{{date:{_strftime(kind)}}}")
    ending = ".html" if text_at(table, "use_directory_urls") == "false" else "/"
    top = folder_of(documents)[0]
    posts = top + "".join(folder_of(folder)) + "posts/"
    address = f"/{folder.strip('./')}/{pattern}{ending}"
    return _Blog(permalinks=everywhere(address), content=(posts,), static=(top,), ending=ending)


def _strftime(kind: str) -> str:
    """Return a format of CLDR in Python's letters, as far as addresses have it."""
    return _LETTERS_OF_CLDR.sub(lambda letters: _CLDR.get(letters[0], "%?"), kind)


def read_bridgetown(table: Table) -> Site | None:
    """Read what Bridgetown says."""
    site = _named("Bridgetown", table, joined(text_at(table, "url"), text_at(table, "base_path", "baseurl")))
    locales = table.get("available_locales")
    languages = tuple(one for one in locales if isinstance(one, str)) if isinstance(locales, list) else ()
    return site._replace(
        permalinks=everywhere(text_at(table, "permalink")),
        naming=Naming(languages=languages),
        kept_back=bridgetown_keeps_back(table),
        underscored=bridgetown_underscored(table),
    )


_LETTERS_OF_CLDR: Final = late_pattern(r"([A-Za-z])\1{0,9}")
_CLDR: Final = MappingProxyType({"yyyy": "%Y", "y": "%Y", "yy": "%y", "MM": "%m", "M": "%-m", "dd": "%d", "d": "%-d"})
# Keys by which a file of a common name is known.
_JEKYLL_KEYS: Final = frozenset({"baseurl", "markdown", "permalink", "plugins", "theme", "title", "url"})
_HUGO_KEYS: Final = frozenset({"defaultcontentlanguage", "languagecode", "permalinks", "markup"})
_OF_BUILDS: Final = frozenset({"disablelanguages", "languages", "module"})
