"""How much of a text may be broken before the text counts as one in another charset."""

import pytest

from refeed.input.damaged_utf8 import mend


@pytest.mark.parametrize(
    ("data", "is_sound"),
    [
        (b"A gull \xff on the quay, and one on the pier", True),  # 41 sound bytes, 1 broken
        (b"A \xff gull \xff on \xff the \xff quay", False),  # 4 of 24: more than one in ten
        (b"ab\xffcdefg", True),  # 1 to 10, the three bytes of U+FFFD among them: as much as may be
        (b"ab\xffcdef", False),  # 1 to 9
    ],
)
def test_one_byte_in_ten_may_be_damage_and_more_is_another_charset(data: bytes, is_sound: bool) -> None:
    assert mend(data).is_nearly_sound is is_sound
    assert mend(data).is_mostly_ascii is is_sound
