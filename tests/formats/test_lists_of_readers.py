"""Files that are named for what readers wrote."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from packing import write

import refeed
from refeed.formats.objects.of_readers import are_comments, is_of_readers
from refeed.options import Options

SAID = ({"author": "Bo", "date": "2024-08-05", "content": "Thick fog."},)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("comments.json", True),
        ("fog-comments.json", True),
        ("fogComments.json", True),
        ("comments_2024.csv", True),
        ("fog/comments/0001.json", True),  # each of them, or those of each article, in a file of its own
        ("comment.json", True),
        ("fogComment.json", True),
        ("kommentare.json", True),
        ("fog-Kommentare.jsonl", True),
        ("commentaires/fog.json", True),
        ("comenta\u0301rios.csv", True),  # taken apart, as macOS has it
        ("КОММЕНТАРИИ.json", True),
        ("コメント/fog.json", True),
        ("评论.csv", True),
        ("留言.json", True),
        ("댓글.json", True),
        ("guestbook.json", True),
        ("press-mentions.json", False),  # one's own
        ("commentary.json", False),
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
    assert not is_of_readers("kommentare.json", ({"Titel": "Zur Lage", "text": "Der Hafen wird grau."},))  # opinions
    assert not is_of_readers("评论/港口.json", ({"标题": "雾", "content": "港口的雾。"},))


def test_a_list_within_an_object_is_one_of_comments_by_its_key() -> None:
    assert are_comments("评论", SAID)
    assert are_comments("Kommentare", SAID)
    assert not are_comments("kommentare", ({"titel": "Zur Lage", "text": "Der Hafen wird grau."},))
    assert not are_comments("posts", SAID)


HEADER: Final = "---\n{}date: 2024-08-05T10:00:00Z\nemail: 0c17bf66e649070167701d2d3cd71711\n---\n\nThick fog.\n"


@pytest.mark.parametrize(
    ("name", "title", "shown"),
    [
        ("comments/fog/1.md", "", []),  # of a plug-in that makes a file of each (Jekyll's static comments)
        ("Kommentare/1.md", "", []),
        ("comments/fog.md", "title: On comments\n", ["On comments"]),
        ("quay/1.md", "", ["Thick fog."]),
        ("comments.md", "", ["Comments"]),  # the name of its file, for want of a title
    ],
)
def test_a_text_among_comments_without_a_title_is_one(tmp_path: Path, name: str, title: str, shown: list[str]) -> None:
    ebb = "---\ntitle: Ebb\ndate: 2024-08-01\n---\n\nSand.\n"
    folder = write(tmp_path, {name: HEADER.format(title).encode(), "ebb.md": ebb.encode()})
    entries = refeed.entries(Options(paths=(str(folder),)), now=datetime(2026, 11, 20, tzinfo=UTC))
    assert [entry.title for entry in entries] == [*shown, "Ebb"]


def test_a_text_with_a_heading_in_such_a_folder_is_an_article(tmp_path: Path) -> None:
    text = "---\ndate: 2024-08-05\nslug: harbour\n---\n\n# Zur Lage\n\nDer Hafen wird grau.\n"
    folder = write(tmp_path, {"kommentar/hafen.md": text.encode()})
    entries = refeed.entries(Options(paths=(str(folder),)), now=datetime(2026, 11, 20, tzinfo=UTC))
    assert [entry.title for entry in entries] == ["Zur Lage"]
