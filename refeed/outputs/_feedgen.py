"""Load feedgen without the time zones of dateutil, which take longer to load than itself."""

from datetime import UTC
from functools import cache
from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import Any, Final


class _Dateutil:
    """What feedgen knows as dateutil: it asks for a zone to date a new entry or feed, which is put right at once."""

    tz = SimpleNamespace(tzutc=lambda: UTC)

    def __getattr__(self, name: str) -> ModuleType:
        return import_module(f"dateutil.{name}")


_DATEUTIL: Final = _Dateutil()


@cache
def of_feedgen(name: str) -> Any:
    """Return a module of feedgen."""
    module = import_module(f"feedgen.{name}")
    vars(module)["dateutil"] = _DATEUTIL
    return module
