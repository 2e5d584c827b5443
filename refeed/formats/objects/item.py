"""One object of a list: its values, and where it stands."""

from collections.abc import Mapping
from typing import Any

from refeed.model import Span
from refeed.problems import Problem
from refeed.startup.named_tuple import NamedTuple


class Item(NamedTuple):
    """An object of a list; None where there is no object and the rest cannot be read."""

    values: Mapping[str, Any] | None
    line: int
    span: Span
    outlet: str = ""  # the name of what holds the list
    withheld: Problem | None = None  # why nothing in its list is published
    why: str = ""  # it is left out, though what follows it is read
