"""From bytes to text: which encoding a file is in, and what becomes of bytes that do not fit it."""

import codecs
from pathlib import Path

import pytest

from refeed.input.encoding import decode, utf16_by_nuls
from refeed.input.read import read
from refeed.model import Document, SourceFile
from refeed.problems import Problem

CHINESE = "港口的第一艘电动渡轮今天早上离开三号码头，船上有八十名乘客。船长说，最安静的不是发动机，而是海鸥。"
TRADITIONAL = "港口的第一艘電動渡輪今天早上離開三號碼頭，船上有八十名乘客。船長說，最安靜的不是發動機，而是海鷗。"
JAPANESE = "港で最初の電気フェリーが今朝、三番埠頭を出た。乗客は八十人だった。いちばん静かなのはカモメだと船長は言う。"


def document(folder: Path, data: bytes, encoding: str | None = None) -> Document | Problem | None:
    path = folder / "dump.md"
    path.write_bytes(data)
    found = read(SourceFile(str(path), "dump.md"))
    if isinstance(found, Problem):
        return found
    decoded = decode(found, encoding)
    return decoded.document or decoded.problem


def damage(folder: Path, data: bytes) -> str | None:
    """Return what is reported of the bytes."""
    found = document(folder, data)
    assert isinstance(found, Document), found
    problem = decode(found).problem
    return problem.message if problem else None


def text(folder: Path, data: bytes, encoding: str | None = None) -> str:
    found = document(folder, data, encoding)
    assert isinstance(found, Document), found
    return found.data.decode("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
def test_simplified_chinese_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    dump = f"<!--1665567543000-->\n[{CHINESE}](https://x.example/)\n------\n\n<p>{CHINESE}</p>"
    assert text(tmp_path, dump.encode(encoding)) == dump


@pytest.mark.parametrize(("encoding", "words"), [("big5", TRADITIONAL), ("gb18030", TRADITIONAL), ("cp932", JAPANESE)])
def test_east_asian_charsets_are_told_apart(tmp_path: Path, encoding: str, words: str) -> None:
    assert text(tmp_path, words.encode(encoding)) == words


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1250", "Pierwszy elektryczny prom odpłynął dziś rano. Głośniejsza była tylko mewa, mówi kapitan łodzi."),
        ("iso8859-2", "Pierwszy elektryczny prom odpłynął dziś rano. Głośniejsza była tylko mewa, mówi kapitan łodzi."),
        ("cp1251", "Первый электрический паром отошёл сегодня утром. Тише мотора была только чайка."),
        ("koi8-r", "Первый электрический паром отошёл сегодня утром. Тише мотора была только чайка."),
        ("cp1252", "Le bac a quitté le quai à l’aube. La mouette était plus bruyante, a précisé le capitaine, étonné."),
        ("cp1253", "Το πρώτο ηλεκτρικό πλοίο έφυγε σήμερα το πρωί. Πιο ήσυχος από τη μηχανή ήταν ο γλάρος."),
        (
            "cp1254",
            "İlk elektrikli feribot bu sabah iskeleden ayrıldı. Martı motordan daha gürültülüydü, dedi kaptan.",
        ),
        ("cp1255", "המעבורת החשמלית הראשונה עזבה הבוקר את הרציף השלישי. רועש יותר מן המנוע היה רק השחף."),
        ("cp1256", "غادرت أول عبارة كهربائية هذا الصباح الرصيف الثالث. كان النورس أعلى صوتا من المحرك."),
        ("euc-kr", "첫 전기 여객선이 오늘 아침 세 번째 부두를 떠났다. 갈매기가 엔진보다 시끄러웠다."),
        ("euc-jp", JAPANESE),
        ("iso2022-jp", JAPANESE),
        ("hz", CHINESE),
    ],
)
def test_legacy_charsets_are_told_apart(tmp_path: Path, encoding: str, words: str) -> None:
    assert text(tmp_path, words.encode(encoding)) == words


def test_the_last_character_of_a_legacy_charset_may_be_cut(tmp_path: Path) -> None:
    assert text(tmp_path, CHINESE.encode("gb18030")[:-1]) == CHINESE[:-1] + "\ufffd"


def test_a_short_text_in_no_clear_charset_is_never_guessed(tmp_path: Path) -> None:
    # Valid in gb18030 and in big5, and language in neither: Latin-1 French.
    problem = document(tmp_path, "élève à côté du théâtre, été près".encode("latin-1"))
    assert isinstance(problem, Problem)
    assert problem.code == "unknown-encoding"


@pytest.mark.parametrize(
    "data",
    [
        b"\xb3\xa3" * 40,  # in gb18030 and in big5 a frequent character, over and over
        b"\xb3\xa3\xb3\xa3\xb7\x4e" * 20,  # the two that are frequent in both
        "鼗鼙鼬鼯鼱鼷鼽鼾齄龃龅龆龇龈龉龊龌黪黜黝黟黧黥黯".encode("gb18030"),  # no running text: frequent in neither
        "鼗鼙鼬鼯鼱鼷鼽鼾齄龃龅龆龇龈龉龊龌黪黜黝黟黧黥黯的".encode("gb18030"),  # nor is one frequent character enough
    ],
)
def test_a_charset_must_be_clearly_the_right_one(tmp_path: Path, data: bytes) -> None:
    problem = document(tmp_path, data)
    assert isinstance(problem, Problem)
    assert problem.code == "unknown-encoding"


