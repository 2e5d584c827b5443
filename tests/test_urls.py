"""Addresses: the tables in fixtures/urls."""

import re
from typing import Final

import pytest
from folders import FIXTURES

from refeed.urls import host, readable, resolve

TABLES: Final = FIXTURES / "urls"


def _rows(name: str) -> list[list[str]]:
    """Read a table; `uXXXX` after a backslash is a character, and a line that begins with "# " is a comment."""
    lines = (TABLES / name).read_text("utf-8").rstrip("\n").split("\n")
    rows = [line.split("\t") for line in lines if not line.startswith("# ")]
    assert rows, f"{name} is empty"
    return [[re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), cell) for cell in row] for row in rows]


@pytest.mark.parametrize(("url", "expected", "why"), _rows("readable.tsv"))
def test_readable(url: str, expected: str, why: str) -> None:
    assert readable(url) == (None if expected == "-" else expected), why
    assert why


@pytest.mark.parametrize(("address", "base", "expected", "why"), _rows("resolve.tsv"))
def test_resolve(address: str, base: str, expected: str, why: str) -> None:
    assert resolve(address, None if base == "-" else base) == (None if expected == "-" else expected), why
    assert why


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://harbour.example/a", "harbour.example"),
        ("https://www.harbour.example/a", "harbour.example"),
        ("http://WWW.Harbour.example:8080?x", "harbour.example"),
        ("https://ann:secret@news.harbour.example./a@b", "news.harbour.example"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://www.example/", "www.example"),  # not the bare top-level domain
        ("https://[::1]:8080/a", "[::1]"),
        ("/a", None),
        ("mailto:ann@harbour.example", None),
        ("", None),
        (None, None),
    ],
)
def test_host(url: str | None, expected: str | None) -> None:
    assert host(url) == expected
