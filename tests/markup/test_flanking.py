"""Characters beside marks of Markdown: what is known of most without Unicode's tables agrees with them."""

import regex

from refeed.markup.inline.flanking import _CJK, is_cjk


def test_the_shortcut_agrees_with_the_tables() -> None:
    in_tables = regex.compile(_CJK, regex.V1)
    variations = {chr(code) for code in range(0xE0100, 0xE01F0)}  # of ideographs
    characters = [*map(chr, range(0x10000)), *variations, "\U0001f600", "\U00020000", "\U000e00ff", "\U000e01f0"]
    told = {character for character in characters if is_cjk(character)}
    assert told == {character for character in characters if in_tables.match(character)} | variations
    assert {"中", "か", "ー", "、", "！", "한"} <= told
    assert told.isdisjoint("aßЖ’…—")


def test_only_the_first_character_counts() -> None:
    assert is_cjk("中a")
    assert not is_cjk("a中")
    assert not is_cjk("")
