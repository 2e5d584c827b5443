"""Find the dateline at the beginning of a body: the line, or the <time>, that says when an article was published.

How an outlet writes its datelines is for the caller to say, in the hints.
"""

import re
from html import unescape
from typing import Final

from refeed.dates import NO_HINTS, Hints, NotADate, parse_date
from refeed.model import OPENING, Timestamp
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.labels import after_date_label


class Dateline(NamedTuple):
    """A date that a body states, the byline before it, and what a reader sees of both."""

    text: str  # the date as written, entities decoded
    byline: str | None
    shown: str  # the whole visible line, white space folded; "" when only an attribute says it
    date: Timestamp | NotADate  # what the text means: a date, or one that is ambiguous or too late


# Somebody meant a date, even if nobody can say which.
_DATES_ALL_THE_SAME: Final = (NotADate.AMBIGUOUS, NotADate.TOO_LATE)

_LINE: Final = 400  # characters of markup that a dateline fits into
_SHORT: Final = 80  # characters of a date, and of a byline

_ATTRIBUTES: Final = r"""(?>(?:[^<>"']|"[^"]*"|'[^']*')*)"""

# What may stand before a dateline: wrappers, the title once more, a picture.
_BEFORE: Final = late_pattern(
    r"\s+|<!--.*?-->"
    rf"|</?(?:article|body|center|div|header|html|main|p|section)\b{_ATTRIBUTES}>"
    rf"|<(?:br|hr|img|link|meta)\b{_ATTRIBUTES}>"
    rf"|<(h1|figure|picture)\b{_ATTRIBUTES}>.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
# Any tag that is not within a line; <time> too, whose words are not to be read.
_BLOCK: Final = r"</?(?!(?:a|b|br|cite|em|font|i|small|span|strong|sup|u)\b)[a-z]"
_END_OF_LINE: Final = late_pattern(rf"{_BLOCK}|<!--", re.IGNORECASE)
_NEW_LINE: Final = late_pattern(rf"\n[ \t]*\n|{_BLOCK}{_ATTRIBUTES}>|<br\b{_ATTRIBUTES}>", re.IGNORECASE)
_BREAK: Final = late_pattern(rf"<br\b{_ATTRIBUTES}>", re.IGNORECASE)
_TAG: Final = late_pattern(rf"</?[a-z]{_ATTRIBUTES}>", re.IGNORECASE)
_CLOSED: Final = late_pattern(r"</[a-z]+\s*>\s*\Z", re.IGNORECASE)
_ITALIC: Final = late_pattern(r"<(?:i|em)\b", re.IGNORECASE)

_WRITER: Final = late_pattern(
    r"(?:作者|撰文|撰稿|记者|記者|著者|筆者|글쓴이|작성자|Author|Autore?|Auteur|Автор|Yazar|Penulis|Tác giả"
    r"|ผู้เขียน|الكاتب|نویسنده) ?[:：] ?|文 ?[/／:：|｜] ?|(?:记者|記者|By|Von|Por|Par|Door|Oleh)(?: |\Z)|(?:โดย|بقلم) ?",
    re.IGNORECASE,
)
_EMPHASIS: Final = late_pattern(r"\A[*_]{1,3}([^*_]+)[*_]{1,3}\Z")  # of a whole line of Markdown
_SENTENCE: Final = frozenset("。！？!?；;")

_ELEMENT: Final = late_pattern(
    rf"<!--.*?(?:-->|\Z)|<(?P<close>/?)(?P<name>aside|footer|li|nav|script|style|template|time)\b(?P<attributes>{_ATTRIBUTES})>",
    re.DOTALL | re.IGNORECASE,
)
# Attributes of an element of time, and their values: with double, single or no quotation marks.
_MOMENT: Final = late_pattern(r"""(?:^|\s)datetime\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_CLASS: Final = late_pattern(r"""(?:^|\s)class\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def find_dateline(opening: str, hints: Hints = NO_HINTS) -> Dateline | None:
    """Find the dateline in the first characters of a raw body, HTML or plain text."""
    opening = opening[:OPENING]
    return _first_line(opening, hints) or _time_element(opening, hints)


def _first_line(opening: str, hints: Hints) -> Dateline | None:
    start = 0
    while before := _BEFORE.match(opening, start):
        start = before.end()
    end = _END_OF_LINE.search(opening, start)
    block = opening[start : end.start() if end else None][:_LINE]
    if "<" not in opening[:start]:
        block = block.replace("\n", "<br>")  # plain text: in HTML a line break would be white space
    lines = [(raw, shown) for raw in _BREAK.split(block) if (shown := _visible(raw))]
    if not lines:
        return None
    line = lines[0][1]
    first = _EMPHASIS.sub(r"\1", line)
    text = after_date_label(first)
    if date := _date(text, hints):
        return None if first != line and _heads_days(opening, hints) else Dateline(text, None, first, date)
    return _under_byline(block, lines, hints)


def _heads_days(opening: str, hints: Hints) -> bool:
    """Return whether emphasised days stand above the parts of a text, as in a diary: the first is one of them."""
    emphasised = filter(None, map(_EMPHASIS.match, map(_fold, opening.split("\n"))))
    return len([*filter(None, (_date(one[1], hints) for one in emphasised))]) > 1


def _under_byline(block: str, lines: list[tuple[str, str]], hints: Hints) -> Dateline | None:
    """Accept name and date on two lines, where markup or a word says that it is a name."""
    if len(lines) < 2 or not (_ITALIC.match(block) or _WRITER.match(lines[0][1])):
        return None
    (_, name), (raw, text) = lines[:2]
    ends = len(lines) == 2 or _CLOSED.search(raw)
    if not ends or len(name) > _SHORT or _SENTENCE.intersection(name) or not (date := _date(text, hints)):
        return None
    return Dateline(text, _WRITER.sub("", name, count=1) or None, f"{name} {text}", date)


def _time_element(opening: str, hints: Hints) -> Dateline | None:
    """Take the first <time> with date and time, else the first with a date, outside of what is not the article."""
    day: Dateline | None = None
    outside = 0
    for element in _ELEMENT.finditer(opening):
        name = (element["name"] or "").lower()
        if name == "time":
            skipped = outside or element["close"]
            dateline = None if skipped else _stated(element, opening, hints)
            if dateline and isinstance(dateline.date, Timestamp) and dateline.date.precision != "day":
                return dateline
            day = day or dateline
        elif name:
            outside = max(0, outside + (-1 if element["close"] else 1))
    return day


def _stated(element: re.Match[str], opening: str, hints: Hints) -> Dateline | None:
    attributes, inside = element["attributes"], element.end()
    moment = _value(_MOMENT, attributes)
    kinds = _value(_CLASS, attributes).split()
    if ("updated" in kinds and "published" not in kinds) or not (date := _date(moment, hints)):
        return None
    if not kinds and len(_words_before(opening, element.start())) > _SHORT:
        return None  # in a sentence, of which more stands before than a byline is long
    end = opening.lower().find("</time", inside)
    return Dateline(moment, None, _visible(opening[inside:end]) if end >= 0 else "", date)


def _words_before(opening: str, position: int) -> str:
    """Return what a reader sees on the line, or in the paragraph of Markdown, in front of an element."""
    start = max((found.end() for found in _NEW_LINE.finditer(opening, 0, position)), default=0)
    return _visible(opening[start:position])


def _value(attribute: re.Pattern[str], attributes: str) -> str:
    match = attribute.search(attributes)
    return _fold(unescape(next((group for group in match.groups() if group), ""))) if match else ""


def _date(text: str, hints: Hints) -> Timestamp | NotADate | None:
    """Return what a text means if it is a date, also an ambiguous or a late one; a bare number is not a date."""
    if not text or len(text) > _SHORT or text.isdigit():
        return None
    date = parse_date(text, hints)
    return date if isinstance(date, Timestamp) or date in _DATES_ALL_THE_SAME else None


def _visible(markup: str) -> str:
    return _fold(unescape(_TAG.sub("", markup)))


def _fold(text: str) -> str:
    return " ".join(text.split())
