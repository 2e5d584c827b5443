"""Leave out what authors wrote for themselves: comments of HTML, and those of Obsidian (`%%…%%`)."""

import re
from typing import Final

from refeed.markup.code_spans import code_spans, inside

# Around words, or on lines of their own; `5 %% 2` is arithmetic.
_OBSIDIAN: Final = re.compile(
    r"(?<![^\s])%%(?=[^\s%])[^%\n]{0,1000}%%(?![\w%])|^%%[ \t]*\n(?>(?:[^%]|%(?!%))*)%%[ \t]*$", re.MULTILINE
)


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
    cuts = [(span.start, span.end) for span in spans if text.startswith("<!--", span.start)]
    cuts += [found.span() for found in _OBSIDIAN.finditer(text) if not is_code(found.start())]
    kept: list[str] = []
    position = 0
    for start, end in sorted(cuts):
        if start >= position:
            kept.append(text[position:start])
            position = end
    return "".join(kept) + text[position:]
