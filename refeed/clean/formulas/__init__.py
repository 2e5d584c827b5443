"""Write every formula once, in <code>: its TeX source, or else one line of text."""

import re
from collections.abc import Iterator
from typing import Final

from bs4.element import Tag

from refeed.clean.formulas.sources import OF_EMPTY, SURE, bare, drawn_source, is_to_be_filled, stated_source
from refeed.clean.types import Body, Loss, Note
from refeed.html.page import Page
from refeed.html.tree import attribute, is_block, make, tags, text_of, words
from refeed.startup.late_patterns import late_pattern

# Elements that hold all spellings of one formula: KaTeX, MathJax 2 and 3, MediaWiki, Zhihu, Quill, Substack.
_HOLDERS: Final = frozenset(
    {
        "katex",
        "katex-display",
        "katex-html",
        "latex-rendered",
        "mathjax",
        "mathjax_chtml",
        "mathjax_display",
        "mjx-chtml",
        "mwe-math-element",
        "ql-formula",
        "ztext-math",
    }
)
# Pandoc (R Markdown, blogdown): `<span class="math inline">`, with the TeX that MathJax looks for.
_WRITTEN: Final = frozenset({"math"})
_MARKS: Final = ((r"\(", r"\)"), (r"\[", r"\]"), ("$", "$"))
_ELEMENTS: Final = frozenset({"math", "mjx-container"})
# What says that a formula stands on a line of its own.
_DISPLAY: Final = frozenset(
    {
        "katex-display",
        "latex-rendered",
        "mathjax_display",
        "mwe-math-fallback-image-display",
        "ql-img-displayed-equation",
        "ql-img-displayed-formula",
    }
)
# What MathJax 2 puts before the <script> that holds the source.
_RENDERED: Final = frozenset(
    {"mathjax", "mathjax_chtml", "mathjax_display", "mathjax_preview", "mathjax_svg", "mathjax_svg_display"}
)
_SCRIPT: Final = late_pattern(r"math/(?:asciimath|tex)(?=\s*(?:;|\Z))(.*)", re.IGNORECASE | re.DOTALL)

# What an element must be, have or be called to be looked at.
_NAMES: Final = _ELEMENTS | {"img"}
_ATTRIBUTES: Final = SURE | OF_EMPTY
_CLASSES: Final = _HOLDERS | _WRITTEN


def write_formulas(page: Page, _body: Body) -> Iterator[Note]:
    """Write a formula as its source, or as its text, and drop its other spellings; one without either is a loss."""
    for script in list(page.elements("script")):
        if kind := _SCRIPT.match(attribute(script, "type")):
            yield from _drop_rendered(page, script)
            _write(page, script, text_of(script), display="display" in kind[1])
            yield 0
    for tag in page.candidates(names=_NAMES, attributes=_ATTRIBUTES, classes=_CLASSES):
        if tag.name == "img":
            if text := drawn_source(tag):
                _write(page, tag, text, display=not _DISPLAY.isdisjoint(words(tag)))
                yield 0
        elif tag.name == "span" and not _WRITTEN.isdisjoint(words(tag)) and _is_tex(tag.get_text().strip()):
            _write(page, tag, tag.get_text(), display="display" in words(tag))
            yield 0
        elif tag.name in _ELEMENTS or _is_holder(tag):
            yield from _write_formula(page, tag)


def _is_tex(text: str) -> bool:
    return any(text.startswith(opening) and text.endswith(closing) for opening, closing in _MARKS)


def _is_holder(tag: Tag) -> bool:
    """Return whether an element is a formula by its class or source; one with blocks inside may hold formulas."""
    named = not _HOLDERS.isdisjoint(words(tag)) or not SURE.isdisjoint(tag.attrs) or is_to_be_filled(tag)
    return named and not any(map(is_block, tags(tag)))


def _write_formula(page: Page, tag: Tag) -> Iterator[Note]:
    if text := _text_of(tag):
        alone = attribute(tag, "display") in {"block", "true"} or (tag.name == "div" and not tag.contents)
        _write(page, tag, text, display=alone or not _DISPLAY.isdisjoint(words(tag)))
        yield 0
    elif tag.contents and tag.name != "math":
        yield Loss("formula-lost", attribute(tag, "class") or tag.name)


def _write(page: Page, tag: Tag, text: str, *, display: bool) -> None:
    from refeed.markup.tex_definitions import is_definition

    source = " ".join(text.split())
    if is_definition(source):
        page.drop(tag)
        return
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


def _text_of(tag: Tag) -> str:
    """Return the TeX source that a formula carries, else what it shows or is called, on one line."""
    from refeed.clean.formulas.text import linear

    picture = tag.find("img")
    named = bare(attribute(picture, "alt")) if isinstance(picture, Tag) else ""
    return stated_source(tag) or linear(tag) or named or attribute(tag, "aria-label")
