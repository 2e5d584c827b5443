"""Find the git work trees that the files of a run lie in: around the paths given, and below (submodules, clones)."""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from refeed.git.program import GitError, run_git
from refeed.input.confined import ConfinedFolders
from refeed.input.discover import place_of
from refeed.input.ignored import NEVER_ENTERED
from refeed.input.parent_folders import folders_around
from refeed.problems import RefeedError
from refeed.startup.named_tuple import NamedTuple
from refeed.work_tree import WorkTree

_MARK: Final = ".git"  # a folder; in submodules and linked work trees a file that names one
_NAMED: Final = 3  # folders
_CURE: Final = "; --undated mtime takes the dates of the files themselves"


class FoundWorkTrees(NamedTuple):
    """The work trees of a run, and what the user should know about them."""

    work_trees: tuple[WorkTree, ...]
    notes: tuple[str, ...]


class _State(NamedTuple):
    """What is checked out in a work tree."""

    head: str
    boundary: tuple[str, ...]


def find_work_trees(paths: Sequence[str]) -> FoundWorkTrees:
    """Return the work trees that files below the paths lie in; RefeedError if there is none that git reads."""
    places = [place for path in dict.fromkeys(map(place_of, paths)) for place in _work_trees_of(*path)]
    states: dict[str, _State | str] = {}
    found, notes = list[WorkTree](), dict[str, None]()  # each note once, in order
    if outside := [below or "." for below, top, _ in places if not top]:
        more = f" and {len(outside) - _NAMED} more" if len(outside) > _NAMED else ""
        named = f"{', '.join(outside[:_NAMED])}{more}"
        notes[f"{named}: not in a git work tree, so --undated git finds no dates there"] = None
    for below, top, inside in places:
        if not top:
            continue
        state = states[top] = states.get(top) or _state(top)
        if isinstance(state, str):
            notes[f"{top}: {state}"] = None
            continue
        found.append(WorkTree(below, top, inside, *state))
        if state.boundary:
            notes[f"{top}: a shallow clone, which knows no older dates; git fetch --unshallow brings them"] = None
    if not found:
        raise RefeedError("\n".join(notes) + _CURE)
    return FoundWorkTrees(tuple(found), tuple(notes))


def _work_trees_of(prefix: str, is_folder: bool) -> Iterator[tuple[str, str, str]]:
    """Yield of each work tree what the paths of its files begin with, its top, and where in it that is."""
    nested = [folder for folder in _folders_with_mark(prefix) if folder] if is_folder else []
    real = Path(os.path.realpath(prefix or "."))
    top = next((folder for folder in folders_around(str(real)) if os.path.lexists(folder / _MARK)), None)
    if top:
        inside = real.relative_to(top).as_posix()
        yield prefix, str(top), "" if inside == "." else f"{inside}/"
    elif not nested:
        yield prefix, "", ""
    for folder in nested:
        yield prefix + folder, str(real / folder), ""


def _folders_with_mark(prefix: str) -> Iterator[str]:
    """Yield the folders below a given one in which a work tree begins; those are entered that the walk enters."""
    waiting = [""]
    with closing(ConfinedFolders()) as opener:
        while waiting:
            folder = waiting.pop()
            for name in _marks_and_folders(prefix, folder, opener):
                if name == _MARK:
                    yield folder
                else:
                    waiting.append(f"{folder}{name}/")


def _marks_and_folders(prefix: str, folder: str, opener: ConfinedFolders) -> list[str]:
    try:
        handle = opener.open(prefix, folder)
    except OSError:  # the walk will report it
        return []
    try:
        with os.scandir(handle) as listing:
            return [entry.name for entry in listing if entry.name == _MARK or _is_entered(entry)]
    finally:
        os.close(handle)


def _is_entered(entry: os.DirEntry[str]) -> bool:
    return entry.name[0] != "." and entry.name not in NEVER_ENTERED and entry.is_dir(follow_symlinks=False)


def _state(top: str) -> _State | str:
    """Return what is checked out in a work tree, or why that is unknown."""
    try:
        inside, shallow = run_git(top, "rev-parse", "--show-prefix", "--git-path", "shallow").split(b"\n")[:2]
        if inside:  # git passed over what is there, and read the work tree around it
            return "the .git there is not a repository"
        head = run_git(top, "log", "-1", "--no-show-signature", "--format=%H").decode().strip()
    except GitError as error:
        return str(error)
    return _State(head, _boundary(os.path.join(os.fsencode(top), shallow)))


def _boundary(path: bytes) -> tuple[str, ...]:
    try:
        with open(path, "rb") as file:
            return tuple(file.read().decode("ascii", "replace").split())
    except FileNotFoundError:
        return ()
