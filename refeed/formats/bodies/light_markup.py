"""Convert light markup to Markdown: reStructuredText, Org, AsciiDoc, without private sections, and small systems'."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from refeed.formats.bodies.asciidoc import asciidoc_to_markdown
from refeed.formats.bodies.bbcode import bbcode_to_html
from refeed.formats.bodies.erb import erb_to_markdown
from refeed.formats.bodies.franklin import franklin_to_markdown
from refeed.formats.bodies.gemtext import gemtext_to_markdown
from refeed.formats.bodies.kirby_text import kirby_to_markdown
from refeed.formats.bodies.lektor_flow import lektor_to_markdown
from refeed.formats.bodies.org import org_to_markdown
from refeed.formats.bodies.pod import pod_to_markdown
from refeed.formats.bodies.private_sections import public_lines
from refeed.formats.bodies.rst import rst_to_markdown
from refeed.formats.bodies.tiddly_text import tiddly_to_markdown

_FLAT: Final = MappingProxyType(
    {
        "bbcode": bbcode_to_html,
        "erb": erb_to_markdown,
        "franklin": franklin_to_markdown,
        "gemtext": gemtext_to_markdown,
        "kirby": kirby_to_markdown,
        "lektor": lektor_to_markdown,
        "pod": pod_to_markdown,
        "tiddlywiki": tiddly_to_markdown,
    }
)


def to_markdown(text: str, markup: str, most: int, says: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a text in one of these as Markdown; what is Markdown stays, and so does what follows after `most` lines.

    Whoever reads the Markdown looks at no more lines than that. `says` are the attributes that the header of a text of
    AsciiDoc sets, with their values, or the tags that one of Org excludes: they decide which sections are private, too.
    """
    if markup == "markdown":
        return text
    if written_flat := _FLAT.get(markup):
        return written_flat(text)
    lines = text.split("\n", most)
    rest = [lines.pop()] if len(lines) > most else []
    lines = public_lines(lines, markup, says)
    if markup == "rst":
        written = rst_to_markdown(lines)
    else:
        written = org_to_markdown(lines) if markup == "org" else asciidoc_to_markdown(lines, says)
    return "\n".join([*written, *rest])
