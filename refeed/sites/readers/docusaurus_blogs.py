"""Read where Docusaurus has blogs, of which a site may have several, and find their translations.

https://docusaurus.io/docs/blog#multiple-blogs, https://docusaurus.io/docs/i18n/introduction
"""

import re
from collections.abc import Iterator
from typing import Final

from refeed.site import Part, Site
from refeed.sites.facts import folder_of
from refeed.sites.generators import GENERATORS
from refeed.sites.kept_back.globs import left_out
from refeed.sites.listing import names_in
from refeed.sites.notations.values import Table, table_at, text_at
from refeed.startup.named_tuple import NamedTuple

_PLUG_IN: Final = "/plugin-content-blog"
_NAME: Final = "blog"  # where its posts lie, and their pages
_MOST: Final = 50
_TRANSLATIONS: Final = "i18n/"
_BLOG: Final = "docusaurus-plugin-content-blog"


class Blog(NamedTuple):
    """A blog that a plug-in of its own publishes."""

    folder: str
    base: str  # of its pages
    translations: str  # the name of its folder among those of a language
    options: Table


def other_blogs(table: Table) -> Iterator[Blog]:
    """Yield the blogs that a site has beside that of its preset."""
    named = [options for name, options in table_at(table, "plugins").items() if _PLUG_IN in name]
    for options in named[:_MOST]:
        if isinstance(options, dict):
            base = text_at(options, "routebasepath") or _NAME
            folder = next(iter(folder_of(text_at(options, "path") or _NAME)), "")
            name = text_at(options, "id")
            if folder and not folder.startswith(".."):
                yield Blog(
                    folder,
                    "/" + base.strip("/") if base.strip("/") else "",
                    f"{_BLOG}-{name}" if name not in {"", "default"} else _BLOG,
                    options,
                )


def unread_posts(table: Table, folder: str) -> tuple[str, ...]:
    """Return what the paths of files fit that the lists of the blogs leave out; `folder` is that of the preset's blog.

    A translation is read where the post that it translates is.
    """
    options = table_at(table_at(table, "presets"), "blog") or table_at(table, "blog")
    blogs = (Blog(folder, "", _BLOG, options), *other_blogs(table))
    return tuple(
        one
        for blog in blogs
        for one in left_out(
            f"(?:{re.escape(blog.folder)}|{_TRANSLATIONS}[^/]+/{re.escape(blog.translations)}/)",
            blog.options.get("exclude"),
            blog.options.get("include"),
        )
    )


def with_translated_blogs(site: Site, prefix: str, folder: str, table: Table) -> Site:
    """Return a site with the folders of its blogs in other languages, whose pages lie below `/fr/`."""
    languages = [*names_in(prefix, folder + _TRANSLATIONS, only_folders=True)]
    others = {blog.translations: blog.base for blog in other_blogs(table)}
    bases = {
        f"{_TRANSLATIONS}{language}/{name}/": others[name]
        for language in (languages if others else ())
        for name in names_in(prefix, f"{folder}{_TRANSLATIONS}{language}/", only_folders=True, beginning=_BLOG)
        if name in others
    }
    blogs = dict.fromkeys([*(f"{_TRANSLATIONS}{language}/{_BLOG}/" for language in languages), *bases])
    parts = tuple(
        Part(blog, language, prefix=f"/{language}" if language != site.language else "")
        for blog in blogs
        for language in [blog.split("/")[1]]
    )
    content = site.content or GENERATORS[site.generator].content
    return site._replace(
        parts=parts, content=(*content, *(part.folder for part in parts)), bases=(*site.bases, *bases.items())
    )
