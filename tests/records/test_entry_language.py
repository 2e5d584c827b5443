"""Which language an entry is said to be in: what its record states, unless that is written in another script."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from packing import write

import refeed
from refeed.options import Options, SiteOptions

CHINESE = "早上第一艘电动渡轮离开三号码头，船上有八十名乘客。船长说，最安静的不是发动机，而是海鸥。" * 2
UKRAINIAN = (
    "Уранці ми пішли до старого млина, дорога була довга, але погода стояла гарна, і всі ми співали її пісні. " * 2
)


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


@pytest.mark.parametrize(
    ("stated", "site", "expected"),
    [
        ("", None, "uk"),
        ("lang: en\n", None, "uk"),  # nobody writes English so
        ("", "uk-UA", "uk-UA"),  # more than the letters say
        ("", "en", "uk"),
    ],
)
def test_letters_tell_the_language_where_nothing_else_does(
    tmp_path: Path, stated: str, site: str | None, expected: str
) -> None:
    text = f"---\ntitle: Млин\ndate: 2024-05-01\n{stated}---\n\n{UKRAINIAN}\n"
    settings = f"url: https://quay.example.org\ntitle: Quay\nlang: {site}\n" if site else ""
    files = {"_posts/2024-05-01-mill.md": text.encode(), **({"_config.yml": settings.encode()} if site else {})}
    (entry,) = refeed.entries(Options(paths=(str(write(tmp_path, files)),)), now=datetime(2026, 1, 1, tzinfo=UTC))
    assert entry.language == expected
