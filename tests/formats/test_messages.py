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
        ({"title": "A shed", "address": "1 Quay", "type": "shed", "body": SAID, "date": DAY}, False),
    ],
)
def test_an_object_that_somebody_receives_is_withheld(item: dict[str, Any], is_withheld: bool, tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(json.dumps([item]))
    assert counts(tmp_path) == ((0, 1) if is_withheld else (1, 0))


@pytest.mark.parametrize("followers", [True, False])
def test_a_post_of_x_for_followers_alone_is_withheld(followers: bool, tmp_path: Path) -> None:
    tweet = {"id_str": "1", "created_at": "Wed Mar 02 20:19:24 +0000 2022", "full_text": SAID}
    text = json.dumps([{"tweet": tweet | {"scopes": {"followers": followers}}}])
    (tmp_path / "tweets.js").write_text(f"window.YTD.tweets.part0 = {text}")
    assert counts(tmp_path) == ((0, 1) if followers else (1, 0))


def test_a_table_of_comments_below_the_posts_of_others_is_not_read(tmp_path: Path) -> None:
    rows = f'Date,Link,Message\n{DAY},https://net.example/1,"{SAID}"\n'
    (tmp_path / "Comments.csv").write_text(rows)
    (tmp_path / "posts.csv").write_text(rows)
    assert counts(tmp_path) == (1, 0)
