"""Read the folder among whose files Hugo's settings may be divided: `params.toml`, `languages.fr.toml`.

https://gohugo.io/configuration/introduction/#configuration-directory
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from refeed.sites.values import Table, read_table

FOLDER: Final = "config/_default/"
_WHOLE: Final = frozenset({"", "config", "hugo"})  # files that are no part
_ENDINGS: Final = frozenset({"json", "toml", "yaml", "yml"})
_MOST: Final = 50


def divided_settings(names: Iterable[str], read: Callable[[str], str | None]) -> Iterator[tuple[str, Table]]:
    """Yield the path of each file in the folder, and its settings where they would stand in a single file."""
    parts = [name.split(".") for name in names]
    known = [part for part in parts if len(part) > 1 and part[0] not in _WHOLE and part[-1] in _ENDINGS]
    for key, *language, ending in known[:_MOST]:
        path = FOLDER + ".".join((key, *language, ending))
        table = read_table(path, read(path) or "")
        if not language:
            yield path, {key: table}
        else:
            yield path, {"languages": {language[0].lower(): table if key == "languages" else {key: table}}}
