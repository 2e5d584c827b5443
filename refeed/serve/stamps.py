"""Remember when the served bytes last changed, across restarts; Last-Modified never goes back nor runs ahead."""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Final

from refeed.cache.fingerprint import stated
from refeed.options import Options
from refeed.pipeline.output.atomic_write import write_atomically
from refeed.problems import OutputError
from refeed.startup.named_tuple import NamedTuple
from refeed.startup.user_folder import NO_FOLDER, cache_folder

_SECOND: Final = timedelta(seconds=1)


class Stamp(NamedTuple):
    """Some bytes, and when they took the place of others."""

    etag: str
    at: datetime  # whole seconds, UTC


def next_stamp(before: Stamp | None, etag: str, now: datetime) -> Stamp:
    """Stamp bytes: the same bytes keep their time, others get a later one, in whole seconds.

    The time may lie ahead of the clock: for the rest of the second, or longer where the clock was set back. Until then
    the bytes wait, or go out without a date.
    """
    second = now.replace(microsecond=0)
    if before is None:
        return Stamp(etag, second)
    return before if before.etag == etag else Stamp(etag, max(second, before.at + _SECOND))


def stamp_file(options: Options) -> Path | None:
    """Name the file in the user's cache folder, if there is one, that remembers the stamp of this feed."""
    folder = cache_folder()
    if folder is None:
        return None
    paths = tuple(os.path.realpath(path) for path in options.paths or (options.folder,))
    name = hashlib.sha256(stated(replace(options, paths=paths, folder="."))).hexdigest()[:32]
    return Path(folder, "served", f"{name}.json")


def read_stamp(file: Path | None) -> Stamp | None:
    """Read what was remembered; nothing that can be read is nothing remembered."""
    if file is None:
        return None
    with suppress(OSError, ValueError, KeyError, TypeError):
        saved = json.loads(file.read_bytes())
        at = datetime.fromisoformat(saved["at"])
        return Stamp(str(saved["etag"]), at.astimezone(UTC).replace(microsecond=0))
    return None


def keep_stamp(file: Path | None, stamp: Stamp) -> str | None:
    """Remember a stamp; where that is impossible, say why."""
    if file is None:
        return NO_FOLDER
    text = json.dumps({"etag": stamp.etag, "at": stamp.at.isoformat()})

    def write(out: BinaryIO) -> None:
        out.write(text.encode())

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(str(file), write)
    except OSError as error:
        return f"{file}: cannot be written: {error.strerror}"
    except OutputError as error:
        return str(error)
    return None
