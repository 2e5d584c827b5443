"""What the object around a list says of its readers counts wherever it stands: before the list, or behind it."""

import json
from itertools import permutations
from typing import Any, Final

import pytest

from refeed.formats import load_formats
from refeed.limits import Limits
from refeed.model import Document, RawRecord, SourceFile

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
