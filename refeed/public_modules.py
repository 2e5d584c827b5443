"""Find out what a package offers by the names of its modules. `pkgutil` would load `inspect` to read their endings."""

import os
from collections.abc import Iterable
from typing import Final

_ENDINGS: Final = (".py", ".pyc")  # the latter alone where somebody keeps no sources


def public_modules(folders: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the modules in a package (its `__path__`), sorted, without packages and private modules."""
    names = {name for folder in folders for name in os.listdir(folder)}  # noqa: PTH208  only names are wanted
    return tuple(sorted({name.partition(".")[0] for name in names if name.endswith(_ENDINGS) and name[0] != "_"}))
