"""Languages of invented texts: fixtures/text/languages.tsv; and what makes the table of characters right."""

import pytest
from folders import FIXTURES

from refeed.text import language
from refeed.text.language import detect_language, is_in_another, is_ruled_out
from refeed.text.orthographies import SIMPLIFIED, TRADITIONAL

TABLE = FIXTURES / "text" / "languages.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").split("\n")[1:] if line]

LEVEL_1 = {"big5": (b"\xa4\x40", b"\xc6\x7e"), "gb2312": (b"\xb0\xa1", b"\xd7\xf9")}


def code(character: str, encoding: str) -> bytes | None:
    try:
        return character.encode(encoding)
    except UnicodeEncodeError:
        return None


def is_frequent(character: str, encoding: str) -> bool:
    first, last = LEVEL_1[encoding]
    return first <= (code(character, encoding) or b"") <= last


def test_there_are_rows() -> None:
    assert {expected for _, expected, _ in ROWS} == {"zh-Hans", "zh-Hant", "ja", "ko", "en", "-"}


@pytest.mark.parametrize(("text", "expected", "why"), ROWS, ids=[why for _, _, why in ROWS])
def test_languages(text: str, expected: str, why: str) -> None:
    assert (detect_language(text) or "-") == expected, why


GERMAN = (
    "Wir sind am Morgen zur Mühle gegangen, und der Weg war lang, aber das Wetter war schön, und es ist nicht weit."
)
ENGLISH = "We went to the mill in the morning, and the way was long, but the weather was fine and it is not far."
RUSSIAN = "Утром мы пошли к мельнице, дорога была длинной, но погода стояла хорошая."
CODE = "apt-get install mill; mill --grind --fine wheat.txt > flour.txt"


CHINESE = "早上第一艘电动渡轮离开三号码头，船上有八十名乘客。船长说，最安静的不是发动机，而是海鸥。" * 2
JAPANESE = (
    "朝、最初の電動フェリーが三番埠頭を出た。船には八十人が乗っていた。一番静かなのはエンジンではなく、カモメだった。"
)


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [
        (CHINESE, "en", True),
        (CHINESE, "en-US", True),
        (CHINESE, "ru", True),  # no language but those of East Asia is written so
        (CHINESE, "zh", False),
        (CHINESE, "yue-HK", False),
        (CHINESE, "ja", False),  # the same script
        (CHINESE, "en-Hani", False),  # whoever names the script means it
        (CHINESE, "und", False),
        (CHINESE[:39], "en", False),  # a caption
        (CHINESE + ENGLISH, "en", False),  # of both
        (f"{CODE} {CODE} {CODE} " + CHINESE[:60], "en", False),  # a page of code with a remark
        (JAPANESE, "fr", True),
        (RUSSIAN * 3, "en", True),
        (RUSSIAN * 3, "sr", False),  # written in either alphabet
        (RUSSIAN * 3, "zh-CN", True),
        (ENGLISH * 2, "zh-CN", True),
        (ENGLISH * 2, "zh-Latn", False),
        (ENGLISH * 2 + CHINESE, "zh-CN", False),  # of both
        (ENGLISH * 2, "ru", False),  # such texts may be transliterated
        (ENGLISH, "zh-CN", False),  # too short
        (GERMAN, "en", False),  # one script for both
        (ENGLISH * 60 + CHINESE * 9, "zh-CN", False),  # what it begins with is not all
        ("", "en", False),
        ("", "zh", False),
    ],
)
def test_a_script_rules_out_what_is_not_written_in_it(text: str, tag: str, expected: bool) -> None:
    assert is_ruled_out(text, tag) is expected


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [
        (GERMAN, "en-US", True),
        (GERMAN, "zh-Hans", True),
        (GERMAN, "de", False),
        (GERMAN, "fr", False),  # nothing here knows French from German
        (RUSSIAN, "en", True),
        (RUSSIAN, "ja", True),
        (ENGLISH, "en", False),
        (ENGLISH, "zh-CN", True),
        (CODE, "en", False),
        ("", "en", False),
        ("", "zh", False),
    ],
)
def test_the_language_of_a_site_is_not_that_of_every_text(text: str, tag: str, expected: bool) -> None:
    assert is_in_another(text, tag) is expected


