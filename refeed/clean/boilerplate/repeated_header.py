"""Drop what repeats the header at the start of a body: the dateline, the byline, the title."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, dropwhile, islice, pairwise
from typing import Final

from bs4 import Tag

from refeed.clean.types import Body, Heading, Note
from refeed.dates.dateline import find_dateline
from refeed.html.page import Page
from refeed.html.paragraphs import Paragraph, lines, paragraphs
from refeed.html.tree import (
    BLOCKS,
    HEADINGS,
    MEDIA,
    SET_APART,
    all_named,
    attribute,
    holds,
    shown,
    squeeze,
    text_of,
    words,
)
from refeed.startup.late_patterns import late_pattern
from refeed.text.plain import plain

# How far down a repetition is looked for, in blocks that hold text.
_OPENING: Final = 8

# A time that was true when the page was saved: "19 分钟前", "2 hours ago".
_RELATIVE: Final = late_pattern(
    r"(?:[0-9]{1,3}|an?)(?:秒|秒钟|分|分钟|分鐘|小时|小時|个小时|天|日|周|週|个月|個月)前"
    r"|(?:[0-9]{1,3}|an?)(?:second|minute|min|hour|hr|day|week|month)s?ago",
    re.IGNORECASE,
)
_TITLE_CLASSES: Final = frozenset({"article-title", "entry-title", "headline", "page-title", "post-title", "title"})
# " - Site", " – Site", " | Site": what pages add to their titles.
_SUFFIX: Final = late_pattern(r"\s[-–—|｜_]\s")

# Before the names of those who wrote, and between them; without white space, in lower case.
_WRITER: Final = late_pattern(
    r"by[:：]?|author[:：]|(?:作者|撰文|撰稿|记者|記者|本报记者)[:：/／|｜]?|文[:：/／|｜]", re.IGNORECASE
)
_ONLY_NAMES: Final = late_pattern("\0(?:(?:[,，、/／&;；·|｜]|and|和|与|與)*\0)*")
_LONGEST_BYLINE: Final = 200
_LONGEST_DATELINE: Final = 100  # more than a date and its label

# What marks up a line, and which blocks do not.
_BOLD: Final = frozenset({"b", "strong"})
_MARKS: Final = _BOLD | {"big", "font", "span"}
_PLAIN: Final = frozenset({"article", "body", "center", "div", "header", "main", "p", "section"})

# What may stand between the beginning and a heading with the title: by the names of its elements, or short.
_META: Final = late_pattern(r"author|breadcrumb|byline|categor|date|info|meta|posted|submitted|tags?\b|time")
_LONGEST_META: Final = 40
_ENDS: Final = frozenset('.。!！?？…;；”"')
_TEXTS: Final = frozenset({"blockquote", "li", "p", "pre", "td"})


def drop_dateline(page: Page, body: Body) -> Iterator[Note]:
    """Drop the line with date and byline that the header already states."""
    line = squeeze(body.dateline.shown) if body.dateline else ""
    timed = "time" in page.names
    for block, text in _opening(page) if line or timed else ():
        if (text == line and not holds(block, MEDIA)) or (timed and _is_only_time(block, text)):
            yield page.drop(block)
    for repeated in islice(iter(lambda: _repeated_lines(page, body, line), ()), _OPENING):
        yield sum(map(page.drop_paragraph, repeated))


def drop_title(page: Page, body: Body) -> Iterator[Note]:
    """Drop the title where it is said again before the text begins: as a heading, or as the very first line.

    An article without a title has the heading that it begins with for one, else its only <h1>.
    """
    if body.is_untitled:
        yield from _take_heading(page)
    for found in islice(iter(lambda: _title_line(page, body), None), _OPENING):
        yield page.drop(found.holder) if _is_heading(found.holder) else page.drop_paragraph(found)


def _take_heading(page: Page) -> Iterator[Note]:
    first = next((line.holder for line in lines(page.soup)), None)
    tops = page.soup.find_all("h1", limit=2)
    heading = first if first is not None and first.name in HEADINGS else tops[0] if len(tops) == 1 else None
    if heading is None or holds(heading, MEDIA):
        return
    if text := plain(text_of(heading)):
        yield Heading(text)
        yield page.drop(heading)


def _repeated_lines(page: Page, body: Body, dateline: str) -> tuple[Paragraph, ...]:
    """Find the line, or the two lines, of the dateline or the byline, where only the title stands before them."""
    authors = _authors(body)
    if not dateline and not authors:
        return ()
    names = _names(body.title)
    first = dropwhile(lambda line: squeeze(plain(line.said)) in names, islice(lines(page.soup), _OPENING))
    one, two = tuple(islice(first, 1)), tuple(islice(first, 1))
    said = {some: "".join(line.said for line in some) for some in (one, (*one, *two)) if some}
    dated = (some for some, text in said.items() if text == dateline)
    signed = (some for some, text in reversed(said.items()) if _is_byline(some[0], text, authors))
    found = next(chain(dated, signed), ())
    return () if found and said[found] in {page.text} - {dateline} else found


def _authors(body: Body) -> list[str]:
    """List the names of the authors for comparing, the longest first."""
    byline = body.dateline.byline if body.dateline else None
    names = {squeeze(plain(name)).lower() for name in (*body.authors, byline or "")}
    return sorted(names - {""}, key=lambda name: (-len(name), name))


def _is_byline(line: Paragraph, said: str, authors: list[str]) -> bool:
    """Return whether a line says nothing but who wrote the article, all of them known."""
    if not authors or len(said) > _LONGEST_BYLINE or line.holder.name in SET_APART:
        return False
    said = said.lower()
    return any(_is_only_names(rest, authors) for rest in (said, _WRITER.sub("", said, count=1)))


def _is_only_names(text: str, authors: list[str]) -> bool:
    for author in authors:
        text = text.replace(author, "\0", 1)
    return bool(_ONLY_NAMES.fullmatch(text))


def _title_line(page: Page, body: Body) -> Paragraph | None:
    title, *shorter = _names(body.title)
    for number, line in enumerate(islice(lines(page.soup), _OPENING) if title else ()):
        block = line.holder
        if _is_heading(block):
            heading, *parts = _names(text_of(block))
            is_title = heading in {title, *shorter} or (title in parts and not body.markdown)
            if heading and is_title and not holds(block, MEDIA):
                return line
        elif number == 0 and _says(line, title) and _stands_alone(line, page):
            return line if 2 * len(line.said) <= len(page.text) else None
        elif _is_text(line):
            return None
    return None


def _says(line: Paragraph, title: str) -> bool:
    """Return whether a line says a title and nothing else."""
    text = "".join(line.texts)
    # Of plain text only the ends may be left out: without the title in it nothing needs to be read more closely.
    if title not in line.said and text.strip().isprintable() and "&" not in text and "\\" not in text:
        return False
    return _names(text)[0] == title


def _is_heading(block: Tag) -> bool:
    return block.name in HEADINGS or not _TITLE_CLASSES.isdisjoint(words(block))


def _stands_alone(line: Paragraph, page: Page) -> bool:
    """Return whether a first line is more than how a text begins: marked up, or an own paragraph of no element <p>."""
    block = line.holder
    if holds(block, MEDIA) and shown(block) == line.said:
        return False
    marked = [tag for tag in line.texts[0].parents if tag.name in _MARKS]
    if any(shown(tag) == line.said for tag in marked):
        return block.name != "p" or shown(block) != line.said or any(tag.name in _BOLD for tag in marked)
    if block.name not in _PLAIN or next(paragraphs(page.soup)).said != line.said:
        return False
    return block.name != "p" or shown(block) != line.said


def _is_text(line: Paragraph) -> bool:
    """Return whether a line belongs to the article: a sentence, or a paragraph not named as something else."""
    holder = line.holder
    around = (holder, *holder.parents)
    if any(tag.name == "header" or ("class" in tag.attrs and _META.search(" ".join(words(tag)))) for tag in around):
        return False
    if len(line.said) <= _LONGEST_META and not line.outside("a"):
        return False
    if len(line.said) > _LONGEST_META or line.said[-1] in _ENDS or holder.name in _TEXTS:
        text = "".join(line.texts)
        return not (_WRITER.match(line.said) or (_may_be_dateline(text) and find_dateline(text)))
    return False


def _may_be_dateline(text: str) -> bool:
    """Return whether a text may be a dateline: it has a number, and is not too long though it is a plain line."""
    if "年" not in text and not any(map(str.isdigit, text)):
        return False
    is_plain = text.isprintable() and not any(sign in text for sign in ("<", "&", "  "))
    return len(text) <= _LONGEST_DATELINE or not is_plain


_MOST_SUFFIXES: Final = 4
# A title and its repetition may differ in a mark at an end.
_MARKS_AT_ENDS: Final = " .。!！?？…:：;；,，"


@lru_cache(maxsize=4)  # the title of an article, and its first line
def _names(text: str) -> tuple[str, ...]:
    """Return a title for comparing: whole, then without what may be the name of a site at its end."""
    line = plain(text)
    if not (line[:1].isalnum() and line[-1:].isalnum()):
        line = line.strip(_MARKS_AT_ENDS + "".join(filter(_is_sign, set(line)))) or line
    suffixes = list(_SUFFIX.finditer(line))[-_MOST_SUFFIXES:]
    return (squeeze(line), *(squeeze(line[: suffix.start()]) for suffix in suffixes))


def _is_sign(character: str) -> bool:
    """Return whether a character is an emoji, an arrow or another sign, or a part of one."""
    return character == "\ufe0f" or unicodedata.category(character) in {"Cf", "Sk", "So"}


def _opening(page: Page) -> list[tuple[Tag, str]]:
    """List the first blocks that hold text of their own, and no other block, each with its text."""
    blocks = chain((tag for tag in page.elements() if tag.name in BLOCKS), (None,))
    # The next block stands in the one before it, or that holds none.
    innermost = (tag for tag, after in pairwise(blocks) if after is None or _block_above(after) is not tag)
    return list(islice(((tag, text) for tag in innermost if tag and (text := shown(tag))), _OPENING))


def _block_above(block: Tag) -> Tag | None:
    return next((tag for tag in block.parents if tag.name in BLOCKS), None)


def _is_only_time(block: Tag, text: str) -> bool:
    """Return whether a block holds one <time> and nothing else, written in full or relative to the day it was saved."""
    time = next(iter(all_named(block, "time")), None)
    if time is None or shown(time) != text:
        return False
    return bool(attribute(time, "datetime") or _RELATIVE.fullmatch(text))
