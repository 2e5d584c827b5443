"""Turn plain text into paragraphs with links."""

from refeed.markup.bare_addresses import with_links
from refeed.markup.line_breaks import is_wrapped, paragraphs_of


def text_to_html(text: str) -> str:
    """Return plain text as paragraphs.

    Empty lines part them. A single line break parts lines, unless the lines are wrapped at a width; in a text without
    empty lines each line is a paragraph of its own.
    """
    paragraphs = paragraphs_of(text.replace("\r", "\n"))
    if is_wrapped(paragraphs):
        return "".join(f"<p>{with_links(' '.join(lines))}</p>" for lines in paragraphs)
    if len(paragraphs) == 1:
        return "".join(f"<p>{with_links(line)}</p>" for line in paragraphs[0])
    return "".join(f"<p>{'<br>'.join(map(with_links, lines))}</p>" for lines in paragraphs)
