"""Read a rule as the command line writes it: `drop=SELECTOR`, `keep=SELECTOR`, `replace=OLD=>NEW`."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from refeed.clean.types import BodyRules
from refeed.config.parsers import parse_selector

_ARROW: Final = "=>"
_EXPECTED: Final = f"expected drop=SELECTOR, keep=SELECTOR or replace=OLD{_ARROW}NEW"


def parse_rule(text: str) -> BodyRules:
    """Return a rule; ValueError says what is wrong with it."""
    kind, _, value = text.partition("=")
    parse = _KINDS.get(kind.strip())
    if parse is None or not value.strip():
        raise ValueError(f"{text!r}: {_EXPECTED}")
    try:
        return parse(value)
    except ValueError as error:
        raise ValueError(f"{text!r}: {error}") from None


def as_drop(css: str) -> str:
    """Write the rule that removes what a selector finds."""
    return f"drop={css}"


def as_removal(text: str) -> str | None:
    """Write the rule that removes a text; None for one that cannot be written so."""
    return None if _ARROW in text else f"replace={text}{_ARROW}"


def _pair(value: str) -> BodyRules:
    old, arrow, new = value.partition(_ARROW)
    if not arrow or not old.strip():
        raise ValueError(_EXPECTED)
    return BodyRules(replace=((old, new),))


_KINDS: Final[Mapping[str, Callable[[str], BodyRules]]] = MappingProxyType(
    {
        "drop": lambda value: BodyRules(drop=(parse_selector(value.strip()),)),
        "keep": lambda value: BodyRules(keep=parse_selector(value.strip())),
        "replace": _pair,
    }
)
