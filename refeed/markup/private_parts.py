"""Remove the parts of a body that its site shows to some readers only."""

from collections.abc import Callable

from refeed.hidden_parts.private_branches import PrivateMark
from refeed.hidden_parts.private_parts import private_marks, private_parts
from refeed.markup.code_spans import code_spans, inside
from refeed.startup.named_tuple import NamedTuple


class Public(NamedTuple):
    """A body without its private parts, and their names; whatever else begins them may be a password."""

    text: str
    names: tuple[str, ...] = ()


def without_private_parts(text: str, markup: str, *, is_source: bool) -> Public:
    """Leave out what is for some readers only; a part that nothing ends goes on to the end of the text."""
    marks = private_marks(text, is_source=is_source)
    if not marks:
        return Public(text)
    is_shown = _shown_marks(text, markdown=markup == "markdown", is_source=is_source) if markup != "text" else None
    kept: list[str] = []
    names: list[str] = []
    position = 0
    for opening, end in private_parts(text, [mark for mark in marks if not (is_shown and is_shown(mark))]):
        kept.append(text[position : opening.start])
        names.append(opening.written)
        position = end
    return Public("".join(kept) + text[position:], tuple(names))


def _shown_marks(text: str, *, markdown: bool, is_source: bool) -> Callable[[PrivateMark], bool]:
    """Return a test whether a mark is shown as it stands: in code, or where no expression is evaluated."""
    from refeed.markup.templates.pairs import RAW, code_pairs  # with all templates; few texts have marks

    spans = tuple(span for span in code_spans(text, markdown=markdown) if not text.startswith("<!--", span.start))
    code = code_pairs(text, markdown=markdown, is_source=is_source)
    raw = code_pairs(text, markdown=markdown, is_source=is_source, names=RAW)
    tests = (inside(spans), inside(code), inside(raw))
    return lambda mark: any(test(mark.start) for test in (tests if text.startswith("{", mark.start) else tests[:2]))
