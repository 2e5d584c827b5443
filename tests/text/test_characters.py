"""Characters that no document may hold go from every text, also where most texts are passed at once."""

import re
import sys
from collections.abc import Callable

import pytest

from refeed.text import characters, plain


@pytest.mark.parametrize(
    ("pattern", "passes"),
    [
        (characters._FORBIDDEN, characters._is_legal),  # noqa: SLF001
        (characters._FORBIDDEN_BEYOND, characters._is_legal),  # noqa: SLF001
        (characters._DISCOURAGED, characters._is_legal),  # noqa: SLF001
        (plain._INVISIBLE, str.isprintable),  # noqa: SLF001  a title asks that itself
    ],
)
def test_nothing_that_is_dropped_passes(pattern: re.Pattern[str], passes: Callable[[str], bool]) -> None:
    dropped = [chr(code) for code in range(sys.maxunicode + 1) if pattern.fullmatch(chr(code))]
    assert dropped
    assert not any(map(passes, dropped))


def test_texts_in_which_nothing_is_dropped_pass_at_once() -> None:
    # line ends, joiners, an emoji; no-break blanks and Chinese punctuation share bytes with controls and noncharacters
    assert all(map(characters._is_legal, ("a\r\n\tb", "\u00a0\u3000\u200d\ufeff\n", "，。\n\U0001f600", "\x85")))  # noqa: SLF001


def test_a_text_comes_in_utf_8_without_what_is_dropped() -> None:
    # a noncharacter and half of a surrogate pair go; `\x92` is an apostrophe of Windows-1252 that was read as Latin-1
    assert characters.encoded("潮\ufffe位\ud800") == ("潮位", "潮位".encode())
    assert characters.encoded("the tide\x92s") == ("the tide’s", "the tide’s".encode())
    assert characters.encoded("低潮。\n") == ("低潮。\n", "低潮。\n".encode())


def test_a_title_loses_controls_and_marks_that_show_nothing() -> None:
    assert plain.plain("low\x0b wa\x01ter at\x7f noon") == "low water at noon"
    assert plain.plain("Ebbe\u200b in Wörth\ufeff") == "Ebbe in Wörth"
