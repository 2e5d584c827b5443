"""Read the settings of generators that keep them in a script: Astro, Docusaurus, Eleventy and others."""

import re
from collections.abc import Callable, Mapping
from posixpath import normpath
from types import MappingProxyType
from typing import Final

from refeed.site import Part, Site
from refeed.sites.facts import folder_of, joined, site_of
from refeed.sites.kept_back.globs import left_out
from refeed.sites.notations.values import Table, table_at, text_at
from refeed.sites.readers.docusaurus_blogs import other_blogs, unread_posts

Read = Callable[[Table], "Site | None"]
"""Reads the settings of one generator; None where they are those of another program."""


# Where they say the folder of a site that is not at the top of its host.
_BASES: Final = MappingProxyType(
    {
        "Astro": "base",
        "Docusaurus": "baseurl",
        "Eleventy": "pathprefix",
        "Gatsby": "pathprefix",
        "Next": "basepath",
        "Nuxt": "app.baseurl",
        "VitePress": "base",
    }
)
_BLOG: Final = ("blog/",)  # Docusaurus's, where its settings name no other folder
_ROOTS: Final = ("locales.root.lang", "locales./.lang")  # where VitePress and VuePress say the language of the rest
# Files and folders that these do not read.
_UNDERSCORES: Final = MappingProxyType(
    {
        "Astro": tuple((f"src/{place}_*", "site-page") for place in ("content/*/", "pages/", "pages/*/")),
        "Docusaurus": (("*/_*", "site-page"),),
        "Lume": (("_*", "site-page"), ("*/_*", "site-page")),
        "Nuxt": tuple((f"content/{place}{mark}*", "site-page") for place in ("", "*/") for mark in "-_"),
        # Posts are the routes below /posts: https://valaxy.site/guide/getting-started
        "Valaxy": (("pages/posts", ""), ("pages/_drafts", ""), ("pages", "site-page")),
    }
)
# The folder, the table and the list of patterns in it.
_IGNORED: Final = MappingProxyType(
    {
        "Eleventy": ("", "", "ignores"),
        "Lume": ("", "", "ignores"),
        "Nuxt": ("content/", "content", "ignores"),
        "Quartz": ("content/", "configuration", "ignorepatterns"),
    }
)


# At which paths scripts say what a site is called, who writes it, and in which language.
_TITLES: Final = (
    *("title", "sitemetadata.title", "metadata.title", "configuration.pagetitle", "site_title", "site.title"),
    "site.name",
)
_AUTHORS: Final = (
    *("sitemetadata.author.name", "sitemetadata.author", "metadata.author.name", "author.name", "author"),
    "site.author",
)
_LANGUAGES: Final = (
    *("lang", "i18n.defaultlocale", "metadata.language", "configuration.locale", "language", "site.lang"),
    *_ROOTS,
)


def script_reader(generator: str, *addresses: str) -> Read:
    """Return what reads the settings that are a script: at which paths it says the address."""

    def read(table: Table) -> Site | None:
        address = text_at(table, *addresses)
        if generator == "Quartz" and address:
            address = f"https://{address}"
        base = text_at(table, _BASES[generator]) if generator in _BASES else ""
        whole = address if "://" in base else joined(address, base)
        site = site_of(generator, table, whole, title=_TITLES, author=_AUTHORS, language=_LANGUAGES)
        site = _PLACED.get(generator, _without_ignored)(site, table)
        return site._replace(kept_back=_UNDERSCORES.get(generator, ()))

    return read


def _locales(table: Table, content: str) -> tuple[Part, ...]:
    """Return the folders of VitePress's and VuePress's translations: `fr: {lang: "fr-FR"}`, `"/fr/": {…}`."""
    found = [(name.strip("/"), one) for name, one in table_at(table, "locales").items() if isinstance(one, dict)]
    others = [(name, text_at(one, "lang") or name) for name, one in found if name not in {"", "root"}]
    return tuple(Part(f"{content}{name}/", language) for name, language in others)


def _without_ignored(site: Site, table: Table) -> Site:
    """Leave out the files that a list of the settings leaves out of their folder."""
    if site.generator not in _IGNORED:
        return site
    folder, section, key = _IGNORED[site.generator]
    folder = re.escape(next(iter(site.content), "")) or folder
    return site._replace(left_out=left_out(folder, (table_at(table, section) if section else table).get(key)))


def _of_astro(site: Site, table: Table) -> Site:
    return site._replace(ending="") if text_at(table, "trailingslash") == "never" else site


def _of_docusaurus(site: Site, table: Table) -> Site:
    base = text_at(table, "presets.blog.routebasepath", "blog.routebasepath") or "blog"
    content = folder_of(text_at(table, "presets.blog.path", "blog.path"))
    people = text_at(table, "presets.blog.authorsmappath", "blog.authorsmappath")
    authors = normpath(next(iter(content), "blog/") + people) if people else ""
    others = {blog.folder: blog.base for blog in other_blogs(table)}
    return site._replace(
        base="/" + base.strip("/") if base.strip("/") else "",
        content=(*(content or _BLOG), *(folder for folder in others if folder not in _BLOG)) if others else content,
        bases=tuple(others.items()),
        ending="/" if text_at(table, "trailingslash") == "true" else None,
        left_out=unread_posts(table, next(iter(content or _BLOG))),
        author_tables=() if authors.startswith("..") else tuple(filter(None, [authors])),
    )


def _of_eleventy(site: Site, table: Table) -> Site:
    site, folder = _without_ignored(site, table), text_at(table, "dir.input")
    return site._replace(content=folder_of(folder) or ("",)) if folder else site


def _of_lume(site: Site, table: Table) -> Site:
    return _without_ignored(site._replace(content=folder_of(text_at(table, "src"))), table)


def _of_vitepress(site: Site, table: Table) -> Site:
    content = folder_of(text_at(table, "srcdir"))
    below = next(iter(content), "")
    return site._replace(
        content=content,
        ending="" if text_at(table, "cleanurls") == "true" else None,
        parts=_locales(table, below),
        left_out=left_out(re.escape(below), table.get("srcexclude"), table.get("pagepatterns")),
    )


# What adds where the posts lie and how their pages are named, as far as a script says so plainly.
_PLACED: Final[Mapping[str, Callable[[Site, Table], Site]]] = MappingProxyType(
    {
        "Astro": _of_astro,
        "Docusaurus": _of_docusaurus,
        "Eleventy": _of_eleventy,
        "Lume": _of_lume,
        "VitePress": _of_vitepress,
    }
)
