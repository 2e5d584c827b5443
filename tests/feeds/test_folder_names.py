"""Folders are named after titles, so that every host and file system can hold them and no two meet."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from refeed.feeds.folder_names import folder_names

# A title, and its folder when it comes alone.
NAMES = (
    ("The Harbour Ledger", "the-harbour-ledger"),
    ("news.example.org", "news-example-org"),
    ("港口日报", "港口日报"),
    ("Ｈａｒｂｏｕｒ", "harbour"),  # full-width letters
    ("Cafe\u0301", "caf\u00e9"),  # the accent apart: NFC
    ("STRASSE / Straße", "strasse-strasse"),  # "ß" and "ss" are one on some file systems
    ("हिन्दी समाचार", "हिन्दी-समाचार"),  # its vowels are marks
    ("../../etc", "etc"),
    ("a\\b:c*d?e", "a-b-c-d-e"),
    ("  – Tides –  ", "tides"),
    ("COM²", "com2-"),  # a device of Windows, once its digit is folded
    ("Nul", "nul-"),
    ("🚢", "-"),  # no letter: only the mark
    ("", "-"),
)


@pytest.mark.parametrize(("title", "expected"), NAMES)
def test_a_title_gives_its_folder_a_name(title: str, expected: str) -> None:
    (name,) = folder_names([title]).values()
    if expected.endswith("-"):
        assert name not in {"nul", "com2"}
        assert len(name) == 8
    else:
        assert name == expected


def test_of_two_titles_that_look_the_same_the_first_keeps_the_name() -> None:
    names = folder_names(["Tides!", "tides", "TIDES?"])
    assert names["Tides!"] == "tides"
    assert len(set(names.values())) == 3
    assert all(name.startswith("tides-") for title, name in names.items() if title != "Tides!")
    assert folder_names(["Tides!", "TIDES?"])["TIDES?"] == names["TIDES?"]  # whoever else is there


def test_a_long_title_is_cut_between_characters() -> None:
    (name,) = folder_names(["港" * 200]).values()
    assert name == "港" * 32


@given(st.lists(st.text(max_size=12) | st.sampled_from([title for title, _ in NAMES]), unique=True))
@example(["a", "A", "a-" + "0" * 8])
def test_every_name_is_one_that_windows_and_hosts_can_hold_and_is_the_only_one(titles: list[str]) -> None:
    names = folder_names(titles)
    assert list(names) == titles
    assert len({unicodedata.normalize("NFC", name.casefold()) for name in names.values()}) == len(titles)
    for name in names.values():
        assert 0 < len(name.encode()) <= 120
        assert not set(name) & set('<>:"/\\|?*. ')
        assert name.isprintable()
        assert name == name.strip("-")
