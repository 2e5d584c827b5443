"""Leave out what authors wrote for themselves: comments of HTML, and those of Obsidian (`%%…%%`)."""

import re
from typing import Final

from refeed.markup.code_spans import Span, code_spans, inside

# Around words, or on lines of their own; `5 %% 2` is arithmetic.
_OBSIDIAN: Final = re.compile(
    r"(?<![^\s])%%(?=[^\s%])[^%\n]{0,1000}%%(?![\w%])|^%%[ \t]*\n(?>(?:[^%]|%(?!%))*)%%[ \t]*$", re.MULTILINE
)
# Around a comment that stands between blocks.
_ENDED: Final = re.compile(r"\S[ \t]*\n(?:[ \t]*\n)+ {0,3}\Z")
_NEAR: Final = 100
_BEGINNING: Final = re.compile(r"\A(?>(?:[ \t]*\n){2,})[ \t]*\S")


def without_comments(text: str) -> str:
    """Return plain text without HTML's comments, which the file of a plain text has for its writer alone."""
    first, *pieces = text.split("<!--")
    kept, unclosed = [first], list[str]()
    for piece in pieces:
        _, closing, after = piece.partition("-->")
        if closing:
            kept.append(after)
            unclosed.clear()
        else:
            unclosed.append(f"<!--{piece}")
    return "".join((*kept, *unclosed))


def without_remarks(text: str) -> str:
    """Return Markdown without comments; those in code are code."""
    if "<!--" not in text and "%%" not in text:
        return text
    spans = code_spans(text, markdown=True)
    is_code = inside(tuple(span for span in spans if not text.startswith("<!--", span.start)))
    cuts = [(*span, _instead(text, span)) for span in spans if text.startswith("<!--", span.start)]
    cuts += [(*found.span(), "") for found in _OBSIDIAN.finditer(text) if not is_code(found.start())]
    kept: list[str] = []
    position = 0
    for start, end, instead in sorted(cuts):
        if start >= position:
            kept += [text[position:start], instead]
            position = end
    return "".join(kept) + text[position:]


def _instead(text: str, comment: Span) -> str:
    """Return an empty comment for one between blocks, where it parts a list from another or from code."""
    before = text[max(0, comment.start - _NEAR) : comment.start]
    after = text[comment.end : comment.end + _NEAR]
    return "<!---->" if _ENDED.search(before) and _BEGINNING.match(after) else ""
