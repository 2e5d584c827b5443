"""Recognise what a document is that no format claims."""

import json
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from refeed.input.archives.names import is_document_name
from refeed.input.encoding import encoding_by_mark, utf16_by_nuls
from refeed.model import Document
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern

# Beginnings of feeds, and what refeed's outputs write near the beginning of each of theirs.
_FEED_MARKS: Final = MappingProxyType(
    {b"<?xml": b">refeed</generator>", b'{\n  "version": "https://jsonfeed.org/': b'"_refeed": {"id": '}
)
_FIRST_BYTES: Final = frozenset(mark[:2] for mark in _FEED_MARKS)
_MARK_WITHIN: Final = 4096

_HEAD: Final = 1024
# Controls other than white space, and the escape of ISO 2022.
_CONTROLS: Final = late_pattern(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROLS_IN_TEXT: Final = 32  # one in so many bytes
_LOOKED_AT: Final = 65_536  # enough to tell what a file is

# First bytes of what is in archives besides articles (file(1), "magic"), and what it is. Whatever else is binary has
# NULs early.
_ARCHIVE: Final = "a packed file; --unpack reads what is in it, or give the file itself"
_PACKED: Final = "a packed file that refeed does not unpack; unpack it, and give the folder"
_MAGIC: Final = MappingProxyType(
    {
        b"%PDF-": "a PDF",
        b"7z\xbc\xaf\x27\x1c": _PACKED,
        b"BZh": _ARCHIVE,
        b"GIF87a": "a picture",
        b"GIF89a": "a picture",
        b"OTTO": "a font",
        b"PK\x03\x04": _ARCHIVE,  # zip; also Word's and OpenOffice's documents, and EPUB
        b"PK\x05\x06": _ARCHIVE,
        b"Rar!\x1a\x07": _PACKED,
        b"SQLite format 3": "a database",
        b"\x00\x01\x00\x00": "a font",
        b"\x1f\x8b": _ARCHIVE,
        b"\x28\xb5\x2f\xfd": _ARCHIVE,  # Zstandard
        b"\x7fELF": "a program",
        b"\x89PNG\r\n": "a picture",
        b"\xfd7zXZ": _ARCHIVE,
        b"\xff\xd8\xff": "a picture",
        b"wOF2": "a font",
        b"wOFF": "a font",
    }
)
_BEGINNINGS: Final = tuple(_MAGIC)
_TAR: Final = slice(257, 262), b"ustar"  # POSIX.1-1988: where the first header says what it is

# Suffixes of programs, templates of programs, and style sheets.
_SOURCE_CODE: Final = frozenset(
    {
        ".astro",
        ".bash",
        ".bat",
        ".c",
        ".coffee",
        ".cpp",
        ".cs",
        ".css",
        ".ejs",
        ".erb",
        ".go",
        ".h",
        ".java",
        ".js",
        ".jsx",
        ".kt",
        ".less",
        ".lua",
        ".mjs",
        ".php",
        ".pl",
        ".ps1",
        ".py",
        ".rb",
        ".rs",
        ".sass",
        ".scss",
        ".sh",
        ".sql",
        ".styl",
        ".svelte",
        ".swift",
        ".ts",
        ".tsx",
        ".vue",
        ".zsh",
    }
)
_SOURCE_NAMES: Final = frozenset({"cname", "dockerfile", "gemfile", "makefile", "procfile", "rakefile"})
_CONFIGURATION: Final = frozenset(
    {
        ".cfg",
        ".conf",
        ".csv",
        ".env",
        ".ini",
        ".json",
        ".jsonl",
        ".lock",
        ".ndjson",
        ".properties",
        ".toml",
        ".tsv",
        ".yaml",
        ".yml",
    }
)

# Lists of packages, and Hexo's cache of the posts beside it.
_OF_PROGRAMS: Final = late_pattern(rb'"(?:dependencies|warehouse)"')
_OBJECTS: Final = (".json", ".jsonl", ".ndjson")
_TITLE: Final = late_pattern(rb'"(?:title|headline)"(?>\s{0,20}):\s{0,20}"')
_TEXT: Final = late_pattern(rb'"(?:body|content|html|text)"(?>\s{0,20}):\s{0,20}"')

_NEVER_CLOSED: Final = "Unterminated string"
_LONGEST_WORD: Final = 9  # characters: `-Infinity`, `\\ud83c`
_BEGINS_JSON: Final = late_pattern(rb"(?:\xef\xbb\xbf)?(?>\s*)[\[{]")
_CUT: Final = "the file ends too early, and nothing in it is whole: save it again"
_NOTEBOOK: Final = ".ipynb"
_NO_POST: Final = "a notebook of Jupyter with neither a header nor a day in its name"
_TEXTS: Final = frozenset({"configuration", "link-list", "no-format"})
_SECTION: Final = "_index"  # Hugo's and Zola's, before the language and the ending of its name

_MEANINGS: Final = MappingProxyType(
    {
        "binary-file": "not a text file",
        "configuration": "settings or data of a program",
        "empty-file": "the file is empty",
        "link-list": "a list of links: most lines are links",
        "no-format": "not in a format that refeed reads",
        "read-me": "a read-me or licence file, by its name",
        "source-code": "source code",
    }
)


def is_own_feed(document: Document) -> bool:
    """Return whether refeed wrote this file: it is never input, and a build may replace it."""
    data = document.data
    if data[:2] not in _FIRST_BYTES:  # nearly always
        return False
    return any(data.startswith(begin) and mark in data[:_MARK_WITHIN] for begin, mark in _FEED_MARKS.items())


def is_binary(data: bytes) -> bool:
    """Return whether the first bytes are not text, once UTF-16 has become UTF-8: magic bytes, or NULs among others.

    A few NULs, or a block of them at the end (what a loss of power leaves), are damage in a text: `read` drops them.
    """
    return has_magic(data) or (b"\0" in data[:_HEAD] and _has_many_controls(data[:_HEAD].rstrip(b"\0")))


def _has_many_controls(head: bytes) -> bool:
    return not head or len(_CONTROLS.findall(head)) * _CONTROLS_IN_TEXT > len(head)


def has_magic(data: bytes) -> bool:
    """Return whether a file begins as pictures, archives and fonts do."""
    return data.startswith(_BEGINNINGS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def is_not_text(data: bytes) -> bool:
    """Return whether the first bytes are a picture's, a video's or an archive's."""
    return is_binary(data) and not encoding_by_mark(data) and (has_magic(data) or not utf16_by_nuls(data))


def binary_file(path: str, data: bytes) -> Problem:
    """Return the problem of a file that is not text."""
    where, mark = _TAR
    if data[where] == mark:
        return Problem("binary-file", f"not a text file but {_ARCHIVE}", path)
    kind = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)
    if kind == _ARCHIVE and is_document_name(path):
        kind = "a document or a program"
    return Problem("binary-file", f"not a text file but {kind}" if kind else "not a text file", path)


def why_unclaimed(document: Document) -> Problem:
    """Return the problem that names what the file is, as far as that is known."""
    from refeed.input.parts_of_exports import part_of_export  # nearly every file is an article

    ends = document.data[:_HEAD], document.data[_HEAD:][-_HEAD:]
    if part := part_of_export("".join(one.decode("utf-8", "replace") for one in ends)):
        return Problem(*part, document.source.path)
    code = _file_type(document)
    if document.source.path.lower().endswith(_NOTEBOOK) and code != "empty-file":
        is_whole = document.data[-_HEAD:].rstrip().endswith(b"}") or not _is_cut_json(document)
        whole = Problem("no-format", _NO_POST, document.source.path)
        return whole if is_whole else Problem("broken-feed", _CUT, document.source.path, 1)
    if code in _TEXTS and _is_section(PurePosixPath(document.source.path).name):
        return Problem("site-page", "the page of a section, by its name", document.source.path)
    if code == "configuration" and _is_cut_json(document):
        return Problem("broken-feed", _CUT, document.source.path, 1)
    if code == "configuration" and _has_titled_texts(document):
        return Problem("no-format", "JSON with titles and texts, but no list of articles", document.source.path)
    return Problem(code, _MEANINGS[code], document.source.path)


def _has_titled_texts(document: Document) -> bool:
    """Return whether a file of JSON may hold articles that no format knows as such, without a day for instance."""
    data = document.data[:_LOOKED_AT]
    may_hold = document.source.path.lower().endswith(_OBJECTS) and _OF_PROGRAMS.search(data) is None
    return may_hold and _TITLE.search(data) is not None and _TEXT.search(data) is not None


def _is_cut_json(document: Document) -> bool:
    """Return whether a file ends within the JSON that it begins with."""
    if not document.source.path.lower().endswith((".json", _NOTEBOOK)) or not _BEGINS_JSON.match(document.data):
        return False
    text = document.data.decode("utf-8-sig", "replace").rstrip()
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        is_within_word = len(text) - error.pos < _LONGEST_WORD and text[-1] not in "]}"
        return error.pos == len(text) or is_within_word or error.msg.startswith(_NEVER_CLOSED)
    except (RecursionError, ValueError):  # too deep, or a number of thousands of digits
        return False
    return False


def _is_section(name: str) -> bool:
    return name.partition(".")[0] == _SECTION and not _is_configuration(name)


def _file_type(document: Document) -> str:
    data = document.data[:_LOOKED_AT]
    name = PurePosixPath(document.source.path).name.lower()
    if not data.strip() and not document.data.strip():
        return "empty-file"
    from refeed.not_articles import is_link_list, is_settings

    text = data.decode("utf-8", "replace")
    checks = (
        ("binary-file", is_binary(data)),
        ("read-me", _is_of_software(document.source.name, name)),
        ("source-code", _is_source_code(name, data)),
        ("configuration", _is_configuration(name)),
        ("link-list", is_link_list(text)),
        ("configuration", is_settings(text)),
    )
    return next((code for code, holds in checks if holds), "no-format")


def _is_of_software(path: str, name: str) -> bool:
    from refeed.not_articles import is_for_helpers, is_read_me

    return (is_read_me(name) and not _is_configuration(name)) or is_for_helpers(path)  # _data/authors.yml is data


def _is_configuration(name: str) -> bool:
    return PurePosixPath(name).suffix in _CONFIGURATION


def _is_source_code(name: str, data: bytes) -> bool:
    return data.startswith(b"#!") or name in _SOURCE_NAMES or PurePosixPath(name).suffix in _SOURCE_CODE
