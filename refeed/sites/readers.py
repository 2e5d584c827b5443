"""Read the settings of the generators that keep them as data, or, in Python, as literals."""

from typing import Final, TypedDict

from refeed.site import Site
from refeed.sites.facts import everywhere, folder_of, joined, site_of
from refeed.sites.values import Table, table_at, text_at


def read_jekyll(table: Table) -> Site | None:
    """Read what Jekyll or Hexo says: both call their file _config.yml."""
    if _HEXO_KEYS & table.keys():
        return read_hexo(table)
    if not _JEKYLL_KEYS & table.keys():
        return None
    address = joined(text_at(table, "url"), text_at(table, "baseurl"))
    pattern = text_at(table, "collections.posts.permalink") or _jekyll_default(table) or text_at(table, "permalink")
    ending = {"pretty": "/", "none": ".html"}.get(pattern)
    source = next(iter(folder_of(text_at(table, "source").rpartition("/")[2])), "")  # `.build/src` is a copy of `src`
    return _named("Jekyll", table, address)._replace(permalinks=everywhere(pattern), ending=ending, source=source)


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
    address = joined(text_at(table, "url"), text_at(table, "root"))
    site = _named("Hexo", table, address)
    return site._replace(permalinks=everywhere(text_at(table, "permalink")))


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


def read_hugo(table: Table) -> Site | None:
    """Read what Hugo says, or Zola, whose file may have the same name."""
    if "base_url" in table:
        return read_zola(table)
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
    return site._replace(
        permalinks=tuple((key, text) for key, text in permalinks.items() if isinstance(text, str)),
        content=folder_of(text_at(table, "contentdir")),
        ending=".html" if text_at(table, "uglyurls") == "true" else None,
    )


def read_zola(table: Table) -> Site | None:
    """Read what Zola says."""
    return site_of(
        "Zola",
        table,
        text_at(table, "base_url"),
        title=("title",),
        author=("author", "extra.author"),
        language=("default_language",),
    )


def read_pelican(table: Table) -> Site | None:
    """Read what Pelican says."""
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
    pattern = text_at(table, "article_url") or "{slug}.html"
    if text_at(table, "slugify_source") == "basename":
        pattern = pattern.replace("{slug}", "{basename}")
    return site._replace(permalinks=everywhere(pattern), content=folder_of(text_at(table, "path")))


def read_nikola(table: Table) -> Site | None:
    """Read what Nikola says."""
    if "blog_title" not in table:  # Sphinx has a conf.py, too
        return None
    site = site_of(
        "Nikola",
        table,
        text_at(table, "site_url"),
        title=("blog_title",),
        author=("blog_author",),
        language=("default_lang",),
        timezone=("timezone",),
    )
    source, folder = _nikola_posts(table)
    ending = ".html" if text_at(table, "pretty_urls") == "false" else None
    return site._replace(content=folder_of(source), base=folder, ending=ending)


def _nikola_posts(table: Table) -> tuple[str, str | None]:
    """Return where the posts lie and where they are published: `POSTS = (("posts/*.md", "blog", "post.tmpl"),)`."""
    posts = table.get("posts")
    first = posts[0] if isinstance(posts, list) and posts else None
    if not isinstance(first, list) or len(first) < 2 or not isinstance(first[0], str) or not isinstance(first[1], str):
        return "", None
    folder = first[1].strip("/")
    return first[0].partition("*")[0], f"/{folder}" if folder else ""


def read_mkdocs(table: Table) -> Site | None:
    """Read what MkDocs and its plug-in for blogs say."""
    return site_of(
        "MkDocs",
        table,
        text_at(table, "site_url"),
        title=("site_name",),
        author=("site_author",),
        language=("theme.language",),
    )._replace(**_mkdocs_blog(table))


class _Blog(TypedDict):
    permalinks: tuple[tuple[str, str], ...]
    content: tuple[str, ...]
    static: tuple[str, ...]


def _mkdocs_blog(table: Table) -> _Blog:
    """Return how the plug-in for blogs names posts, and where it keeps them."""
    plugins = table.get("plugins")
    found = (
        [plugin["blog"] for plugin in plugins if isinstance(plugin, dict) and "blog" in plugin]
        if isinstance(plugins, list)
        else []
    )
    blog = found[0] if found and isinstance(found[0], dict) else {}
    documents, folder = text_at(table, "docs_dir") or "docs", text_at(blog, "blog_dir") or "blog"
    pattern = text_at(blog, "post_url_format") or "{date}/{slug}"
    ending = ".html" if text_at(table, "use_directory_urls") == "false" else "/"
    top = folder_of(documents)[0]
    posts = top + "".join(folder_of(folder)) + "posts/"
    return _Blog(permalinks=everywhere(f"/{folder.strip('./')}/{pattern}{ending}"), content=(posts,), static=(top,))


def read_bridgetown(table: Table) -> Site | None:
    """Read what Bridgetown says."""
    site = _named("Bridgetown", table, joined(text_at(table, "url"), text_at(table, "base_path", "baseurl")))
    return site._replace(permalinks=everywhere(text_at(table, "permalink")))


# Keys by which a file of a common name is known.
_HEXO_KEYS: Final = frozenset(
    {
        "default_category",
        "default_layout",
        "index_generator",
        "new_post_name",
        "permalink_defaults",
        "post_asset_folder",
        "pretty_urls",
        "public_dir",
        "skip_render",
        "source_dir",
    }
)
_JEKYLL_KEYS: Final = frozenset({"baseurl", "markdown", "permalink", "plugins", "theme", "title", "url"})
_HUGO_KEYS: Final = frozenset({"defaultcontentlanguage", "languagecode", "permalinks", "markup"})
