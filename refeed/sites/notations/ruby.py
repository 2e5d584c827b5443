"""Read values that Bridgetown's `config/initializers.rb` and Middleman's `config.rb` state plainly; nothing is run.

https://www.bridgetownrb.com/docs/configuration/initializers
"""

import re
from collections.abc import Iterator
from typing import Final

from refeed.sites.notations.values import Table, Value

_CONFIGURE: Final = re.compile(r"(?m)^[ \t]*Bridgetown\.configure do\b")
# A line that opens a block, which an `end` closes.
_OPENING: Final = re.compile(r"(?:begin|case|def|if|unless)\b.*|.*\bdo(?:[ \t]*\|[^|]{0,100}\|)?")
_SETTING: Final = re.compile(
    r"(?:config\.)?(?P<key>[a-z_]+)(?>[ \t]*)(?:=(?>[ \t]*))?"
    r"(?P<value>\"[^\"\n]*\"|'[^'\n]*'|:[a-z_]+|\[[^\[\]\n]*\])"
)
_SET: Final = re.compile(
    r"(?m)^[ \t]*(?:(?:config\[:|set[ \t]+:|@)(?P<key>\w+)\]?[ \t]*[,=]?[ \t]*[\"'](?P<value>[^\"'\n]*)[\"']"
    r"|activate[ \t]+:(?P<plug_in>\w+)|ignore[ \t(]{1,3}(?:[\"'](?P<ignored>[^\"'\n]+)[\"']"
    r"|(?:/(?P<fits>(?:[^/\\\n]|\\.){1,200})/|%r\{(?P<fits_too>[^}\n]{1,200})\}|%r!(?P<fits_as_well>[^!\n]{1,200})!)(?P<case>i)?)"
    r"|blog\.(?P<of_blog>\w+)[ \t]*=[ \t]*[\"'](?P<said>[^\"'\n]*)[\"'])"
)
_WORD: Final = re.compile(r"[\w.-]+")


def read_ruby(text: str) -> Table:
    """Return what stands right within `Bridgetown.configure do`, or anywhere in Middleman's: texts, symbols, lists."""
    begin = _CONFIGURE.search(text)
    found: Table = {} if begin else _of_middleman(text)
    for key, value in _stated(text[begin.end() :]) if begin else ():
        found.setdefault(key, value)
    return found


def _of_middleman(text: str) -> Table:
    """Return what is set, by its key, what is ignored, and what the plug-in for blogs says under `blog`."""
    found: Table = {}
    blog: Table = {}
    ignored: list[Value] = []
    expressions: list[Value] = []
    for said in _SET.finditer(text):
        if said["ignored"]:
            ignored.append(said["ignored"])
            found["ignored"] = ignored
        elif fits := said["fits"] or said["fits_too"] or said["fits_as_well"]:
            expressions.append({"fits": fits, "ignores_case": said["case"] or ""})
            found["ignored expressions"] = expressions
        elif said["plug_in"]:
            found |= {said["plug_in"]: "true"} if said["plug_in"] != "blog" else {"blog": blog}
        elif said["key"]:
            found.setdefault(said["key"], said["value"])
        else:
            blog.setdefault(said["of_blog"], said["said"])
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
