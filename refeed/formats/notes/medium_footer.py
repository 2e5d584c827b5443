"""Read the footer of posts in Medium's export that were converted to Markdown."""

from typing import Final

from refeed.formats._once import once
from refeed.model import Document, Statement
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.raw_fields import RawFields

_ORIGIN: Final = "Medium: below the post"
_TAIL: Final = 2_048  # bytes in which it has to stand
_MARK: Final = b"Exported from [Medium]"
_ATTRIBUTES: Final = r"(?:\{[^{}]{0,200}\})?"  # as pandoc writes classes
_ADDRESS: Final = r"\(([^()\s]{1,1000})\)" + _ATTRIBUTES
_FOOTER: Final = late_pattern(
    rf"(?:\A|\n)By\s+(?:<a\s[^<>]{{1,500}}>([^<>]{{1,200}})</a>|\[([^\[\]]{{1,200}})\]{_ADDRESS})\s+on\s+"
    rf"\[([^\[\]]{{1,60}})\]{_ADDRESS}\.\s+(?:(?:<a\s[^<>]{{0,200}}?href=\"([^\"]{{1,1000}})\"[^<>]{{0,200}}>Canonical\s+link</a>"
    rf"|\[Canonical\s+link\]{_ADDRESS})\s+)?Exported from \[Medium\]{_ADDRESS}\s+on\s+[^\n]{{1,40}}\s*\Z"
)


class Footer(NamedTuple):
    """What stands below the post, and where it begins."""

    author: str
    date: str
    link: str
    start: int  # bytes

    def fields(self) -> RawFields:
        """Return what it says under the names of fields."""
        said = [(Statement(text, _ORIGIN),) for text in (self.link, self.date, self.author)]
        return RawFields(links=said[0], dates=said[1], authors=said[2])


@once
def read_medium_footer(document: Document) -> Footer | None:
    """Return what the end of a file says, if it is that of a post from Medium's export."""
    start = max(0, len(document.data) - _TAIL)
    tail = document.data[start:]
    if _MARK not in tail:
        return None
    text = tail.decode("utf-8", "ignore")
    found = _FOOTER.search(text)
    if found is None:
        return None
    author, date, link = found[1] or found[2], found[4], found[6] or found[7] or found[5]
    return Footer(author.strip(), date.strip(), link, len(document.data) - len(text[found.start() :].encode()))
