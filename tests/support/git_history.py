"""Make small git repositories: a whole history in one run of `git fast-import`."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Commit:
    """A commit: its author's date, what it writes, and what it does to names."""

    date: str  # as "2020-01-02T03:04:05+0800"
    writes: Mapping[str, str] = field(default_factory=dict)
    moves: Sequence[tuple[str, str]] = ()
    deletes: Sequence[str] = ()
    onto: Sequence[int] | None = None  # the numbers of its parents, from 1; None: the commit before


def day(number: int, **what: Any) -> Commit:
    """Return a commit of a day in January 2020."""
    return Commit(date=f"2020-01-{number:02}T12:00:00+0000", **what)


def git(folder: Path, *arguments: str, text: str | None = None) -> str:
    """Run git as nobody in particular."""
    environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "HOME": str(folder)}
    settings = ("protocol.file.allow=always", "user.name=A. Person", "user.email=a@harbour.example")
    command = ["git", *(part for setting in settings for part in ("-c", setting)), *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, input=text, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def repository(folder: Path, *commits: Commit, checked_out: bool = True) -> Path:
    """Make a repository with a history in a folder; its files are there, unless they are not checked out."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--template=", "--initial-branch", "main")
    _import(folder, commits, start=None, checked_out=checked_out)
    return folder


def commit(folder: Path, *commits: Commit) -> None:
    """Add commits to a repository."""
    _import(folder, commits, start="refs/heads/main^0", checked_out=True)


def _import(folder: Path, commits: Sequence[Commit], *, start: str | None, checked_out: bool) -> None:
    stream = "".join(_written(one, number, start) for number, one in enumerate(commits, 1))
    git(folder, "fast-import", "--quiet", "--force", "--date-format=rfc2822", text=stream)
    if commits and checked_out:
        git(folder, "reset", "--quiet", "--hard", "main")


def _written(commit: Commit, number: int, start: str | None) -> str:
    day, time = commit.date[:19].split("T")
    author = f"A. Person <a@harbour.example> {day} {time} {commit.date[19:]}"
    lines = ["commit refs/heads/main", f"mark :{number}", f"author {author}"]
    # Committed long after it was written, as after a rebase.
    lines += ["committer A. Person <a@harbour.example> 2024-12-31 00:00:00 +0000", "data 1", "x"]
    usual = [f":{number - 1}"] if number > 1 else [start] if start else []
    parents = usual if commit.onto is None else [f":{parent}" for parent in commit.onto]
    lines += [f"{'merge' if place else 'from'} {parent}" for place, parent in enumerate(parents)]
    for name in commit.deletes:
        lines.append(f'D "{name}"')
    for old, new in commit.moves:
        lines.append(f'R "{old}" "{new}"')
    for name, text in commit.writes.items():
        lines += [f'M 100644 inline "{name}"', f"data {len(text.encode())}", text]
    return "\n".join(lines) + "\n"
