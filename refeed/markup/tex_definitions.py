r"""Recognise formulas that only define commands, `$\newcommand{\R}{\mathbb{R}}$`: they show nothing."""

from typing import Final

from refeed.startup.late_patterns import late_pattern

_VALUE: Final = r"\{(?>(?:[^{}]|\{(?>(?:[^{}]|\{(?>(?:[^{}]|\{[^{}]*\})*)\})*)\})*)\}"
_DEFINITIONS: Final = late_pattern(
    r"(?:\$\$?|\\[(\[])?\s*"
    r"(?:\\(?:(?:re|provide)?newcommand|providecommand|DeclareMathOperator|def|gdef)\*?\s*"
    rf"(?:\{{\s*\\?[A-Za-z]+\s*\}}|\\[A-Za-z]+)(?:\[[^\[\]]*\]|#[0-9])*\s*{_VALUE}\s*;?\s*)+"
    r"(?:\$\$?|\\[)\]])?"
)


def is_definition(source: str) -> bool:
    """Return whether TeX only defines commands."""
    return "\\" in source and _DEFINITIONS.fullmatch(source.strip()) is not None
