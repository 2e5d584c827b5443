"""Who wrote a text that was translated: the credits at its very top say so, and nothing else does."""

from pathlib import Path
from textwrap import dedent

import pytest
from command_line import run

from refeed.limits import Limits
from refeed.pipeline.entries.translation_credits import credited_authors

# What stands at the top of a text, and who wrote it.
CASES = {
    "labels in a list, in a quotation; whoever translated or read it did not write it": (
        """
        > * 原文地址：[Low tide](https://tide.example/low)
        > * 原文作者：[Ada Marlowe](https://tide.example/ada)
        > * 译文出自：[潮汐计划](https://x.example)
        > * 译者：[Eva](https://x.example/eva)

        # 退潮
        """,
        ("Ada Marlowe",),
    ),
    "several labels in a line; the words of a link say what it leads to": (
        """
        > 作者：Ada Marlowe，[原文链接](https://tide.example/low)，原文日期：2015-11-16
        > 译者：[小船](https://x.example)；校对：Eva，Jo；定稿：Jo

        <!--正文-->
        """,
        ("Ada Marlowe",),
    ),
    "signs of equality, and labels that nobody has filled in": (
        """
        原文链接=https://tide.example/low
        作者=Ada Marlowe
        原文日期=2018-03-20
        校对=
        """,
        ("Ada Marlowe",),
    ),
    "below the title": (
        """
        # 退潮

        - 原文：[Low tide](https://tide.example)
        - 作者：Ada Marlowe
        - 2023 年 6 月 8 日
        """,
        ("Ada Marlowe",),
    ),
    "two persons with links of their own, in English": (
        """
        **Original author**: [Ada Marlowe](https://a.example) and [Eva Reed](https://e.example)
        **Original**: [Ebbe](https://tide.example)
        """,
        ("Ada Marlowe", "Eva Reed"),
    ),
    "HTML, in Russian": ("<p>Автор: Ada Marlowe<br>Перевод: Ева</p>", ("Ada Marlowe",)),
    "Japanese": ("原著者：山田\n訳者：小舟", ("山田",)),
    "Spanish, an empty line between": ("Autor original: Ada Marlowe\n\nTraducción: Eva Reed", ("Ada Marlowe",)),
    "a remark behind the name": ("> 原文作者：Ada Marlowe，本文已获原作者授权\n> 译者：小船", ("Ada Marlowe",)),
    "an address names nobody": ("> 原文作者：[https://tide.example](https://tide.example)\n> 译者：小船", ()),
    "nobody knows": ("> 原文作者：佚名\n> 译者：小船", ()),
    "one line alone, as many articles begin": ("作者：Ada Marlowe", ()),
    "a review, which names the book it is about": ("作者：Ada Marlowe\n出版社：潮汐", ()),
    "only who translated it": ("> 译者：小船\n> 校对：Eva", ()),
    "a conversation": ("作者：你为什么写这本书？\n译者：因为退潮了。", ()),
    "below the first words, where anything may be quoted": ("退潮了。\n\n> 原文作者：Ada Marlowe\n> 译者：小船", ()),
}


@pytest.mark.parametrize(("top", "authors"), CASES.values(), ids=CASES)
def test_the_credits_at_the_top(top: str, authors: tuple[str, ...]) -> None:
    assert credited_authors(f"{dedent(top)}\n\n潮水退了，船停在岸边。\n", Limits()) == authors


def test_the_header_knows_better_and_the_credits_stay_to_be_read(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    top = "> 作者：Ada Marlowe，[原文链接](https://tide.example/low)\n> 译者：小船\n\n退潮了。\n"
    (tmp_path / "a.md").write_text(f"---\ntitle: 退潮\ndate: 2020-05-01\n---\n{top}")
    (tmp_path / "b.md").write_text(f"---\ntitle: 涨潮\ndate: 2020-05-02\nauthor: Jo\n---\n{top}")
    feed = run(capfdbinary, "build", str(tmp_path)).out.decode()
    by_header, by_credits = feed.split("<entry")[1:]
    assert "<name>Jo</name>" in by_header
    assert "Ada Marlowe</name>" not in by_header
    assert "<name>Ada Marlowe</name>" in by_credits
    assert "译者：小船" in by_credits  # readers are to see who translated it
