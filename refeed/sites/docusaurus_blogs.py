"""Read where Docusaurus has blogs, of which a site may have several, and find their translations.

https://docusaurus.io/docs/blog#multiple-blogs, https://docusaurus.io/docs/i18n/introduction
"""

from collections.abc import Iterator
from typing import Final

from refeed.site import Part, Site
from refeed.sites.facts import folder_of
from refeed.sites.generators import GENERATORS
from refeed.sites.listing import names_in
from refeed.sites.values import Table, table_at, text_at

_PLUG_IN: Final = "/plugin-content-blog"
_NAME: Final = "blog"  # where its posts lie, and their pages
_MOST: Final = 50
_TRANSLATIONS: Final = "i18n/"
_BLOG: Final = "/docusaurus-plugin-content-blog/"


def other_blogs(table: Table) -> Iterator[tuple[str, str]]:
    """Yield the folder of each blog that a plug-in of its own publishes, and where its pages lie."""
    named = [options for name, options in table_at(table, "plugins").items() if _PLUG_IN in name]
    for options in named[:_MOST]:
        if isinstance(options, dict):
            base = text_at(options, "routebasepath") or _NAME
            folder = next(iter(folder_of(text_at(options, "path") or _NAME)), "")
            if folder and not folder.startswith(".."):
                yield folder, "/" + base.strip("/") if base.strip("/") else ""


def with_translated_blogs(site: Site, prefix: str, folder: str) -> Site:
    """Return a site with the folders of its blog in other languages, whose pages lie below `/fr/`."""
    languages = names_in(prefix, folder + _TRANSLATIONS, only_folders=True)
    parts = tuple(
        Part(f"{_TRANSLATIONS}{language}{_BLOG}", language, prefix=f"/{language}" if language != site.language else "")
        for language in languages
    )
    content = site.content or GENERATORS[site.generator].content
    return site._replace(parts=parts, content=(*content, *(part.folder for part in parts)))
