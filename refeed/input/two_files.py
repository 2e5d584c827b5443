"""Read a post that is two files, as Nikola has them: the header in `tide.meta`, the text in `tide.rst` beside it.

Pelican has the header of a notebook in `tide.nbdata` or `tide.ipynb-meta`, TiddlyWiki that of any file in
`tide.md.meta`.

The file of the header stands for the post, because it decides which article that is, and is read as the one file that
the two would be together. https://getnikola.com/handbook.html#metadata

What R Markdown and Quarto make of `tide.Rmd` is a file, too: `tide.md` has what its code shows, and is what sites show.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Final

from refeed.input.source_files import SourceFiles
from refeed.model import Document, SourceFile
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

FIELDS: Final = (".json", ".toml", ".yaml", ".yml")
"""Endings of files with the fields of an article whose text may be a file beside them (`text_of_fields`)."""

_FIELDS: Final = tuple(f"{ending}/" for ending in FIELDS)
_OF_ANY: Final = ".meta"
_OF_NOTEBOOKS: Final = (".nbdata", ".ipynb-meta")
HEADERS: Final = (_OF_ANY, *_OF_NOTEBOOKS)
_NOTEBOOK: Final = (".ipynb",)
_SOURCES: Final = (".Rmarkdown", ".Rmd", ".qmd", ".rmd")
_NO_POSTS: Final = tuple(f"{ending}/" for ending in (*HEADERS, *_SOURCES))
_MADE: Final = (".markdown", ".md")
_TEXTS: Final = (".rst", ".md", ".markdown", ".html", ".htm", ".org", ".txt", *_NOTEBOOK)  # of several the first counts
# How a header begins: Nikola's fields, or a fence of YAML or TOML.
_OPENING: Final = late_pattern(rb"(?>(?:\xef\xbb\xbf)?\s*)(?:\.\. [a-z_]{1,30}:|---\r?\n|\+\+\+\r?\n)")
_OPENING_LINE: Final = late_pattern(rb"(?>\s*)[A-Za-z][\w-]{0,30}:[ \t]")  # Pelican's
_KEPT_BACK: Final = "{} beside it says that it is not published"
_FIRST: Final = 200  # bytes
_HEADER: Final = 4_000  # bytes
SAYS: Final = r"[\"']?[ \t]*(?:[:=]|：)[ \t]*(?>(?:!!\w{1,9}[ \t]+)?)[\"']?"
"""What stands between a key and its value in a line of YAML or TOML: an expression."""

_DRAFT: Final = "草稿|下書き|下书き|초안|bozza|borrador|brouillon|entwurf|rascunho|черновик"
_YES: Final = "sí|да|是|真|对|對|はい|예"  # of bytes there are no classes
_IS_YES: Final = rf"{SAYS}(?:(?:1|on|true|y(?:es)?|ja|oui|sim?)\b|{_YES})"
_IS_NO: Final = rf"{SAYS}(?:0|false|no?|off)\b"
_DRAFTS: Final = rf"(?:is-?_?)?(?:draft|unpublished|wip)|{_DRAFT}"
_PUBLISHED: Final = "(?:is-?_?)?publish(?:ed)?"
_HIDDEN: Final = "(?:is-?_?)?(?:private|unlisted)|members[-_]?only"
_SHOWN: Final = "(?:is-?_?)?(?:public|visible)"
_STATES: Final = "(?:post[-_]?)?(?:stat(?:e|us)|visibility)|状态|狀態|状態|estado|statut"
_PASSWORDS: Final = "(?:post[-_]?)?password|密码|密碼"
_OF_POSTS: Final = (
    rf"(?:{_DRAFTS}){_IS_YES}|{_PUBLISHED}{_IS_NO}"
    rf"|permalink{SAYS}false[\"']?[ \t]*$"  # no page; other words begin a path
)
_OF_ANYTHING: Final = (
    rf"(?:{_HIDDEN}){_IS_YES}|{_SHOWN}{_IS_NO}"
    rf"|(?:{_STATES}){SAYS}(?:(?:draft|hidden|pending|private|trash|unlisted|unpublished)\b|{_DRAFT}|私密|非公開)"
    rf"|(?:{_PASSWORDS}){SAYS}(?!(?:false|no|none|null)\b)[^\s\"'#~]"
)
_IN_LINES: Final = re.IGNORECASE | re.MULTILINE
WITHHOLDS: Final = late_pattern(rf"^[\"']?(?:{_OF_POSTS}|{_OF_ANYTHING})".encode(), _IN_LINES)
"""A line of a header that is no part of the text: who says so keeps back what belongs to it, too."""

WITHHOLDS_A_POST: Final = late_pattern(rf"^[\"']?(?:{_OF_POSTS})".encode(), _IN_LINES)
"""Such a line that speaks of a post wherever it stands; a status or a password may be that of anything."""

OF_PUBLICATION: Final = late_pattern(
    rf"[\"']?(?:{_DRAFTS}|{_PUBLISHED}|permalink|{_HIDDEN}|{_SHOWN}|{_STATES}|{_PASSWORDS}){SAYS}".encode(),
    re.IGNORECASE,
)
"""The beginning of a line that says of something whether it is published, or to whom."""

# Where Nikola's own header would stand in a comment, if there were but one file.
_COMMENTED: Final = (".md", ".markdown", ".html", ".htm")
_OF_NIKOLA: Final = b".. "


def parts_of_posts(
    names: Sequence[str], prefix: str, folder: str, files: SourceFiles, *, with_drafts: bool
) -> Mapping[str, Problem]:
    """Return which of the files in a folder are no posts for what lies beside them, and why.

    Texts that fields beside them keep back are among them, unless drafts are asked for.
    """
    found: dict[str, Problem] = {}
    listed = "/".join((*names, ""))
    if any(map(listed.lower().__contains__, _FIELDS)):
        from refeed.input.companions.kept_back_texts import texts_kept_back
        from refeed.input.companions.text_of_fields import texts_of_fields

        kept_back = {} if with_drafts else texts_kept_back(names, prefix, folder, files)
        found = {name: Problem("draft", _KEPT_BACK.format(fields)) for name, fields in kept_back.items()}
        found |= {name: _part_of_post(name) for name in texts_of_fields(names, prefix, folder, files)}
    if any(map(listed.__contains__, _NO_POSTS)):
        found |= {name: _part_of_post(name) for name in _parts_of_headers(names, prefix, folder, files)}
    return found


def _parts_of_headers(names: Sequence[str], prefix: str, folder: str, files: SourceFiles) -> frozenset[str]:
    """Return which files are texts whose header is another file, or have another that is made of them."""
    sources = [name for name in names if name.endswith(_SOURCES)]
    headers = [name for name in names if name.endswith(HEADERS)]
    parts = _texts_with_header(names, headers, prefix, folder, files) if headers else frozenset()
    beside = frozenset(names) if sources else frozenset()
    made = ((one, one.rpartition(".")[0] + ending) for one in sources for ending in _MADE)
    pairs = ((one, SourceFile(prefix + folder + text, folder + text)) for one, text in made if text in beside)
    # What knitr makes may also have no header; then the source alone says what post it is.
    replaced = {one for one, text in pairs if _OPENING.match(files.head(text, _FIRST))}
    left_out = {
        one
        for one in replaced
        if not WITHHOLDS.search(files.head(SourceFile(prefix + folder + one, folder + one), _HEADER))
    }
    return parts | left_out


def _part_of_post(name: str) -> Problem:
    """Return what a file is that is no post for what lies beside it."""
    if name.endswith(_SOURCES):
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
    path, name = header.source

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
