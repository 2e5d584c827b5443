"""Read what the settings in a folder say of a site, and what its folders say beside them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from refeed.input.source_files import SourceFiles
from refeed.model import SourceFile
from refeed.site import Site
from refeed.sites.astro_routes import with_route
from refeed.sites.authors import with_authors
from refeed.sites.custom_domain import with_custom_domain
from refeed.sites.kept_back.folder_data import with_data_of_folders
from refeed.sites.kept_back.lektor import with_hidden_pages
from refeed.sites.kept_back.patterns import without_locks
from refeed.sites.kept_back.sections import with_sections
from refeed.sites.listing import names_in
from refeed.sites.notations.values import Table, read_table
from refeed.sites.readers.data_files import read_bridgetown, read_hexo, read_hugo, read_jekyll, read_mkdocs, read_zola
from refeed.sites.readers.dendron import read_dendron
from refeed.sites.readers.docusaurus_blogs import with_translated_blogs
from refeed.sites.readers.eleventy_data import with_data_that_keeps_back, with_folder_data
from refeed.sites.readers.flat_systems import read_bludit, read_flatpress, read_kirby, read_lektor, read_pluxml
from refeed.sites.readers.grav import read_grav
from refeed.sites.readers.gridea import read_gridea
from refeed.sites.readers.gridsome import read_gridsome
from refeed.sites.readers.hugo_configuration import FOLDERS, divided_settings, without_bare_address
from refeed.sites.readers.jekyll_posts import with_posts
from refeed.sites.readers.middleman import read_middleman
from refeed.sites.readers.python_modules import read_nikola, read_pelican
from refeed.sites.readers.quarto import read_quarto, with_metadata
from refeed.sites.readers.scripts import Read, script_reader
from refeed.sites.readers.wintersmith import read_wintersmith
from refeed.sites.settings import SETTINGS, Settings
from refeed.startup.named_tuple import NamedTuple

READERS: Final[Mapping[str, Read]] = MappingProxyType(
    {
        "Astro": script_reader("Astro", "site", "site_url", "siteurl", "website", "site.url", "homepage"),
        "Bridgetown": read_bridgetown,
        "Docusaurus": script_reader("Docusaurus", "url"),
        "Eleventy": script_reader("Eleventy", "metadata.base", "metadata.url", "url", "siteurl", "baseurl"),
        "Gatsby": script_reader("Gatsby", "sitemetadata.siteurl", "sitemetadata.url", "sitemetadata.site"),
        "Dendron": read_dendron,
        "Grav": read_grav,
        "Gridea": read_gridea,
        "Gridsome": read_gridsome,
        "Bludit": read_bludit,
        "FlatPress": read_flatpress,
        "Hexo": read_hexo,
        "Hugo": read_hugo,
        "Jekyll": read_jekyll,
        "Kirby": read_kirby,
        "Lektor": read_lektor,
        "Lume": script_reader("Lume", "location"),
        "Middleman": read_middleman,
        "MkDocs": read_mkdocs,
        "Next": script_reader(
            "Next", "metadatabase", "siteurl", "site_url", "site.url", "opengraph.url", "canonical", "baseurl", "url"
        ),
        "Nikola": read_nikola,
        "Nuxt": script_reader(
            "Nuxt", "site.url", "siteurl", "sitemap.siteurl", "sitemap.hostname", "runtimeconfig.public.siteurl"
        ),
        "Pelican": read_pelican,
        "PluXml": read_pluxml,
        "Quarto": read_quarto,
        "Quartz": script_reader("Quartz", "configuration.baseurl"),
        "Valaxy": script_reader("Valaxy", "url", "siteconfig.url"),
        "VitePress": script_reader("VitePress", "sitemap.hostname", "hostname", "themeconfig.hostname"),
        "Wintersmith": read_wintersmith,
        "Zola": read_zola,
    }
)
"""What reads the settings of each generator, all of its files together."""

_LARGEST: Final = 200_000  # bytes of a file of settings


def read_site(prefix: str, folder: str, names: set[str], files: SourceFiles) -> Site | None:
    """Return what the settings in a folder with these names say of a site, the first generator that says anything."""
    return next(
        (site for one in SETTINGS if one.fits(names) and (site := _site(one, prefix, folder, names, files))), None
    )


class _Tree(NamedTuple):
    """The folder of a site, and what reads its files."""

    prefix: str
    folder: str
    text: Callable[[str], str | None]  # of one of its files
    read: Callable[[tuple[str, ...]], Table]  # some of its files as one
    table: Table  # its settings


def _site(settings: Settings, prefix: str, folder: str, names: set[str], files: SourceFiles) -> Site | None:
    tables = dict(_tables(settings.named(names), prefix, folder, files))
    if not tables:
        return None
    first = next(iter(tables))
    tables |= dict(_tables(settings.more, prefix, folder, files))

    def text(path: str) -> str | None:
        return _text(SourceFile(prefix + folder + path, folder + path), files)

    if settings.divided:
        published, default = (
            dict(divided_settings(place, names_in(prefix, folder + place, only_folders=False), text))
            for place in FOLDERS
        )
        every = {**published, **tables, **default}
        tables = {path: without_bare_address(one) for path, one in every.items()}
    table = _merged(tables.values())
    site = READERS[settings.generator](table)
    if site is None:
        return None

    def read(paths: tuple[str, ...]) -> Table:
        return _merged(dict(_tables(paths, prefix, folder, files)).values())

    if look := _LOOKED_AT.get(site.generator):
        site = look(site, _Tree(prefix, folder, text, read, table))
    site = with_custom_domain(site, table, text)
    return with_authors(site, prefix, folder, text)._replace(configuration=prefix + folder + first)


def _eleventy(site: Site, tree: _Tree) -> Site:
    site = with_folder_data(site, tree.prefix, tree.folder, tree.read)
    return with_data_that_keeps_back(site, tree.prefix, tree.folder, tree.read, tree.text)


def _with_data(site: Site, tree: _Tree) -> Site:
    return with_data_of_folders(site, tree.prefix, tree.folder, tree.read, tree.text)


def _sections(site: Site, tree: _Tree) -> Site:
    return with_sections(site, tree.prefix, tree.folder, tree.text)


# What else is looked at of a site, because it stands in its folders and not in its settings.
_LOOKED_AT: Final[Mapping[str, Callable[[Site, _Tree], Site]]] = MappingProxyType(
    {
        "Astro": lambda site, tree: with_route(site, tree.prefix, tree.folder),
        "Bridgetown": _with_data,
        "Docusaurus": lambda site, tree: with_translated_blogs(site, tree.prefix, tree.folder, tree.table),
        "Eleventy": _eleventy,
        "Grav": _with_data,
        "Hexo": lambda site, tree: without_locks(site, tree.text),
        "Hugo": _sections,
        "Jekyll": lambda site, tree: with_posts(site, tree.prefix, tree.folder, tree.table),
        "Lektor": lambda site, tree: with_hidden_pages(site, tree.prefix, tree.folder, tree.read, tree.text),
        "Lume": _with_data,
        "MkDocs": _with_data,
        "Quarto": lambda site, tree: with_metadata(site, tree.prefix, tree.folder, tree.read),
        "Zola": _sections,
    }
)


def _tables(paths: Iterable[str], prefix: str, folder: str, files: SourceFiles) -> Iterator[tuple[str, Table]]:
    for path in paths:
        name = folder + path
        text = _text(SourceFile(prefix + name, name), files)
        if text is not None:
            yield path, read_table(path, text)


def _text(source: SourceFile, files: SourceFiles) -> str | None:
    """Return what a file of settings holds; None where there is none, or one of another kind or size."""
    data = files.read_small(source, _LARGEST)
    return None if data is None else data.decode("utf-8-sig", "replace")


def _merged(tables: Iterable[Table]) -> Table:
    """Return tables as one; of two that say the same the first counts."""
    merged: Table = {}
    for table in tables:
        for key, value in table.items():
            mine = merged.get(key)
            merged[key] = (
                _merged([mine, value]) if isinstance(mine, dict) and isinstance(value, dict) else mine or value
            )
    return merged
