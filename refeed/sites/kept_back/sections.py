"""Read what Hugo's and Zola's sections keep back: the header of `_index.md` holds for the files of its folder."""

from collections.abc import Callable, Iterator
from glob import escape
from types import MappingProxyType
from typing import Final, TypeAlias

from refeed.site import HandedDown, Site
from refeed.sites.generators import GENERATORS
from refeed.sites.listing import folders_below, names_in
from refeed.sites.notations.values import Table, read_table, text_at
from refeed.startup.named_tuple import NamedTuple

Read: TypeAlias = "Callable[[str], str | None]"

_MOST: Final = 1_000  # sections of Zola that are drafts
_MOST_KEPT: Final = 10_000  # rows of a site
_INDEX: Final = "_index."
# Front matter may stand above any markup: https://gohugo.io/content-management/formats/
_MARKUPS: Final = ("md", "markdown", "mdown", "html", "htm", "adoc", "asciidoc", "ad", "org", "pandoc", "pdc", "rst")
_ZOLA: Final = "Zola"
_NOTATIONS: Final = MappingProxyType({"---": ".yaml", "+++": ".toml"})


class _Section(NamedTuple):
    """A section, and what its header says."""

    content: str  # the folder of posts that it lies in
    folder: str
    language: str
    header: Table


def with_sections(site: Site, prefix: str, folder: str, read: Read) -> Site:
    """Return a site with what its sections keep back; `read` returns the text of one of its files."""
    drafts: list[tuple[str, str]] = []
    rows: list[HandedDown] = []
    for section in _sections(site, prefix, folder, read):
        if site.generator == _ZOLA:
            drafts[:0] = _of_zola(section.folder, section.header)  # the innermost counts
        elif "cascade" in section.header and len(rows) < _MOST_KEPT:
            from refeed.sites.kept_back.cascade import handed_down  # few sections say any

            rows += handed_down(section.header, section.folder, section.content, site.language, section.language)
    return site._replace(kept_back=(*drafts[:_MOST], *site.kept_back), handed_down=(*rows, *site.handed_down))


def _sections(site: Site, prefix: str, folder: str, read: Read) -> Iterator[_Section]:
    """Yield every section whose file has a header, in each of its languages."""
    for content in site.content or GENERATORS[site.generator].content:
        for section in folders_below(prefix, folder, content):
            for name in names_in(prefix, folder + section, only_folders=False, beginning=_INDEX):
                language, _, markup = name.removeprefix(_INDEX).lower().rpartition(".")
                if markup in _MARKUPS and (header := read_header(read(section + name) or "")):
                    yield _Section(content, section, language, header)


def read_header(text: str) -> Table:
    """Return the header of a file of content, in YAML, TOML or JSON; generators pass over blanks above it."""
    text = text.lstrip()
    if text.startswith("{"):
        return read_table(".json", text)
    fence, _, rest = text.replace("\r\n", "\n").partition("\n")
    notation = _NOTATIONS.get(fence.rstrip())
    return read_table(notation, f"\n{rest}".partition(f"\n{fence.rstrip()}")[0] + "\n") if notation else {}


def _of_zola(section: str, header: Table) -> Iterator[tuple[str, str]]:
    """Yield the folder of a draft; `render = false` is only about the page of the section itself."""
    if text_at(header, "draft") == "true":
        yield escape(section.rstrip("/")), "draft"
