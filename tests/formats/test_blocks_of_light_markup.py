"""Blocks of light markup that few texts have come out as their generators show them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

import refeed
from refeed.options import Options

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
ASCIIDOC: Final = "= Fog\nAda\n2024-08-05\n\n"
TIDDLY: Final = "created: 20240805060000000\ntitle: Fog\ntype: text/vnd.tiddlywiki\n\n"
ORG: Final = "#+TITLE: Fog\n#+DATE: 2024-08-05\n\n"
RST: Final = "Fog\n###\n:date: 2024-08-05\n\n"
LIST: Final = f"{RST}.. list-table::\n   :header-rows: 1\n\n   * - Day\n     - Tide\n   * - Mon\n"
HEAD: Final = "<table><thead><tr><th>Day</th><th>Tide</th></tr></thead>"


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("fog.adoc", f"{ASCIIDOC}++++\n<p>Raw <b>water</b>.</p>\n++++\n", "<p>Raw <b>water</b>.</p>"),
        ("fog.adoc", f"{ASCIIDOC}```ruby\nputs 1\n```\n", "<pre><code>puts 1\n</code></pre>"),
        ("fog.adoc", f"{ASCIIDOC}****\nA sidebar.\n****\n", "<blockquote><p>A sidebar.</p></blockquote>"),
        ("fog.adoc", f"{ASCIIDOC}[source,ruby]\nputs 2\n", "<pre><code>puts 2\n</code></pre>"),
        (
            "fog.adoc",
            f"{ASCIIDOC}[quote, Ada Marlowe]\nSlow water.\n",
            "<blockquote><p>Slow water.</p><p>— Ada Marlowe</p></blockquote>",
        ),
        ("fog.tid", f"{TIDDLY}; Ebb\n: The water goes.\n", "<p><strong>Ebb</strong></p>\n<p>The water goes.</p>"),
        ("fog.tid", f"{TIDDLY}Ebb.\n\n---\n\nFlood.\n", "<p>Ebb.</p>\n<hr>\n<p>Flood.</p>"),
        ("fog.tid", f"{TIDDLY}$$$text/x-python\nprint(1)\n$$$\n", "<pre><code>print(1)\n</code></pre>"),
        ("fog.tid", f'{TIDDLY}Ebb.\n\n"""\none\ntwo\n"""\n', "<p>Ebb.</p>\n<p>one<br>two</p>"),
        ("fog.org", f"{ORG}Here @@html:<b>bold</b>@@ and @@latex:x@@ end.\n", "<p>Here <b>bold</b> and end.</p>"),
        (
            "fog.org",
            f"{ORG}[[https://quay.example/fog][https://quay.example/fog.png]]\n",
            '<p><a href="https://quay.example/fog"><img src="https://quay.example/fog.png" alt=""></a></p>',
        ),
        (
            "fog.org",
            f"{ORG}[[https://quay.example/fog.jfif]]\n",
            '<p><img src="https://quay.example/fog.jfif" alt=""></p>',
        ),
        ("fog.rst", f"{RST}.. rubric:: A note\n\nIt came.\n", "<p><strong>A note</strong></p>\n<p>It came.</p>"),
        (
            "fog.rst",
            f"{LIST}     - High\n       water\n",
            f"{HEAD}<tbody><tr><td>Mon</td><td>High water</td></tr></tbody></table>",
        ),
        (
            "fog.rst",
            f"{LIST}     - High\n       water\n\n       Low\n",
            f"{HEAD}<tbody><tr><td>Mon</td><td>High water<br>Low</td></tr></tbody></table>",
        ),
        (
            "fog.rst",
            f"{RST}.. table:: Tides\n\n   ===  ====\n   Day  Tide\n   ===  ====\n   Mon  High\n   ===  ====\n",
            f"<p><strong>Tides</strong></p>\n{HEAD}<tbody><tr><td>Mon</td><td>High</td></tr></tbody></table>",
        ),
        (
            "fog.rst",
            f"{RST}A `tide <quay_>`_ link.\n\n.. _quay: https://quay.example/\n",
            '<p>A <a href="https://quay.example/">tide</a> link.</p>',
        ),
    ],
)
def test_they_are_shown(name: str, text: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    entries = [(entry.title, entry.content) for entry in refeed.entries(Options(paths=(str(tmp_path),)), now=NOW)]
    assert entries == [("Fog", shown)]
