"""Chats and mails in text files with a day in their names are no notes; what is public keeps going out."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from refeed.options import Options
from refeed.pipeline.build import build

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)


def counts(path: Path) -> tuple[int, int]:
    """Return how many records go out, and how many are withheld."""
    totals = build(Options(paths=(str(path),)), NOW).totals
    return totals.out, totals.withheld


# Each as a program writes it, of which two messages are enough.
MESSAGES: Final = {
    "2023-03-12 WhatsApp Chat with Bo.txt": "The key is under the pot.\n",  # the name tells
    "WhatsApp-Chat mit Bo 2023-03-12.md": "# WhatsApp-Chat mit Bo\n\nDer Schlüssel liegt im Topf.\n",
    "2023-03-12.txt": "# Chat with Bo\n\n12/03/2023, 10:15 - Bo: The key?\n12/03/2023, 10:16 - Ada: In the pot.\n",
    "2023-03-12-signal.md": "# 2023-03-12\n\n[2023-03-12 10:15] Bo: The key?\n[2023-03-12 10:16] Me: In the pot.\n",
    "2023-03-12-bold.md": "# Bo\n\n**[2023-03-12, 10:15]** Bo: The key?\n**[2023-03-12, 10:16]** Ada: In the pot.\n",
    "2023-03-12-line.txt": "[LINE] Bo とのトーク履歴\n保存日時：2023/03/13 08:00\n\n2023/03/12(日)\n10:15\tBo\t鍵は?\n",
    "2023-03-12-wechat.txt": "2023-03-12 10:15:03 '小波'\n钥匙呢\n\n2023-03-12 10:16:03 '我'\n在花盆里\n",
    "2023-03-12-qq.txt": "2023-03-12 10:15:03 小波(123456)\n钥匙呢\n\n2023-03-12 10:16:03 我(123457)\n在花盆里\n",
    "2023-03-12-imessage.txt": (
        "Mar 12, 2023 10:15:03 AM (Read by you after 2 seconds)\nBo Quay\nThe key?\n\n"
        "Mar 12, 2023 10:16:03 AM\nMe\nIn the pot.\n"
    ),
    "2023-03-12-telegram.txt": "Bo Quay, [12.03.2023 10:15]\nThe key?\n\nAda, [12.03.2023 10:16]\nIn the pot.\n",
    "2023-03-12-discord.txt": (
        f"{'=' * 62}\nGuild: Direct Messages\nChannel: Bo\n{'=' * 62}\n\n[12-Mar-23 10:15 AM] bo#1234\nThe key?\n"
    ),
    "2023-03-12-zoom.txt": "10:15:03 From Bo to Everyone: The key?\n10:16:03 From Ada to Everyone: In the pot.\n",
    "2023-03-12-zoom-of-old.txt": "10:15:03\t From  Bo : The key?\n10:16:03\t From  Ada : In the pot.\n",
    "2023-03-12-teams.txt": "[12/3 10:15] Bo Quay: The key?\n[12/3 10:16] Ada: In the pot.\n",
    "2023-03-12-irc.md": "# Log\n\n--- Log opened Sun Mar 12\n[10:15] <bo> the key?\n[10:16] <@ada> in the pot\n",
    "2023-03-12-weechat.txt": "10:15:03 <bo> the key?\n10:16:03 <ada> in the pot\n",
    "2023-03-12-assistant.md": "# Where keys lie\n\n**User:** The key?\n\n**ChatGPT:** In the pot.\n",
    "2023-03-12-assistant-headings.md": "# Where keys lie\n\n## Prompt:\n\nThe key?\n\n## Claude:\n\nIn the pot.\n",
    "2023-03-12-call.txt": "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Bo>The key is in the pot.</v>\n",
    "2023-03-12 Mail from Bo.txt": "From: Bo <bo@quay.example>\nTo: ada@quay.example\nSubject: Key\n\nIn the pot.\n",
    "2023-03-12 Mail from Bo.md": "# Re: Key\n\n**From:** Bo\n**To:** Ada\n**Sent:** Sunday\n\nIn the pot.\n",
    "2023-03-12 One line.md": "# Re: Key\n\n**From:** bo@quay.example **To:** Ada\n\nIn the pot.\n",
    "2023-03-12 Post.md": "# Schlüssel\n\nVon: Bo\nGesendet: Sonntag\nAn: Ada\nBetreff: Schlüssel\n\nIm Topf.\n",
}
PUBLIC: Final = {
    "2023-03-12-interview.md": "# Bo speaks\n\n**Q:** Where is it?\n\n**A:** In the pot.\n\n**Q:** And then?\n",
    "2023-03-12-play.md": "# A play\n\nBo: Where is the key?\n\nAda: In the pot.\n\nBo: Which?\n",
    "2023-03-12-ticker.md": "# Fog\n\n10:15 The ferry leaves.\n\n10:20 It is back.\n\n10:30 – Ferry: no boats today.\n",
    "2023-03-12-podcast.md": "# Episode 3\n\n[00:12] Bo: Welcome.\n\n[10:15] Ada: Hello.\n",
    "2023-03-12-letter.md": "# To whom it concerns\n\nTo: the editor\n\nThe quay is closed.\n",
    "2023-03-12-walk.md": "# Along the coast\n\n**From:** the quay\n**To:** the mill\n**Date:** Sunday\n\nFog.\n",
    "2023-03-12-changes.md": "# Boats\n\n2023-03-12 - Oars: new.\n2023-03-11 - Sails: mended.\n",
    "2023-03-12-whatsapp-chat-with-customers.md": "# WhatsApp chat with customers\n\nHow shops use WhatsApp.\n",
    "2023-03-12-quoted.md": (
        "# How we met\n\nIt was late.\n\nFog came.\n\nWe wrote.\n\nLike this:\n\n"
        "[12/03/23, 10:15] Bo: Key?\n[12/03/23, 10:16] Ada: Pot.\n"
    ),
    "2023-03-12-webvtt.md": "WEBVTT is a format for captions, and here is how it began.\n",
    "2023-03-12-line.md": "# Stickers\n\n[LINE] has new stickers.\n",
    "2023-03-12-chatgpt.md": "# What I asked\n\nI tried it.\n\n**Me:** The key?\n\n**ChatGPT:** In the pot.\n",
    "2023-03-12-list.txt": "From: bo@quay.example\nTo: boats@quay.example\nSubject: F\nList-Id: <b.example>\n\nFog.\n",
    "2023-03-12-diary.txt": "Mar 12, 2023 10:15:03 AM\nFog over the quay.\n\nMar 12, 2023 11:15:03 AM\nIt is gone.\n",
    "2023-03-12-log.md": "# Ferry\n\n2023-03-12 10:15:03 Ferry leaves.\n\n2023-03-12 10:45:03 Ferry is back.\n",
}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_with_a_day_in_its_name_is_withheld(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(MESSAGES[name])
    assert counts(tmp_path) == (0, 1)


@pytest.mark.parametrize("name", PUBLIC)
def test_what_only_looks_like_messages_goes_out(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(PUBLIC[name])
    assert counts(tmp_path) == (1, 0)
