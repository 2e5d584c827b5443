"""List the modules of a package without loading them, for packages whose public modules are one of a kind each."""

import os
from collections.abc import Iterable

_SUFFIXES = (".py", ".pyc")


def module_names(package: Iterable[str]) -> tuple[str, ...]:
    """Return the public modules in the folders of a package (`__path__`), sorted, without the packages in it.

    As pkgutil does, which loads inspect to look at file names.
    """
    found = set[str]()
    for folder in package:
        try:
            names = os.listdir(folder)
        except OSError:  # refeed is imported from an archive
            from pkgutil import iter_modules

            return tuple(sorted(one.name for one in iter_modules(package) if not one.ispkg and one.name[0] != "_"))
        found.update(name.partition(".")[0] for name in names if name[0] not in "_." and name.endswith(_SUFFIXES))
    return tuple(sorted(found))
