"""Read the values that Bridgetown's `config/initializers.rb` says plainly; it is a program, and not run.

https://www.bridgetownrb.com/docs/configuration/initializers
"""

import re
from collections.abc import Iterator
from typing import Final

from refeed.sites.values import Table, Value

_CONFIGURE: Final = re.compile(r"(?m)^[ \t]*Bridgetown\.configure do\b")
_OPENING: Final = re.compile(r"(?:begin|case|def|if|unless)\b.*|.*\bdo(?:[ \t]*\|[^|]{0,100}\|)?")
_SETTING: Final = re.compile(
    r"(?:config\.)?(?P<key>[a-z_]+)(?>[ \t]*)(?:=(?>[ \t]*))?"
    r"(?P<value>\"[^\"\n]*\"|'[^'\n]*'|:[a-z_]+|\[[^\[\]\n]*\])"
)
_WORD: Final = re.compile(r"[\w.-]+")


def read_ruby(text: str) -> Table:
    """Return what stands right within `Bridgetown.configure do`: texts, symbols, and lists of them."""
    begin = _CONFIGURE.search(text)
    found: Table = {}
    for key, value in _stated(text[begin.end() :]) if begin else ():
        found.setdefault(key, value)
    return found


def _stated(text: str) -> Iterator[tuple[str, Value]]:
    depth = 0  # of the blocks around a line
    for line in map(str.strip, text.split("\n")):
        if line.startswith("end"):
            depth -= 1
        elif _OPENING.fullmatch(line.partition(" #")[0].rstrip()):
            depth += 1
        elif not depth and (setting := _SETTING.match(line)):
            key, value = setting.groups()
            yield key, _WORD.findall(value) if value[0] == "[" else value.strip("\"':")
        if depth < 0:
            return
