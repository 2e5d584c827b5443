"""Texts are cut between graphemes; the shortcut for characters that join none beside them agrees with Unicode."""

import pytest
import regex

from refeed.text.plain import _stands_alone, summarise

ALONE = [*filter(_stands_alone, map(chr, range(0x10000)))]


def test_characters_of_the_shortcut_join_none_of_their_kind() -> None:
    assert {"a", " ", "ß", "。", "\u6f6e", "\u30ab", "！"} <= set(ALONE)
    for some in (ALONE, ALONE[::-1], ALONE[::7] + ALONE[3::11]):
        assert regex.findall(r"\X", "".join(some)) == some


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ebbe und Flut", "Ebbe und…"),  # in Latin script it is cut between words
        ("潮水在六点来到港口外面", "潮水在六点来到港…"),
        ("潮水在六点来到か\u3099口外面", "潮水在六点来到か\u3099…"),  # が in two characters is one
        (
            "潮水在六点来到港\U000e0100口外面",
            "潮水在六点来到港\U000e0100…",
        ),  # the ninth only chooses a variant of the eighth
    ],
)
def test_what_belongs_to_the_last_grapheme_stays_with_it(text: str, shown: str) -> None:
    assert summarise(text, 8) == shown
