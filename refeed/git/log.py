"""Read from `git log` which files each commit added, and which it renamed: one process, the newest commit first."""

from collections.abc import Iterable, Iterator
from typing import Final

from refeed.git.program import stream_git
from refeed.problems import RefeedError
from refeed.startup.named_tuple import NamedTuple

# Parents after their children, so that a file's later names come before its earlier ones. Of a merge only what it has
# from none of its parents (-c): a tree that was taken into another one, say.
_LOG: Final = ("log", "-z", "--topo-order", "--root", "-c", "--no-ext-diff", "--no-textconv", "--no-show-signature")
_CHANGES: Final = ("--name-status", "--diff-filter=AR", "-M", "-l400")  # -l: files of a commit that are compared
_FORMAT: Final = "--format=%H %at"
_MOST_FILES: Final = 1_000_000
_LONGEST: Final = 100_000  # bytes of a name


class Commit(NamedTuple):
    """Which commit, and its author's date, in seconds since 1970."""

    id: str
    seconds: int


class Change(NamedTuple):
    """What a commit did to the names of files; as bytes, below the top of the work tree."""

    commit: Commit
    added: tuple[bytes, ...]
    renamed: tuple[tuple[bytes, bytes], ...]  # old name, new name


def read_log(top: str, head: str) -> Iterator[Change]:
    """Return what each commit up to `head` did, the newest first; those that did neither are left out."""
    return changes(_fields(stream_git(top, *_LOG, *_CHANGES, _FORMAT, head, "--"), top))


def changes(fields: Iterator[bytes]) -> Iterator[Change]:
    """Return what the fields of a log say: of each commit id and date, then for each file a letter and its names."""
    commit, added, renamed = None, list[bytes](), list[tuple[bytes, bytes]]()
    for field in fields:
        word = field.lstrip(b"\n")
        if not word:  # before the files of a merge
            continue
        if word[:1] == b"R" and word[1:].isdigit():
            renamed.append((next(fields), next(fields)))
        elif word.isupper():
            name = next(fields)
            if not word.strip(b"A"):  # of a merge a letter for each parent
                added.append(name)
        else:
            if commit:
                yield Change(commit, tuple(added), tuple(renamed))
            id_, _, seconds = word.partition(b" ")
            commit, added, renamed = Commit(id_.decode(), int(seconds)), [], []
    if commit:
        yield Change(commit, tuple(added), tuple(renamed))


def _fields(pieces: Iterable[bytes], top: str) -> Iterator[bytes]:
    """Divide the output at its NULs."""
    rest, count = b"", 0
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\0")
        count += len(whole)
        if count > 4 * _MOST_FILES or len(rest) > _LONGEST:
            raise RefeedError(f"{top}: its history is longer than --undated git reads; try --undated mtime")
        yield from whole
