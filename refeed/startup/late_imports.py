"""Put off the import of a module that another one imports and hardly anybody uses."""

import re
import sys
import threading
import typing
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Final

from refeed.startup.kept_code import KEPT_CODE
from refeed.startup.kept_patterns import KEPT_PATTERNS

# Two threads must not take the stand-in away, nor see half of what the other one loads.
_LOADING: Final = threading.RLock()
_WRITERS: Final = ("collections", "dataclasses")  # they write functions of classes as texts
_KEEPING_RE: Final = ModuleType("re")  # what it compiles may be kept; else it is that module
vars(_KEEPING_RE).update(vars(re))


class _StandIn(ModuleType):
    """What is in place of a module until something of it is asked for that is not known without it."""

    def __getattr__(self, attribute: str) -> object:
        with _LOADING:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
            value = getattr(import_module(self.__name__), attribute)
        vars(self)[attribute] = value  # whoever has imported this keeps it
        return value


def import_late(name: str, built_in: ModuleType | None = None) -> None:
    """Load a module only when something of it is used, whatever has imported it until then.

    What is public in the built-in module that it wraps is given without that. Not by importlib's LazyLoader: until
    Python 3.12 a second `import` of its module loads it.
    """
    if name not in sys.modules:
        sys.modules[name] = stand_in = _StandIn(name)
        if built_in is not None:
            public = {key: value for key, value in vars(built_in).items() if key[0] != "_"}
            vars(stand_in).update(public, __path__=())  # each `from … import` asks for it


@contextmanager
def hints_as_written() -> Iterator[None]:
    """Let typing keep hints that are texts as they are; one that is evaluated is compiled then, as `eval` takes either.

    What defines classes has many, and nobody asks what they mean. The first that is compiled makes all types of ast.
    """
    if not _is_alone():
        yield
        return
    names: dict[str, object] = vars(typing)
    names["compile"] = lambda text, *_: text  # in the place of the built-in one
    try:
        yield
    finally:
        names.pop("compile", None)


@contextmanager
def compiled_kept() -> Iterator[None]:
    """Let what is compiled while something is imported be kept: expressions, and functions of classes of values.

    What it compiles later is as always: it may be made of what it reads.
    """
    if not _is_alone():
        yield
        return
    names: dict[str, object] = vars(_KEEPING_RE)
    names["compile"] = KEPT_PATTERNS.compile
    sys.modules["re"] = _KEEPING_RE
    writers = [vars(sys.modules[name]) for name in _WRITERS if name in sys.modules]
    for writer in writers:
        writer.update(exec=_run, eval=_evaluate)  # in the place of the built-in ones
    try:
        yield
    finally:
        sys.modules["re"] = re
        names["compile"] = re.compile
        for writer in writers:
            for name in ("exec", "eval"):
                writer.pop(name, None)


def _run(text: str, names: dict[str, object], *own: dict[str, object]) -> None:
    exec(KEPT_CODE.compile(text, "exec"), names, *own)  # noqa: S102  as dataclasses does


def _evaluate(text: str, names: dict[str, object], *own: dict[str, object]) -> object:
    return eval(KEPT_CODE.compile(text, "eval"), names, *own)  # noqa: S307  as namedtuple does


@contextmanager
def known(**modules: Mapping[str, object]) -> Iterator[None]:
    """Let what is imported meanwhile take these things from modules without loading them; for others they are loaded.

    The keys are names of modules. What is loaded already stays what it is. Who imports one meanwhile knows these things
    of it afterwards, too.
    """
    ours = dict[str, tuple[ModuleType | None, ModuleType]]()
    for name, things in modules.items() if _is_alone() else ():
        there = sys.modules.get(name)
        if there is None or isinstance(there, _StandIn):
            ours[name] = there, _StandIn(name)
            vars(ours[name][1]).update(things, __path__=())  # each `from … import` asks for it
            sys.modules[name] = ours[name][1]
            vars(there).update(things) if there else None  # for those who have imported it before
    try:
        yield
    finally:
        for name, (there, stand_in) in ours.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
                if there:
                    sys.modules[name] = there
            for thing in modules[name] if there else ():
                del vars(there)[thing]


def _is_alone() -> bool:
    """Return whether no other thread may import something, in which nothing may be in place of a module."""
    return threading.active_count() == 1
