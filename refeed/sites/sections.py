"""Read what Hugo's and Zola's sections keep back: the header of `_index.md` speaks for the files of its folder."""

from collections.abc import Callable, Iterable, Iterator
from glob import escape
from itertools import islice
from types import MappingProxyType
from typing import Final, TypeAlias

from refeed.formats.headers.fields import key_name
from refeed.formats.publication.dates import EXPIRIES, RELEASES
from refeed.formats.publication.stated import withheld
from refeed.late_patterns import late_pattern
from refeed.site import HandedDown, Site
from refeed.sites.generators import GENERATORS
from refeed.sites.listing import folders_below, names_in
from refeed.sites.page_patterns import page_expression, path_of_section
from refeed.sites.values import NO, Table, read_table, table_at, text_at

Read: TypeAlias = "Callable[[str], str | None]"

_MOST: Final = 100  # parts of a cascade; sections of Zola that are drafts
_MOST_KEPT: Final = 10_000  # rows of a site
_INDEX: Final = "_index."
# Front matter may stand above any markup: https://gohugo.io/content-management/formats/
_MARKUPS: Final = ("md", "markdown", "mdown", "html", "htm", "adoc", "asciidoc", "ad", "org", "pandoc", "pdc", "rst")
_ZOLA: Final = "Zola"
_OF_ENGLISH: Final = "en"  # Hugo's default
_NOTATIONS: Final = MappingProxyType({"---": ".yaml", "+++": ".toml"})
_PATHS_OF_PAGES: Final = ("target.path", "_target.path")
_LANGUAGES: Final = ("target.lang", "_target.lang")
_ENVIRONMENTS: Final = ("target.environment", "_target.environment")
_KINDS: Final = ("target.kind", "_target.kind")
_TARGETS: Final = frozenset({"target", "_target"})
_LANGUAGE: Final = late_pattern(r"[a-z]{2,3}(?:-[a-z]{2,4})?")
_OF_TIME: Final = frozenset({"date", *RELEASES, *EXPIRIES})
_ANY_LANGUAGE: Final = "[^/]*"


def with_sections(site: Site, prefix: str, folder: str, read: Read) -> Site:
    """Return a site with what its sections keep back; `read` returns the text of one of its files."""
    drafts: list[tuple[str, str]] = []
    rows: list[HandedDown] = []
    for content in site.content or GENERATORS[site.generator].content:
        for section in folders_below(prefix, folder, content):
            for name in names_in(prefix, folder + section, only_folders=False, beginning=_INDEX):
                language, _, markup = name.removeprefix(_INDEX).lower().rpartition(".")
                if markup not in _MARKUPS or not (header := read_header(read(section + name) or "")):
                    continue
                if site.generator == _ZOLA:
                    drafts[:0] = _of_zola(section, header)  # the innermost counts
                elif len(rows) < _MOST_KEPT:
                    rows += handed_down(header, section, content, site.language, language)
    return site._replace(kept_back=(*drafts[:_MOST], *site.kept_back), handed_down=(*rows, *site.handed_down))


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


def handed_down_by_all(says: Table, contents: Iterable[str], language: str) -> tuple[HandedDown, ...]:
    """Return what the settings of a site hand down to its folders of content."""
    return tuple(row for content in contents for row in handed_down(says, content, content, language))


def handed_down(says: Table, section: str, content: str, default: str, language: str = "") -> Iterator[HandedDown]:
    """Yield what a section of Hugo, or a whole site, hands down: https://gohugo.io/configuration/cascade/.

    `language` is that of the file that says so, if its name has one; `default` that of files whose names have none.
    """
    cascade = says.get("cascade")
    for one in islice(cascade if isinstance(cascade, list) else [cascade], _MOST):
        if not isinstance(one, dict) or not _is_of_pages(one):
            continue
        code, dates = _code(one), _dates(one)
        languages = _languages(text_at(one, *_LANGUAGES).lower() or language, default)
        paths = page_expression(section, content, text_at(one, *_PATHS_OF_PAGES), is_kept_back=bool(code or dates))
        if paths and (code is not None or dates):
            yield HandedDown(path_of_section(section), f"{languages}(?:{paths})", code, dates)


def _is_of_pages(one: Table) -> bool:
    """Return whether it is about the pages of the published site."""
    kind, environment = text_at(one, *_KINDS), text_at(one, *_ENVIRONMENTS)
    is_published = not environment or "production" in environment or "*" in environment
    return is_published and (not kind or "page" in kind or "*" in kind)


def _languages(pattern: str, default: str) -> str:
    """Return what the languages of pages fit: files in the language of the site need not state it."""
    said = pattern.strip("{}").split(",") if pattern else []
    if not all(map(_LANGUAGE.fullmatch, said)) or not said:
        return _ANY_LANGUAGE
    mine = (default or _OF_ENGLISH).lower()
    return f"(?:{'|'.join(said)})" + ("?" if {mine, mine.partition("-")[0]} & {*said} else "")


def _code(values: Table) -> str | None:
    """Return why pages with these values are not published, "" if they are, None if nothing is said of it."""
    said = {key: value for key, value in values.items() if key not in _TARGETS}
    if kept_back := withheld(said):
        return kept_back.code
    build = {**table_at(values, "_build"), **table_at(values, "build")}
    if any(text_at(build, key).lower() in {"never", *NO} for key in ("render", "list")):
        return "private"
    return "" if text_at(values, "draft").lower() in NO else None


def _dates(values: Table) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, text) for key in values if (name := key_name(key)) in _OF_TIME and (text := text_at(values, key))
    )
