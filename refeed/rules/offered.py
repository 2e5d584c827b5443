"""Offer rules for the lines of an article: the selectors that find a line, most specific first."""

from typing import Final

from refeed.clean.types import BodyRules
from refeed.rules.rule_text import as_drop, as_removal
from refeed.rules.sample import SampledArticle
from refeed.rules.shown_body import Box, Line, ShownBody
from refeed.startup.named_tuple import NamedTuple

_MOST: Final = 6  # rules for one line


class Offer(NamedTuple):
    """A rule, as the command line writes it."""

    rule: str
    lines: int  # of the article that it finds


class OfferedLine(NamedTuple):
    """A line that subscribers see, and the rules that take it away, the likeliest first."""

    number: int
    text: str
    offers: tuple[Offer, ...]


class OfferedArticle(NamedTuple):
    """An article whose lines can be pointed at."""

    source: str
    rules: BodyRules  # that hold for the source already
    lines: tuple[OfferedLine, ...]


def offered_article(source: str, article: SampledArticle) -> OfferedArticle:
    """Return the lines of an article, and the rules for each."""
    shown = article.shown()
    by_line: list[list[Box]] = [[] for _ in shown.lines]
    for box in shown.boxes:
        for number in box.lines:
            by_line[number].append(box)
    lines = (
        OfferedLine(number, line.text, _offers(line, boxes, shown))
        for number, (line, boxes) in enumerate(zip(shown.lines, by_line, strict=True))
    )
    return OfferedArticle(source, article.body.rules, tuple(lines))


def _offers(line: Line, boxes: list[Box], shown: ShownBody) -> tuple[Offer, ...]:
    """Return the rules that find a line: narrow selectors, then its text, then what finds most of the article."""

    def is_wide(box: Box) -> bool:
        return 2 * len(box.lines) > len(shown.lines)

    # By what says best what it is for, and of two that say as much by the one that finds less.
    found = dict[str, Box]()
    for box in sorted(boxes, key=lambda box: (not box.is_whole, box.selector.way, len(box.lines), box.selector)):
        found.setdefault(box.selector.css, box)
    narrow = [Offer(as_drop(css), len(box.lines)) for css, box in found.items() if not is_wide(box)]
    wide = [Offer(as_drop(css), len(box.lines)) for css, box in found.items() if is_wide(box)]
    is_text = len(line.texts) == 1 and not line.text.startswith("<img ")
    removal = as_removal(line.text) if is_text else None
    same = sum(other.text == line.text for other in shown.lines)
    return (*narrow, *([Offer(removal, same)] if removal else []), *wide)[:_MOST]
