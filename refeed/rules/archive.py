"""Find the archive that a file belongs to: what refeed.toml names, else the file's folder, or the one above days."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from refeed.config.toml_file import load_configuration
from refeed.config.trust import restrict
from refeed.input.discover import folder_of, prefix_of, source_at
from refeed.model import SourceFile
from refeed.paths import INTO
from refeed.startup.late_patterns import late_pattern

# Folders of years, months and days are parts of an archive: 2024/01/02/x.md, 2024-01-02 Tides/x.md.
_OF_DAYS: Final = late_pattern(r"(?:\A|(?<=/))(?:(?:(?:19|20)[0-9]{2}|[0-9]{1,2}(?![0-9]))[^/]{0,80}/){1,3}\Z")


def archive_of(file: str, config: str | None, *, is_named: bool) -> tuple[str, ...]:
    """Return the paths of a refeed.toml, if the file lies below one of them; of one that was found what is trusted.

    Else return the folder of the file, or the one that holds the folders of its day.
    """
    if config:
        stated = load_configuration(Path(config))
        options = stated if is_named else restrict(stated)[0]
        paths = options.paths or (options.folder,)
        if path_below(file, paths) is not None:
            return paths
    folder, here = folder_of(file).removeprefix("./"), prefix_of(os.getcwd())
    around = _OF_DAYS.sub("", here + folder)
    return (around if len(around) < len(here) and not Path(folder).is_absolute() else _OF_DAYS.sub("", folder) or ".",)


def in_archive(file: str, config: str | None, *, is_named: bool) -> SourceFile:
    """Return a file that was given as a build of its archive finds it, by the path that was given if that is enough."""
    if INTO in file and not os.path.lexists(file):
        return SourceFile(file, file.partition(INTO)[2])
    archive = archive_of(file, config, is_named=is_named)
    found = source_at(path_below(file, archive) or file, archive)
    return SourceFile(file, found.name) if f"/{file}".endswith(f"/{found.name}") else found


def path_below(file: str, paths: Iterable[str]) -> str | None:
    """Return the path of a file as it is found below one of the paths."""
    real = os.path.realpath(file)
    for path in paths:
        root = os.path.realpath(path)
        if real == root:
            return path
        if real.startswith(prefix_of(root)):
            return prefix_of(path) + real[len(prefix_of(root)) :]
    return None
