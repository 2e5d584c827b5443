"""What the object around a list says of its readers counts wherever it stands: before the list, or behind it."""

import json
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

import pytest

from refeed.formats import load_formats
from refeed.limits import Limits
from refeed.model import Document, RawRecord, SourceFile
from refeed.options import Options
from refeed.pipeline.build import build

FOG: Final = {"title": "Fog", "date": "2020-07-02", "content": "The ferry waits."}
LINE: Final = {"id": 1, "type": "message", "date": "2020-07-02T10:00:00", "from": "Ada", "text": "The ferry waits."}
LONG: Final = "x" * 300_000  # longer than the part of a file in which its list is looked for


def withheld(value: object) -> list[bool]:
    document = Document(SourceFile("result.json", "result.json"), json.dumps(value).encode(), limits=Limits())
    format_ = load_formats()["records"]
    records = [one for one in format_.parse(document) if isinstance(one, RawRecord)] if format_.sniff(document) else []
    return [record.withheld is not None for record in records]


@pytest.mark.parametrize(
    ("holder", "is_withheld"),
    [
        ({"messages": [LINE], "name": "Bo", "type": "personal_chat"}, True),  # Telegram's words, for two people
        ({"messages": [LINE], "name": "Bo", "type": "public_channel"}, False),  # and for everybody
        ({"messages": [LINE], "channel": {"type": "DirectTextChat", "name": "Bo"}}, True),  # Discord's
        ({"posts": [FOG], "public": False, "visibility": 2}, True),  # Write.as'
        ({"posts": [FOG], "public": True, "visibility": 1}, False),
        ({"posts": [FOG], "visibility": "private"}, True),
        ({"posts": {"a": FOG}, "visibility": "private"}, True),  # an object with a key for each article
        ({"posts": [FOG], "css": LONG[:100_000], "private": True}, True),
        ({"posts": [FOG, FOG | {"content": LONG}], "private": True}, True),
        ({"posts": [FOG], "users": [{"private": True}], "note": '"private": true'}, False),  # said of something else
    ],
)
def test_the_order_of_keys_makes_no_list_public(holder: dict[str, Any], is_withheld: bool) -> None:
    for keys in permutations(holder):
        assert set(withheld({key: holder[key] for key in keys})) == {is_withheld}, keys


def test_each_list_is_judged_by_the_object_that_holds_it() -> None:
    chats = [{"messages": [LINE], "type": kind} for kind in ("personal_chat", "public_channel", "saved_messages")]
    assert withheld({"about": "Chats", "chats": {"list": chats}}) == [True, False, True]
    assert withheld({"a": [FOG], "in": {"posts": [FOG], "private": True}, "b": [FOG]}) == [False, True, False]


HEAD: Final = '"title": "Fog", "date": "2020-07-02"'
NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)


def counts(path: Path, *, unpack: bool = False) -> tuple[int, int]:
    """Return how many records of a file go out, and how many are withheld."""
    totals = build(Options(paths=(str(path),), unpack=unpack), NOW).totals
    return totals.out, totals.withheld


@pytest.mark.parametrize(
    ("said", "is_withheld"),
    [
        ('"draft": true, "draft": false', True),  # as in YAML, whichever withholds counts
        ('"draft": false, "draft": true', True),
        ('"Draft": true, "draft": false', True),  # one key in two spellings
        ('"published": true, "published": false', True),
        ('"meta": {"draft": true, "draft": false}', True),
        ('"draft": true, "draft": null', True),
        ('"draft": false, "draft": false', False),
        ('"tags": ["a"], "tags": ["b"]', False),  # says nothing of publication
    ],
)
def test_a_key_that_stands_twice_in_an_object_withholds_if_either_value_does(
    said: str, is_withheld: bool, tmp_path: Path
) -> None:
    header, listed = tmp_path / "fog.md", tmp_path / "list.json"
    header.write_text(f"{{{HEAD}, {said}}}\n\nThe ferry waits.\n")
    listed.write_text(f'[{{{HEAD}, "content": "The ferry waits.", {said}}}]')
    assert [counts(header), counts(listed)] == [(0, 1) if is_withheld else (1, 0)] * 2


@pytest.mark.parametrize("said", ["draft:true", "draft: true", "private:true", "published:false", '"n":1,\ndraft:true'])
def test_keys_of_a_header_in_json_are_read_without_their_quotation_marks(said: str, tmp_path: Path) -> None:
    file = tmp_path / "fog.md"
    file.write_text(f"{{{HEAD},{said}}}\n\nThe ferry waits.\n")
    assert counts(file) == (0, 1)
    file.write_text(f"{{{HEAD},layout:1}}\n\nThe ferry waits: {said}\n")  # in a text they are words
    assert counts(file) == (1, 0)


@pytest.mark.parametrize(
    ("name", "is_withheld"),
    [
        *[(name, True) for name in ("drafts.json", "_drafts.json", "my.drafts.json", "My Drafts.json", "private.json")],
        *[(name, True) for name in ("trash.json", "deleted_tweets.js", "deleted-tweets.js", "Entwürfe.json")],
        *[(name, True) for name in ("chat.json", "Chat_History.json", "direct-messages.json", "inbox.json")],
        *[(name, False) for name in ("messages.json", "chat-about-tides.json")],  # of a public channel, as often as not
        *[(name, False) for name in ("posts.json", "nfl-draft.json", "overdrafts.json", "undeleted.json", "tweets.js")],
    ],
)
def test_the_name_of_a_list_says_what_that_of_a_folder_does(name: str, is_withheld: bool, tmp_path: Path) -> None:
    expected = (0, 1) if is_withheld else (1, 0)
    (tmp_path / name).write_text(json.dumps([FOG]))
    table = tmp_path / f"{name.rpartition('.')[0]}.csv"
    table.write_text("title,date,content\nFog,2020-07-02,The ferry waits.\n")
    assert (counts(tmp_path / name), counts(table)) == (expected, expected)


@pytest.mark.parametrize("name", ["drafts.zip", "private.zip", "Private.zip", "my-private-posts.zip"])
def test_the_name_of_an_archive_says_what_that_of_a_folder_does(name: str, tmp_path: Path) -> None:
    with ZipFile(tmp_path / name, "w") as archive:
        archive.writestr("posts.json", json.dumps([FOG]))
    assert counts(tmp_path, unpack=True) == (0, 1)
