"""Write every formula once: as its TeX source, else as one line of text, in <code>."""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote, unquote_plus

from bs4.element import NavigableString, PageElement, Tag

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import attribute, make, words

# Elements that hold all spellings of one formula: KaTeX, MathJax 2 and 3, MediaWiki.
_HOLDERS: Final = frozenset({"katex", "katex-display", "mathjax", "mathjax_display", "mwe-math-element"})
_ELEMENTS: Final = frozenset({"math", "mjx-container"})
# What says that a formula stands on a line of its own.
_DISPLAY: Final = frozenset({"katex-display", "mathjax_display", "mwe-math-fallback-image-display"})
# What MathJax 2 puts before the <script> that holds the source.
_RENDERED: Final = frozenset(
    {"mathjax", "mathjax_chtml", "mathjax_display", "mathjax_preview", "mathjax_svg", "mathjax_svg_display"}
)
_SCRIPT: Final = re.compile(r"math/(?:asciimath|tex)(?=\s*(?:;|\Z))(.*)", re.IGNORECASE | re.DOTALL)

# Pictures of formulas: the words for them in `class` (WordPress, MediaWiki), and services that draw what the address
# says: the source is the first group.
_PICTURES: Final = frozenset({"latex", "mwe-math-fallback-image-display", "mwe-math-fallback-image-inline"})
_SERVICES: Final = (
    re.compile(r"(?:zhihu\.com|juejin\.(?:cn|im))/equation\?tex=([^&#]+)"),
    re.compile(r"(?:wp|wordpress)\.com/latex\.php\?(?:[^#]*?&)??latex=([^&#]+)"),
    re.compile(r"chart\.(?:apis\.google|googleapis)\.com/chart\?(?:[^#]*?&)??chl=([^&#]+)"),
)
_CODECOGS: Final = re.compile(r"latex\.codecogs\.com/(?:gif|png|svg)\.(?:image|latex)\?([^#]+)")
# MediaWiki puts this around every formula.
_STYLE: Final = re.compile(r"\{\\(?:display|text)style (.*)\}", re.DOTALL)

# MathML 3, 3.3 and 3.4: an element of two children → what stands between them on one line.
_BETWEEN: Final = MappingProxyType({"mfrac": "/", "mover": "^", "msub": "_", "msup": "^", "munder": "_"})
_ROOTS: Final = frozenset({"mroot", "msqrt"})


def write_formulas(page: Page, _body: Body) -> Iterator[Note]:
    """Write a formula as its source, or as its text, and drop its other spellings."""
    for script in list(page.elements("script")):
        if kind := _SCRIPT.match(attribute(script, "type")):
            yield from _drop_rendered(page, script)
            _write(page, script, script.get_text(), display="display" in kind[1])
            yield 0
    for tag in page.elements():
        if tag.name in _ELEMENTS or not _HOLDERS.isdisjoint(words(tag)):
            if text := _source(tag):
                alone = attribute(tag, "display") in {"block", "true"}
                _write(page, tag, text, display=alone or not _DISPLAY.isdisjoint(words(tag)))
                yield 0
        elif tag.name == "img" and (text := _drawn(tag)):
            _write(page, tag, text, display=not _DISPLAY.isdisjoint(words(tag)))
            yield 0


def _write(page: Page, tag: Tag, text: str, *, display: bool) -> None:
    source = " ".join(text.split())
    if display:
        page.become(tag, "p", make("code", source))
    else:
        page.become(tag, "code", source)


def _drop_rendered(page: Page, script: Tag) -> Iterator[Note]:
    """Drop what MathJax made of the source that follows."""
    for _ in range(2):
        copy = page.neighbour(script, back=True)
        if not isinstance(copy, Tag) or _RENDERED.isdisjoint(words(copy)):
            return
        yield page.drop(copy)


def _source(tag: Tag) -> str:
    """Return the TeX source that a formula carries, else its text on one line."""
    if source := tag.find("annotation", attrs={"encoding": "application/x-tex"}):
        return _bare(source.get_text())
    math = tag if tag.name == "math" else tag.find("math")
    if isinstance(math, Tag):
        return _bare(attribute(math, "alttext")) or _linear(math)
    picture = tag.find("img")
    return _bare(attribute(picture, "alt")) if isinstance(picture, Tag) else ""


def _drawn(picture: Tag) -> str:
    """Return the source of a formula that a picture shows, "" for any other picture."""
    address = attribute(picture, "src") or attribute(picture, "data-src")
    for service in _SERVICES:
        if found := service.search(address):
            return _bare(unquote_plus(found[1]))
    if found := _CODECOGS.search(address):
        return _bare(unquote(found[1]))
    return "" if _PICTURES.isdisjoint(words(picture)) else _bare(attribute(picture, "alt"))


def _bare(source: str) -> str:
    text = source.strip()
    styled = _STYLE.fullmatch(text)
    return styled[1].strip() if styled else text


def _linear(element: PageElement) -> str:
    """Write MathML on one line; the parser has bounded its depth."""
    if type(element) is NavigableString:
        return " ".join(element.split())
    if not isinstance(element, Tag) or element.name in {"annotation", "annotation-xml"}:
        return ""
    parts = [text for child in element.children if (text := _linear(child))]
    if element.name in _BETWEEN and len(parts) == 2:
        return _BETWEEN[element.name].join(map(_grouped, parts))
    if element.name in {"msubsup", "munderover"} and len(parts) == 3:
        base, below, above = map(_grouped, parts)
        return f"{base}_{below}^{above}"
    if element.name in _ROOTS and parts:
        return "√" + _grouped(parts[0]) if element.name == "mroot" else "√" + _grouped("".join(parts))
    return ("; " if element.name == "mtable" else " " if element.name == "mtr" else "").join(parts)


def _grouped(text: str) -> str:
    return text if len(text) == 1 or text.isalnum() else f"({text})"
