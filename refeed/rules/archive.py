"""Find the archive that a file is of: what refeed.toml names, else the folder of the file."""

import os
from collections.abc import Iterable
from pathlib import Path

from refeed.config.toml_file import load_configuration
from refeed.config.trust import restrict
from refeed.input.discover import folder_of, prefix_of


def archive_of(file: str, config: str | None, *, is_named: bool) -> tuple[str, ...]:
    """Return the paths of a refeed.toml, if the file lies below one of them; of one that was found what is trusted."""
    if config:
        stated = load_configuration(Path(config))
        options = stated if is_named else restrict(stated)[0]
        paths = options.paths or (options.folder,)
        if path_below(file, paths) is not None:
            return paths
    return (folder_of(file) or ".",)


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
