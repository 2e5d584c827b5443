"""Read R Markdown's and Quarto's options of code that is run: whether it is shown, and which pictures it shows.

https://yihui.org/knitr/options/, https://quarto.org/docs/computations/execution-options.html
"""

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_RUN: Final = late_pattern(r"\{[ \t]*(?P<language>[A-Za-z][\w.-]{0,30})(?P<says>(?=[\s,}])[^\n]{0,2000})")
# `name=value` in the fence, `#| name: value` in the first lines of the code, where knitr takes `=` as well.
_OPTION: Final = late_pattern(
    r"(?<=[\s,])(?P<name>[A-Za-z][\w.]{0,40})[ \t]*=[ \t]*(?P<value>\"[^\"\n]*\"|'[^'\n]*'|[\w.]{1,40})"
)
_BELOW: Final = late_pattern(
    r"[ \t]*(?:#|//|--|%%)\|[ \t]*(?P<name>[A-Za-z][\w.-]{0,40})[ \t]*[:=][ \t]*(?P<value>[^\n]*)(?:\n|\Z)"
)
# Within a line, knitr's and Quarto's: `r nrow(tides)`, `{python} level`.
_OF_R: Final = late_pattern(r"r[ \t]+[^\n]+")
_OF_ANY: Final = late_pattern(r"\{(?:julia|ojs|python|r)\}[ \t]+[^\n]+")
_NO: Final = frozenset({"f", "false", "no"})
_YES: Final = frozenset({"fenced", "t", "true", "yes"})  # fenced: with the line of its fence
_EVERYWHERE: Final = late_pattern(r"opts_chunk\$set\([^()]{0,500}?\becho[ \t]*=[ \t]*(?P<value>F|FALSE|T|TRUE)\b")
_REMARK: Final = late_pattern(r"^[ \t]*#[^\n]*", re.MULTILINE)
_PICTURE: Final = late_pattern(
    r"(?:knitr::)?include_graphics\([ \t]{0,9}(?:path[ \t]*=[ \t]*)?"
    r"(?P<mark>[\"'])(?P<path>[^\"'\n]{1,500})(?P=mark)[^()\n]{0,200}\)"
)


class RunCode(NamedTuple):
    """Code that is run when its page is made."""

    code: str  # without what is said of it
    is_left_out: bool  # readers see neither it nor what it shows
    echo: bool | None  # whether readers see it, as far as it says so
    pictures: str  # those that it shows, as HTML
    caption: str  # below them, in Markdown
    is_picture: bool  # and it does nothing else
    echo_of_others: bool | None  # what it says of all code below it


def read_run_code(info: str, content: str) -> RunCode | None:
    """Return what is said of code in the line of its fence and below; None if it is not run."""
    run = _RUN.match(info)
    if run is None:
        return None
    said = {found["name"].lower(): found["value"] for found in _OPTION.finditer(run["says"])}
    at = 0
    while line := _BELOW.match(content, at):
        said[line["name"].lower().replace("-", ".")] = line["value"]
        at = line.end()
    said = {name: _unquoted(value.strip()) for name, value in said.items()}
    code = content[at:].lstrip("\n") if at else content  # knitr and Quarto show no empty line in the place of options
    paths = [found["path"] for found in _PICTURE.finditer(code)]
    return RunCode(
        code,
        said.get("include", "").lower() in _NO,
        _truth(said.get("echo", "")),
        "".join(f'<p><img src="{escape(path)}" alt="{escape(said.get("fig.alt", ""))}"></p>\n' for path in paths),
        said.get("fig.cap", "") if paths else "",
        bool(paths) and not _PICTURE.sub("", code).strip(),
        _echo_of_others(code) if said.get("eval", "").lower() not in _NO else None,
    )


def _echo_of_others(code: str) -> bool | None:
    found = _EVERYWHERE.search(_REMARK.sub("", code))
    return found["value"].startswith("T") if found else None


def results_within(infos: Iterable[str]) -> Callable[[str], bool]:
    """Return a test whether code within a line is run, in a text with fences of which these are the first lines."""
    languages = {run["language"].lower() for info in infos if (run := _RUN.match(info))}
    patterns = [*([_OF_ANY] if languages else []), *([_OF_R] if "r" in languages else [])]
    return lambda code: any(pattern.fullmatch(code) for pattern in patterns)


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0] else value


def _truth(value: str) -> bool | None:
    return False if value.lower() in _NO else (True if value.lower() in _YES else None)
