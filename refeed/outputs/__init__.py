"""Find the outputs: every public module of this package writes one format."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from refeed.model import Entry, Feed


class Output(NamedTuple):
    """One way to write a feed."""

    name: str
    suffix: str
    media_type: str
    entry: Callable[[Entry], bytes]  # one entry as it stands inside the document; ends with a line break
    write: Callable[[Feed, Iterable[bytes], BinaryIO], None]


def output_names() -> tuple[str, ...]:
    """List the outputs without importing any."""
    return tuple(sorted(_name(info.name) for info in iter_modules(__path__) if not info.name.startswith("_")))


@cache
def load_outputs() -> Mapping[str, Output]:
    """Import every output; a module that does not hold its own name's OUTPUT is an error."""
    found: dict[str, Output] = {}
    for name in output_names():
        output = import_module(f"{__name__}.{name.replace('-', '_')}").OUTPUT
        if not isinstance(output, Output) or output.name != name:
            raise TypeError(f"refeed.outputs: the OUTPUT of the module for {name!r} is {output!r}")
        found[name] = output
    return MappingProxyType(found)


def _name(module: str) -> str:
    return module.replace("_", "-")
