"""One template expression, whatever its language: a name, and its arguments."""

from types import MappingProxyType
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# `name=value`, `name: value`, `"words"`, a word; JSX writes values in braces. A mark of quotation within a value stands
# behind a backslash, in ox-hugo's captions for instance.
_ARGUMENT: Final = late_pattern(
    r"""(?:(?P<name>[A-Za-z_:@][\w:.-]{0,60})[ \t]*=[ \t]*\{?|(?P<colon>[A-Za-z_][\w-]{0,60}):)?"""
    r"""(?:"(?P<double>[^"\\]*(?>(?:\\[^\n][^"\\]*)*))"|"(?P<plain>[^"]*)"|'(?P<single>[^']*)'|`(?P<raw>[^`]*)`|(?P<bare>[^\s"'`,]+))\}?,?"""
)
_VALUES: Final = ("double", "plain", "single", "raw", "bare")
_ALONE: Final = ("/>", "/>}}", "/%}}")
_NAME: Final = late_pattern(r"[A-Za-z_][\w.-]*")


class Expression(NamedTuple):
    """What stands between the marks of a template language."""

    source: str  # as it is written
    name: str  # in lower case
    words: tuple[str, ...]  # what is said without a name
    named: MappingProxyType[str, str]  # what is said with one, in lower case
    is_end: bool = False  # it ends what another of its name began
    inner: str = ""  # what stands between the two, where that is not read for itself

    def first(self, *names: str) -> str:
        """Return what is said under the first of these names that is there, "" without one."""
        return next((self.named[name] for name in names if self.named.get(name)), "")

    @property
    def is_alone(self) -> bool:
        """Return whether a slash says that nothing ends it: `<Note />`, `{{< note />}}`."""
        return self.source.endswith(_ALONE)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return what is said, divided at commas or pairs of colons, as tags of Hexo's themes are read."""
        _, _, said = self.source.strip("{}%<>-~ \t\n").partition(" ")
        mark = "::" if "::" in said and "," not in said.partition("::")[0] else ","
        return tuple(part.strip(" \t\n\"'") for part in said.split(mark))

    def word(self, number: int) -> str:
        """Return what is said at a place, "" if nothing is."""
        return self.words[number] if number < len(self.words) else ""


def read_expression(source: str, text: str, *, is_end: bool = False) -> Expression:
    """Read a name and what follows it."""
    found = _NAME.match(text.strip())
    if found is None:
        return Expression(source, "", (), MappingProxyType({}), is_end)
    words, named = read_arguments(text.strip()[found.end() :])
    return Expression(source, found[0].lower(), words, named, is_end)


def read_arguments(text: str) -> tuple[tuple[str, ...], MappingProxyType[str, str]]:
    """Read what is said to an expression: with names and without."""
    words: list[str] = []
    named: dict[str, str] = {}
    for found in _ARGUMENT.finditer(text):
        value = next((found[kind] for kind in _VALUES if found[kind] is not None), "").replace('\\"', '"')
        name = found["name"] or found["colon"]
        if name and not (found["colon"] and value.startswith("//")):  # https://… is no name
            named.setdefault(name.lower(), value)
        else:
            words.append(found[0].rstrip(",") if found["colon"] else value)
    return tuple(words), MappingProxyType(named)
