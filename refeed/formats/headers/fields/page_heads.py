"""Read the head of a post that is written as a page: Pelican's HTML articles.

Such a head holds a title and the fields of the post, each in a `<meta>` of its own. The head of a saved page also holds
style sheets, scripts, or what is said to browsers and other sites: that is for the `page` format.
"""

import re
from html.parser import HTMLParser
from typing import Final

from refeed.formats.headers.key_value_lines import divided
from refeed.formats.publication.stated import KNOWN, kept_aside
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import Value, key_name

_IN_HEAD: Final = frozenset({"html", "head", "title", "meta"})
# What Pelican and its plug-ins read, and the names of HTML for the same.
_FIELDS: Final = frozenset(
    {
        "author",
        "authors",
        "category",
        "date",
        "description",
        "keywords",
        "lang",
        "modified",
        "saveas",
        "slug",
        "status",
        "summary",
        "tags",
        "template",
        "title",
        "translation",
        "url",
    }
)
_SAME: Final = {"keywords": "tags"}
_LISTS: Final = ("authors", "tags")
# Elements that only a whole page has.
_PARTS_OF_PAGES: Final = re.compile(r"<(?:article|footer|main|nav)\b", re.IGNORECASE)


class PageHead(NamedTuple):
    """What the head of a page says, and where its body begins, in characters."""

    values: dict[str, Value]
    body: int


def read_page_head(text: str) -> PageHead | None:
    """Return the head of a post; None where it holds anything that is no field of one, or a whole page follows."""
    reader = _Reader(text)
    reader.feed(text)
    if reader.body is None or _PARTS_OF_PAGES.search(text, reader.body):
        return None
    lists: dict[str, Value] = {
        name: divided(name, [str(reader.values[name])]) for name in _LISTS if name in reader.values
    }
    return PageHead(reader.values | lists, reader.body)


class _Reader(HTMLParser):
    """Reads up to the body."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.values: dict[str, Value] = {}
        self.body: int | None = None
        self._lines = text.split("\n")
        self._title: list[str] | None = None
        self._is_over = False  # at the body, or at what no post's head has

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._is_over:
            return
        if tag == "body":
            self._is_over, self.body = True, self._offset() + len(self.get_starttag_text() or "")
        elif tag == "title":
            self._title = []
        elif tag not in _IN_HEAD or (tag == "meta" and not self._is_read(dict(attrs))):
            self._is_over = True

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass by what begins as a marked section of SGML, as browsers do (HTML Standard, 13.2.5.42)."""
        return self.parse_bogus_comment(i, report)

    def handle_data(self, data: str) -> None:
        if self._title is not None:
            self._title.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "title" and self._title is not None and not self._is_over:
            self.values.setdefault("title", " ".join("".join(self._title).split()))
            self._title = None

    def _is_read(self, said: dict[str, str | None]) -> bool:
        """Take the field of a `<meta>`; return False if posts have no such field."""
        name = said.get("name")
        if name is None:  # of the file: its charset, its type
            return "charset" in said or "http-equiv" in said
        key = key_name(name)
        if key not in _FIELDS and key not in KNOWN:
            return False
        key, value = _SAME.get(key, key), said.get("content") or said.get("contents") or ""
        self.values |= kept_aside(self.values, key, value) if key in self.values else {key: value}
        return True

    def _offset(self) -> int:
        line, column = self.getpos()
        return sum(len(before) + 1 for before in self._lines[: line - 1]) + column
