"""Find the translations of a blog of Docusaurus: https://docusaurus.io/docs/i18n/introduction."""

from typing import Final

from refeed.site import Part, Site
from refeed.sites.generators import GENERATORS
from refeed.sites.listing import names_in

_TRANSLATIONS: Final = "i18n/"
_BLOG: Final = "/docusaurus-plugin-content-blog/"


def with_translated_blogs(site: Site, prefix: str, folder: str) -> Site:
    """Return a site with the folders of its blog in other languages, whose pages lie below `/fr/`."""
    languages = names_in(prefix, folder + _TRANSLATIONS, only_folders=True)
    parts = tuple(
        Part(f"{_TRANSLATIONS}{language}{_BLOG}", language, prefix=f"/{language}" if language != site.language else "")
        for language in languages
    )
    content = site.content or GENERATORS[site.generator].content
    return site._replace(parts=parts, content=(*content, *(part.folder for part in parts)))
