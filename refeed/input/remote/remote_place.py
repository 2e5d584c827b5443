"""Files at addresses as a place. A program reads them by itself: no connection may be carried into its copies."""

import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from time import time_ns
from typing import Any, Final

from refeed.digests import blake2b
from refeed.input.place import ByteSource, FileFacts, FileStats, PlaceError, Sharing
from refeed.input.remote.file_systems import Objects, Root, root_of, told
from refeed.input.remote.listed import ListedFolder
from refeed.input.remote.remote_bytes import RemoteBytes
from refeed.paths import without_secrets
from refeed.problems import Problem, RefeedError
from refeed.startup.named_tuple import NamedTuple

_AT_ONCE: Final = 16  # files that are fetched at the same time
_MOST_AHEAD: Final = 2**25  # bytes of files that are fetched before they are asked for
_LARGE: Final = 2**22  # bytes of a file that is fetched in pieces
_TIMES: Final = ("mtime", "last_modified", "LastModified", "updated", "modified")
_TAGS: Final = ("e_tag", "ETag", "etag", "sha")


class _Info(NamedTuple):
    """What a listing says of a file or a folder."""

    is_folder: bool
    size: int
    modified: float | None  # seconds since 1970
    tag: str


_FOLDER: Final = _Info(is_folder=True, size=0, modified=None, tag="")


class RemoteEntry(NamedTuple):
    """What a folder holds; it answers as `os.DirEntry` does."""

    name: str
    is_folder: bool

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:  # noqa: ARG002
        """Return whether it is a folder."""
        return self.is_folder

    def is_file(self, *, follow_symlinks: bool = True) -> bool:  # noqa: ARG002
        """Return whether it is a file."""
        return not self.is_folder

    def inode(self) -> int:
        """Return no number that a file of this machine has."""
        return 0


