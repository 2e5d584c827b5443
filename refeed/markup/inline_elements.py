"""Tell elements of HTML in a line of Markdown from words between angle brackets: `List<String>`, `<path>`, `<td>`."""

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from refeed.html.sanitise import ALLOWED
from refeed.html.tree import BLOCKS

# Elements that a writer of Markdown may mean; any other word between angle brackets is a word.
_ELEMENTS: Final = (
    BLOCKS
    | ALLOWED.keys()
    | {"button", "embed", "font", "iframe", "input", "label", "noscript", "object", "param", "script", "style", "svg"}
    | {"acronym", "big", "blink", "marquee", "nobr", "picture", "strike", "tt", "var", "wbr"}
    # MathML Core, 2.2
    | {"annotation", "maction", "math", "menclose", "merror", "mfenced", "mfrac", "mi", "mmultiscripts", "mn", "mo"}
    | {"mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub"}
    | {"msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "semantics"}
)
# The rest of HTML's elements, whose names are words that people put between angle brackets: meant if something is said
# to them.
_SELDOM: Final = frozenset(
    {
        *("area", "base", "canvas", "col", "colgroup", "data", "datalist", "link", "map", "meta", "meter", "optgroup"),
        *("option", "output", "progress", "select", "slot", "source", "template", "textarea", "track"),
    }
)
# Parts of a table or a page, which are nothing without it (HTML Standard, 13.2.6.4.7): a parser drops the tag.
_PARTS: Final = frozenset({"body", "caption", "head", "html", "tbody", "td", "tfoot", "th", "thead", "tr"})
_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*)(?P<says>[^>]*)")


def use_inline_elements(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown to show words between angle brackets."""
    reader.add_render_rule("html_inline", _inline_html)


def _inline_html(_renderer: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    content = tokens[index].content
    return content if _is_element(tokens, index) else escape(content, quote=False)


def _is_element(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a tag is one, by its name, what it says, and the tags beside it; a custom element has a hyphen."""
    tag = _TAG.match(tokens[index].content)
    if tag is None or "-" in tag["name"]:
        return True
    name, says = tag["name"].lower(), tag["says"].strip(" /\n")
    if name in _PARTS:
        return bool(tag["end"] or says) or any(_is_of_table(token) for token in tokens)
    if name in _SELDOM:
        return bool(says) or (bool(tag["end"]) and any(_opens(token, name) for token in tokens[:index]))
    return name in _ELEMENTS


def _is_of_table(token: Token) -> bool:
    """Return whether a tag shows that the parts beside it are those of a table: it begins one, or ends a part."""
    tag = _TAG.match(token.content) if token.type == "html_inline" else None
    return tag is not None and (tag["name"].lower() == "table" or bool(tag["end"] and tag["name"].lower() in _PARTS))


def _opens(token: Token, name: str) -> bool:
    tag = _TAG.match(token.content) if token.type == "html_inline" else None
    return tag is not None and not tag["end"] and tag["name"].lower() == name and bool(tag["says"].strip(" /\n"))
