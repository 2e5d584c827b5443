"""Write BBCode as HTML between lines of text, as FlatPress shows it (https://wiki.flatpress.org/doc:plugins:bbcode)."""

import re
from collections.abc import Callable, Collection
from html import escape
from types import MappingProxyType
from typing import Final

from refeed.startup.late_patterns import late_pattern

_CODE: Final = late_pattern(r"\[code(?:=[^\]]{0,200})?\]", re.IGNORECASE)
_CODE_END: Final = late_pattern(r"\[/code\]", re.IGNORECASE)
# A tag, its slash, name and value: `[url=https://…]`, `[/url]`.
_TAG: Final = late_pattern(r"\[(/?)([a-z*][a-z0-9]{0,9})(?:[= ]([^\]]{0,2000}))?\]", re.IGNORECASE)
_URL: Final = late_pattern(r"\[url\]", re.IGNORECASE)
_URL_END: Final = late_pattern(r"\[/url\]", re.IGNORECASE)
_IMAGE: Final = late_pattern(r"\[img\]", re.IGNORECASE)
_IMAGE_END: Final = late_pattern(r"\[/img\]", re.IGNORECASE)
_ADDRESS: Final = late_pattern(r"\"?'?([^\s\"'\]]+)")
_SAME: Final = MappingProxyType(
    {
        **{name: name for name in ("b", "i", "u", "s", "del", "ins", "sup", "sub", "h2", "h3", "h4", "h5", "h6")},
        "center": "div",
        "color": "span",
        "font": "span",
        "list": "ul",
        "quote": "blockquote",
        "size": "span",
    }
)


def bbcode_to_html(text: str) -> str:
    """Return a text with HTML in place of the tags; other words in brackets stay as they are written."""
    parts = _parted(text, _CODE, _CODE_END)
    shown = [f"<pre><code>{_escaped(part)}</code></pre>" if at % 2 else _outside(part) for at, part in enumerate(parts)]
    return "".join(shown)


def _parted(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> list[str]:
    """Return what stands outside of some marks and within them, in turns; what is never closed is outside."""
    parts, begin = list[str](), 0
    while (start := opening.search(text, begin)) and (end := closing.search(text, start.end())):
        parts += [text[begin : start.start()], text[start.end() : end.start()]]
        begin = end.end()
    return [*parts, text[begin:]]


def _escaped(code: str) -> str:
    return escape(code.strip("\n"), quote=False).replace("&amp;#124;", "|")  # FlatPress' own for what parts its fields


def _outside(text: str) -> str:
    parts = _parted(text, _URL, _URL_END)
    addressed = "".join(f"[url={part}]{part}[/url]" if at % 2 else part for at, part in enumerate(parts))
    parts = _parted(addressed, _IMAGE, _IMAGE_END)
    shown = "".join(f"[img={part}]" if at % 2 else part for at, part in enumerate(parts))
    ended = {found[2].lower() for found in _TAG.finditer(shown) if found[1]}
    return _TAG.sub(lambda found: _tag(found, ended), shown)


def _tag(found: re.Match[str], ended: Collection[str]) -> str:
    """Write a tag as HTML; what nothing ends is text: `a[i]`."""
    name = found[2].lower()
    if name in _SAME:
        return f"<{found[1]}{_SAME[name]}>" if name in ended else found[0]
    written = _TAGS.get((name, bool(found[1])))
    return found[0] if written is None else written(found[3] or "")


def _with_address(start: str, end: str) -> Callable[[str], str]:
    def written(said: str) -> str:
        address = _ADDRESS.match(said)
        return start + escape(address[1]) + end if address else ""

    return written


def _is(text: str) -> Callable[[str], str]:
    return lambda _said: text


_TAGS: Final = MappingProxyType(
    {
        ("*", False): _is("<li>"),
        ("img", False): _with_address('<img src="', '" alt="">'),
        ("mail", False): _is(""),
        ("mail", True): _is(""),
        ("more", False): _is("<!-- more -->"),
        ("url", False): _with_address('<a href="', '">'),
        ("url", True): _is("</a>"),
        ("video", True): _is(""),
        ("video", False): _with_address("\n\n", "\n\n"),
    }
)
