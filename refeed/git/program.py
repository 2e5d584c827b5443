"""Run git, so that nothing in the repository that it reads decides what else is run: archives are strangers' clones.

Only commands are run that read what is on the disk. What a repository's own settings could have such a command start
is taken out of them, and nothing is fetched. Whose repositories are read at all is git's own decision (safe.directory).
"""

import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Final

from refeed.problems import RefeedError

_OPTIONS: Final = ("--no-pager", "--no-optional-locks", "--no-replace-objects")
# The command line counts more than the settings of the repository.
_SETTINGS: Final = (
    "advice.graftFileDeprecated=false",
    "core.alternateRefsCommand=",
    "core.fsmonitor=",
    "core.hooksPath=/dev/null",
    "core.sshCommand=false",
    "diff.relative=false",
    "log.showSignature=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
)
_ENVIRONMENT: Final = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": os.devnull,  # like replaced objects, another history than the one that was committed
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",  # messages that are the same everywhere
}
# Of the variables that git knows: where the user says whose repositories are read. The others, as they are set in a
# hook, name another repository.
_KEPT: Final = frozenset({"GIT_CONFIG_GLOBAL"})
_CHUNK: Final = 2**16
_SECONDS: Final = 600.0  # the history of Linux takes a minute or two


class GitError(RefeedError):
    """Git refused, or failed; the message is its own."""


def run_git(top: str, *arguments: str) -> bytes:
    """Return what a command says of the work tree there."""
    return b"".join(stream_git(top, *arguments))


def stream_git(top: str, *arguments: str) -> Iterator[bytes]:
    """Return what a command says, piece by piece; GitError if it fails, in the end."""
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    command = [_program(), "-C", top, *_OPTIONS, *settings, *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _KEPT}
    with TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603  the program is git, and no word of a dump is among the arguments
            command,
            env={**environment, **_ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        with process:
            try:
                yield from _pieces(process, top)
            finally:
                process.kill()  # one that has ended does not mind
        if process.returncode:
            raise GitError(_message(errors, process.returncode))


def _program() -> str:
    """Return where git is; a relative PATH could lead into the archive."""
    program = shutil.which("git")
    if program is None or not os.path.isabs(program):
        raise RefeedError("--undated git needs the program git, and none is on PATH; install it")
    return program


def _pieces(process: "subprocess.Popen[bytes]", top: str) -> Iterator[bytes]:
    output, end = process.stdout, monotonic() + _SECONDS
    while output:
        if not select.select([output], [], [], max(end - monotonic(), 0))[0]:
            raise RefeedError(f"{top}: git took longer than {_SECONDS:.0f} seconds to read the history")
        piece = os.read(output.fileno(), _CHUNK)
        if not piece:
            process.wait()
            return
        yield piece


def _message(errors: IO[bytes], status: int) -> str:
    """Return what git says of its failure, which may stand below hints."""
    errors.seek(0)
    lines = errors.read(10_000).decode("utf-8", "replace").splitlines()
    wrong = [line for line in lines if line.startswith(("fatal: ", "error: "))] or lines
    if not wrong:
        return f"git ended with status {status}"
    return wrong[0].removeprefix("fatal: ").removeprefix("error: ").removesuffix(": (null)")  # as git 2.55 ends one
