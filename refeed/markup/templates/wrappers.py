"""Write what goes around a text: quotes, callouts, folds, links."""

from collections.abc import Callable
from html import escape
from typing import Final

from refeed.markup.callout_titles import callout_title
from refeed.markup.templates.expression import Expression
from refeed.markup.templates.handlers import CAPTION_NAMES, caption_of, write_figure
from refeed.startup.late_patterns import late_pattern

# How NexT and Butterfly draw a note: its style, its icon, or that it has none.
_LOOK: Final = late_pattern(
    r"(?:flat|modern|no-?icon|simple|(?:fa[bdlrs]?|faa?-[\w-]{1,40}|icon(?:font)?(?:-[\w-]{1,40})?)(?: |\Z))+"
)

_PLACE: Final = late_pattern(r"left|right|[\w-]*[0-9]")  # where a note stands, or its number

Wrapper = Callable[[Expression], tuple[str, str]]
"""Return what is written at the beginning and at the end of a pair whose inside is read like any text."""


def wrap_quote(expression: Expression) -> tuple[str, str]:
    """Write a quote; Octopress and Hexo name its author and source behind the word, Hugo's themes by name."""
    source = "" if expression.name == "pullquote" else _source_of(expression)  # that one says where the quote stands
    return "<blockquote>", (f"<p>— {source}</p>" if source else "") + "</blockquote>"


def _source_of(expression: Expression) -> str:
    """Write who is quoted, and from where: by name, or before and behind an address."""
    if expression.named:
        author = expression.first("author", "quoter", "by")
        words = [author or expression.first("cite"), expression.first("source", "title", "cite" if author else "")]
        address = expression.first("link", "src", "url")
    else:
        address = next((word for word in expression.words if word.startswith(("https://", "http://"))), "")
        number = expression.words.index(address) if address else len(expression.words)
        words = [" ".join(expression.words[:number]), " ".join(expression.words[number + 1 :])]
    author, title = words
    if not address:
        return caption_of(", ".join(filter(None, words)))
    linked = title or (address if author and not expression.named else author) or address
    before = f"{escape(author, quote=False)}, " if author and linked != author else ""
    return f'{before}<a href="{escape(address)}">{escape(linked, quote=False)}</a>'


def wrap_callout(expression: Expression) -> tuple[str, str]:
    """Write a quote with a title; a kind says how the box looks."""
    kind = expression.first("type", "style", "kind", "variant") or expression.word(0) or expression.name
    title = expression.first("title") or " ".join(word for word in expression.words[1:] if not _LOOK.fullmatch(word))
    heading = escape(callout_title(kind if kind.isalpha() else expression.name, title), quote=False)
    return ("<blockquote>" + (f"<p><strong>{heading}</strong></p>" if heading else "")), "</blockquote>"


def wrap_fold(expression: Expression) -> tuple[str, str]:
    """Write what opens when its title is chosen."""
    title = expression.first("summary", "title", "label", "text") or _title_of_fold(expression)
    return f"<details><summary>{escape(title or '…', quote=False)}</summary>", "</details>"


def _title_of_fold(expression: Expression) -> str:
    """Return a title without how it looks: `folding red, title`, `hideToggle title, red`, `details "title" open`."""
    if len(expression.parts) > 1:
        return expression.parts[-1 if expression.name == "folding" else 0]
    return expression.words[0] if " " in expression.word(0) else " ".join(expression.words)


def wrap_labelled(expression: Expression) -> tuple[str, str]:
    """Write a part under its title: one of several tabs, a step."""
    title = expression.first("name", "title", "label", "header") or _label(expression)
    return (f"<p><strong>{escape(title, quote=False)}</strong></p>" if title else ""), ""


def _label(expression: Expression) -> str:
    """Return the label without the colour behind a comma, where a theme has one: `timeline 2022, blue`."""
    is_divided = expression.name == "timeline" and len(expression.parts) > 1
    return expression.parts[0] if is_divided else " ".join(expression.words)


def wrap_verses(expression: Expression) -> tuple[str, str]:
    """Write verses under their title and poet, which Hexo's themes part with a comma: `poem title, poet`."""
    title = expression.first("title", "name") or " ".join(expression.words)
    said = (title, expression.first("author", "poet", "by")) if expression.named else expression.parts
    heading = escape(", ".join(filter(None, said)), quote=False)
    return (f"<p><strong>{heading}</strong></p>" if heading else ""), ""


def wrap_link(expression: Expression) -> tuple[str, str]:
    """Write a link; themes draw it as a button."""
    address = expression.first("href", "url", "link", "to", "relref") or expression.word(0)
    return (f'<a href="{escape(address)}">', "</a>") if address else ("", "")


def wrap_reference(expression: Expression) -> tuple[str, str]:
    """Write a link to another page before what is said of that (Nuxt)."""
    address = expression.first("to", "href")
    words = escape(expression.first("title", "label") or address, quote=False)
    return (f'<p><a href="{escape(address)}">{words}</a></p>' if address else ""), ""


def wrap_figure(expression: Expression) -> tuple[str, str]:
    """Write a picture whose caption stands between the two; one that says its caption itself is followed by a text.

    A pair that says only the caption has its picture between the two.
    """
    picture = write_figure(expression, lambda _: None)
    if not isinstance(picture, str):
        caption = caption_of(expression.first(*CAPTION_NAMES))
        return ("<figure>", f"<figcaption>{caption}</figcaption></figure>") if caption else ("", "")
    is_captioned = picture.startswith("<figure")
    return (picture, "") if is_captioned else (f"<figure>{picture}<figcaption>\n\n", "\n\n</figcaption></figure>\n\n")


def wrap_note(expression: Expression) -> tuple[str, str]:
    """Write a note of the margin in parentheses, behind the words that it belongs to, if those are said."""
    last = expression.words[-1] if expression.words else ""
    words = "" if _PLACE.fullmatch(last) else caption_of(last)
    return f"{words} (", ")"


def wrap_part(expression: Expression) -> tuple[str, str]:
    """Write no more than a title that is stated by name: the pair says only where its text stands."""
    title = expression.first("title", "heading", "header")
    return (f"<p><strong>{escape(title, quote=False)}</strong></p>" if title else ""), ""