@pytest.mark.parametrize(
    ("even", "odd", "expected"),
    [
        (0, 500, "utf-16-le"),
        (500, 0, "utf-16-be"),
        (0, 102, "utf-16-le"),  # a fifth of the characters is ASCII
        (0, 52, "utf-16-le"),  # a tenth
        (0, 51, None),  # fewer: noise
        (50, 0, None),
        (20, 81, "utf-16-le"),  # a stray NUL here and there
        (20, 80, None),  # more than one in four of them on the other side
        (81, 20, "utf-16-be"),
        (80, 20, None),
    ],
)
def test_utf16_is_told_by_where_its_nuls_are(even: int, odd: int, expected: str | None) -> None:
    data = bytearray(b"a" * 1024)
    data[: 2 * even : 2] = bytes(even)
    data[1 : 2 * odd : 2] = bytes(odd)
    assert utf16_by_nuls(bytes(data)) == expected


def test_the_setting_is_used_where_the_bytes_are_not_utf8(tmp_path: Path) -> None:
    assert text(tmp_path, "élève à côté".encode("latin-1"), "latin-1") == "élève à côté"
    assert text(tmp_path, "élève".encode(), "latin-1") == "élève"


def test_utf8_that_was_cut_is_still_utf8(tmp_path: Path) -> None:
    found = document(tmp_path, CHINESE.encode()[:-1])
    assert isinstance(found, Document)
    assert found.data.decode() == CHINESE[:-1] + "\ufffd"


@pytest.mark.parametrize("parts", [4, 40])
def test_utf8_with_a_bad_byte_now_and_then_is_still_utf8(tmp_path: Path, parts: int) -> None:
    assert text(tmp_path, b"\xff".join([CHINESE.encode()] * parts)) == "\ufffd".join([CHINESE] * parts)


def test_western_punctuation_in_english_is_read_and_reported(tmp_path: Path) -> None:
    words = "The keeper’s log says “no fog” – and that was all that anybody wrote at the café."
    assert text(tmp_path, words.encode("cp1252")) == words
    assert damage(tmp_path, words.encode("cp1252")) == "5 places are not valid UTF-8; assumed to be Windows-1252"


def test_what_no_western_text_has_is_damage(tmp_path: Path) -> None:
    data = b"No vowel of the third step is where a digit can be, said the \xb3gull of the old quay."
    assert "the \ufffdgull" in text(tmp_path, data)
    assert damage(tmp_path, data) == "1 place is not valid UTF-8; U+FFFD is shown instead"


@pytest.mark.parametrize(("word", "encoding"), [("чайка", "cp1251"), ("чайка", "koi8-r")])
def test_a_word_of_another_charset_in_english_is_never_guessed(tmp_path: Path, word: str, encoding: str) -> None:
    problem = document(tmp_path, f"The gull, {word}, sat on the third step of the quay all day.".encode(encoding))
    assert isinstance(problem, Problem)
    assert problem.code == "unknown-encoding"


def test_english_whose_last_character_was_cut_goes_out(tmp_path: Path) -> None:
    assert text(tmp_path, "So the crew went to the café".encode()[:-1]) == "So the crew went to the caf\ufffd"


def test_a_surrogate_pair_is_the_character_that_it_means(tmp_path: Path) -> None:
    # CESU-8, as Java and MySQL write it: six bytes for one emoji.
    assert text(tmp_path, b"a gull \xed\xa0\xbd\xed\xb0\xa6 on the quay") == "a gull 🐦 on the quay"
    assert damage(tmp_path, b"a gull \xed\xa0\xbd\xed\xb0\xa6 on the quay") is None


HALF_A_PAIR = b"half a gull sat still \xed\xa0\xbd on the quay"


def test_half_a_surrogate_pair_is_one_damaged_place(tmp_path: Path) -> None:
    assert text(tmp_path, HALF_A_PAIR) == "half a gull sat still \ufffd on the quay"
    assert damage(tmp_path, HALF_A_PAIR) == ("1 place is not valid UTF-8; U+FFFD is shown instead")


def test_nuls_are_dropped_but_many_in_the_beginning_tell_a_binary(tmp_path: Path) -> None:
    found = document(tmp_path, b"x" * 960 + b"\0" * 63 + b"x")  # one in 16 of the first 1,024
    assert isinstance(found, Problem)
    assert found.code == "binary-file"
    assert text(tmp_path, b"x" * 1024 + b"\0y\0") == "x" * 1024 + "y"
    assert damage(tmp_path, b"x" * 1024 + b"\0y\0") == "2 NUL bytes were dropped"


def test_an_escape_sequence_in_utf8_is_no_charset(tmp_path: Path) -> None:
    assert text(tmp_path, "ESC: \x1b$B é".encode()) == "ESC: \x1b$B é"
    assert text(tmp_path, b"\x1b[31mred\x1b[0m ~{code~}") == "\x1b[31mred\x1b[0m ~{code~}"


def test_utf16_without_a_mark_may_be_cut_in_a_character(tmp_path: Path) -> None:
    assert text(tmp_path, "[Low tide](https://x.example/)".encode("utf-16-le") + b"\n") == (
        "[Low tide](https://x.example/)\ufffd"
    )


def test_line_ends_become_one_and_unicode_separators_stay(tmp_path: Path) -> None:
    assert text(tmp_path, "a\r\nb\rc\u2028d\x85e\n".encode()) == "a\nb\nc\u2028d\x85e\n"


def test_an_empty_file_is_a_document_with_nothing_in_it(tmp_path: Path) -> None:
    assert text(tmp_path, b"") == ""
    assert text(tmp_path, codecs.BOM_UTF8) == ""
    assert text(tmp_path, 2 * codecs.BOM_UTF8 + b"# A") == "# A"


def test_control_characters_are_told(tmp_path: Path) -> None:
    assert damage(tmp_path, b"The ferry\x14 waits.") == "1 control character is dropped"
    assert damage(tmp_path, b"\x01The ferry waits\x7f.") == "2 control characters are dropped"
    assert damage(tmp_path, b"a page\x0c\tand the next\r\n") is None
