"""Write what is put around a text: quotes, callouts, what opens on demand, links."""

from collections.abc import Callable
from html import escape

from refeed.markup.callout_titles import callout_title
from refeed.markup.templates.expression import Expression

Wrapper = Callable[[Expression], tuple[str, str]]
"""Return what is written at the beginning and at the end of a pair whose inside is read like any text."""


def wrap_quote(expression: Expression) -> tuple[str, str]:
    """Write a quote; Octopress and Hexo name its author and source behind the word, Hugo's themes by name."""
    said = " ".join(expression.words) if not expression.named else expression.first("author", "source", "cite")
    said = "" if expression.name == "pullquote" else said  # it says where the quote stands
    source = f"<p>— {escape(said, quote=False)}</p>" if said else ""
    return "<blockquote>", f"{source}</blockquote>"


def wrap_callout(expression: Expression) -> tuple[str, str]:
    """Write a quote with a title; a kind says how the box looks."""
    kind = expression.first("type", "style", "kind", "variant") or expression.word(0) or expression.name
    title = expression.first("title") or " ".join(expression.words[1:])
    heading = escape(callout_title(kind if kind.isalpha() else expression.name, title), quote=False)
    return ("<blockquote>" + (f"<p><strong>{heading}</strong></p>" if heading else "")), "</blockquote>"


def wrap_fold(expression: Expression) -> tuple[str, str]:
    """Write what opens when its title is chosen."""
    title = expression.first("summary", "title", "label") or " ".join(expression.words)
    return f"<details><summary>{escape(title or '…', quote=False)}</summary>", "</details>"


def wrap_labelled(expression: Expression) -> tuple[str, str]:
    """Write a part under its title: one of several tabs, a step."""
    title = expression.first("name", "title", "label", "header") or " ".join(expression.words)
    return (f"<p><strong>{escape(title, quote=False)}</strong></p>" if title else ""), ""


def wrap_link(expression: Expression) -> tuple[str, str]:
    """Write a link; themes draw it as a button."""
    address = expression.first("href", "url", "link", "to", "relref") or expression.word(0)
    return (f'<a href="{escape(address)}">', "</a>") if address else ("", "")


def wrap_nothing(_expression: Expression) -> tuple[str, str]:
    """Write nothing: the pair says only where its text stands."""
    return "", ""
