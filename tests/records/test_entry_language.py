"""Which language an entry is said to be in: what its record states, unless that is written in another script."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from packing import write

import refeed
from refeed.options import Options, SiteOptions

CHINESE = "早上第一艘电动渡轮离开三号码头，船上有八十名乘客。船长说，最安静的不是发动机，而是海鸥。" * 2


@pytest.mark.parametrize(
    ("stated", "by_user", "expected"),
    [
        ("lang: en\n", None, "zh-Hans"),  # the default of a theme
        ("lang: zh-CN\n", None, "zh-CN"),  # more than the text says
        ("", "en", "en"),  # the user knows why
        ("", None, "zh-Hans"),
    ],
)
def test_the_script_of_a_text_counts_more_than_what_its_header_states(
    tmp_path: Path, stated: str, by_user: str | None, expected: str
) -> None:
    text = f"---\ntitle: 渡轮\ndate: 2024-05-01\n{stated}---\n\n{CHINESE}\n"
    folder = write(tmp_path, {"ferry.md": text.encode()})
    sources = {"*": SiteOptions(language=by_user)} if by_user else {}
    (entry,) = refeed.entries(Options(paths=(str(folder),), sources=sources), now=datetime(2026, 1, 1, tzinfo=UTC))
    assert entry.language == expected
    (shown,) = refeed.inspect(str(folder), options=Options(sources=sources), now=datetime(2026, 1, 1, tzinfo=UTC))
    assert shown["language"] == expected
    assert shown["evidence"].get("language") == ("front matter: lang" if "zh-CN" in stated else None)
