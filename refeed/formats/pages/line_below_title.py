"""Read the line below the one heading of a page whose head states nothing: its day, and the page that it was read from.

Programs that save articles to read them later write it so: `2024-10-18 · Original →`.
"""

import re
from typing import Final

from refeed.formats._written_days import DAY
from refeed.formats.pages.tree import Element, shown
from refeed.model import Statement

_LONGEST: Final = 160  # characters of the line
_DAY: Final = re.compile(DAY)
_AROUND: Final = re.compile(r"\A\W+|\W+\Z")
# What a link to the article itself is called, without arrows and signs around it.
_WORDS: Final = frozenset(
    {"original", "original article", "original page", "original post", "original source", "read original", "source"}
    | {
        "source article",
        "view original",
        "原文",
        "原文链接",
        "原文連結",
        "查看原文",
        "阅读原文",
        "閱讀原文",
        "元記事",
        "원문",
    }
    | {"article original", "artículo original", "artigo original", "fonte", "fuente", "lire l'original"}
    | {"originalartikel", "quelle", "zum original", "источник", "оригинал", "المصدر"}
)


def day_below_title(root: Element) -> list[Statement]:
    """Return the day in the line, if it holds one alone."""
    line = _line(root)
    days = _DAY.findall(shown(line)) if line is not None else []
    return [Statement(days[0], "line under the heading")] if len(days) == 1 else []


def address_below_title(root: Element) -> list[Statement]:
    """Return the address of the link in the line that its words call the original, if there is one alone."""
    line = _line(root)
    links = (
        [one for one in line.iter("a") if _AROUND.sub("", shown(one)).casefold() in _WORDS] if line is not None else []
    )
    return [Statement(links[0].get("href") or "", "line under the heading")] if len(links) == 1 else []


def _line(root: Element) -> Element | None:
    """Return the short element right below the heading."""
    headings = [one for one in root.iter("h1") if shown(one)]
    below = headings[0].getnext() if len(headings) == 1 else None
    return below if below is not None and len(shown(below)) <= _LONGEST else None
