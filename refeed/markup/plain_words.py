"""Read Markdown where plain text is shown: captions and summaries of headers."""

from refeed.html.tree import parse


def without_marks(text: str) -> str:
    """Return the words of a line of Markdown."""
    from refeed.markup.markdown import words_to_html  # few headers have marks

    return parse(words_to_html(text)).get_text()
