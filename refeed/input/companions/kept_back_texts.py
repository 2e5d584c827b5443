"""Tell which texts the fields beside them keep back: `tide.yml` says `draft: true`, and `tide.md` lies there.

That holds for a text that is an article without these fields, too, because it has a header of its own, is there in
several languages, or is another form of one that the fields hold themselves.

A file of the same name may also be a sample for the article (`mqtt.yml` with `password: secret`): what is not said of
posts alone counts only beside a title or a day, or where the file says nothing else.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from refeed.input.companions.text_of_fields import IN_A_FOLDER, OF_ONE
from refeed.input.source_files import SourceFiles
from refeed.input.two_files import FIELDS, OF_PUBLICATION, SAYS, WITHHOLDS, WITHHOLDS_A_POST
from refeed.model import SourceFile
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import key_name
from refeed.vocabulary.keys import DATES, TITLES
from refeed.vocabulary.language_codes import CODES

_TEXTS: Final = (
    *(".adoc", ".asciidoc", ".gmi", ".htm", ".html", ".ipynb", ".markdown", ".md", ".mdx", ".org", ".qmd", ".rmd"),
    *(".rst", ".textile", ".txt"),
)
_LANGUAGE: Final = late_pattern(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8}){0,2}")
_OF_ELEVENTY: Final = ".11tydata"
# Of fields that lie beside the text of a folder, and not beside one that is called as they are.
_OF_FOLDERS: Final = IN_A_FOLDER | {"_meta"}
_OF_ITS_TEXT: Final = frozenset({*OF_ONE, "index", "readme"})
_NO_FIELDS: Final = frozenset({"composer", "package"})  # `"private": true` is about registries of packages
_HEAD: Final = 65_536  # bytes of most fields
_LARGEST: Final = 4_194_304  # bytes of fields
_TABLE: Final = b"\n["
_INDENTED: Final = late_pattern(rb"(?>(?:\s*(?:#|---)[^\n]*)*)\s*(\n[ \t]+)[^\s#]")
_KEY: Final = late_pattern(rb"^[\"']?([\w\x80-\xff][\w\x80-\xff .-]{0,60}?)" + SAYS.encode(), re.MULTILINE)
_NO_LINES: Final = (b"#", b"---", b"...")


def texts_kept_back(names: Sequence[str], prefix: str, folder: str, files: SourceFiles) -> Mapping[str, str]:
    """Return the texts in a folder that are kept back, each with the name of the fields that say so."""
    texts = [name for name in names if name.lower().endswith(_TEXTS)]
    fields = [name for name in names if name.lower().endswith(FIELDS)]
    if not texts or not fields:
        return {}
    named = _by_names(texts)
    found: dict[str, str] = {}
    for name in fields:
        stem = name[: name.rfind(".")].lower().removesuffix(_OF_ELEVENTY)
        of_folder = _texts_of_folder(prefix + folder, named) if stem in _OF_FOLDERS else []
        beside = [*named.get(stem, ()), *of_folder] if stem not in _NO_FIELDS else []
        if beside and _withhold(SourceFile(prefix + folder + name, folder + name), files):
            found |= dict.fromkeys(beside, name)
    return found


def _by_names(texts: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Return texts by what the names of fields beside them may be: `tide.md`, `tide`, that is, and without `.en`."""
    named = defaultdict[str, list[str]](list)
    for text in texts:
        whole = text.lower()
        stem, _, language = whole.rpartition(".")[0].rpartition(".")
        for one in (whole, whole.rpartition(".")[0], *([stem] if _is_language(language) else [])):
            named[one].append(text)
    return named


def _is_language(part: str) -> bool:
    match = _LANGUAGE.fullmatch(part)
    return match is not None and match[1] in CODES


def _texts_of_folder(folder: str, named: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the texts that are the article of a folder: those of such a name, or of its own, or the only one."""
    own = folder.rstrip("/").rpartition("/")[2].lower()
    texts = [text for name in sorted({*_OF_ITS_TEXT, own}) for text in named.get(name, ())]
    every = {text for one in named.values() for text in one}
    return texts or ([*every] if len(every) == 1 else [])


def _withhold(fields: SourceFile, files: SourceFiles) -> bool:
    data = files.head(fields, _HEAD)
    if len(data) == _HEAD:
        data = files.read_small(fields, _LARGEST) or data
    lines, has_tables = (_lines_of_object(data), False) if fields.name.lower().endswith(".json") else _lines(data)
    if WITHHOLDS_A_POST.search(lines):
        return True
    if not WITHHOLDS.search(lines):
        return False
    is_of_eleventy = fields.name[: fields.name.rfind(".")].lower().endswith(_OF_ELEVENTY)
    return is_of_eleventy or _names_an_article(lines) or not (has_tables or any(map(_says_more, lines.split(b"\n"))))


def _names_an_article(lines: bytes) -> bool:
    keys = (key_name(key.decode("utf-8", "replace")) for key in _KEY.findall(lines))
    return any(key in TITLES or key in DATES for key in keys)


def _says_more(line: bytes) -> bool:
    """Return whether a line says something besides who is to read the article."""
    return not (line.isspace() or not line or line.startswith(_NO_LINES) or OF_PUBLICATION.match(line))


def _lines(data: bytes) -> tuple[bytes, bool]:
    """Return the lines of YAML or TOML that stand in no table, and whether there are tables."""
    lines = b"\n" + data.removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"\n")
    if indented := _INDENTED.match(lines):
        lines = lines.replace(indented[1], b"\n")
    above, table, _ = lines.partition(_TABLE)
    return above, bool(table)


def _lines_of_object(data: bytes) -> bytes:
    """Return the values of an object of JSON as lines of YAML, empty where they are not plain."""
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return b""
    items = values.items() if isinstance(values, dict) else ()
    plain = ((key, value if isinstance(value, str | int) and "\n" not in str(value) else "") for key, value in items)
    return "".join(f"{key}: {value}\n" for key, value in plain).encode("utf-8", "replace")