class RemotePlace:
    """What lies below an address. RefeedError ends the run where it cannot be reached: half a place is none."""

    sharing = Sharing.PROGRAMS
    problems: tuple[Problem, ...] = ()

    def __init__(self, root: Root) -> None:
        """Take what reads it."""
        self.address = root.address
        self._root, self._begun = root, time_ns()
        self._infos = dict[str, _Info | None]()  # by name; None: there is no such thing
        self._folders = dict[str, ListedFolder]()  # of stores of objects
        self._kept = dict[str, bytes]()

    def stats(self, name: str) -> FileStats:
        """Return what tells whether a file is what it was; without a time and a tag, nothing does."""
        info = self._info(name)
        if info is None or (info.modified is None and not info.tag):
            return 0, self._begun, self._begun, 0  # as if it had changed just now
        tag = int.from_bytes(blake2b(info.tag.encode(), digest_size=7).digest(), "big")
        moment = int((info.modified or 1) * 1_000_000_000) | 1  # never a whole second, which clocks of FAT would have
        return info.size, moment, moment, tag

    def has_folder(self, folder: str) -> bool:
        """Return whether there is such a folder."""
        info = self._info(folder.rstrip("/")) if self._root.lists else None
        return info is not None and info.is_folder

    def scan(self, folder: str) -> Iterator[RemoteEntry]:
        """Return what a folder holds."""
        if self._root.stores:
            yield from self._scan_objects(folder, self._root.stores)
            return
        with told(self.address + folder):
            listed = self._root.file_system.ls(self._path(folder.rstrip("/")), detail=True)
        for one in listed:
            name = str(one["name"]).rstrip("/").rpartition("/")[2]
            info = _read(one)
            if name and self._path(folder + name).strip("/") == str(one["name"]).strip("/"):
                self._infos[folder + name] = info
                yield RemoteEntry(name, info.is_folder)

    def _scan_objects(self, folder: str, stores: Objects) -> Iterator[RemoteEntry]:
        if folder not in self._folders:
            with told(self.address + folder):
                self._folders.update(stores.listed(folder))
        found = self._folders[folder]
        if found.is_empty:
            raise FileNotFoundError(folder)
        yield from (RemoteEntry(name, is_folder=True) for name in found.folders if name)
        yield from (RemoteEntry(name, is_folder=False) for name in found)

    def refusal(self, name: str) -> Problem | None:
        """Return why a file cannot be read; None if it can."""
        info = self._info(name)
        return _gone() if info is None or info.is_folder else None

    def order(self, _: str) -> int:
        """Return one rank for all files: they may be read in any order."""
        return 0

    def facts(self, name: str) -> FileFacts:
        """Return when a file was changed."""
        info = self._info(name)
        return FileFacts(info.modified) if info else FileFacts()

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield what a file holds, piece by piece."""
        kept = self._kept.get(name)
        if kept is not None:
            yield kept
            return
        info = self._info(name)
        if info is None or info.is_folder:
            raise PlaceError(_gone())
        if info.size <= _LARGE:
            yield self._fetch(name)
            return
        for start in range(0, info.size, _LARGE):
            yield self._fetch(name, start, min(start + _LARGE, info.size))

    def keep(self, names: Iterable[str]) -> None:
        """Fetch these files at the same time, as many as fit."""
        before, self._kept = self._kept, {}
        wanted, size, names = list[str](), 0, dict.fromkeys(names)
        with ThreadPoolExecutor(_AT_ONCE) as threads:  # another process may have listed them
            infos = threads.map(self._info, names)
        for name, info in zip(names, infos, strict=True):
            size += info.size if info else 0
            if name in before:
                self._kept[name] = before[name]
            elif info and not info.is_folder and info.size <= _LARGE and size <= _MOST_AHEAD:
                wanted.append(name)
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            fetched = threads.map(self._fetch_if_there, wanted)
            self._kept.update((name, data) for name, data in zip(wanted, fetched, strict=True) if data is not None)

    expect = keep

    def byte_source(self, name: str, _: int) -> ByteSource | None:
        """Return the bytes of a file, to be read at any place; an archive is not fetched as a whole."""
        info = self._info(name)
        if info is None:
            raise PlaceError(_gone())
        return RemoteBytes(lambda start, end: self._fetch(name, start, end), info.size)

    def _path(self, name: str) -> str:
        return self._root.prefix + name

    def _info(self, name: str) -> _Info | None:
        above, slash, last = name.rpartition("/")
        if self._root.stores and not slash:  # a bucket; asked for its object without a name, stores tell of one
            return _FOLDER
        if folder := self._folders.get(f"{above}/"):
            one = folder.get(last)
            known = _FOLDER if last in folder.folders else None
            return _Info(is_folder=False, size=one.size, modified=one.modified, tag=one.tag) if one else known
        if name not in self._infos:
            try:
                with told(self.address + name):
                    self._infos[name] = _read(self._root.file_system.info(self._path(name)))
            except FileNotFoundError:
                self._infos[name] = None
        return self._infos[name]

    def _fetch_if_there(self, name: str) -> bytes | None:
        try:
            return self._fetch(name)
        except PlaceError:  # whoever reads it will tell
            return None

    def _fetch(self, name: str, start: int | None = None, end: int | None = None) -> bytes:
        info = self._info(name)
        try:
            with told(self.address + name):
                data = self._read(name, info.tag if info else "", start, end)
        except FileNotFoundError:
            raise PlaceError(_gone()) from None
        whole = info.size if info and self._root.stores else None  # what a web server packs has another size
        wanted = whole if end is None else end - (start or 0)
        if wanted is not None and len(data) > wanted:  # a server that knows no ranges sends the whole
            data = data[start:end]
        if wanted is not None and len(data) < wanted:
            raise RefeedError(f"{without_secrets(self.address)}{name}: is cut short; nothing was written")
        return data

    def _read(self, name: str, tag: str, start: int | None, end: int | None) -> bytes:
        if self._root.stores:
            return self._root.stores.read(self._path(name), tag, start, end)
        data: bytes = self._root.file_system.cat_file(self._path(name), start=start, end=end)
        return data


def _gone() -> Problem:
    return Problem("changed-file", "there is no such file, or it cannot be reached, or it changed just now")


def _read(info: Mapping[str, Any]) -> _Info:
    """Return what a listing says, in the words of each library."""
    moment = next((info[key] for key in _TIMES if info.get(key)), None)
    if isinstance(moment, str):
        moment = _parsed(moment)
    modified = moment.timestamp() if isinstance(moment, datetime) else moment
    tag = next((str(info[key]) for key in _TAGS if info.get(key)), "")
    return _Info(info.get("type") == "directory", int(info.get("size") or 0), modified, tag)


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


class _Open(threading.local):
    def __init__(self) -> None:
        self.places = dict[str, RemotePlace]()


_open: Final = _Open()


def remote_place(address: str) -> RemotePlace:
    """Return the place that an address lies in; what was listed once is not asked for again until all is closed."""
    found = next((place for top, place in _open.places.items() if address.startswith(top)), None)
    if found is None:
        found = RemotePlace(root_of(address))
        _open.places[found.address] = found
    return found


def close_remote_places() -> None:
    """Forget what was listed and kept."""
    _open.places.clear()
