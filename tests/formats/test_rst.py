"""reStructuredText of strangers: its work grows as its text does, and what is too large or not carried out is told."""

from typing import Any

import pytest

from refeed.clean.body import Body, clean_body
from refeed.formats.bodies.light_markup import to_markdown
from refeed.formats.bodies.rst import rst_to_markdown

MOST = 100_000  # lines


class Counted(list[str]):
    """Lines that count how often one of them is read."""

    read = 0

    def __getitem__(self, at: Any) -> Any:
        found = super().__getitem__(at)
        self.read += len(found) if isinstance(at, slice) else 1
        return found


def reads(lines: list[str]) -> int:
    counted = Counted([*lines, "|a|"])
    assert any(rst_to_markdown(counted))
    return counted.read


SHAPES = {
    "terms": ["term", "  what it means"],
    "terms apart": ["term", "  what it means", ""],
    "literal text": ["so::", "", "  x", ""],
    "literal text between marks": ["so::", "", "> x", ""],
    "grids without sides": ["+--+", "| a"],
    "grids": ["+--+", "|a |", "+--+", ""],
    "simple tables without an end": ["== ==", "a  b", ""],
    "names that stand for words": [".. |a| replace:: b", ""],
    "names in names": ["  .. |a| replace:: |a|"],
    "lines": ["| a", "  b"],
    "fields": [":a: b", "  c"],
    "notes": [".. [#] a", "   b"],
}


@pytest.mark.parametrize("name", SHAPES)
def test_twice_the_text_is_read_twice_as_often(name: str) -> None:
    reads_once, reads_twice = reads(SHAPES[name] * 100), reads(SHAPES[name] * 200)
    assert reads_twice < 2.2 * reads_once


def test_names_that_stand_for_one_another_do_not_make_a_text_long() -> None:
    doubled = "\n".join(f".. |a{number}| replace:: |a{number - 1}||a{number - 1}|" for number in range(1, 60))
    assert len(to_markdown(f".. |a0| replace:: fog\n{doubled}\n\n" + "|a59|\n" * 500, "rst", MOST)) < 300_000


@pytest.mark.parametrize(("columns", "rows"), [(300, 5), (150, 80)])
def test_a_table_that_is_too_large_stays_as_it_is_drawn(columns: int, rows: int) -> None:
    border, row = "+--" * columns + "+", "|ab" * columns + "|"
    drawn = "\n".join([border, *[row, border] * rows])
    assert to_markdown(drawn, "rst", MOST).strip() == f"```\n{drawn}\n```"
    listed = "\n".join(f"   {'* -' if not at % columns else '  -'} ab" for at in range(columns * rows))
    assert "```\n* - ab\n  - ab\n" in to_markdown(f".. list-table::\n\n{listed}\n", "rst", MOST)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (".. include:: a.txt", ".. include:: a.txt"),
        ('.. include:: "a".txt', ".. include:: 'a'.txt"),
        (".. literalinclude:: a.py\n   :lines: 1", ".. literalinclude:: a.py"),
        (".. csv-table:: Tides\n   :file: /etc/passwd", ".. csv-table:: Tides :file: /etc/passwd"),
        (".. raw:: html\n   :url: https://a.example/", ".. raw:: html :url: https://a.example/"),
        (".. raw:: latex\n\n   LAMP", ".. raw:: latex"),
        (".. |day| date:: %Y\n\n|day|", ".. date:: %Y"),
    ],
)
def test_what_is_not_carried_out_is_told_as_it_stands(text: str, told: str) -> None:
    cleaned = clean_body(Body(f"{to_markdown(text, 'rst', MOST)}\n\nFog.", True, "", "https://a.example/1", None, ()))
    assert cleaned.content == "<p>Fog.</p>"
    assert [(problem.code, problem.message) for problem in cleaned.problems] == [
        ("template", f"a template expression that refeed does not know: {told}")
    ]


@pytest.mark.parametrize("says", ["ifconfig:: level == 'dev'", "only:: draft", "only:: latex"])
def test_what_is_on_no_page_is_left_out_and_told(says: str) -> None:
    written = to_markdown(f"Fog.\n\n.. {says}\n\n   Ask Ada.\n\nThe end.", "rst", MOST)
    cleaned = clean_body(Body(written, True, "", "https://a.example/1", None, ()))
    assert cleaned.content == "<p>Fog.</p>\n<p>The end.</p>"
    assert [problem.code for problem in cleaned.problems] == ["private-part"]


def test_html_is_one_block_whatever_its_lines_are() -> None:
    # As Markdown the second line would be code, and the empty line in `pre` is shown.
    raw = ".. raw:: html\n\n   <div>\n\n       <b>lit</b>\n   <pre>\n   a\n\n     b</pre>\n   </div>"
    cleaned = clean_body(Body(to_markdown(raw, "rst", MOST), True, "", "https://a.example/1", None, ()))
    assert "<b>lit</b>" in cleaned.content
    assert "a\n\n  b</" in cleaned.content


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What stands behind an empty line is content, not what the directive is about, nor an option.
        (".. note:: Fog.\n\n   Mind.", "> **Note**\n>\n> Fog.\n>\n> Mind."),
        (".. code:: yaml\n\n   :fog: thick", "```yaml\n:fog: thick\n```"),
        (".. list-table::\n\n   * - a\n     - b", "|  |  |\n| --- | --- |\n| a | b |"),
        # No mark stands between letters; a title is a target, and bars alone are empty lines.
        ("5*6 or 2**3, *low*", r"5\*6 or 2\*\*3, *low*"),
        ("Ropes\n=====\n\nSee Ropes_ or `ropes`_.", "## Ropes\n\nSee Ropes or ropes."),
        ("|\n|\n\nFog.", "Fog."),
        # A note that nobody has written yet.
        (".. [1]\n\nFog. [1]_", "[^1]: \n\nFog. [^1]"),
        # CommonMark, 6.2: between a sign and a letter `**` neither begins nor ends anything.
        (r"**Fog:**\ rope re\ *(x)*, re\ **x**\ y", "**Fog:**<wbr>rope re<wbr>*(x)*, re**x**y"),
        # The first two and the last two ticks are marks.
        ("say ````fog````, ```fog`_`` and ``a`b``", "say `` ``fog`` ``, `` `fog`_ `` and `` a`b ``"),
        (".. |a| unicode:: 0x41 U+42 &#x43; 68 \\u0045 x46 DD\n\n|a|", "ABCDEFDD"),
        (".. |a| unicode:: 0x110000 xD800\n\n|a|", "0x110000xD800"),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert to_markdown(text, "rst", MOST).strip() == expected
