"""Write rules as the lines of refeed.toml that say them."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from refeed.clean.types import BodyRules
from refeed.console import visible
from refeed.limits import truncate
from refeed.toml import quoted

_LONGEST: Final = 90  # characters of a remark
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


def rule_lines(source: str, rules: BodyRules, remarks: Mapping[str, str] = _NONE) -> Iterator[str]:
    """Return the table of a source; `remarks` stand above the rules that they are on, by selector or text.

    It has all rules of the source, also the old ones: a list of TOML is written as a whole.
    """
    yield f"[sources.{quoted(source)}]"
    if rules.keep is not None:
        yield f"keep = {_selector(rules.keep)}"
    yield from _list("drop", ((one, _selector(one)) for one in rules.drop), remarks)
    yield from _list("replace", ((old, f"[{quoted(old)}, {quoted(new)}]") for old, new in rules.replace), remarks)


def _selector(css: str) -> str:
    """Write a selector, with quotation marks as they are where TOML has a string for that."""
    return f"'{css}'" if '"' in css and "'" not in css and css.isprintable() else quoted(css)


def _list(key: str, items: Iterable[tuple[str, str]], remarks: Mapping[str, str]) -> Iterator[str]:
    lines = list[str]()
    for rule, written in items:
        if remark := remarks.get(rule):
            lines.append(f"    # {visible(truncate(remark, _LONGEST))}")
        lines.append(f"    {written},")
    if lines:
        yield from (f"{key} = [", *lines, "]")
