"""Rewrite what patterns find in Markdown outside of code, one pattern after the other.

Those of signs that most texts have begin with letters of these, and look back from there: all else is passed at once.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from refeed.markup.code_spans import replace_outside
from refeed.startup.named_tuple import NamedTuple

# Signs are made of these, and of letters and blanks.
_MARKS: Final = frozenset("!\"#&'()*+,-.:;<>@[\\]|~\t\xa0\u3000＃")


class Repair(NamedTuple):
    """What is looked for outside of code, and how it is written."""

    pattern: re.Pattern[str]
    write: Callable[[re.Match[str]], str]
    signs: tuple[str, ...] = ("",)  # a text without any of them has no match; to look for a sign takes a twentieth


def repaired(text: str, repairs: Iterable[Repair]) -> str:
    """Return a text with some repairs, in their order."""
    absent = _absent(text)
    for pattern, write, signs in repairs:
        if not any(sign in text for sign in signs if absent.isdisjoint(sign)):
            continue
        if any(write(found) != found[0] for found in pattern.finditer(text)):  # or code is not looked for
            text = replace_outside(pattern, write, text, markdown=True)
            absent = _absent(text)
    return text


def _absent(text: str) -> frozenset[str]:
    """Return what a text has none of; one character is found much sooner than two."""
    return frozenset(mark for mark in _MARKS if mark not in text)
