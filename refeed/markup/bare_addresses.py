"""Find web addresses written out in a text, of which site generators make links.

The rule is that of GFM 0.29, 6.9 (autolinks, extended), but for mail addresses, which feeds do not show, and for what
stands around an address: Chinese and Japanese put no blanks there.
"""

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# A host with a dot and a name at its end: numbers and `localhost` lead nowhere from a feed. Letters beyond ASCII go on
# only where a part of the path or query begins, else they are the text that follows.
_ADDRESS: Final = late_pattern(
    r"(?:https?://|www\.)(?:[\w-]{1,63}\.){1,10}[A-Za-z]{2,24}(?![\w.-]{0,100}@)(?::[0-9]{1,5})?"
    r"(?P<rest>[/?#](?:[!#-;=?@A-Z_a-z~]|(?:(?<=[/=?&#_+-])|(?<=[^\x00-\x7f]))[^\W\x00-\x7f]|\\_)*)?",
    re.IGNORECASE,
)
_BEGINNING: Final = late_pattern(r"(?<![A-Za-z0-9])(?:https?://|(?<![\w./@-])www\.)", re.IGNORECASE)
_ENTITY: Final = late_pattern(r"&[A-Za-z0-9]{2,31};\Z")
_MARKS: Final = "?!.,:;*_~'\""


class BareAddress(NamedTuple):
    """An address in a text."""

    start: int
    end: int
    url: str


def address_at(text: str, start: int, end: int) -> BareAddress | None:
    """Return the address that begins at a place of a text and ends before another."""
    if not _BEGINNING.match(text, start):
        return None
    found = _ADDRESS.match(text, start, end)
    if found is None:
        return None
    shown = _trimmed(found[0])
    scheme = "http://" if shown[:4].lower() == "www." else ""
    return BareAddress(start, start + len(shown), scheme + unescaped(shown))


def unescaped(address: str) -> str:
    """Return an address without the marks before underscores, with which converters kept these from being emphasis."""
    return address.replace("\\_", "_")


def with_links(text: str) -> str:
    """Escape plain text, and make links of the addresses in it."""
    written, position = [], 0
    for address in _addresses(text):
        shown = escape(unescaped(text[address.start : address.end]), quote=False)
        written += [escape(text[position : address.start], quote=False), f'<a href="{escape(address.url)}">{shown}</a>']
        position = address.end
    return "".join(written) + escape(text[position:], quote=False)


def _addresses(text: str) -> Iterator[BareAddress]:
    position = 0
    while beginning := _BEGINNING.search(text, position):
        address = address_at(text, beginning.start(), len(text))
        if address:
            yield address
        position = address.end if address else beginning.end()


def _trimmed(address: str) -> str:
    """Leave off marks at the end that belong to the sentence, and brackets that were opened before the address."""
    opened, closed = address.count("("), address.count(")")
    end = len(address)
    while end:
        if address[end - 1] == ";" and (entity := _ENTITY.search(address, max(0, end - 33), end)):
            end = entity.start()
        elif address[end - 1] == ")" and closed > opened:
            closed -= 1
            end -= 1
        elif address[end - 1] in _MARKS or address[end - 1] == "\\":
            end -= 1
        else:
            break
    return address[:end]
