"""Write a formula without a source on one line of text: MathML, and what MathJax and KaTeX make of it."""

import re
import unicodedata
from types import MappingProxyType
from typing import Final

from bs4.element import NavigableString, PageElement, Tag

from refeed.clean.katex_text import grouped, katex_text
from refeed.html.tree import attribute, parse, words

# MathML 3, 3.3 and 3.4: an element of two children → what stands between them on one line. MathJax 3 draws a fraction
# as <mjx-frac>, and puts both scripts of a base into <mjx-script>, the upper one first.
_BETWEEN: Final = MappingProxyType(
    {
        "frac": "/",
        "mfrac": "/",
        "mover": "^",
        "msub": "_",
        "msubsup": "^",
        "msup": "^",
        "munder": "_",
        "munderover": "^",
        "script": "_",
    }
)
_ROOTS: Final = frozenset({"mroot", "msqrt"})
_SILENT: Final = frozenset({"annotation", "annotation-xml", "defs", "mjx-assistive-mml", "script", "style", "title"})
# MathJax 3 names the character that a glyph shows: in a class (CHTML), in an attribute (SVG).
_GLYPH: Final = re.compile(r"mjx-c([0-9a-f]{1,6})")
_CODE_POINT: Final = re.compile(r"[0-9A-Fa-f]{1,6}")
# KaTeX and MathJax put these between the visible characters.
_NOTHING: Final = dict.fromkeys(map(ord, "\u200b\u2060\u2061\u2062\u2063\u2064\ufeff"))


def linear(formula: Tag) -> str:
    """Return what a formula shows, on one line; the parser has bounded its depth."""
    katex = formula if "katex-html" in words(formula) else formula.find(class_="katex-html")
    if isinstance(katex, Tag):
        return _plain(katex_text(katex))
    stated = attribute(formula, "data-mathml")  # MathJax 2
    math = formula if formula.name == "math" else (parse(stated) if stated else formula).find("math")
    return _plain(_linear(math if isinstance(math, Tag) else formula))


def _plain(text: str) -> str:
    return " ".join(text.translate(_NOTHING).split())


def _linear(element: PageElement) -> str:
    if type(element) is NavigableString:
        return " ".join(element.split())
    if not isinstance(element, Tag) or element.name in _SILENT:
        return ""
    return _glyph(element) or _joined(element)


def _joined(element: Tag) -> str:
    """Join what the children of an element say, in the way that its name says."""
    name = attribute(element, "data-mml-node") or element.name.removeprefix("mjx-")
    parts = [text for child in element.children if (text := _linear(child))]
    if name in _BETWEEN and len(parts) == 2:
        return _BETWEEN[name].join(map(grouped, parts))
    if name in {"msubsup", "munderover"} and len(parts) == 3:
        base, below, above = map(grouped, parts)
        return f"{base}_{below}^{above}"
    if name in _ROOTS and parts:
        return "√" + grouped(parts[0]) if name == "mroot" else "√" + grouped("".join(parts))
    return ("; " if name == "mtable" else " " if name == "mtr" else "").join(parts)


def _glyph(element: Tag) -> str:
    """Return the character that an element of MathJax draws, as people write it: x for a mathematical italic one."""
    named = next((found[1] for word in words(element) if (found := _GLYPH.fullmatch(word))), "")
    code = named or attribute(element, "data-c")
    if not _CODE_POINT.fullmatch(code) or not 0x20 <= int(code, 16) <= 0x10FFFF or 0xD800 <= int(code, 16) < 0xE000:
        return ""
    return unicodedata.normalize("NFKC", chr(int(code, 16)))
