"""Recognise files of a Hugo page bundle: texts beside `index.md` that belong to that page and are no pages.

https://gohugo.io/content-management/page-bundles/
"""

from collections.abc import Collection
from typing import Final

_ENDINGS: Final = (".ad", ".adoc", ".asciidoc", ".htm", ".html", ".markdown", ".md", ".org", ".pandoc", ".pdc", ".rst")


class PageBundles:
    """The bundles that a walk comes past, the folders of each right behind it."""

    def __init__(self, sections: tuple[str, ...]) -> None:
        """Take the prefixes of folders below which bundles may lie; the folders themselves are no bundles."""
        self._sections = sections
        self._bundle: str | None = None

    def resources(self, folder: str, files: Collection[str]) -> frozenset[str]:
        """Return which of the files of a folder, in the order of a walk, belong to another page."""
        if not self._sections or not folder.startswith(self._sections) or folder in self._sections:
            return frozenset()
        if self._bundle is None or not folder.startswith(self._bundle):
            if not any(map(_is_index, files)):
                return frozenset()
            self._bundle = folder
        return frozenset(name for name in files if name.lower().endswith(_ENDINGS) and not _is_index(name))


def _is_index(name: str) -> bool:
    """Return whether a file is the page of a bundle, or a translation: `index.md`, `index.fr.md`."""
    return name.startswith("index.") and name.endswith(_ENDINGS)
