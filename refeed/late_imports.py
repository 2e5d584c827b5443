"""Put off the import of a package that another package imports and hardly anybody uses."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import RLock
from types import ModuleType
from typing import Any, Final

_LOADING: Final = RLock()  # two threads must not take the stand-in away, or see what the other one loads half-way


def import_late(name: str) -> None:
    """Let a package be loaded when something of it is asked for, whoever has imported it until then (PEP 562).

    Not by importlib's LazyLoader: until Python 3.12 a second `import` of its module loads it.
    """
    if name in sys.modules:
        return
    stand_in = ModuleType(name)

    def load(attribute: str) -> object:
        with _LOADING:
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
            return getattr(import_module(name), attribute)

    vars(stand_in)["__getattr__"] = load
    sys.modules[name] = stand_in


@contextmanager
def in_place_of(**modules: object) -> Iterator[None]:
    """Let what is imported meanwhile find these in place of modules that nobody has loaded yet."""
    ours: dict[str, Any] = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(ours)
    try:
        yield
    finally:
        for name in ours:
            sys.modules.pop(name, None)
