"""Which language a body is written in, where blocks of HTML and lines of Markdown stand in it side by side."""

from refeed.markup.detect import detect_markup

HTML = "<p>" + "Salt and water. " * 4 + "</p>\n\n"  # 13 characters that are no blanks, four times


def test_an_emphasised_word_makes_markdown_of_lines_half_as_long_as_the_html_beside_them() -> None:
    half = "The tide was *so* high that the ferry waited."  # 37: more than half
    assert detect_markup(HTML + half, markdown=True) == "markdown"


def test_an_emphasised_word_in_a_short_line_makes_no_markdown_of_html() -> None:
    assert detect_markup(HTML + "It was *so* calm.", markdown=True) == "html"  # 14: a quarter
