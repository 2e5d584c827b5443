"""Read the properties that apps for notes write into the text: `key:: value` (Logseq), `Key: value` (Notion)."""

import re
from typing import Any, Final, NamedTuple

from refeed.formats._fields import Value, key_name
from refeed.formats._vocabulary import KNOWN, statements
from refeed.model import Statement
from refeed.problems import Problem

_LOGSEQ: Final = re.compile(r"(?:- )?([^\W\d](?>[\w./-]{0,60}))::(?>[ \t]*)((?>[^\n]*))(?:\n|\Z)")
_NOTION: Final = re.compile(r"([^\W\d](?>[\w /-]{0,40})): (?>[ \t]*)(\S(?>[^\n]*))(?:\n|\Z)")
_MOST: Final = 50  # lines


class Properties(NamedTuple):
    """What the properties say, and where the text goes on."""

    fields: dict[str, Any]  # of a RawRecord
    end: int


def read_logseq(text: str) -> Properties | None:
    """Read the properties that a page of Logseq begins with; None if there are none with a known key."""
    return _read(text, 0, _LOGSEQ)


def read_notion(text: str, start: int) -> Properties | None:
    """Read the properties that an export of Notion has under its heading, up to a blank line."""
    found = _read(text, start, _NOTION)
    return found if found and text[found.end : found.end + 1] in {"", "\n"} else None


def _read(text: str, start: int, pattern: re.Pattern[str]) -> Properties | None:
    values: dict[str, Value] = {}
    end = start
    for _ in range(_MOST):
        line = pattern.match(text, end)
        if line is None:
            break
        values.setdefault(key_name(line[1]), line[2].strip())
        end = line.end()
    if KNOWN.isdisjoint(values):
        return None
    return Properties({field: _named(said) for field, said in statements(values).items()}, end)


def _named(said: Any) -> Any:
    """Return statements, or the problem that withholds the article, with the name of where they stand."""
    if isinstance(said, Problem):
        return said._replace(message=said.message.replace("front matter", "a property", 1))
    return tuple(Statement(text, origin.replace("front matter", "property", 1)) for text, origin in said)
