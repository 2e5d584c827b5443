"""Read who the authors of a site are: a post names each by a key, and a table of the site says the name.

The table is a file (`_data/authors.yml`) or a folder with a file for each author (`data/authors/ada.toml`).
"""

from collections.abc import Iterator
from itertools import chain, islice
from types import MappingProxyType
from typing import Final

from refeed.site import Site
from refeed.sites.generators import GENERATORS
from refeed.sites.kept_back.sections import Read, read_header
from refeed.sites.listing import names_in
from refeed.sites.notations.values import Table, Value, read_table, table_at, text_at

# Where the table lies; the others keep it beside their posts, or have none. Where nothing is said, themes decide.
_FOLDERS: Final = MappingProxyType(
    {
        "Astro": ("src/content/", "src/data/", "src/"),
        "Bridgetown": ("src/_data/",),
        "Eleventy": ("_data/", "src/_data/", "content/_data/"),
        "Gatsby": ("content/", "data/", "src/data/", "content/data/"),
        "Hexo": ("source/_data/",),
        "Hugo": ("data/", "content/"),
        "Jekyll": ("_data/", ""),  # the latter for a collection, `_authors`
        "VitePress": ("", ".vitepress/", ".vitepress/data/"),
        "Zola": ("data/", "content/"),
    }
)
# By name: a folder of posts may hold too many files to look for them.
_FILES: Final = tuple(
    f"{name}.{ending}" for name in ("authors", ".authors", "author") for ending in ("yml", "yaml", "json", "toml", "js")
)
_PEOPLE: Final = ("authors", "_authors", "author")
_NAMES: Final = ("name", "display_name", "displayname", "full_name", "fullname")
_KEYS: Final = ("id", "key", "short_name", "slug", "username")
_INDEXES: Final = ("_index.md", "index.md")  # of an author's folder
_MOST: Final = 1_000  # authors
_PARENT: Final = "authors"  # some tables begin with it (Material for MkDocs)


def with_authors(site: Site, prefix: str, folder: str, read: Read) -> Site:
    """Return a site with its authors by their keys; `read` returns the text of one of its files."""
    content = site.content or GENERATORS[site.generator].content
    beside = tuple(f"{one.removesuffix('posts/')}" for one in content)  # MkDocs: `blog/.authors.yml`
    folders = tuple(site.source + one for one in _FOLDERS.get(site.generator, beside))
    found: dict[str, str] = {}
    named = (pair for one in site.author_tables for pair in _of_table(_table(one, read(one) or "")))
    others = (pair for one in folders for pair in _authors(prefix, folder, one, read))
    for key, name in islice(chain(named, others), _MOST):
        found.setdefault(key.casefold(), name)
    parts = tuple(part._replace(author=found.get(part.author.casefold(), part.author)) for part in site.parts)
    author = found.get(site.author.casefold(), site.author)
    return site._replace(authors=tuple(found.items()), author=author, parts=parts)


def _authors(prefix: str, top: str, folder: str, read: Read) -> Iterator[tuple[str, str]]:
    """Yield the keys and names of all tables in a folder."""
    for name in _FILES:
        if text := read(folder + name):
            yield from _of_table(_table(name, text))
    for name in _PEOPLE:
        yield from _of_folder(prefix, top, f"{folder}{name}/", read)


def _table(name: str, text: str) -> Table:
    """Read a table; one that is a list becomes the list of a table."""
    if text.lstrip()[:1] in {"-", "["} and not text.startswith("---"):
        is_json = name.endswith(".json")
        text = f'{{"{_PARENT}": {text}}}' if is_json else f"{_PARENT}:\n{text}"
    return read_table(name, text)


def _of_table(table: Table) -> Iterator[tuple[str, str]]:
    listed = table.get(_PARENT)
    if isinstance(listed, list):
        for one in listed:
            if isinstance(one, dict) and (key := text_at(one, *_KEYS)):
                yield from _named(key, one)
    for key, value in (table_at(table, _PARENT) or table).items():
        yield from _named(key, value)


def _of_folder(prefix: str, top: str, folder: str, read: Read) -> Iterator[tuple[str, str]]:
    """Yield the authors that have a file or a folder each, of data or with a header."""
    for name in names_in(prefix, top + folder, only_folders=False):
        stem, _, ending = name.rpartition(".")
        if ending in {"md", "mdx"} and stem not in {"_index", "index"}:
            yield from _described(stem, read_header(read(folder + name) or ""))
        elif stem:
            yield from _described(stem, read_table(name, read(folder + name) or ""))
        else:
            headers = (read_header(read(f"{folder}{name}/{index}") or "") for index in _INDEXES)
            yield from _described(name, next(filter(None, headers), {}))


def _described(stem: str, one: Table) -> Iterator[tuple[str, str]]:
    """Yield an author under the name of the file and the key in it; in a header the title may be the name."""
    for key in dict.fromkeys([stem, text_at(one, *_KEYS) or stem]):
        yield from _named(key, {**one, "name": text_at(one, *_NAMES, "title")})


def _named(key: str, value: Value) -> Iterator[tuple[str, str]]:
    name = value.strip() if isinstance(value, str) else text_at(value, *_NAMES) if isinstance(value, dict) else ""
    if name:
        yield key, name
