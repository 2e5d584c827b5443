"""Laws of telling languages: any text has an answer, and what says nothing about a language changes nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from refeed.text.language import detect_language
from refeed.text.orthographies import SIMPLIFIED, TRADITIONAL

ANSWERS = {"en", "ja", "ko", "zh-Hans", "zh-Hant", None}
TO_TRADITIONAL = str.maketrans(SIMPLIFIED, TRADITIONAL)

PHRASES = [
    "他们说这是对的",
    "因為時間過得很快",
    "山水之文",
    "the keeper of the lamp was there",
    "and it had been dark for a while",
    "la lampe est dans le port",
    "return lamp.turn(on=True)",
    "灯台守は静かに海を見ていた",
    "등대지기는 바다를 보고 있었다",
    "маяк стоит на берегу",
    "café",
    "",
]
PARTS = st.lists(st.tuples(st.sampled_from(PHRASES), st.integers(1, 12)), max_size=6).map(
    lambda parts: [phrase for phrase, times in parts for _ in range(times)]
)
# Neither letters nor anything that would join or part them.
SILENT = st.text("0123456789 \n\t.,;:!?()[]「」『』“”，。！？、…—🐟", max_size=50)


@given(st.text(st.characters(), max_size=300))
@example("\x00" * 100)
@example("\ud800" * 100)
@example("İ" * 100)
@example("\U0003ffff" * 100)
def test_any_text_has_an_answer(text: str) -> None:
    assert detect_language(text) in ANSWERS


@given(st.text(st.characters(), max_size=39))
def test_a_short_text_has_none(text: str) -> None:
    assert detect_language(text) is None


@given(PARTS)
def test_the_order_of_the_parts_says_nothing(parts: list[str]) -> None:
    answer = detect_language("\n".join(parts))
    assert detect_language("\n".join(reversed(parts))) == answer
    assert detect_language("\n".join(sorted(parts))) == answer


@given(PARTS, SILENT)
def test_marks_and_digits_say_nothing(parts: list[str], silent: str) -> None:
    assert detect_language(f"\n{silent}\n".join(parts)) == detect_language("\n".join(parts))


@given(PARTS)
def test_twice_the_text_is_no_other_language(parts: list[str]) -> None:
    once = detect_language("\n".join(parts))
    assert once is None or detect_language("\n".join(parts * 2)) in {once, None}  # the line break may tip a balance


@given(st.text(SIMPLIFIED, min_size=40, max_size=200))
def test_the_two_scripts_are_treated_alike(text: str) -> None:
    assert detect_language(text) == "zh-Hans"
    assert detect_language(text.translate(TO_TRADITIONAL)) == "zh-Hant"


@given(st.integers(0, 400))
def test_a_tenth_in_the_other_script_is_the_most(foreign: int) -> None:
    text = SIMPLIFIED[:400] + TRADITIONAL[:foreign]
    assert detect_language(text) == ("zh-Hans" if foreign * 9 <= 400 else None)


@pytest.mark.parametrize("piece", ["a", "a ", "the ", "国", "國", "か", "하", "ж", "é", "\u0301", "\n", "\x00"])
def test_a_long_line_of_one_thing_has_an_answer(piece: str) -> None:
    assert detect_language(piece * 1_000_000) in ANSWERS
