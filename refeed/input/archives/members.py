"""The members of an archive as a tree: which of them may be read, where each lies, and why others are not read."""

import re
from collections.abc import Iterator
from typing import Final

from refeed.input.archives.errors import OverLimitError
from refeed.limits import Limits
from refeed.problems import Problem
from refeed.startup.named_tuple import NamedTuple

_DEEPEST: Final = 64  # folders in folders
_LONGEST: Final = 1_024  # characters of a name with its folders
_DRIVE: Final = re.compile(r"[A-Za-z]:")


class Refusal(NamedTuple):
    """Why a member is not read: the code of a problem, and its words."""

    code: str
    message: str


LINK: Final = Refusal("symlink", "a link in an archive is not followed")
DEVICE: Final = Refusal("special-file", "neither a file nor a folder: not read")
ENCRYPTED: Final = Refusal("unreadable", "it is encrypted; unpack the archive and give the folder")
SPARSE: Final = Refusal("unreadable", "a sparse file; unpack the archive and give the folder")
REPLACED: Final = Refusal("leftover", "the archive has a later member of this name")
_OUTSIDE: Final = "its name leads out of the archive: not read"
_TOO_LONG: Final = "its name is longer or deeper than refeed reads"


class Member(NamedTuple):
    """A file in an archive."""

    place: int  # where it lies, in the terms of its archive
    saved: float | None  # when it was changed, in seconds since 1970
    refusal: Refusal | None = None


class MemberEntry(NamedTuple):
    """What a folder in an archive holds; it answers as `os.DirEntry` does."""

    name: str
    member: Member | None  # None: a folder

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:  # noqa: ARG002
        """Return whether it is a folder."""
        return self.member is None

    def is_file(self, *, follow_symlinks: bool = True) -> bool:  # noqa: ARG002
        """Return whether it is a file that may be read."""
        return self.member is not None and self.member.refusal is None

    def inode(self) -> int:
        """Return no number that a file of this machine has."""
        return 0


class Members:
    """The members of one archive, by folders. Names are those in the archive with all that leads nowhere left out."""

    def __init__(self, limits: Limits) -> None:
        """Begin with none."""
        self._limits = limits
        self._count = 0
        self._folders: dict[str, dict[str, Member]] = {"": {}}
        self._inner: dict[str, dict[str, None]] = {"": {}}
        self.problems: list[Problem] = []
        """Members that are no file in a folder; their paths are their names in the archive."""

    def add(self, name: str, member: Member) -> str | None:
        """Take in a member, and return its path in the archive; None if it has none, or is a folder.

        Some programs of Windows part folders by backslashes.
        """
        name = name.replace("\\", "/")
        if name.endswith("/"):
            return None
        parts = [part for part in name.split("/") if part not in {"", "."}]
        if name.startswith("/") or ".." in parts or _DRIVE.match(name) or "\0" in name or not parts:
            self.problems.append(Problem("outside", _OUTSIDE, name))
            return None
        if len(name) > _LONGEST or len(parts) > _DEEPEST:
            self.problems.append(Problem("over-limit", _TOO_LONG, name[:_LONGEST]))
            return None
        folder, file = "".join(f"{part}/" for part in parts[:-1]), parts[-1]
        self.add_folder(folder)
        files = self._folders[folder]
        if file in files:  # programs that unpack let the later one replace it
            self.problems.append(Problem(*REPLACED, folder + file))
        else:
            self._counted()
        files[file] = member
        return folder + file

    def add_address(self, address: str, member: Member) -> None:
        """Take in a member that is called by an address, whose slashes part no folders."""
        self._counted()
        self._folders[""][address] = member

    def add_folder(self, folder: str) -> None:
        """Take in a folder, with those around it; its path ends with a slash."""
        if folder in self._folders:
            return
        around, _, name = folder[:-1].rpartition("/")
        above = around and around + "/"
        self.add_folder(above)
        self._counted()
        self._inner[above][name] = None
        self._folders[folder], self._inner[folder] = {}, {}

    def _counted(self) -> None:
        self._count += 1
        if self._count > self._limits.max_members:
            raise OverLimitError(self._limits.max_members, "members", "max_members")

    def find(self, path: str) -> Member | None:
        """Return the member with a path, if there is one."""
        folder, slash, name = path.rpartition("/")
        return self._folders.get(folder + slash, {}).get(name) or self._folders[""].get(path)

    def has_folder(self, folder: str) -> bool:
        """Return whether there is a folder with a path that ends with a slash, or is empty."""
        return folder in self._folders

    def scan(self, folder: str) -> Iterator[MemberEntry]:
        """Yield what lies in a folder."""
        yield from (MemberEntry(name, None) for name in self._inner[folder])
        yield from (MemberEntry(name, member) for name, member in self._folders[folder].items())
