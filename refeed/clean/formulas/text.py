"""Write a formula without TeX source as one line of text, from MathML or the markup of MathJax and KaTeX."""

import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bs4.element import NavigableString, PageElement, Tag

from refeed.clean.formulas.katex_text import grouped, katex_text
from refeed.clean.formulas.marks import (
    fenced,
    root_of,
    with_mark_above,
    with_mark_below,
    with_scripts_around,
    with_superscript,
)
from refeed.html.tree import attribute, parse, text_of, words
from refeed.startup.late_patterns import late_pattern

# MathML 3, 3.3 and 3.4: an element of two children → how they are written on one line. MathJax 3 draws a fraction as
# <mjx-frac>, and puts both scripts of a base into <mjx-script>, the upper one first.
_OF_TWO: Final[Mapping[str, Callable[[str, str], str]]] = MappingProxyType(
    {
        "frac": lambda above, below: f"{grouped(above)}/{grouped(below)}",
        **dict.fromkeys(("script", "msub"), lambda base, script: f"{grouped(base)}_{grouped(script)}"),
        "mover": with_mark_above,
        "mroot": root_of,
        "msup": lambda base, script: with_superscript(grouped(base), script),
        "munder": with_mark_below,
    }
)
_NO_LINE: Final = late_pattern(r"0(?:\.0*)?(?:em|ex|px|pt|%)?")
_SILENT: Final = frozenset(
    {"annotation", "annotation-xml", "defs", "mjx-assistive-mml", "mphantom", "script", "style", "title"}
)
# MathJax 3 names the character that a glyph shows: in a class (CHTML), in an attribute (SVG).
_GLYPH: Final = late_pattern(r"mjx-c([0-9a-f]{1,6})")
_CODE_POINT: Final = late_pattern(r"[0-9A-Fa-f]{1,6}")
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
    if name == "mmultiscripts":
        return _multiscripts(element)
    parts = [text for child in element.children if (text := _linear(child))]
    if name in _OF_ELEMENTS and parts:
        return _OF_ELEMENTS[name](element, parts)
    if name in _OF_TWO and len(parts) == 2:
        return _OF_TWO[name](*map(str.strip, parts))
    return ("; " if name == "mtable" else " " if name in {"mtr", "mlabeledtr"} else "").join(parts)


def _fenced(element: Tag, parts: list[str]) -> str:
    """Write what stands between marks, which are parentheses and commas unless they are stated (MathML 3, 3.3.8)."""
    opening, closing, separators = (str(element.attrs.get(*one)) for one in _FENCES)
    return fenced(parts, opening, closing, separators)


def _fraction(element: Tag, parts: list[str]) -> str:
    """Write a fraction; one without a line is a binomial coefficient."""
    has_line = not _NO_LINE.fullmatch(attribute(element, "linethickness"))
    return ("/" if has_line else " choose ").join(map(grouped, parts)) if len(parts) > 1 else parts[0]


def _scripts(_element: Tag, parts: list[str]) -> str:
    """Write a base with what stands below and above it."""
    base, *others = map(str.strip, parts)
    if len(others) == 2:
        return with_superscript(f"{grouped(base)}_{grouped(others[0])}", others[1])
    return with_superscript(grouped(base), others[0]) if others else base


def _words(element: Tag, parts: list[str]) -> str:
    """Return words in a formula with the blanks around them."""
    text = text_of(element)
    return " " * text[:1].isspace() + "".join(parts) + " " * text[-1:].isspace()


_FENCES: Final = (("open", "("), ("close", ")"), ("separators", ","))
_OF_ELEMENTS: Final[Mapping[str, Callable[[Tag, list[str]], str]]] = MappingProxyType(
    {
        "mfenced": _fenced,
        "mfrac": _fraction,
        "msqrt": lambda _element, parts: "√" + grouped("".join(parts)),
        "msubsup": _scripts,
        "mtext": _words,
        "munderover": _scripts,
    }
)


def _multiscripts(element: Tag) -> str:
    """Write the scripts around a base: those before it follow <mprescripts>, and <none> has the place of one."""
    base, *rest = [child for child in element.children if isinstance(child, Tag)] or [element]
    names = [child.name for child in rest]
    end = names.index("mprescripts") if "mprescripts" in names else len(rest)
    scripts = [_linear(child).strip() for child in rest]
    return with_scripts_around(_linear(base).strip() if rest else "", scripts[:end], scripts[end + 1 :])


def _glyph(element: Tag) -> str:
    """Return the character that an element of MathJax draws, as people write it: x for a mathematical italic one."""
    named = next((found[1] for word in words(element) if (found := _GLYPH.fullmatch(word))), "")
    code = named or attribute(element, "data-c")
    if not _CODE_POINT.fullmatch(code) or not 0x20 <= int(code, 16) <= 0x10FFFF or 0xD800 <= int(code, 16) < 0xE000:
        return ""
    return unicodedata.normalize("NFKC", chr(int(code, 16)))
