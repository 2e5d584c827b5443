"""What people wrote to one another stays in, whatever export it lies in beside their posts."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from refeed.options import Options
from refeed.pipeline.build import build

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
DAY: Final = "2023-03-01 10:00:00 UTC"
SAID: Final = "The key is under the pot, and nobody else knows."

X: Final = {"created_at": "2023-03-01T10:00:00.000Z", "text": SAID}
ARTICLE: Final = {"title": "Ebb", "url": "https://quay.example/1", "content": SAID, "date": DAY}


def counts(path: Path) -> tuple[int, int]:
    """Return how many records go out, and how many are withheld."""
    totals = build(Options(paths=(str(path),)), NOW).totals
    return totals.out, totals.withheld


@pytest.mark.parametrize(
    "columns",
    [
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT",  # LinkedIn
        "id,permalink,thread_id,date,ip,from,to,subject,body",  # Reddit: messages_archive.csv
        "message_id,created_at,updated_at,username,message,thread_parent_message_id,channel_url",  # its chats
        "date,sender,recipient,text",
        "date,address,body,read",  # SMS
        "Subject,Body,From: (Name),From: (Address),To: (Name),To: (Address),Date",  # Outlook
        "id,subject,sender,date,body",
    ],
)
def test_a_table_of_messages_is_withheld_also_where_a_cell_is_empty(columns: str, tmp_path: Path) -> None:
    texts = {
        "created_at": DAY,
        "Date": DAY,
        "CONTENT": SAID,
        "body": SAID,
        "Body": SAID,
        "message": SAID,
        "text": SAID,
        "DATE": DAY,
        "date": DAY,
    }
    row = ",".join(f'"{texts.get(column, "")}"' for column in columns.split(","))
    (tmp_path / "export.csv").write_text(f"{columns}\n{row}\n")
    assert counts(tmp_path) == (0, 1)


@pytest.mark.parametrize(
    ("item", "is_withheld"),
    [
        ({"From": "bo", "Media Type": "TEXT", "Created": DAY, "Content": SAID, "IsSender": False}, True),  # Snapchat
        ({"To": "bo", "Media Type": "TEXT", "Created": DAY, "Text": SAID}, True),
        ({"conversationId": "1", "sent_at": 1677664800000, "timestamp": 1677664800000, "body": SAID}, True),  # Signal
        ({"address": "+4915", "date": "1677664800000", "type": "1", "body": SAID}, True),  # SMS
        ({"from": "Bo", "to": "Ada", "date": DAY, "text": SAID}, True),
        ({"from": "Bo", "date": DAY, "text": SAID}, False),  # whoever wrote in a channel
        ({"sender": "Bo", "date": DAY, "text": SAID}, False),
        ({"subject": "Ebb", "from": "Bo", "date": DAY, "text": SAID}, True),
        ({"subject": "Ebb", "from": "https://news.example/1", "date": DAY, "text": SAID}, False),  # where it was found
        ({"title": "From Rye to Hythe", "from": "Rye", "to": "Hythe", "date": DAY, "text": SAID}, False),  # a walk
        ({"title": "Ebb", "recipients": ["Bo"], "date": DAY, "text": SAID}, True),
        ({"recipient": "Bo", "url": "https://quay.example/1", "date": DAY, "text": SAID}, True),
        ({"is_from_me": 0, "date": DAY, "text": SAID}, True),  # what the other one wrote
        ({"recipients": 491512345678, "date": DAY, "text": SAID}, True),  # a telephone
        ({"id": 45, "conversation_id": 12, "created_at": DAY, "text": SAID}, True),  # the rows of a chat
        ({"subject": "Ebb", "from": "Bo", "link": "https://mail.example/1", "date": DAY, "text": SAID}, True),
        (
            {"from": "bo", "to": "ada", "permalink": "https://www.reddit.com/message/messages/1", "date": DAY}
            | {"subject": "Ebb", "body": SAID},
            True,
        ),
        ({"subject": "Ebb", "sender": {"name": "Bo"}, "toRecipients": [], "date": DAY, "body": SAID}, True),
        # X's second API: the number of the first post of several that answer one another.
        ({"id": "1630000000000000009", "conversation_id": "1630000000000000001"} | X, False),
        ({"id": "1630000000000000001", "conversation_id": "1630000000000000009"} | X, True),  # it is no older than it
        ({"id": "20", "conversation_id": "20", "edit_history_tweet_ids": ["20"]} | X, False),
        # What is public has a title and an address.
        (ARTICLE | {"recipients": 1200}, False),
        (ARTICLE | {"recipient": "Ann"}, False),  # of a prize
        (ARTICLE | {"conversation": None}, False),
        (ARTICLE | {"from_me": False}, False),
        ({"title": "Ebb", "conversation": None, "date": DAY, "text": SAID}, False),
        ({"subject": "Ebb", "recipients": 1200, "date": DAY, "text": SAID}, False),  # of a newsletter
        ({"subject": "Ebb", "from": "Quay", "url": "https://quay.example/1", "date": DAY, "text": SAID}, False),
        ({"headline": "Ebb", "address": "1 Quay", "type": "shed", "body": SAID, "date": DAY}, False),
        ({"url": "https://quay.example/1", "address": "1 Quay", "type": "a", "body": SAID, "date": DAY}, False),
        ({"title": "A shed", "address": "1 Quay", "type": "shed", "body": SAID, "date": DAY}, False),
    ],
)
def test_an_object_that_somebody_receives_is_withheld(item: dict[str, Any], is_withheld: bool, tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(json.dumps([item]))
    assert counts(tmp_path) == ((0, 1) if is_withheld else (1, 0))


@pytest.mark.parametrize(
    ("item", "out"),
    [
        ({"type": "review", "actor": "Jane", "object": "Ebb"}, 1),
        ({"type": "review", "actor": "https://quay.example/jane", "object": "Ebb"}, 1),  # a film by its name
        ({"type": "review", "actor": {"name": "Jane"}, "object": {"name": "Ebb"}}, 1),
        ({"type": "Announce", "actor": "https://quay.example/jane", "object": "https://net.example/1"}, 0),  # another's
    ],
)
def test_an_object_with_an_actor_is_an_activity_only_where_both_have_addresses(
    item: dict[str, Any], out: int, tmp_path: Path
) -> None:
    (tmp_path / "export.json").write_text(json.dumps([ARTICLE | item, ARTICLE | {"url": "https://quay.example/2"}]))
    assert counts(tmp_path) == (1 + out, 0)


@pytest.mark.parametrize("followers", [True, False])
def test_a_post_of_x_for_followers_alone_is_withheld(followers: bool, tmp_path: Path) -> None:
    tweet = {"id_str": "1", "created_at": "Wed Mar 02 20:19:24 +0000 2022", "full_text": SAID}
    text = json.dumps([{"tweet": tweet | {"scopes": {"followers": followers}}}])
    (tmp_path / "tweets.js").write_text(f"window.YTD.tweets.part0 = {text}")
    assert counts(tmp_path) == ((0, 1) if followers else (1, 0))


@pytest.mark.parametrize(
    ("item", "is_withheld"),
    [
        (ARTICLE, False),  # of theconversation.com
        ({"date": DAY, "text": SAID}, True),
        ({"title": "Ebb", "date": DAY, "text": SAID}, True),
        ({"link": "https://quay.example/1", "date": DAY, "text": SAID}, True),  # what they speak of
        (ARTICLE | {"url": "https://mail.example/1"}, True),
    ],
)
@pytest.mark.parametrize("name", ["conversation.json", "inbox.jsonl"])
def test_a_file_that_is_named_for_messages_may_hold_articles(
    name: str, item: dict[str, Any], is_withheld: bool, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(json.dumps(item))
    assert counts(tmp_path) == ((0, 1) if is_withheld else (1, 0))


@pytest.mark.parametrize(
    ("text", "is_withheld"),
    [
        (f"[12/03/23, 10:15:03] Bo: {SAID}\n", True),
        (f"\u200e[01.03.23, 10:15:03] Bo Quay: {SAID}\n", True),
        (f"12/03/23, 10:15 - Bo: {SAID}\n", True),
        (f"3/12/23, 10:15\u202fPM - +49 151 234: {SAID}\n", True),
        (f"2023-03-12 10:15 - Bo: {SAID}\n", True),
        (f"12.3.2023, 10.15 - Messages are encrypted.\n12.3.2023, 10.16 - Bo: {SAID}\n", True),
        (f"# Bo\n\n[12/03/23, 10:15:03] Bo: {SAID}\n", True),
        (f"12/03/23 was a day of fog.\n\n{SAID}\n", False),
        (f"10:15 - Bo: {SAID}\n", False),  # in a play, say
        (f"We spoke of it:\n\n[12/03/23, 10:15:03] Bo: {SAID}\n", False),  # quoted
    ],
)
def test_a_chat_with_a_day_in_its_name_is_withheld(text: str, is_withheld: bool, tmp_path: Path) -> None:
    (tmp_path / "2023-03-01-chat.txt").write_text(text)
    assert counts(tmp_path) == ((0, 1) if is_withheld else (1, 0))


def test_a_table_of_comments_below_the_posts_of_others_is_not_read(tmp_path: Path) -> None:
    rows = f'Date,Link,Message\n{DAY},https://net.example/1,"{SAID}"\n'
    (tmp_path / "Comments.csv").write_text(rows)
    (tmp_path / "posts.csv").write_text(rows)
    assert counts(tmp_path) == (1, 0)


@pytest.mark.parametrize(
    ("headers", "text", "is_withheld"),
    [
        ("Subject: Your order 4711", SAID, True),
        ("Subject: Your invoice from the quay", SAID, True),
        ("Subject: Your security code", SAID, True),
        ("Subject: Hello", "Go to https://quay.example/account/reset?token=abc", True),
        ("Subject: Hello", "Go to https://quay.example/reset-password/abc?id=1", True),
        ("Subject: Your order of service", SAID, False),
        ("Subject: How to order boats", "Read https://quay.example/posts/reset-button?token=abc", False),
        ("Subject: News", "Read https://quay.example/posts/1?token=abc", False),  # by which newsletters count readers
        ("Subject: Your order 4711\nList-Id: <boats.quay.example>", SAID, False),
    ],
)
def test_a_mail_about_an_order_or_an_account_is_withheld_though_one_can_unsubscribe(
    headers: str, text: str, is_withheld: bool, tmp_path: Path
) -> None:
    head = "From: Quay <shop@quay.example>\nTo: bo@mail.example\nDate: Wed, 01 Mar 2023 10:00:00 +0000\n"
    stop = "List-Unsubscribe: <https://quay.example/stop>\nMessage-ID: <1@quay.example>\n"
    (tmp_path / "a.eml").write_text(f"{head}{stop}{headers}\nContent-Type: text/plain\n\n{text}\n")
    assert counts(tmp_path) == ((0, 1) if is_withheld else (1, 0))
