"""Drop what repeats the header at the beginning of a body: the dateline, the byline, the title."""

import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup, Tag

from refeed.clean.step import Body, Note
from refeed.clean.text import plain
from refeed.clean.tree import HEADINGS, MEDIA, attribute, drop, leaves, shown, squeeze, standing, words

# How far down a repetition is looked for, in blocks that hold text.
_OPENING: Final = 8

# A time that was true when the page was saved: "19 分钟前", "2 hours ago".
_RELATIVE: Final = re.compile(
    r"(?:[0-9]{1,3}|an?)(?:秒|秒钟|分|分钟|分鐘|小时|小時|个小时|天|日|周|週|个月|個月)前"
    r"|(?:[0-9]{1,3}|an?)(?:second|minute|min|hour|hr|day|week|month)s?ago",
    re.IGNORECASE,
)
_TITLE_CLASSES: Final = frozenset({"article-title", "entry-title", "headline", "page-title", "post-title", "title"})
# " - Site", " – Site", " | Site": what pages add to their titles.
_SUFFIX: Final = re.compile(r"\s[-–—|｜_]\s")


def drop_dateline(soup: BeautifulSoup, body: Body) -> Iterator[Note]:
    """Drop the line with date and byline that the header already told."""
    line = squeeze(body.dateline.shown) if body.dateline else ""
    byline = squeeze(body.dateline.byline or "") if body.dateline else ""
    for block in standing(_opening(soup)):
        text = shown(block)
        if (text and text in {line, byline} and not block.find(list(MEDIA))) or (text and _is_only_time(block, text)):
            yield drop(block)


def drop_title(soup: BeautifulSoup, body: Body) -> Iterator[Note]:
    """Drop the first heading that says the title again; a bold line may stand for a heading before everything else."""
    title, *shorter = _names(body.title)
    for place, block in enumerate(_opening(soup)):
        is_title = block.name in HEADINGS or not _TITLE_CLASSES.isdisjoint(words(block))
        if not (is_title or (place == 0 and _is_bold(block))) or block.find(list(MEDIA)):
            continue
        heading, *parts = _names(block.get_text())
        same = (heading in {title, *shorter} or title in parts) if is_title else heading == title
        if heading and title and same and (is_title or 2 * len(shown(block)) <= len(shown(soup))):
            yield drop(block)
            return


def _is_bold(block: Tag) -> bool:
    """Tell a block whose whole text stands in one bold element."""
    return any(shown(bold) == shown(block) for bold in block.find_all(["b", "strong"], limit=3))


def _names(text: str) -> list[str]:
    """Return a title for comparing: whole, then without what may be the name of a site at its end."""
    line = plain(text)
    return [squeeze(line), *(squeeze(line[: suffix.start()]) for suffix in _SUFFIX.finditer(line))]


def _opening(soup: BeautifulSoup) -> list[Tag]:
    """List the first blocks that hold text of their own."""
    found: list[Tag] = []
    for block in leaves(soup):
        if len(found) == _OPENING:
            break
        if block.get_text(strip=True):
            found.append(block)
    return found


def _is_only_time(block: Tag, text: str) -> bool:
    """Tell a block that holds one <time> and nothing else, written in full or relative to the day it was saved."""
    time = block if block.name == "time" else block.find("time")
    if not isinstance(time, Tag) or shown(time) != text:
        return False
    return bool(attribute(time, "datetime") or _RELATIVE.fullmatch(text))
