"""Tell running text from tables, menus and numbers: it consists of sentences."""

import re
from typing import Final

from refeed.formats.pages.content import WIDE

_INLINE: Final = re.compile(
    r"</?(?:a|abbr|b|cite|code|del|em|font|hi|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u)\b[^<>]*>"
)
_TAG: Final = re.compile(r"<[^<>]*>")
# The full stop of alphabets ends a sentence before a space only: 0.62.0 holds none.
_END: Final = re.compile(r"[。！？।؟۔։።…]|[.!?](?=[\s\"'”’»)\]]|\Z)")
_WITHOUT_STOPS: Final = re.compile(r"[\u0e00-\u0eff]{20,}")  # Thai and Lao
_LETTER: Final = re.compile(r"[^\W\d_]")
_LEAST_LETTERS: Final = 25  # of a sentence; wide ones count twice
_LEAST_SENTENCES: Final = 2


def is_running_text(html: str) -> bool:
    """Return whether the blocks of an article hold sentences."""
    found = 0
    for block in _TAG.split(_INLINE.sub("", html)):
        sentences = _END.split(block)[:-1]  # what follows the last one is not ended
        found += sum(map(_is_long, sentences)) + len(_WITHOUT_STOPS.findall(block))
        if found >= _LEAST_SENTENCES:
            return True
    return False


def _is_long(sentence: str) -> bool:
    return len(_LETTER.findall(sentence)) + len(WIDE.findall(sentence)) >= _LEAST_LETTERS
