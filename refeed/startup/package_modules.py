"""Find and load the modules of packages without most of what Python asks about any module.

Python asks one finder after the other, and they look for every kind of file that may hold a module. Then it asks eleven
times for what was compiled of it, and at each `from … import` for what only a package has.
"""

import marshal
import os
import sys
from collections.abc import Sequence
from functools import cache
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source
from types import CodeType, ModuleType
from typing import Final

READING: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0)  # the latter in Windows
_BEGINNING: Final = MAGIC_NUMBER + bytes(4)  # of what was compiled; then the time and the size of its source: PEP 552
_WORD: Final = 0xFFFFFFFF
_MOST: Final = 2**18  # bytes of a compiled module that are read at once
_SUFFIXES: Final = tuple(EXTENSION_SUFFIXES)


class _QuickModule(ModuleType):
    """A module that writes no message for `from … import`, which asks each for the `__path__` that a package has."""

    __getattribute__ = object.__getattribute__


class _Loader(SourceFileLoader):
    """Loads modules whose code was kept; to load one whose code was not is left to Python."""

    def __init__(self, name: str, source: os.DirEntry[str], compiled: str) -> None:
        """Load a module from its file, or from the one that keeps what was compiled of it."""
        super().__init__(name, source.path)
        self._source = source
        self._compiled = compiled

    if sys.version_info < (3, 12):  # later ones write no message for any module

        def create_module(self, spec: ModuleSpec) -> ModuleType | None:
            """Return a module that nothing has run in; those of others may answer for what they lack."""
            return _QuickModule(spec.name) if spec.name.startswith("refeed.") else None

    def get_code(self, fullname: str) -> CodeType | None:
        """Return the code that was made of the file as it is; Python does the same, in five times as many steps."""
        try:
            source = self._source.stat()
            handle = os.open(self._compiled, READING)
            try:
                content = os.read(handle, _MOST)
            finally:
                os.close(handle)
        except OSError:
            return super().get_code(fullname)
        stamp = int(source.st_mtime) & _WORD | (source.st_size & _WORD) << 32
        header = _BEGINNING + stamp.to_bytes(8, "little")
        if content.startswith(header) and len(content) < _MOST:
            code = marshal.loads(memoryview(content)[len(header) :])  # noqa: S302  as Python does
            if isinstance(code, CodeType) and code.co_filename == self.path:  # else it was compiled elsewhere
                return code
        return super().get_code(fullname)


class _PackageModules:
    """Finds the modules of packages that are files of Python; of what else there is others know."""

    def find_spec(self, name: str, path: Sequence[str] | None, _: ModuleType | None = None) -> ModuleSpec | None:
        """Return where a module lies, and what loads it, as Python's own finder would."""
        if not path:
            return None
        folder, last = path[0], name.rpartition(".")[2]
        source = _source_of(last, folder)
        is_package = source is None
        if source is None:
            folder, last = f"{folder}/{last}", "__init__"
            source = _source_of(last, folder)
            if source is None:
                return None
        before, after = _compiled_in(folder)
        compiled = f"{before}{last}{after}"
        spec = ModuleSpec(name, _Loader(name, source, compiled), origin=source.path, is_package=is_package)
        spec.cached = compiled
        spec.has_location = True
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(folder)
        return spec


def _source_of(name: str, folder: str) -> os.DirEntry[str] | None:
    """Return the file of Python in a folder that is the module of this name.

    None if something else goes before it: a package, whose older release may have left the file, or what was made of
    the file in another language.
    """
    files = files_in(folder)
    return None if name in files or name in extensions_in(folder) else files.get(f"{name}.py")


@cache
def files_in(folder: str) -> dict[str, os.DirEntry[str]]:
    """Return what lies in a folder by its name."""
    return {one.name: one for one in entries_of(folder)}


@cache
def extensions_in(folder: str) -> set[str]:
    """Return the names of the modules in a folder that are not written in Python."""
    return {file.partition(".")[0] for file in files_in(folder) if file.endswith(_SUFFIXES)}


@cache
def _compiled_in(folder: str) -> tuple[str, str]:
    """Return what stands before and after the name of a module of a folder in the path of what was compiled of it."""
    before, _, after = cache_from_source(f"{folder}/*.py").rpartition("*")
    return before, after


@cache
def entries_of(folder: str) -> tuple[os.DirEntry[str], ...]:
    """Return what lies in a folder, as it was when this process first asked; nothing where it is in an archive.

    What loads modules and what digests their sources share it, and so look at each file once.
    """
    try:
        with os.scandir(folder) as entries:
            return tuple(entries)
    except OSError:
        return ()


def find_package_modules() -> None:
    """Find them so from now on."""
    if sys.implementation.cache_tag:  # else nothing that is compiled is kept
        sys.meta_path.insert(0, _PackageModules())
