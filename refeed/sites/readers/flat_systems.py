"""Read the settings of content systems that need no database: Bludit, FlatPress, Kirby, Lektor and PluXml.

Of programs in PHP only the texts count that stand there plainly; none is run.
"""

import re
from typing import Final

from refeed.site import HandedDown, Site
from refeed.sites.facts import folder_of, site_of
from refeed.sites.kept_back.page_patterns import path_of_section
from refeed.sites.notations.values import Table, Value, text_at

_ARTICLES: Final = ("data/articles/",)  # of PluXml
# Folders beside the pages, in which settings, accounts and what visitors have sent lie.
_OTHERS_OF_BLUDIT: Final = (r"bl-content/(?!pages/)",)
_OTHERS_OF_FLATPRESS: Final = (r"fp-content/(?!content/)",)
_OTHERS_OF_KIRBY: Final = (r"(?:kirby|media|site|storage)/",)
_OTHERS_OF_LEKTOR: Final = (r"(?:databags|flowblocks|models|packages|templates|themes)/",)
_IN_ANY_LANGUAGE: Final = "[^/]*"
_ALWAYS_ACTIVE: Final = ("home", "000")  # PluXml's: the front page, and what is in no category
_MOST: Final = 1_000  # categories


def read_bludit(table: Table) -> Site | None:
    """Read what Bludit says: https://docs.bludit.com/."""
    if not {"title", "uripage", "url"} & table.keys():
        return None
    site = site_of(
        "Bludit", table, text_at(table, "url"), title=("title",), language=("language",), timezone=("timezone",)
    )
    prefix = text_at(table, "uripage").strip("/")
    return site._replace(base=f"/{prefix}" if prefix else None, left_out=_OTHERS_OF_BLUDIT)


def read_flatpress(table: Table) -> Site | None:
    """Read what FlatPress says; an entry is found by its number whatever its plug-ins make of addresses."""
    site = site_of(
        "FlatPress",
        table,
        text_at(table, "general.www"),
        title=("general.title",),
        author=("general.author",),
        language=("locale.lang",),
    )
    return site._replace(asking="?x=entry:", left_out=_OTHERS_OF_FLATPRESS)


def read_kirby(table: Table) -> Site | None:
    """Read what Kirby says; its address is known to its server alone unless it is stated."""
    site = site_of("Kirby", table, text_at(table, "url"), title=("title",), language=("locale",))
    return site._replace(left_out=_OTHERS_OF_KIRBY)


def read_lektor(table: Table) -> Site | None:
    """Read what Lektor says of a project: https://www.getlektor.com/docs/project/file/."""
    if "project" not in table:
        return None
    address = text_at(table, "project.url")
    site = site_of("Lektor", table, address, title=("project.name",), language=("project.locale",))
    return site._replace(left_out=_OTHERS_OF_LEKTOR)


def read_pluxml(table: Table) -> Site | None:
    """Read what PluXml says, and which articles it shows: those with a category that is active."""
    said = {text_at(one, "name"): text_at(one, "text") for one in _tables(table.get("parametre"))}
    if "racine" not in said and "title" not in said:
        return None
    site = site_of(
        "PluXml",
        dict[str, Value](said),
        said.get("racine", ""),
        title=("title",),
        language=("default_lang",),
        timezone=("timezone",),
    )
    categories = {text_at(one, "number"): text_at(one, "active") != "0" for one in _tables(table.get("categorie"))}
    active = [
        *_ALWAYS_ACTIVE,
        *(number for number, is_active in categories.items() if is_active and number.isdecimal()),
    ]
    articles = folder_of(said.get("racine_articles", "")) or _ARTICLES
    section = path_of_section(articles[0])
    pages = rf"{_IN_ANY_LANGUAGE}{re.escape(section)}/_?[0-9]{{4}}\.(?!(?:[^.]*,)?(?:{'|'.join(active)})[,.]).*"
    return site._replace(
        content=articles,
        asking="" if said.get("urlrewriting") == "1" else "index.php?",
        handed_down=(HandedDown(section, pages, (("categories", "private"),)),) if categories else (),
    )


def _tables(found: "Value | None") -> list[Table]:
    return [one for one in found[:_MOST] if isinstance(one, dict)] if isinstance(found, list) else []
