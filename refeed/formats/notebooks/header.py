"""Find the header of a notebook, and write it as front matter: its first cell, or what its metadata says.

Quarto and Hugo have front matter in that cell, fastpages and nbdev a title with a list below it, Pelican such a list or
`Key: value` lines. Nikola and Pelican's readers have a table in the metadata of the file.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from refeed.formats.headers.statements import KNOWN
from refeed.formats.notebooks.cells import Cell, Notebook
from refeed.formats.publication.stated import speaks_of_publication, withheld
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import key_name, plain_values
from refeed.vocabulary.keys import DATES, TITLES

_FENCES: Final = ("---", "+++")
_TITLE: Final = late_pattern(r"(?>\s*)#[ \t]+(?P<title>\S[^\n]*)")
_SUMMARY: Final = late_pattern(r"(?>\s*)>[ \t]*(?P<summary>\S[^\n]*)")
_ITEM: Final = late_pattern(
    r"(?>[ \t]*\n)*[-+*][ \t]+(?P<key>[A-Za-z][\w -]{0,40}):(?P<value>(?:[ \t][^\n]*)?)(?:\n|\Z)"
)
# A cell of nothing but lines `key: value`, as Pelican has them.
_LINES: Final = late_pattern(r"(?P<key>[A-Za-z][\w-]{0,40}):[ \t][^\n]*(?:\n[A-Za-z][\w-]{0,40}:(?:[ \t][^\n]*)?)*\s*")
_QUOTED: Final = ('"', "'")
# Of fastpages: what a page shows beside its text.
_OF_PAGES: Final = frozenset(
    {"badges", "branch", "comments", "hide", "search_exclude", "sticky_rank", "toc", "use_math"}
)
_DEPTH: Final = 10  # of tables in the metadata
_TABLES: Final = ("nikola", "pelican")
_KEYS: Final = ("title", "date", "authors", "author", "description", "tags", "slug")


class Headed(NamedTuple):
    """A header as front matter or `Key: value` lines, "" where there is none, and the cells of the text."""

    header: str
    cells: tuple[Cell, ...]


def find_header(notebook: Notebook) -> Headed:
    """Return the header of a notebook, and its other cells."""
    cells = notebook.cells
    while cells and not (cells[0].source.strip() or cells[0].outputs):
        cells = cells[1:]
    first = cells[0] if cells else None
    if first and first.kind in {"markdown", "raw"}:
        source = first.source.strip()
        if source.startswith(_FENCES) or _is_lines(source):
            return Headed(source, cells[1:])
        if listed := _listed(source):
            header, end = listed
            return Headed(header, (first._replace(source=source[end:]), *cells[1:]))
    return Headed(_stated(notebook.metadata), cells)


def _is_lines(source: str) -> bool:
    lines = _LINES.fullmatch(source)
    return lines is not None and key_name(lines["key"]) in KNOWN and not _keys(source.split("\n")).isdisjoint(TITLES)


def _listed(source: str) -> tuple[str, int] | None:
    """Return a title and a list of keys as front matter, and where they end."""
    title = _TITLE.match(source)
    at = title.end() if title else 0
    summary = _SUMMARY.match(source, at)
    at = summary.end() if summary else at
    lines = []
    while item := _ITEM.match(source, at):
        lines.append(f"{item['key']}:{item['value'].rstrip()}")
        at = item.end()
    keys = _keys(lines)
    if keys.isdisjoint(KNOWN | _OF_PAGES) or (title is None and keys.isdisjoint(TITLES)):
        return None
    above = [f"title: {_scalar(_without_end(title['title']))}"] if title and keys.isdisjoint(TITLES) else []
    above += [f"description: {_scalar(summary['summary'])}"] if summary and "description" not in keys else []
    return "\n".join(["---", *above, *lines, "---"]), at


def _keys(lines: list[str]) -> set[str]:
    return {key_name(line.partition(":")[0]) for line in lines if ":" in line}


def _without_end(heading: str) -> str:
    """Return a heading without the marks that may close it, which stand behind a blank."""
    bare = heading.rstrip().rstrip("#")
    return bare if bare[-1:].isspace() else heading


def _scalar(text: str) -> str:
    """Return a text as YAML; one between quotation marks is that already."""
    text = text.strip()
    is_quoted = len(text) > 1 and text.startswith(_QUOTED) and text[-1] == text[0]
    return text if is_quoted else json.dumps(text, ensure_ascii=False)


def _stated(metadata: Mapping[str, Any]) -> str:
    """Return what the metadata says as an object of front matter."""
    tables = [metadata.get(name) for name in _TABLES]
    stated = next((one for one in tables if isinstance(one, dict)), None) or {
        name: value for name, value in metadata.items() if name in _KEYS or speaks_of_publication((key_name(name),))
    }
    said = {name: plain_values(value, _DEPTH) for name, value in stated.items()}
    named = {key_name(name): value for name, value in said.items()}
    written = json.dumps(said, ensure_ascii=False)
    if named.keys() & (TITLES | DATES):
        return written
    return f"---\n{written}\n---" if withheld(named) else ""  # an object alone would have to say more
