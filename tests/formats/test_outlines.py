"""Outlines in JSON: what is too deep for lists."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import refeed
from refeed.formats.objects.outlines import outline
from refeed.options import Options

if TYPE_CHECKING:
    from refeed.vocabulary.fields import Value


def test_lines_too_deep_for_a_list_of_their_own_are_of_the_last_one() -> None:
    deepest: dict[str, Value] = {"text": "12"}
    for depth in range(11, 0, -1):
        deepest = {"text": str(depth), "subs": [deepest, {"text": f"beside {depth + 1}"}]}
    html = outline({"text": "May 7", "created": "", "subs": [deepest]})["html"]
    # 1 is a heading, 2 a paragraph, and 3 to 10 are lists in one another. No line is lost, and all are in order.
    assert isinstance(html, str)
    assert html.count("<ul>") == 8
    assert "<ul><li>10</li><li>11</li><li>12</li><li>beside 12</li><li>beside 11</li><li>beside 10</li></ul>" in html
    assert all(f">beside {depth}<" in html for depth in range(2, 13))


def test_no_line_is_lost_however_deep_it_is(tmp_path: Path) -> None:
    """Each line lies two deeper in JSON than the one above it: in a list, and that in an object."""
    line: dict[str, object] = {"text": "line 60"}
    for depth in range(59, 0, -1):
        line = {"text": f"line {depth}", "subs": [line]}
    day = {"text": "May 7", "created": "Tue, 07 May 2024 12:00:00 GMT", "subs": [line]}
    (tmp_path / "2024-05.json").write_text(json.dumps([day]))
    (entry,) = refeed.entries(Options(paths=(str(tmp_path),)), now=datetime(2026, 1, 1, tzinfo=UTC))
    assert [number for number in range(1, 61) if f">line {number}<" not in entry.content] == []
