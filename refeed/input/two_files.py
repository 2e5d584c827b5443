"""Read a post that is two files, as Nikola has them: the header in `tide.meta`, the text in `tide.rst` beside it.

Pelican has the header of a notebook in `tide.nbdata` or `tide.ipynb-meta`, TiddlyWiki that of any file in
`tide.md.meta`.

The file of the header stands for the post, because it decides which article that is, and is read as the one file that
the two would be together. https://getnikola.com/handbook.html#metadata

What R Markdown and Quarto make of `tide.Rmd` is a file, too: `tide.md` has what its code shows, and is what sites show.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Final

from refeed.input.address import is_address
from refeed.input.place import PlaceError
from refeed.input.source_files import SourceFiles
from refeed.model import Document, SourceFile
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

FIELDS: Final = (".json", ".toml", ".yaml", ".yml")
"""Endings of files with the fields of an article whose text may be a file beside them (`text_of_fields`)."""

_FIELDS: Final = tuple(f"{ending}/" for ending in FIELDS)
_OF_ANY: Final = ".meta"
_OF_NOTEBOOKS: Final = (".nbdata", ".ipynb-meta")
HEADERS: Final = (_OF_ANY, *_OF_NOTEBOOKS)
_NOTEBOOK: Final = (".ipynb",)
SOURCES: Final = (".Rmarkdown", ".Rmd", ".qmd", ".rmd")
"""Endings of texts with code, of which R Markdown and Quarto make others."""

_HOLD_FIELDS: Final = (*_FIELDS, *dict.fromkeys(f"{ending.lower()}/" for ending in SOURCES))
_NO_POSTS: Final = tuple(f"{ending}/" for ending in (*HEADERS, *SOURCES))
_MADE: Final = (".markdown", ".md")
_TEXTS: Final = (".rst", ".md", ".markdown", ".html", ".htm", ".org", ".txt", *_NOTEBOOK)  # of several the first counts
# How a header begins: Nikola's fields, or a fence of YAML or TOML.
_OPENING: Final = late_pattern(rb"(?>(?:\xef\xbb\xbf)?\s*)(?:\.\. [a-z_]{1,30}:|---\r?\n|\+\+\+\r?\n)")
_OPENING_LINE: Final = late_pattern(rb"(?>\s*)[A-Za-z][\w-]{0,30}:[ \t]")  # Pelican's
_FIRST: Final = 200  # bytes
# Where Nikola's own header would stand in a comment, if there were but one file.
_COMMENTED: Final = (".md", ".markdown", ".html", ".htm")
_OF_NIKOLA: Final = b".. "


class SideBySide(NamedTuple):
    """What the files of a folder are to each other."""

    parts: Mapping[str, Problem]  # which of them are no posts for what lies beside them, and why
    fields: Mapping[str, Sequence[str]]  # texts, each with the names of the fields that may keep it back


def side_by_side(names: Sequence[str], prefix: str, folder: str, files: SourceFiles) -> SideBySide:
    """Return what the files of a folder are to each other."""
    parts = dict[str, Problem]()
    listed = "/".join((*names, ""))
    if any(map(listed.lower().__contains__, _FIELDS)):
        from refeed.input.companions.text_of_fields import texts_of_fields

        parts |= {name: _part_of_post(name) for name in texts_of_fields(names, prefix, folder, files)}
    if any(map(listed.__contains__, _NO_POSTS)):
        parts |= {name: _part_of_post(name) for name in _parts_of_headers(names, prefix, folder, files)}
    return SideBySide(parts, _fields_beside(names, listed, prefix + folder))


def fields_in(folder: str, files: SourceFiles) -> Mapping[str, Sequence[str]]:
    """Return the texts in a folder that no walk came past, each with the names of the fields beside it."""
    if is_address(folder):
        return _NONE
    with suppress(OSError, PlaceError), files.scan(folder, "") as listing:
        names = [one.name for one in listing]
        return _fields_beside(names, "/".join((*names, "")), folder)
    return _NONE


_NONE: Final[Mapping[str, Sequence[str]]] = {}


def _fields_beside(names: Sequence[str], listed: str, folder: str) -> Mapping[str, Sequence[str]]:
    if not any(map(listed.lower().__contains__, _HOLD_FIELDS)):
        return _NONE
    from refeed.input.companions.fields_beside import fields_beside

    return fields_beside(names, folder)


def _parts_of_headers(names: Sequence[str], prefix: str, folder: str, files: SourceFiles) -> frozenset[str]:
    """Return which files are texts whose header is another file, or have another that is made of them."""
    sources = [name for name in names if name.endswith(SOURCES)]
    headers = [name for name in names if name.endswith(HEADERS)]
    parts = _texts_with_header(names, headers, prefix, folder, files) if headers else frozenset()
    beside = frozenset(names) if sources else frozenset()
    made = ((one, one.rpartition(".")[0] + ending) for one in sources for ending in _MADE)
    pairs = ((one, SourceFile(prefix + folder + text, folder + text)) for one, text in made if text in beside)
    # What knitr makes may also have no header; then the source alone says what post it is.
    return parts | {one for one, text in pairs if _OPENING.match(files.head(text, _FIRST))}


def _part_of_post(name: str) -> Problem:
    """Return what a file is that is no post for what lies beside it."""
    if name.endswith(SOURCES):
        return Problem("site-page", "what R Markdown or Quarto makes of it lies beside it")
    if name.endswith(HEADERS):
        return Problem("site-page", "it is the header of a file that is not a text")
    return Problem("site-page", "it is the text of a post whose header is a file beside it")


def _texts_with_header(
    names: Sequence[str], headers: Sequence[str], prefix: str, folder: str, files: SourceFiles
) -> frozenset[str]:
    """Return which files are texts whose header is another file, or headers of what is no text."""
    pairs = {text: SourceFile(prefix + folder + name, folder + name) for name in headers for text in _texts_of(name)}
    of_no_text = {f"{name}{_OF_ANY}" for name in names if "." in name and not name.endswith(_TEXTS)}
    return frozenset(
        name
        for name in names
        if (name in pairs and _begins(pairs[name].path, files.head(pairs[name], _FIRST))) or name in of_no_text
    )


def _begins(path: str, head: bytes) -> bool:
    """Return whether a file begins as a header does."""
    has_lines = path.endswith(_OF_NOTEBOOKS) or _names_a_text(path)
    return bool(_OPENING.match(head) or (has_lines and _OPENING_LINE.match(head)))


def _names_a_text(header: str) -> bool:
    """Return whether the name of a header is that of a text with something behind it, as TiddlyWiki has it."""
    return header.removesuffix(_OF_ANY).endswith(_TEXTS)


def _texts_of(header: str) -> list[str]:
    ending = next(ending for ending in HEADERS if header.endswith(ending))
    if _names_a_text(header):
        return [header.removesuffix(ending)]
    return [header.removesuffix(ending) + text for text in (_TEXTS if ending == _OF_ANY else _NOTEBOOK)]


def files_beside(header: str, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the path of the text that belongs to a header, if there is one."""
    return tuple(islice(filter(exists, _texts_of(header)), 1))


def with_files_beside(header: Document, files: SourceFiles) -> Document | Problem:
    """Return the header and the text beside it as one document; alone if it is no header, or has no text."""
    path, name, _ = header.source

    def source_of(beside: str) -> SourceFile:
        return SourceFile(beside, beside[len(path) - len(name) :])

    found = files_beside(path, lambda text: files.exists(source_of(text)))
    if not found or not _begins(path, header.data):
        return header
    from refeed.input.read import read  # a build that finds nothing new reads no file

    (beside,) = found
    text = read(source_of(beside), header.limits, files)
    if isinstance(text, Problem):
        return text
    above = header.data.strip()
    if above.startswith(_OF_NIKOLA) and beside.endswith(_COMMENTED):
        above = b"<!--\n" + above + b"\n-->"
    is_utf8, damage = header.is_utf8 and text.is_utf8, (*header.damage, *text.damage)
    parts = (text.data, above) if beside.endswith(_NOTEBOOK) else (above, text.data)  # what JSON is, has to begin so
    return header._replace(data=b"\n\n".join(parts), is_utf8=is_utf8, damage=damage)