def counted(text: str) -> dict[str, int]:
    tally = language._tally(text)  # noqa: SLF001
    counts = {"han": tally.han, "hangul": tally.hangul, "kana": tally.kana, "other": tally.other}
    return {script: count for script, count in counts.items() if count}


def test_no_character_of_western_european_text_is_counted_for_another_script() -> None:
    assert counted(bytes(range(256)).decode("cp1252", "ignore")) == {}


@pytest.mark.parametrize(
    ("characters", "script"),
    [
        ("\u036f\u1d00\u2019\u3000\u3002\u3006\u30fb\u30fc\uffff\U00040000\ud800", ""),  # marks, what lies between
        ("\u0370\u03ff\u0400\u0416\u10ff\u1200\u1cff", "other"),
        ("\u1100\u11ff\u3131\u318e\uac00\ud6ff\ud7a3", "hangul"),
        ("\u3041\u3096\u30a1\u30fa\uff66\uff6f\uff71\uff9d", "kana"),
        ("\u3005\u3007\u3400\u4cff\u4dbf\u4e00\u9fff\uf900\ufaff\U00020000\U0003ffff", "han"),
    ],
)
def test_each_character_counts_for_its_script(characters: str, script: str) -> None:
    assert counted(characters) == ({script: len(characters)} if script else {})
    assert [counted(character) for character in characters] == [{script: 1} if script else {}] * len(characters)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It's a \u201cMill\u201d, 12 x-rays\nund\ta\u00b5b", 9),  # it s a mill x rays und a b
        ("\u00c9T\u00c9 \u00d7 \u00f7 na\u00efve \u00aa \u00ba stra\u00dfe", 3),  # été naïve straße
        ("\u0100b \u212bngstr\u00f6m \u1e9e", 3),  # in lower case these begin with letters, too
        ("\u0130x", 1),  # a dotted capital becomes two characters
    ],
)
def test_words_are_runs_of_latin_letters(text: str, words: int) -> None:
    assert language._tally(text).words == words  # noqa: SLF001


def test_scripts_are_counted_side_by_side() -> None:
    syllables = "".join(map(chr, range(0xAC00, 0xAC00 + 130)))
    ideographs = "".join(map(chr, range(0x4E00, 0x4E00 + 140)))
    assert counted(f"{syllables}{syllables} {ideographs} ねこ、Кот") == {
        "han": 140,
        "hangul": 260,
        "kana": 2,
        "other": 3,
    }


@pytest.mark.parametrize(
    ("own", "quoted", "expected"),
    [(90, 10, "zh-Hans"), (89, 11, None), (10, 90, "zh-Hant"), (11, 89, None), (8, 0, "zh-Hans"), (7, 0, None)],
)
def test_nine_tenths_of_the_characters_of_one_orthography_decide(own: int, quoted: int, expected: str | None) -> None:
    assert detect_language("门云" * own + "門云" * quoted + "山水木石" * 20) == expected  # the others are in both


def test_a_beginning_in_the_other_orthography_does_not_decide() -> None:
    assert detect_language("門" * 600 + "云" + "门" * 5_400) == "zh-Hans"  # nine tenths, exactly
    assert detect_language("門" * 601 + "云" + "门" * 5_400) is None


def test_the_table_holds_pairs_each_character_once() -> None:
    assert len(SIMPLIFIED) == len(TRADITIONAL) > 300
    assert len(set(SIMPLIFIED + TRADITIONAL)) == len(SIMPLIFIED) + len(TRADITIONAL)
    assert list(SIMPLIFIED) == sorted(SIMPLIFIED)


def test_each_pair_is_frequent_and_each_member_foreign_to_the_other_orthography() -> None:
    for simplified, traditional in zip(SIMPLIFIED, TRADITIONAL, strict=True):
        assert is_frequent(simplified, "gb2312")
        assert is_frequent(traditional, "big5")
        assert code(simplified, "big5") is None
        assert code(traditional, "gb2312") is None


def test_characters_of_both_orthographies_and_variants_of_fonts_are_not_decisive() -> None:
    assert set("后里面干台只系云着著么个广无内內户戶温溫説").isdisjoint(SIMPLIFIED + TRADITIONAL)
