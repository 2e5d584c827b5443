"""Leave out the tags of a title whose writer has marked words, `The <em>Ebb</em>`; `the <b> tag` is about one."""

import re
from types import MappingProxyType
from typing import Final

from refeed.startup.late_patterns import late_pattern

# Words between blanks, and dots, stand beside tags that a title is about: `no <b> and </b>`, `<em>…</em>`.
_PAIR: Final = late_pattern(
    r"(?<!`)<(a|abbr|b|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|s|small|span|strong|sub|sup|u|var)(?:\s[^<>]{0,500})?>"
    r"(?!\s[^<>]*\s<)(?![.…\s]*<)([^<>]{1,300})</\1\s{0,8}>(?!`)",
    re.IGNORECASE,
)
# Between blanks it is one above a day, and what the title is about above other words.
_BREAK: Final = late_pattern(
    r"(?<!`)(?:(?<=\S)<br\s{0,8}/?>|<br\s{0,8}/?>(?=\S|\s[^<>]{1,30}\b(?:19|20)[0-9]{2}\s{0,8}\Z))(?!`)", re.IGNORECASE
)
_DEEPEST: Final = 4
# Raised and lowered numbers, which say something else beside others: 2<sup>10</sup>.
_RAISED: Final = MappingProxyType(dict(zip(map(ord, "0123456789+-−"), "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻", strict=True)))
_LOWERED: Final = MappingProxyType(dict(zip(map(ord, "0123456789+-−"), "₀₁₂₃₄₅₆₇₈₉₊₋₋", strict=True)))
_NUMBERS: Final = MappingProxyType({"sub": _LOWERED, "sup": _RAISED})


def without_inline_tags(title: str) -> str:
    """Return a title without the tags around its words."""
    title = _BREAK.sub(" ", title)
    for _ in range(_DEEPEST):
        title, marked = _PAIR.subn(_words, title)
        if not marked:
            break
    return title


def _words(found: re.Match[str]) -> str:
    numbers = _NUMBERS.get(found[1].lower())
    words = found[2]
    return words.translate(numbers) if numbers and all(ord(sign) in numbers for sign in words) else words
