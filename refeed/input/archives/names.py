"""Recognise archives by their names, where there are too many files to open each."""

from typing import Final

from refeed.paths import INTO

ENDINGS: Final = (*(".bz2", ".gz", ".tar", ".tbz", ".tbz2", ".tgz", ".txz", ".tzst", ".warc", ".xz", ".zip", ".zst"),)
# Zips that are documents and programs: their parts are no files of anybody's.
_DOCUMENTS: Final = (
    *(".apk", ".docx", ".epub", ".ipa", ".jar", ".key", ".numbers", ".odp", ".ods", ".odt", ".pages", ".pptx"),
    *(".svgz", ".war", ".whl", ".xlsx", ".xpi"),
)


def is_archive_name(name: str) -> bool:
    """Return whether a file of this name in a folder is likely to be an archive."""
    return name.lower().endswith(ENDINGS)


def is_document_name(name: str) -> bool:
    """Return whether a file of this name is packed, but no archive to its owner."""
    return name.lower().endswith(_DOCUMENTS)


def stem_of(name: str) -> str:
    """Return the name of an archive without what says how it is packed, as a title for what is in it."""
    name = name.removesuffix(INTO.rstrip("/"))
    while is_archive_name(name):
        name = name.rpartition(".")[0]
    return name
