"""Find refeed's own modules by a look into their folder: a thirtieth of a build of a few files.

Python asks one finder after the other for each module, and they look for every kind of file that may hold it.
"""

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import ModuleType


class _OwnModules:
    """Finds modules that are files of Python in a package of refeed; of what else there is others know."""

    def __init__(self) -> None:
        self._names: dict[str, frozenset[str]] = {}  # folder → what lies in it

    def find_spec(self, name: str, path: Sequence[str] | None, _: ModuleType | None = None) -> ModuleSpec | None:
        """Return where a module lies, and what loads it, as Python's own finder would."""
        if path is None or not name.startswith("refeed."):
            return None
        folder = path[0]
        names = self._names.get(folder)
        if names is None:
            names = self._names[folder] = _names_in(folder)
        file = f"{name.rpartition('.')[2]}.py"
        if file not in names:
            return None
        file = f"{folder}/{file}"
        spec = ModuleSpec(name, SourceFileLoader(name, file), origin=file)
        spec.has_location = True
        return spec


def _names_in(folder: str) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208  pathlib need not be loaded for it
    except OSError:  # it is in an archive
        return frozenset()


def find_own_modules() -> None:
    """Find them so from now on."""
    sys.meta_path.insert(0, _OwnModules())
