"""Twice the Markdown takes about twice the work, whatever marks it is made of, and however few of them end."""

from typing import Final

import pytest
from markdown_it.rules_block import StateBlock, html_block
from work_count import calls_of

from refeed.markup.convert import to_html

# What is repeated after a heading; each is a beginning that is looked for an end, or nests.
PIECES: Final = (
    "*a_ ", "**a ", "~~a ", "说，**好。", "`a ", "[", "[a](b) ", "^[a ", "[^a]: b\n\n", "[a]:\n", "<a b='", "<!-- %%a ",
    "a <script> ", "<div>\n", "a|b\n", "$a ", "$$a \\(b \\[c\n", "\\begin{a}\n", "> ", "> > > a\nb\n", "- a\n",
    "- [ ] a\n\n", ": b\n", "> [!NOTE]\n", ":::note\n", ":::note\na\n:::\n", "!!! note\n", "*a*{.b}",
    "import a from 'b'\n", "export const a = {\n\n", "<Note a={{b}}>\n**c**\n", "<Note a={", "{% a {{< b {{ c {/* d ",
    "{% highlight %}\n", "{{< tabs >}}", "[caption a", "https://", "a\n---\n", "    a\n\n", "```\n",
    "<details>\n**b**\n</details>\n", "a\n\n<!-- b -->\n\n", "%% a ", "%%\n", "%%a\n", "`%%<!-- ",
    "{{< secret >}}", "[private]\n", "x <td>", "x </select>", "x <td> a *b* ",
    "{% if user %}{% for a in b %}{% else %}\n", "{% for a in b %}{% endif %}{% if a %}\n",
    "{{#if @member}}a{{else}}{{#b}}\n", "{% assign user = a %}{% if user and b or c %}\n",
)  # fmt: skip

# Blocks of HTML that Markdown ends: each is read up to there, not up to the next empty line.
BLOCKS: Final = ("<div></div>\n- a\n", "<div></div>\n# a\n", "<div></div>\n**a**\n", "<div>\nx\n~~~\n")


def work(text: str) -> int:
    return calls_of(lambda: to_html(text, "markdown", is_source=True))


def repeated(piece: str, length: int) -> str:
    return "# x\n\n" + piece * (length // len(piece))


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_markdown_takes_twice_the_work(piece: str) -> None:
    to_html(repeated(piece, 50), "markdown", is_source=True)  # what is cached the first time does not count
    assert work(repeated(piece, 1_200)) < 2.8 * work(repeated(piece, 600))


@pytest.mark.parametrize("piece", BLOCKS)
def test_a_block_of_html_looks_at_few_lines_ahead(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = list[int]()

    def counted(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        found = html_block(state, start, end, silent)
        lines.append(state.line - start if found and not silent else 1)
        return found

    monkeypatch.setattr("refeed.markup.blocks.html_blocks.html_block", counted)
    text = piece * 300
    to_html(text, "markdown", is_source=True)
    assert 300 <= sum(lines) < 40 * text.count("\n")  # about 16 for each; 300 with all the lines ahead


def test_blocks_that_refer_to_a_long_one_put_in_no_more_than_a_text_may() -> None:
    id_ = "5f0c1a2e-7b1d-4c53-9e0a-0d2f3b4c5d6e"
    text = f"- {'ebb ' * 15_000}\n  id:: {id_}\n" + f"- (({id_}))\n" * 50
    assert to_html(text, "markdown", is_source=True).html.count("ebb") == 4 * 15_000  # itself, and three of 60,000
