"""Find the outputs: every public module of this package writes one format."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import PurePath
from types import MappingProxyType
from typing import BinaryIO, Final

from refeed.model import Entry, Feed
from refeed.options import Options
from refeed.startup.late_imports import import_late
from refeed.startup.module_names import module_names
from refeed.startup.named_tuple import NamedTuple

# feedgen imports them for dates that are texts, and is given none, and for the zone of a time that is put right at once
# (see `outputs.atom`). So a build need not load them.
import_late("dateutil.parser")
import_late("dateutil.tz")
import_late("locale")  # and for the dates of RSS, which `outputs.rss` writes itself

DEFAULT: Final = "atom"


class Output(NamedTuple):
    """One way to write a feed."""

    name: str
    suffix: str
    media_type: str
    entry: Callable[[Entry], bytes]  # one entry as it stands inside the document; ends with a line break
    write: Callable[[Feed, Iterable[bytes], BinaryIO], None]

    def size(self, feed: Feed) -> int:
        """Count the bytes of a feed without entries."""
        empty = BytesIO()
        self.write(feed, (), empty)
        return len(empty.getvalue())


@cache
def output_names() -> tuple[str, ...]:
    """List the outputs without importing any."""
    return tuple(sorted(map(_name, module_names(__path__))))


def format_of(options: Options) -> str:
    """Return the format of a run's feed: the one stated, else the one by whose name its file ends, else Atom."""
    ending = PurePath(options.output or "").suffix[1:].lower()
    return options.format or (ending if ending in output_names() else DEFAULT)


@cache
def load_output(name: str) -> Output:
    """Import one output; a module that does not hold its own name's OUTPUT is an error."""
    module = next(module for module in module_names(__path__) if _name(module) == name)
    output = import_module(f"{__name__}.{module}").OUTPUT
    if not isinstance(output, Output) or output.name != name:
        raise TypeError(f"refeed.outputs: the OUTPUT of the module for {name!r} is {output!r}")
    return output


def load_outputs() -> Mapping[str, Output]:
    """Import every output."""
    return MappingProxyType({name: load_output(name) for name in output_names()})


def _name(module: str) -> str:
    return module.removesuffix("_feed").replace("_", "-")
