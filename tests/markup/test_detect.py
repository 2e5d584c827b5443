"""Which language a body is written in, where blocks of HTML and lines of Markdown stand in it side by side."""

from refeed.markup.detect import detect_markup

HTML = "<p>" + "Salt and water. " * 4 + "</p>\n\n"  # 13 characters that are no blanks, four times


def test_an_emphasised_word_makes_markdown_of_lines_half_as_long_as_the_html_beside_them() -> None:
    half = "The tide was *so* high that the ferry waited."  # 37: more than half
    assert detect_markup(HTML + half, markdown=True) == "markdown"


def test_an_emphasised_word_in_a_short_line_makes_no_markdown_of_html() -> None:
    assert detect_markup(HTML + "It was *so* calm.", markdown=True) == "html"  # 14: a quarter


def test_markdown_over_an_empty_box_that_a_script_fills_is_markdown() -> None:
    text = 'See [the ebb](https://a.example/) at noon:\n<div class="chart"></div>'
    assert detect_markup(text, markdown=True) == "markdown"
    assert detect_markup(text.replace("\n", ""), markdown=True) == "html"  # no block begins within a line


def test_markdown_over_a_block_of_html_is_markdown_where_a_mark_is_sure() -> None:
    words = f'<div class="chart"><p>{"Low. " * 40}</p></div>'
    assert detect_markup(f"See [the ebb](https://a.example/) at noon:\n{words}", markdown=True) == "markdown"
    assert detect_markup(f"The ebb was *so* low at noon:\n{words}", markdown=True) == "html"


def test_html_over_an_empty_box_stays_html() -> None:
    """As in pages that were saved: a list of files without any, in a block with pictures and text."""
    pictures, text = '<div class="pictures"></div>\n', 'Low water is at noon.<br>\n<div class="files">\n</div>'
    assert detect_markup(f"The ebb.\n\n{pictures}{text}", markdown=True) == "html"
    assert detect_markup(f"The ebb.\n\n{text}", markdown=True) == "markdown"
