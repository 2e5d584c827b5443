"""Read the folder among whose files Hugo's settings may be divided: `params.toml`, `languages.fr.toml`.

https://gohugo.io/configuration/introduction/#configuration-directory
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from refeed.sites.notations.values import Table, read_table

FOLDERS: Final = ("config/production/", "config/_default/")  # what is published counts more
_WHOLE: Final = frozenset({"", "config", "hugo"})  # files that are no part
_ENDINGS: Final = frozenset({"json", "toml", "yaml", "yml"})
_MOST: Final = 50
_ADDRESS: Final = "baseurl"
_BARE: Final = ("/", "./")


def without_bare_address(table: Table) -> Table:
    """Return settings without an address that names no host (`baseURL = "/"`), so that other files may say it."""
    address = table.get(_ADDRESS)
    return {key: value for key, value in table.items() if key != _ADDRESS} if address in _BARE else table


def divided_settings(
    folder: str, names: Iterable[str], read: Callable[[str], str | None]
) -> Iterator[tuple[str, Table]]:
    """Yield the path of each file in a folder, and its settings where they would stand in a single file."""
    parts = [name.split(".") for name in names]
    known = [part for part in parts if len(part) > 1 and part[0] not in _WHOLE and part[-1] in _ENDINGS]
    for key, *language, ending in known[:_MOST]:
        path = folder + ".".join((key, *language, ending))
        table = read_table(path, read(path) or "")
        # TOML has no list at its top: `[[cascade]]` stands in `cascade.toml`, too.
        value = table[key] if table.keys() == {key} else table
        if not language:
            yield path, {key: value}
        else:
            yield path, {"languages": {language[0].lower(): value if key == "languages" else {key: value}}}
