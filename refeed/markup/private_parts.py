"""Leave out the parts of a body that its site shows to some readers only."""

from typing import NamedTuple

from refeed.markup.code_spans import code_spans, inside
from refeed.private_parts import private_marks, private_parts


class Public(NamedTuple):
    """A body without its private parts, and their names; whatever else begins them may be a password."""

    text: str
    names: tuple[str, ...] = ()


def without_private_parts(text: str, markup: str, *, is_source: bool) -> Public:
    """Leave out what is for some readers only; a part that nothing ends goes on to the end of the text."""
    marks = private_marks(text, is_source=is_source)
    if not marks:
        return Public(text)
    spans = code_spans(text, markdown=markup == "markdown") if markup != "text" else ()
    is_code = inside(tuple(span for span in spans if not text.startswith("<!--", span.start)))
    kept: list[str] = []
    names: list[str] = []
    position = 0
    for opening, end in private_parts(text, [mark for mark in marks if not is_code(mark.start)]):
        kept.append(text[position : opening.start])
        names.append(opening.written)
        position = end
    return Public("".join(kept) + text[position:], tuple(names))
