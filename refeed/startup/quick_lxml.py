"""Load lxml without the modules that it needs for one function each."""

from importlib import import_module
from typing import Any

from refeed.startup.late_imports import compiled_kept, known

__all__ = ["etree"]


def _arguments(function: Any) -> Any:
    """Return what inspect.getfullargspec says first: the names of arguments, and whether there are more (`*args`).

    lxml asks for the arguments of the functions that it reports elements to, and looks at nothing else.
    """
    code = getattr(function, "__code__", None)
    if code is None:
        return import_module("inspect").getfullargspec(function)
    return code.co_varnames[: code.co_argcount], "args" if code.co_flags & _CO_VARARGS else None


_CO_VARARGS = 4  # as inspect has it


def _gzip_file(*given: Any, **named: Any) -> Any:
    return import_module("gzip").GzipFile(*given, **named)


with compiled_kept(), known(gzip={"GzipFile": _gzip_file}, inspect={"getfullargspec": _arguments}):
    from lxml import etree
