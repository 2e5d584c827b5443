"""Posts of an archive of X whose whole texts stand in a file of their own."""

import json
from pathlib import Path

import pytest

import refeed
from refeed.options import Options

LONG = "Low water came at six, and by seven nobody could say where the channel had been: <here>, or there?"


def archive(folder: Path, long: str = LONG) -> Path:
    """Write an archive with a cut post, and one of the same second that is whole."""
    posts = [
        ("1700000000000000801", "Low water came at six, and by seven nobody could… https://t.co/abc"),
        ("1700000000000000802", "Two boats &amp; a net"),
    ]
    tweets = [
        {"tweet": {"id_str": number, "created_at": "Sat Mar 09 13:14:15 +0000 2024", "full_text": text}}
        for number, text in posts
    ]
    notes = [
        {"noteTweet": {"noteTweetId": "1700000000000000800", "createdAt": "2024-03-09T13:14:15.000Z", "core": core}}
        for core in ({"text": long}, {"text": "Of a post that is gone"})
    ]
    folder.mkdir(exist_ok=True)
    (folder / "tweets.js").write_text("window.YTD.tweets.part0 = " + json.dumps(tweets, indent=1), encoding="utf-8")
    (folder / "note-tweet.js").write_text(
        "window.YTD.note_tweet.part0 = " + json.dumps(notes, indent=1), encoding="utf-8"
    )
    return folder


def contents(folder: Path) -> dict[str, str]:
    options = Options(paths=(str(folder),), workers=1)
    return {str(entry.url).rpartition("/")[2]: entry.content for entry in refeed.entries(options)}


def test_the_whole_text_of_a_long_post_replaces_the_cut_one(tmp_path: Path) -> None:
    read = contents(archive(tmp_path / "data"))
    assert read == {
        "1700000000000000801": "<p>Low water came at six, and by seven nobody could say where the channel had been:"
        " &lt;here&gt;, or there?</p>",
        "1700000000000000802": "<p>Two boats &amp; a net</p>",  # of the same second, but it begins otherwise
    }


def test_posts_are_read_without_a_file_of_long_texts_and_with_a_broken_one(tmp_path: Path) -> None:
    folder = archive(tmp_path / "data")
    (folder / "note-tweet.js").write_text("window.YTD.note_tweet.part0 = [ ]", encoding="utf-8")
    cut = "<p>Low water came at six, and by seven nobody could… https://t.co/abc</p>"
    assert contents(folder)["1700000000000000801"] == cut
    (folder / "note-tweet.js").unlink()
    assert contents(folder)["1700000000000000801"] == cut


@pytest.mark.parametrize(
    ("changes", "is_public"),
    [
        ([("2020-03-01", "Protect")], False),
        ([("2020-03-01", "Protect"), ("2021-03-01", "Unprotect")], True),
        ([("2022-03-01", "Protect"), ("2020-03-01", "Protect"), ("2021-03-01", "Unprotect")], False),  # in any order
        ([("2020-03-01", ""), *[(f"2019-03-0{day}", "Unprotect") for day in range(1, 8)]], False),  # no word of X's
        ([(f"2019-03-0{day}", "Unprotect") for day in range(1, 8)], True),
        ([], True),  # it was never protected
    ],
)
def test_posts_of_an_account_that_its_owner_protects_stay_in(
    changes: list[tuple[str, str]], is_public: bool, tmp_path: Path
) -> None:
    folder = archive(tmp_path / "data")
    said = [{"protectedHistory": {"protectedAt": f"{day}T00:00:00.000Z", "action": action}} for day, action in changes]
    (folder / "protected-history.js").write_text(
        "window.YTD.protected_history.part0 = " + json.dumps(said, indent=1), encoding="utf-8"
    )
    (folder / "tweets.js").rename(folder / "tweets-part1.js")  # of a large archive
    assert len(contents(folder)) == (2 if is_public else 0)
