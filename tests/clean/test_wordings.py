"""What a body must hold before its paragraphs are looked at: no wording, label or teaser is without it."""

import re

import pytest
from body_cases import CASES, Case
from hypothesis import given, settings
from hypothesis import strategies as st

from refeed.clean.body import Body, clean_body
from refeed.clean.boilerplate import by_wording
from refeed.clean.boilerplate.endings import OURSELVES, RESERVATIONS, VERSIONS
from refeed.clean.boilerplate.outlet_wordings import OUTLETS
from refeed.clean.boilerplate.wordings import (
    PARAGRAPHS,
    PHRASES,
    SIGNATURES,
    TAG_WORDS,
    TAGS,
    TEASER,
    TEASER_NEEDLES,
    Wording,
)
from refeed.clean.pictures import emoji

ALL = [*SIGNATURES, *PARAGRAPHS, *PHRASES, *(one for some in OUTLETS.values() for one in some)]
BELOW = [*VERSIONS, *OURSELVES, *RESERVATIONS]
NARROWED = [one for one in ALL if one.parts]
# Without the three letters that are another one's other case by an accident of Unicode.
LETTERS = st.characters(codec="utf-8", exclude_characters="ıſ\N{KELVIN SIGN}")


def said_by(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    """Make texts that a pattern finds, in lower case; what looks ahead only makes them fewer."""
    freely = re.compile(re.sub(r"\(\?=[^()]*\)", "", pattern.pattern), pattern.flags)
    return st.from_regex(freely, fullmatch=True, alphabet=LETTERS).filter(pattern.fullmatch).map(str.lower)


def id_of(wording: Wording) -> str:
    return wording.needle


@pytest.mark.parametrize("wording", NARROWED, ids=id_of)
def test_a_wording_holds_one_of_its_parts(wording: Wording) -> None:
    @settings(max_examples=25)
    @given(said_by(wording.pattern))
    def holds_one(text: str) -> None:
        assert wording.needle not in text or any(part in text for part in wording.parts)

    holds_one()


@settings(max_examples=50)
@given(said_by(TEASER))
def test_a_teaser_holds_a_needle(text: str) -> None:
    assert any(needle in text for needle in TEASER_NEEDLES)


@settings(max_examples=25)
@given(said_by(TAGS))
def test_a_row_of_tags_begins_with_a_word_for_it(text: str) -> None:
    assert text.startswith(TAG_WORDS)


def test_a_place_of_emoji_holds_a_word_for_them() -> None:
    assert [part for part in emoji._SOURCES if not any(word in part for word in emoji._SOURCE_WORDS)] == []  # noqa: SLF001


def all_looked_at(case: Case, monkeypatch: pytest.MonkeyPatch) -> object:
    """Clean a body all of whose paragraphs are looked at, for every wording whose needle it holds."""
    with monkeypatch.context() as patch:
        patch.setattr(by_wording, "_may_have_label", lambda *_: True)
        for name in ("SIGNATURES", "PARAGRAPHS", "PHRASES"):
            wordings = getattr(by_wording, name)
            patch.setattr(by_wording, name, tuple(one._replace(parts=()) for one in wordings))
        return clean_body(case.body)


def test_to_look_at_every_paragraph_finds_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [case.name for case in CASES if all_looked_at(case, monkeypatch) != clean_body(case.body)] == []


TEXT = f"<p>{'Tea is hot in the morning. ' * 30}</p>"
LAST = f"<p>This post may contain affiliate links{' of a few cents' * 12}, and we get a commission.</p>"


@pytest.mark.parametrize(
    "boilerplate",
    [
        "<p><b>T</b>ags: <a href='/t'>tea</a></p>",
        "<p>A<i>dvertisement</i></p>",
        # Behind the last paragraph, which goes as boilerplate, the one above is the last.
        f"<p><a href='/2'>Next post</a></p>{LAST}",
    ],
)
def test_a_wording_in_pieces_is_found(boilerplate: str) -> None:
    body = Body(TEXT + boilerplate, markdown=False, title="Tea", url="https://a.example/1", dateline=None, images=())
    assert clean_body(body).text.strip() == "Tea is hot in the morning. " * 29 + "Tea is hot in the morning."


@pytest.mark.parametrize("wording", BELOW, ids=id_of)
def test_a_last_line_holds_its_needle(wording: Wording) -> None:
    @settings(max_examples=25)
    @given(said_by(wording.pattern))
    def holds_it(text: str) -> None:
        assert wording.needle in text

    holds_it()


def test_a_version_that_an_author_links_to_in_markdown_stays() -> None:
    text = (
        "The mill stands on the left bank of the river, and nobody grinds there.\n\n[英文版](https://mill.example/en/1)"
    )
    body = Body(text, markdown=True, title="", url="https://mill.example/1", dateline=None, images=())
    assert '<a href="https://mill.example/en/1">英文版</a>' in clean_body(body).content
