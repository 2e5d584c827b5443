"""Drop tables of contents with their headings: outside of their page their links lead nowhere."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from bs4.element import PageElement, Tag

from refeed.clean.heading_anchors import leads_within
from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import HEADINGS, all_named, shown, squeeze, words
from refeed.startup.late_patterns import late_pattern

_NAMES: Final = late_pattern(r"(?:\A|[-_])(?:toc|tableofcontents|table-of-contents|ez-toc)(?:[-_]|\Z)")
# What tables of contents are called, in lower case, letters only.
_LABEL: Final = late_pattern(
    r"(?:toc|(?:tableof)?contents?|onthispage|inthis(?:article|page|post)|quicklinks|jumpto"
    r"|(?:本文|文章)?(?:目录|目錄|大纲|大綱)|もくじ|(?:この記事の)?目次|목차"
    r"|inhalt(?:sverzeichnis)?|sommaire|tabledesmatières|índice|(?:tablade)?contenidos?|sumário|conteúdo|indice|sommario"
    r"|inhoud(?:sopgave)?|innehåll|indhold|innhold|sisällys|spistreści|obsah|содержание|оглавление|зміст"
    r"|içindekiler|mụclục|daftarisi|المحتويات|فهرسالمحتويات|תוכןעניינים)"
)
# What says that a table of contents comes next: where, and what it is called there.
_BELOW: Final = late_pattern(
    r"(?i:\b(?:below|following|ci-dessous|ci-après|suivante?|unten|folgenden?|abajo|siguiente|abaixo|seguinte|ниже)\b)"
    r"|下面|下方|以下|下記|아래"
)
_CONTENTS: Final = late_pattern(
    r"(?i:\b(?:contents|anchors?|index|links?|menu|toc|ancres?|liens?|sommaire|inhaltsverzeichnis|índice|enlaces"
    r"|sumário|содержани[ея]|оглавлени[ея])\b)|目录|目錄|目次|链接|リンク|목차"
)
_LONGEST_LABEL: Final = 60  # characters
_NO_LETTER: Final = late_pattern(r"[\W\d_]")
_LISTS: Final = frozenset({"details", "div", "nav", "ol", "section", "ul"})
_FEWEST: Final = 2  # links that make a list of them
_MOST: Final = 30  # links of a list that are looked at


def drop_contents(page: Page, body: Body) -> Iterator[Note]:
    """Drop every table of contents; a list of links to headings that a heading or a sentence announces stays."""
    headings = {shown(heading) for heading in page.elements(*HEADINGS)} - {""}
    sizes = {len(heading) for heading in headings}  # far fewer than headings, which a stranger may write thousands of
    leads = any(leads_within(link, body.url) for link in page.elements("a"))
    for box in page.elements(*_LISTS) if headings and leads else ():
        if _leads_to(box, headings, sizes, body.url):
            above = page.neighbour(box, back=True)
            heading = above if isinstance(above, Tag) and above.name in {*HEADINGS, "p"} else None
            if heading is not None and _is_label(shown(heading)):
                if _refers_to(page.neighbour(heading, back=True)):
                    continue
                yield page.drop(heading)
            elif heading is not None and _announces(heading) and not _is_named(box):
                continue
            yield page.drop(box)


def _leads_to(box: Tag, headings: AbstractSet[str], sizes: AbstractSet[int], url: str | None) -> bool:
    """Return whether a box says nothing but where headings of the page are; `sizes`: how long these are."""
    links = all_named(box, "a")
    if len(links) < _FEWEST and not (links and _is_named(box)):
        return False
    if not all(leads_within(link, url) for link in links) or not _says_only(box, links):
        return False
    texts = [shown(link) for link in links[:_MOST]]
    return sum(any(text[-size:] in headings for size in sizes if size <= len(text)) for text in texts) * 2 >= len(texts)


def _is_named(box: Tag) -> bool:
    return any(_NAMES.search(word) for word in [*words(box), *words(box, "id")])


def _announces(above: Tag) -> bool:
    """Return whether what stands above a list needs it: a heading, or a sentence that goes on in it."""
    return above.name in HEADINGS or shown(above).endswith((":", "："))


def _refers_to(above: PageElement | None) -> bool:
    """Return whether a sentence speaks of the list below it."""
    text = above.get_text(" ") if isinstance(above, Tag) and above.name == "p" else ""
    return bool(_BELOW.search(text) and _CONTENTS.search(text))


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and bool(_LABEL.fullmatch(_NO_LETTER.sub("", text).lower()))


def _says_only(box: Tag, links: list[Tag]) -> bool:
    """Return whether a box says nothing besides its links but what it is called."""
    rest = len(shown(box)) - sum(len(shown(link)) for link in links)
    label = squeeze(next(box.stripped_strings, ""))
    return rest <= len(links) or (rest <= len(label) and _is_label(label))  # a number before each link
