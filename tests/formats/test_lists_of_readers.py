"""Files that are named for what readers wrote."""

import pytest

from refeed.formats.objects.inner_lists import is_of_readers

SAID = ({"author": "Bo", "date": "2024-08-05", "content": "Thick fog."},)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("comments.json", True),
        ("fog-comments.json", True),
        ("fogComments.json", True),
        ("comments_2024.csv", True),
        ("fog/comments/0001.json", True),  # each of them, or those of each article, in a file of its own
        ("press-mentions.json", False),  # one's own
        ("fog-replies.json", False),
        ("commented.json", False),
    ],
)
def test_comments_are_known_by_a_word_of_a_name(name: str, expected: bool) -> None:
    assert is_of_readers(name, SAID) is expected


def test_what_has_titles_is_no_list_of_comments() -> None:
    said = ({"title": "Whose comments", "date": "2024-08-05", "content": "The harbour's."},)
    assert not is_of_readers("on-comments.json", said)
    assert not is_of_readers("comments/whose.json", said)
