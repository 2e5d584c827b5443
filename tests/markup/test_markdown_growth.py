"""Twice the Markdown takes about twice the work, whatever marks it is made of, and however few of them end."""

from typing import Final

import pytest
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
)  # fmt: skip


def work(text: str) -> int:
    return calls_of(lambda: to_html(text, "markdown", is_source=True))


def repeated(piece: str, length: int) -> str:
    return "# x\n\n" + piece * (length // len(piece))


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_markdown_takes_twice_the_work(piece: str) -> None:
    to_html(repeated(piece, 50), "markdown", is_source=True)  # what is cached the first time does not count
    assert work(repeated(piece, 1_200)) < 2.8 * work(repeated(piece, 600))
