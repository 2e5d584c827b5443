"""Tell an address that several articles share, a home page's or a column's, from an article that was saved again."""

from collections.abc import Iterable
from math import inf
from typing import Final
from zlib import crc32

from refeed.startup.named_tuple import NamedTuple

# Records of one address that look like articles of their own: so many, on as many days, over more than so many seconds.
_SHARED: Final = 3
_SHARED_SPAN: Final = 31 * 86_400
_DAY: Final = 86_400
_NAME: Final = 32  # the first bit of the mark of a name, behind that of a title
_TITLE: Final = 2**_NAME - 1
# What generators write for the marks of a keyboard: a page has them where the text that it is made of has not.
_TYPEWRITTEN: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "\xa0": " "})


class Compared(NamedTuple):
    """What a record is compared by with others that state the same address."""

    date: float  # seconds since 1970; minus infinity: none is known
    marks: int
    file: int


def marks_of(title: str, name: str) -> int:
    """Return marks, in 64 bits, by which equal titles and equal names of pages are recognised; 0: none."""
    if "’" in title or "“" in title or "…" in title or "‘" in title or "\xa0" in title:
        title = title.translate(_TYPEWRITTEN)
    # Together, because every record has both.
    titled, _, named = f"{title}\0{name}".lower().encode("utf-8", "surrogatepass").rpartition(b"\0")
    is_day = len(name) <= 2 and name.isdecimal()  # `2024/02/01/index.md` is named by its folder
    return (0 if is_day else crc32(named)) << _NAME | crc32(titled)


def mark_of_name(name: str) -> int:
    """Return the mark of the name of a page, in 32 bits; 0: it says a day, and nothing else."""
    return name_mark(marks_of("", name))


def title_mark(marks: int) -> int:
    """Return the mark of a title; 0: there is none."""
    return marks & _TITLE


def name_mark(marks: int) -> int:
    """Return the mark of the name of a page; 0: it says a day, and nothing else."""
    return marks >> _NAME


def look_like_articles(dates: Iterable[float]) -> bool:
    """Return whether records of these dates, in seconds since 1970, are rather articles of their own."""
    known = [date for date in dates if date > -inf]
    days = {date // _DAY for date in known}
    return len(known) >= _SHARED and len(days) == len(known) and max(known) - min(known) > _SHARED_SPAN


def differ_in_all(one: Compared, other: Compared) -> bool:
    """Return whether two records of one address differ in title, day and name: an article saved again keeps one."""
    if -inf in (one.date, other.date) or one.date // _DAY == other.date // _DAY:
        return False
    title, other_title = title_mark(one.marks), title_mark(other.marks)
    if not title or not other_title or title == other_title:
        return False
    name = name_mark(one.marks)
    return one.file == other.file or not name or name != name_mark(other.marks)
