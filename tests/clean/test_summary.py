"""Summaries: every row of fixtures/clean/openings.tsv and stated.tsv."""

import json

import pytest
from folders import FIXTURES
from hypothesis import given
from hypothesis import strategies as st

from refeed.clean.summary import stated_summary, summary_of
from refeed.html.sanitise import sanitise
from refeed.text.plain import one_line

TABLES = FIXTURES / "clean"


def rows(name: str) -> list[list[str]]:
    lines = (TABLES / name).read_text("utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("# ")]


def unescape(cell: str) -> str:
    return str(json.loads(f'"{cell}"'))


@pytest.mark.parametrize(
    "mark",
    [
        "<!--more-->",
        "<!-- more -->",
        "<!--more Read on-->",
        "<!-- TEASER_END -->",
        "<!-- excerpt-end -->",
        "<!-- truncate -->",
        "{/* truncate */}",
        "{% more %}",
        "{{< more >}}",
        "[more]",
        "[[More]]",
        "<!-- cut -->",
        "<!--break-->",
        "<!--summary-end-->",
        "<!-- PELICAN_END_SUMMARY -->",
        "<!-- /excerpt -->",
        "<!-- weiterlesen -->",
        "<!-- 阅读更多 -->",
        '<span id="more-12"></span>',
        '<a name="more"></a>',
        '<lj-cut text="The rest">',
    ],
)
def test_a_summary_ends_where_its_author_ended_the_excerpt(mark: str) -> None:
    content = sanitise("<p>The lamp at the <strong>ferry</strong> was lit at six.</p><p>Nobody saw who lit it.</p>")
    raw = f"The lamp at the **ferry** was lit at six.\n\n{mark}\n\nNobody saw who lit it.\n"
    assert summary_of(content, "Lamp", raw=raw) == "The lamp at the ferry was lit at six."


@pytest.mark.parametrize(
    "other",
    [
        "<!-- cut this later -->",
        "<!-- break: two lines -->",
        "and [more] of it",
        '<a name="more-lamps"></a>',
        "{% morel %}",
    ],
)
def test_words_of_a_mark_among_others_end_no_summary(other: str) -> None:
    content = sanitise("<p>The lamp was lit at six.</p><p>Nobody saw who lit it.</p>")
    raw = f"The lamp was lit at six.\n\n{other}\n\nNobody saw who lit it."
    assert summary_of(content, "Lamp", raw=raw) == "The lamp was lit at six. Nobody saw who lit it."


def test_a_mark_above_the_text_or_another_comment_ends_no_summary() -> None:
    content = sanitise("<p>The lamp was lit at six.</p><p>Nobody saw who lit it.</p>")
    whole = "The lamp was lit at six. Nobody saw who lit it."
    assert summary_of(content, "Lamp", raw="<!--more-->\n\nThe lamp was lit at six.\n\nNobody saw who lit it.") == whole
    assert (
        summary_of(content, "Lamp", raw="The lamp was lit at six.\n\n<!-- moreover -->\n\nNobody saw who lit it.")
        == whole
    )


@pytest.mark.parametrize(
    "above",
    [
        "<h2>What we saw there</h2>",  # a heading
        "<p>作者：王小明，译者：李大华</p>",  # a credit
        '<p><a href="https://quay.example/lamp">More about the lamp</a></p>',  # a link alone
        "<p>The lamp at the ferry</p>",  # the title again
    ],
)
def test_an_excerpt_that_says_nothing_is_no_summary(above: str) -> None:
    below = "<p>The lamp was lit at six.</p>"
    raw = f"{above}\n<!--more-->\n{below}"
    assert summary_of(sanitise(above + below), "The lamp at the ferry", raw=raw) == "The lamp was lit at six."


def test_a_summary_of_markdown_has_no_marks() -> None:
    stated = "All **ropes** of [the quay](https://quay.example) in `knots.txt`, 2 * 3 of them"
    assert stated_summary(stated, markdown=True) == "All ropes of the quay in knots.txt, 2 * 3 of them"
    assert stated_summary("# The quay\n\nIt is #1.", markdown=True) == "The quay It is #1."
    assert stated_summary("x = `a` * b") == "x = `a` * b", "that of another file is text"


@pytest.mark.parametrize(("content", "title", "expected", "why"), rows("openings.tsv"))
def test_summary_of(content: str, title: str, expected: str, why: str) -> None:
    assert summary_of(sanitise(unescape(content)), title) == expected, why


@pytest.mark.parametrize(("text", "expected", "why"), rows("stated.tsv"))
def test_stated_summary(text: str, expected: str, why: str) -> None:
    assert stated_summary(unescape(text)) == expected, why


@given(st.text(), st.text())
def test_any_content_has_a_summary_of_one_line(text: str, title: str) -> None:
    summary = summary_of(sanitise(text), title)
    assert "\n" not in summary
    assert summary == summary.strip()
    assert stated_summary(text) == stated_summary(text).strip()


@given(st.text("ab。！”… \n\u3000", max_size=40))
def test_lines_are_joined_without_losing_anything(text: str) -> None:
    line = one_line(text)
    assert "".join(line.split()) == "".join(text.split())
    assert "  " not in line


@pytest.mark.parametrize("piece", ["(", "（", "【", "©", "…", "[", "a.", "By: ", "Read more ", "<", "A (AP"])
def test_a_long_line_of_one_thing_has_a_summary(piece: str) -> None:
    assert len(stated_summary(piece * 50_000)) < 4_100
    assert len(summary_of(sanitise(f"<p>{piece * 50_000}</p>"), piece * 100)) < 2_000
