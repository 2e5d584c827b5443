"""Tell beside which texts lie fields that may say whether they are published: `tide.yml` beside `tide.md`.

By names alone: what the fields say is read with the text (`records.publication.said_beside`). They count for a text
that is an article without them, too, because it has a header of its own, is there in several languages, or is another
form of one that the fields hold themselves.

What R Markdown and Quarto make of `tide.Rmd` is `tide.md`, and has fields in the header of that.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from refeed.input.companions.text_of_fields import IN_A_FOLDER, OF_ONE
from refeed.input.two_files import FIELDS, SOURCES
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.language_codes import CODES

_TEXTS: Final = (
    *(".adoc", ".asciidoc", ".gmi", ".htm", ".html", ".ipynb", ".markdown", ".md", ".mdx", ".org", ".qmd", ".rmd"),
    *(".rst", ".textile", ".txt"),
)
_SOURCES: Final = tuple(ending.lower() for ending in SOURCES)
_FIELDS: Final = (*FIELDS, *_SOURCES)
_LANGUAGE: Final = late_pattern(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8}){0,2}")
OF_ELEVENTY: Final = ".11tydata"
"""What stands before the ending of fields that are Eleventy's own."""

# Of fields that lie beside the text of a folder, and not beside one that is called as they are.
_OF_FOLDERS: Final = IN_A_FOLDER | {"_meta"}
_OF_ITS_TEXT: Final = frozenset({*OF_ONE, "index", "readme"})
_NO_FIELDS: Final = frozenset({"composer", "package"})  # `"private": true` is about registries of packages


def fields_beside(names: Iterable[str], folder: str) -> Mapping[str, Sequence[str]]:
    """Return the texts among the names in a folder beside which fields lie, each with the names of these."""
    listed = sorted(names)
    texts = [name for name in listed if name.lower().endswith(_TEXTS)]
    fields = [name for name in listed if name.lower().endswith(_FIELDS)] if texts else []
    if not fields:
        return {}
    named = _by_names(texts)
    found = defaultdict[str, list[str]](list)
    for name in fields:
        stem = name[: name.rfind(".")].lower().removesuffix(OF_ELEVENTY)
        is_source = name.lower().endswith(_SOURCES)
        of_folder = _texts_of_folder(folder, named) if stem in _OF_FOLDERS and not is_source else ()
        for text in dict.fromkeys((*named.get(stem, ()), *of_folder)) if stem not in _NO_FIELDS else ():
            if not (is_source and text.lower().endswith(_SOURCES)):
                found[text].append(name)
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
