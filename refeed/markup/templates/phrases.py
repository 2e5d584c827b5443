"""Write words within a sentence that a theme shows in its own way: coloured, hidden, as a button."""

from collections.abc import Sequence
from html import escape
from typing import Final

from refeed.markup.templates import writing
from refeed.markup.templates.expression import Expression
from refeed.markup.templates.handlers import Handler, Posts, caption_of
from refeed.startup.late_patterns import late_pattern

_BEGINS_ADDRESS: Final = late_pattern(r"https?://|//|/|mailto:|#|[\w.-]+\.(?:html?|md)\b")


def write_ruby(expression: Expression, _posts: Posts) -> str | None:
    """Write a word with its reading: `ruby word|reading`."""
    base, _, reading = " ".join(expression.words).partition("|")
    return f"<ruby>{escape(base)}<rt>{escape(reading)}</rt></ruby>" if reading else None


def write_label(expression: Expression, _posts: Posts) -> str:
    """Write coloured words: NexT's `label colour@words`."""
    return escape(" ".join(expression.words).rpartition("@")[2], quote=False)


def words_in(element: str = "") -> Handler:
    """Return what writes words in an element, or alone: `u words`, `mark words color:red`, `mark text="words"`."""

    def write(expression: Expression, _posts: Posts) -> str:
        return _within(element, expression.first("text", "content", "body") or " ".join(expression.words))

    return write


def last_part_in(element: str = "") -> Handler:
    """Return what writes the words behind a comma, before which stands how they look: `span red, words`."""

    def write(expression: Expression, _posts: Posts) -> str:
        return _within(element, expression.parts[-1])

    return write


def write_first_part(expression: Expression, _posts: Posts) -> str:
    """Write words that stay hidden until a button is pressed: `hideInline words, button, colours`."""
    return escape(expression.parts[0], quote=False)


def write_note(expression: Expression, _posts: Posts) -> str | None:
    """Write a note of the margin in parentheses: Tufte's `sidenote 'id' 'words'`."""
    words = expression.first("content", "text", "note") or (expression.words[-1] if expression.words else "")
    return f" ({caption_of(words)})" if " " in words else None


def write_note_number(expression: Expression, _posts: Posts) -> str | None:
    """Write the number of a note that stands below the text: `fn 1` (fastpages)."""
    number = expression.word(0)
    return f"[{number}]" if number.isdecimal() and not expression.words[1:] else None


def write_choice(expression: Expression, _posts: Posts) -> str:
    """Write a box or a knob with its words: `checkbox checked, words`."""
    *looks, words = expression.parts
    sign = "☑" if any("checked" in look for look in looks) else "☐"
    return f"<p>{sign} {escape(words, quote=False)}</p>" if words else ""


def write_button(expression: Expression, _posts: Posts) -> str | None:
    """Write a button as a link: `btn address, words` (NexT, Butterfly), `btn look, words, address` (Volantis)."""
    said = expression.parts if len(expression.parts) > 1 else expression.words
    if not said or not said[0]:
        return None
    number = next((number for number, part in enumerate(said) if _BEGINS_ADDRESS.match(part)), 0)
    return writing.link(said[number], _beside(said, number))


def _beside(said: Sequence[str], number: int) -> str:
    words = said[number - 1 : number] if number else said[1:2]
    return words[0] if words else ""


def write_badge(expression: Expression, _posts: Posts) -> str:
    """Write the words of a badge: `<Badge text="new" />`."""
    return escape(expression.first("text", "label") or expression.word(0), quote=False)


def write_album(expression: Expression, _posts: Posts) -> str | None:
    """Write the cover of an album: Butterfly's `galleryGroup name description page picture`."""
    if len(expression.words) != 4:
        return None
    name, description, page, cover = expression.words
    caption = escape(" – ".join(filter(None, (name, description))), quote=False)
    return writing.picture(cover, name, caption, page)


def _within(element: str, words: str) -> str:
    text = escape(words, quote=False)
    return f"<{element}>{text}</{element}>" if element and text else text
