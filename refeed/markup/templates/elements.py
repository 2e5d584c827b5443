"""Write HTML for elements that a program or theme defines: JSX's attributes, boxes of Jekyll's includes."""

from typing import Final

from refeed.markup.callout_titles import KINDS
from refeed.markup.jsx_values import plain_values
from refeed.markup.templates.expression import Expression
from refeed.markup.templates.handlers import Posts, Words, caption_of
from refeed.markup.templates.wrappers import wrap_callout
from refeed.startup.late_patterns import late_pattern

_LEADS: Final = late_pattern(r"\s(?:href|poster|src)=\{")
_PROGRAM: Final = late_pattern(r"\s{1,100}[A-Za-z][\w:-]{0,60}=\{(?>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
_LEVELS: Final = frozenset("123456")
_BOXES: Final = frozenset({"alert", "callout", "message", "notice"}) | KINDS


def write_element(expression: Expression, _posts: Posts) -> str | Words:
    """Write an element without what its program says of it; one that only a program can give an address is reported."""
    tag = plain_values(expression.word(0))
    written = _PROGRAM.sub("", tag)
    if not _LEADS.search(tag):
        return written
    return Words("" if written.startswith("<img") else written)


def write_box(expression: Expression, _posts: Posts) -> str | None:
    """Write what an include of a theme, or a box without an end, is given to show: in a box, as a heading, alone."""
    words = expression.first("content", "text", "body") or " ".join(expression.words if expression.words[1:] else ())
    if not words or (not expression.named and expression.name not in _BOXES):
        return None
    text = caption_of(words)
    if "heading" in expression.name and expression.first("level") in _LEVELS:
        level = expression.first("level")
        return f"<h{level}>{text}</h{level}>"
    if expression.name not in _BOXES:
        return f"<p>{text}</p>"
    opening, closing = wrap_callout(expression._replace(words=()))
    return f"{opening}<p>{text}</p>{closing}"
