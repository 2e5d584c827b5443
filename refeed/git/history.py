"""Find out which commit added each file of a work tree, under whatever name."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from refeed.git.log import Change, Commit, read_log
from refeed.startup.named_tuple import NamedTuple
from refeed.work_tree import WorkTree

_IMPORT: Final = 20  # files: a commit that added as many, and half of all, brought an archive along
_SHOWN: Final = 10  # digits of a commit's id, by which a person finds it
_KEPT: Final = 16  # histories that stay in memory


class Addition(NamedTuple):
    """When a file was added."""

    commit: str  # the beginning of its id
    seconds: int  # its author's date, since 1970
    files: int  # that the same commit added
    all_files: int  # of the history

    @property
    def is_import(self) -> bool:
        """Whether the files are older than the commit: it added most of them at once."""
        return self.files >= max(_IMPORT, self.all_files / 2)


class History:
    """When each file of a work tree was added."""

    def __init__(self, first: Mapping[bytes, Commit | None]) -> None:
        """Take the commit that added each file, None where it is unknown."""
        self._first = first
        self._counts = Counter(first.values())

    def addition(self, name: bytes) -> Addition | None:
        """Return when the file was added that has this name today; None if that is not known."""
        commit = self._first.get(name)
        if commit is None:
            return None
        return Addition(commit.id[:_SHOWN], commit.seconds, self._counts[commit], len(self._first))


def first_commits(changes: Iterable[Change], boundary: frozenset[str]) -> dict[bytes, Commit | None]:
    """Return the commit that added each file, under the names of today; the changes come newest first.

    Of a file that was added several times, as after a deletion by mistake, it is the earliest one. At the boundary of a
    shallow clone everything seems to be added; None says that it is older than that.
    """
    names: dict[bytes, bytes | None] = {}  # an older name → the one of today; None: that was another file
    first: dict[bytes, Commit | None] = {}
    for commit, added, renamed in changes:
        known = None if commit.id in boundary else commit
        for name in (*added, *(new for _, new in renamed)):
            today = names.get(name, name)
            if today is not None:
                first[today] = _earlier(known, first.get(today, commit))
        moves = [(old, names.get(new, new)) for old, new in renamed]
        names.update((new, None) for _, new in renamed)
        names.update(moves)  # after that: files may have changed their names with each other
    return first


def _earlier(one: Commit | None, other: Commit | None) -> Commit | None:
    return min(one, other, key=lambda commit: commit.seconds) if one and other else None


def commit_that_added(path: str, work_tree: WorkTree) -> Addition | None:
    """Return which commit added a file of a run; None if git does not know it, or not since when."""
    return _history(work_tree.top, work_tree.head, work_tree.boundary).addition(os.fsencode(work_tree.path_of(path)))


def load_histories(work_trees: Iterable[WorkTree]) -> None:
    """Read the histories now: processes that are copies of this one have them then."""
    for tree in work_trees:
        _history(tree.top, tree.head, tree.boundary)


@lru_cache(maxsize=_KEPT)
def _history(top: str, head: str, boundary: tuple[str, ...]) -> History:
    return History(first_commits(read_log(top, head), frozenset(boundary)))
