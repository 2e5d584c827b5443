"""Read what Hugo's and Zola's sections keep back: the header of `_index.md` speaks for the files of its folder."""

from collections.abc import Callable, Iterable, Iterator
from glob import escape
from itertools import islice
from types import MappingProxyType
from typing import Final, TypeAlias

from refeed.site import Site
from refeed.sites.generators import GENERATORS
from refeed.sites.listing import folders_below
from refeed.sites.page_patterns import page_expression
from refeed.sites.values import NO, Table, read_table, table_at, text_at

Read: TypeAlias = "Callable[[str], str | None]"

_MOST_KEPT: Final = 100
_INDEXES: Final = ("_index.md", "_index.markdown", "_index.html")
_NOTATIONS: Final = MappingProxyType({"---": ".yaml", "+++": ".toml"})
_PATHS_OF_PAGES: Final = ("target.path", "_target.path")
_LANGUAGES: Final = ("target.lang", "_target.lang")  # its other translations are published
_ENVIRONMENTS: Final = ("target.environment", "_target.environment")
_KINDS: Final = ("target.kind", "_target.kind")


def with_sections(site: Site, prefix: str, folder: str, read: Read) -> Site:
    """Return a site with what its sections keep back; `read` returns the text of one of its files."""
    is_of_zola = site.generator == "Zola"
    found: list[tuple[str, str]] = []
    for content in site.content or GENERATORS[site.generator].content:
        for section in folders_below(prefix, folder, content):
            texts = (read(section + name) for name in _INDEXES)
            header = read_header(next((text for text in texts if text), ""))
            rows = _of_zola(section, header) if is_of_zola else handed_down(header, section, content)
            found[:0] = rows  # the innermost counts
    if is_of_zola:
        return site._replace(kept_back=(*found[:_MOST_KEPT], *site.kept_back))
    return site._replace(handed_down=(*found[:_MOST_KEPT], *site.handed_down))


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


def handed_down_by_all(says: Table, contents: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return what the settings of a site hand down to its folders of content."""
    return tuple(islice((row for content in contents for row in handed_down(says, content, content)), _MOST_KEPT))


def handed_down(says: Table, section: str, content: str) -> Iterator[tuple[str, str]]:
    """Yield what a section of Hugo, or a whole site, hands down: https://gohugo.io/configuration/cascade/."""
    cascade = says.get("cascade")
    for one in islice(cascade if isinstance(cascade, list) else [cascade], _MOST_KEPT):
        code = _code(one) if isinstance(one, dict) and _is_of_pages(one) else None
        if code is not None and isinstance(one, dict):
            path = text_at(one, *_PATHS_OF_PAGES)
            if expression := page_expression(section, content, path, is_kept_back=bool(code)):
                yield expression, code


def _is_of_pages(one: Table) -> bool:
    """Return whether it is about the pages of the published site, in all of its languages."""
    kind, environment = text_at(one, *_KINDS), text_at(one, *_ENVIRONMENTS)
    is_published = not environment or "production" in environment or "*" in environment
    return is_published and (not kind or "page" in kind or "*" in kind) and not text_at(one, *_LANGUAGES)


def _code(values: Table) -> str | None:
    """Return why pages with these values are not published, "" if they are, None if nothing is said of it."""
    draft = text_at(values, "draft").lower()
    build = {**table_at(values, "_build"), **table_at(values, "build")}
    if draft == "true":
        return "draft"
    if any(text_at(build, key).lower() in {"never", *NO} for key in ("render", "list")):
        return "private"
    return "" if draft in NO else None
