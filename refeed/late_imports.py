"""Put off the import of a package that another package imports and hardly anybody uses."""

import sys
from importlib import import_module
from threading import RLock
from types import ModuleType
from typing import Final

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
