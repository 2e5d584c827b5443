"""Keep elements and code that nothing ends from swallowing the rest of a Markdown text.

What stands in these elements is no text of the page (HTML Standard, 13.1.2 and 13.2.6.4) or is not shown as it stands.
Writers name them without backticks, and those of JSX end them like any element, `<iframe src="…" />`.

The end of inline code on a line of its own is to CommonMark (0.31.2, 4.5) the beginning of code that goes on to the end
of the text. kramdown reads it as its writer meant it.
"""

import re
from collections.abc import Iterator
from typing import Final

from refeed.markup.code_spans import Span, code_spans, inside
from refeed.startup.late_patterns import late_pattern

_TAG: Final = late_pattern(
    r"<(?<!\\<)(?P<end>/?)(?P<name>audio|button|footer|form|head|header|iframe|math|nav|noembed|noframes|noscript|plaintext"
    r"|script|select|style|svg|textarea|title|video|xmp)(?=[\s/>])(?P<says>(?>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*))>"
    r"(?P<sources>(?>(?:\s*<(?:source|track)\b[^<>]*>)*))",  # which `audio` and `video` have inside
    re.IGNORECASE,
)
# Their insides are code to whoever looks for it, but are just what is in doubt here.
_RUN: Final = late_pattern(r"<(?:script|style|textarea)", re.IGNORECASE)

_MARK: Final = "```"
_FENCE: Final = late_pattern(r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?```[^`\n]*\Z")


def end_elements(text: str) -> str:
    """End elements that nothing ends; one that says nothing was only named, and is text."""
    if not _TAG.search(text):
        return text
    written: list[str] = []
    position = 0
    for tag in _unclosed(text):
        written += [text[position : tag.start()], _ended(tag)]
        position = tag.end()
    return "".join(written) + text[position:]


def _unclosed(text: str) -> Iterator[re.Match[str]]:
    """Yield, in order, the tags that begin an element whose end is missing; none of these stands in its like."""
    is_code = inside(tuple(span for span in code_spans(text, markdown=True) if not _runs(text, span)))
    tags = [tag for tag in _TAG.finditer(text) if not is_code(tag.start())]
    following: dict[str, bool] = {}  # of each name: whether its next tag is an end
    unclosed = []
    for tag in reversed(tags):
        name = tag["name"].lower()
        if not tag["end"] and (tag["says"].endswith("/") or not following.get(name)):
            unclosed.append(tag)
        following[name] = bool(tag["end"])
    yield from reversed(unclosed)


def _runs(text: str, span: Span) -> bool:
    return bool(_RUN.match(text, span.start))


def _ended(tag: re.Match[str]) -> str:
    says = tag["says"].rstrip("/ \t\n")
    if not says and not tag["sources"]:
        return f"&lt;{tag['name']}&gt;" if not tag["says"] else ""
    return f"<{tag['name']}{says}>{tag['sources']}</{tag['name']}>"


def end_code(text: str) -> str:
    """Move the end of code to the line that it began in, where it would begin a fence that nothing ends."""
    if _MARK not in text:
        return text
    lines = text.split("\n")
    if sum(_MARK in line and _FENCE.match(line) is not None for line in lines) % 2 == 0:
        return text
    for number in range(1, len(lines)):
        before = lines[number - 1]
        if lines[number].strip() == _MARK and before.count(_MARK) % 2 and not _FENCE.match(before):
            lines[number - 1 : number + 1] = [f"{before} {_MARK}", ""]
            return "\n".join(lines)
    return text
