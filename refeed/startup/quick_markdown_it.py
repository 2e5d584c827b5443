"""Load markdown-it without inspect and logging, which it hardly uses."""

from collections.abc import Callable
from importlib import import_module
from types import MethodType
from typing import Any

from refeed.startup.late_imports import compiled_kept, hints_as_written, import_late, known


class _Logger:
    """Takes what every rule says of every line it looks at, and has the rest from logging."""

    def __init__(self, name: str) -> None:
        """Remember whose it is."""
        self._name = name

    def debug(self, *_: object) -> None:
        """Write nothing."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("logging").getLogger(self._name), name)


def _members(value: object, *, predicate: Callable[[object], bool]) -> list[tuple[str, object]]:
    return [(name, member) for name in dir(value) if predicate(member := getattr(value, name))]


_INSPECT = {
    "signature": lambda _: "()",  # dataclasses writes it into the docstring of a class without one
    "getmembers": _members,  # and the writer of HTML looks for its own methods
    "ismethod": lambda value: isinstance(value, MethodType),
}

# Loaded before, or it would take what is known here of inspect for all classes that there are.
import_late("inspect")
import dataclasses  # noqa: E402, F401

import_late("mdurl")  # its addresses of links are not used here, see `refeed.markup.markdown`
with hints_as_written(), compiled_kept(), known(inspect=_INSPECT, logging={"getLogger": _Logger}):
    import markdown_it  # noqa: F401  it is only loaded here
    import mdit_py_plugins.deflist
    import mdit_py_plugins.footnote  # noqa: F401
