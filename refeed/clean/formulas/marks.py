"""Write what MathML sets above, below and around a letter as text: x̄, f′, ³√x, (a, b)."""

import unicodedata
from types import MappingProxyType
from typing import Final

from refeed.clean.formulas.katex_text import grouped

# Accents as MathML and TeX converters write them (MathML Core, appendix B) → the combining characters.
_ABOVE: Final = MappingProxyType(
    {
        **dict.fromkeys("¯‾ˉ―–_̅̄", "\u0304"),
        **dict.fromkeys("^ˆ̂", "\u0302"),
        **dict.fromkeys("~˜∼̃", "\u0303"),
        **dict.fromkeys("→⇀⃗", "\u20d7"),
        **dict.fromkeys(".˙⋅̇", "\u0307"),
        **dict.fromkeys("¨̈", "\u0308"),
        **dict.fromkeys("ˇ̌", "\u030c"),
        **dict.fromkeys("˘̆", "\u0306"),
        **dict.fromkeys("´́", "\u0301"),
        **dict.fromkeys("`̀", "\u0300"),
    }
)
_LINES: Final = frozenset("\u0304")  # are drawn over a whole word
_BELOW: Final = MappingProxyType(dict.fromkeys("_¯‾―̲", "\u0332"))
_BRACES: Final = frozenset("⏞⏟︷︸{}⎴⎵")
_PRIMES: Final = frozenset("'′″‴⁗*†")
_ROOTS: Final = MappingProxyType({"2": "√", "3": "∛", "4": "∜"})


def with_mark_above(base: str, mark: str) -> str:
    """Return a base with an accent; a longer mark stands behind it, as a superscript."""
    return _marked(base, mark, _ABOVE) or f"{grouped(base)}^{grouped(mark)}"


def with_mark_below(base: str, mark: str) -> str:
    """Return a base with a line below; any other mark stands behind it, as a subscript."""
    return _marked(base, mark, _BELOW) or f"{grouped(base)}_{grouped(mark)}"


def _marked(base: str, mark: str, marks: MappingProxyType[str, str]) -> str:
    if mark in _BRACES:  # what is said of the part stands beside it
        return base
    accent = marks.get(mark, "")
    if accent and len(base) == 1:
        return unicodedata.normalize("NFC", base + accent)
    line = "\u0305" if accent in _LINES else accent if marks is _BELOW else ""
    return "".join(letter + line for letter in base) if line else ""


def with_superscript(base: str, script: str) -> str:
    """Return a base with what stands above its end; primes are a part of it."""
    return base + script if _PRIMES.issuperset(script) else f"{base}^{grouped(script)}"


def root_of(base: str, degree: str) -> str:
    """Return a root; its degree stands before it."""
    return (_ROOTS.get(degree) or f"{grouped(degree)}√") + grouped(base)


def fenced(parts: list[str], opening: str, closing: str, separators: str) -> str:
    """Return parts between marks, with separators between them; the last of these serves for all that follow."""
    marks = "".join(separators.split())
    written = parts[:1]
    for number, part in enumerate(parts[1:]):
        mark = marks[min(number, len(marks) - 1)] if marks else ""
        written += [f"{mark} " if mark == "," else mark, part]
    return opening + "".join(written) + closing


def with_scripts_around(base: str, scripts: list[str], before: list[str]) -> str:
    """Return a base with pairs of scripts, below and above in turn, behind it and before it (MathML Core, 3.4.3)."""
    return _pairs(before) + grouped(base) + _pairs(scripts)


def _pairs(scripts: list[str]) -> str:
    marked = (("_", "^")[number % 2] + grouped(text) for number, text in enumerate(scripts) if text)
    return "".join(marked)
