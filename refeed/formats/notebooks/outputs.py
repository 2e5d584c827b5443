"""Write the outputs of a notebook's cells as Markdown: tables and pictures as they are, text as printed."""

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby
from typing import Final

from refeed.formats.bodies.markdown_lines import fenced
from refeed.formats.notebooks.cells import Output
from refeed.startup.late_patterns import late_pattern

# What pages are made of, the best first; what only a program shows comes after everything else.
_PICTURES: Final = ("image/png", "image/jpeg", "image/gif", "image/webp")
_SHOWN: Final = ("text/html", "text/markdown", "image/svg+xml", "text/latex", *_PICTURES, "text/plain")
_COLOURS: Final = late_pattern("\x1b\\[[0-9;?]*[A-Za-z]")
_EMPTY_LINE: Final = late_pattern(r"\n(?=[ \t]*\n)")
_SCRIPT: Final = late_pattern(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_SHOWING: Final = late_pattern(r"<(?:audio|iframe|img|svg|table|video)\b|>[^<]*[^<\s]|\A[^<]*[^<\s]", re.IGNORECASE)
_FAMILY: Final = late_pattern(r"(?:application/)?(?:vnd\.)?(?P<name>[\w-]{1,30})")
_BLANK: Final = late_pattern(r"\s+")
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_HEAD: Final = 44  # characters of a picture's data that say how wide and high a PNG is
_ENOUGH: Final = 100  # with line breaks among them
# A feed shows no larger ones, and a body has no room for many.
_LARGEST: Final = 90_000
_MOST: Final = 500_000
_OTHER_SIZE: Final = ' width="640"'


class Pictures:
    """The pictures of one notebook: as many as a body has room for are in it, and of the others only that they are."""

    def __init__(self) -> None:
        """Begin with all the room that there is."""
        self._left = _MOST

    def address(self, kind: str, data: str) -> str:
        """Return the address that a picture is itself."""
        data = _BLANK.sub("", data)
        is_shown = len(data) <= min(_LARGEST, self._left)
        if is_shown:
            self._left -= len(data)
        return f"data:{kind};base64,{data if is_shown else data[:_HEAD]}"

    def element(self, kind: str, data: str, words: str, width: str = "") -> str:
        """Return the element of a picture, with words and a size, so that one that is left out is noticed."""
        address, said = self.address(kind, data), escape(" ".join(words.split())[:200] or "figure")
        size = f' width="{width}"' if width.isdecimal() else _size(_BLANK.sub("", data[:_ENOUGH]))
        return f'<img src="{address}" alt="{said}"{size or _OTHER_SIZE * (len(address) < len(data))}>'


def _size(data: str) -> str:
    """Return the attributes of a picture's size, as far as it is a PNG: https://www.w3.org/TR/png-3/#11IHDR."""
    try:
        head = b64decode(data[:_HEAD])
    except ValueError:
        return ""
    if not head.startswith(_PNG):
        return ""
    return f' width="{int.from_bytes(head[16:20])}" height="{int.from_bytes(head[20:24])}"'


def outputs_to_markdown(outputs: tuple[Output, ...], pictures: Pictures) -> Iterator[str]:
    """Yield lines of Markdown; what was printed piece by piece is one text."""
    for kind, some in groupby(outputs, lambda output: output.kind):
        if kind != "data":
            printed = "".join(output.texts["text/plain"] for output in some)
            yield from _printed(printed)
        else:
            for output in some:
                yield from _data(output, pictures)


def _data(output: Output, pictures: Pictures) -> Iterator[str]:
    texts = output.texts
    best = next((name for name in _SHOWN if texts.get(name, "").strip() and not _is_script(name, texts[name])), "")
    unshown = _only_for_programs(texts)
    if unshown and best in {"", "text/plain"}:
        yield from ("", f"```{{={unshown}}}", "```", "")
    elif best == "text/plain":
        yield from _printed(texts[best])
    elif best in {"text/latex", "text/markdown"}:
        yield from ("", texts[best].strip("\n"), "")
    elif best in _PICTURES:
        words = texts.get("text/plain", "").strip()
        words = "" if words.startswith("<") else words
        yield from ("", f"<p>{pictures.element(best, texts[best], words, output.widths.get(best, ''))}</p>", "")
    elif best:
        # An empty line would end the block of HTML.
        yield from ("", "<div>", _EMPTY_LINE.sub("\n&#10;", _SCRIPT.sub("", texts[best]).strip()), "</div>", "")


def _is_script(name: str, text: str) -> bool:
    """Return whether HTML has nothing to be seen without its scripts."""
    return name == "text/html" and _SHOWING.search(_SCRIPT.sub("", text)) is None


def _only_for_programs(texts: Mapping[str, str]) -> str:
    """Return the name of what only a program can show, "" where there is none."""
    for name in sorted(texts):
        if name.startswith("application/") and (found := _FAMILY.match(name)):
            return found["name"]
    return (
        "script" if _is_script("text/html", texts.get("text/html", "<p>x")) and "<script" in texts["text/html"] else ""
    )


def _printed(text: str) -> Iterator[str]:
    shown = _COLOURS.sub("", text).rstrip()
    # A carriage return goes back to the beginning of the line: of a progress bar only the last state stays.
    lines = [line.rstrip("\r").rpartition("\r")[2] for line in shown.split("\n")]
    if any(map(str.strip, lines)):
        yield from fenced(lines, "")
