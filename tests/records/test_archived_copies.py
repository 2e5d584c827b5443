"""An article whose address is that of an archived copy was published where its original was."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

import refeed
from refeed import Options
from refeed.addresses.snapshots import original
from refeed.options import SiteOptions

NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
COPY: Final = "https://web.archive.org/web/20211204102929/https://www.harbour.example/tide/7"

# An address, and what it is a copy of: itself where that is not said.
ADDRESSES: Final = {
    COPY: "https://www.harbour.example/tide/7",
    "http://web.archive.org/web/2021120410/http://harbour.example/": "http://harbour.example/",
    "https://web.archive.org/web/20211204102929id_/https://harbour.example/a?b=1#c": "https://harbour.example/a?b=1#c",
    "https://web.archive.org/web/20211204102929/https:/harbour.example/a": "https://harbour.example/a",
    "https://web.archive.org/web/2021/https://harbour.example/a": "https://harbour.example/a",  # the one nearest to it
    "https://archive.ph/20211204102929/https://harbour.example/a": "https://harbour.example/a",
    "https://arquivo.pt/wayback/20110204102929/http://harbour.example/a": "http://harbour.example/a",
    "https://wayback.archive-it.org/4887/20110204102929/http://harbour.example/a": "http://harbour.example/a",
    "https://archive.ph/Ab3Xy": "https://archive.ph/Ab3Xy",  # a short name
    "https://web.archive.org/web/*/https://harbour.example/a": "https://web.archive.org/web/*/https://harbour.example/a",
    # No moment: a page about another one, a proxy.
    "https://tools.example/check/https://harbour.example/a": "https://tools.example/check/https://harbour.example/a",
    "https://tools.example/go?u=/20211204/https://b.example/": "https://tools.example/go?u=/20211204/https://b.example/",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_archived_copy_names_its_original(address: str) -> None:
    assert original(address) == ADDRESSES[address]


def codes(folder: Path, header: str) -> list[str]:
    """Return what is told of an article with a header."""
    (folder / "tide.md").write_text(f"---\ntitle: Tide\ndate: 2021-12-04\n{header}\n---\nThe water is low.\n")
    (record,) = refeed.inspect([str(folder / "tide.md")], now=NOW)
    return [problem["code"] for problem in record["problems"]]


def test_its_outlet_is_where_the_original_was(tmp_path: Path) -> None:
    codes(tmp_path, f"url: {COPY}")
    (entry,) = refeed.entries(Options(paths=(str(tmp_path),)), now=NOW)
    assert (entry.outlet, entry.url) == ("harbour.example", COPY)  # the copy can be read, the original perhaps not


def test_what_the_user_knows_of_the_outlet_holds(tmp_path: Path) -> None:
    codes(tmp_path, f"url: {COPY}")
    sources = {"harbour.example": SiteOptions(title="The Harbour")}
    (entry,) = refeed.entries(Options(paths=(str(tmp_path),), sources=sources), now=NOW)
    assert entry.outlet == "The Harbour"


def test_copy_and_original_do_not_contradict_each_other(tmp_path: Path) -> None:
    assert "link-conflict" not in codes(tmp_path, f"url: {COPY}\noriginal_url: https://www.harbour.example/tide/7")
    assert "link-conflict" in codes(tmp_path, f"url: {COPY}\noriginal_url: https://www.harbour.example/tide/8")
