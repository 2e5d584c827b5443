"""Find the list of objects in a JSON file, and read it item by item."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from refeed.formats._dated_names import name_in_site
from refeed.formats._once import once
from refeed.formats.feeds.json_opening import begins_json_feed
from refeed.formats.headers.json import HEAD, ListItem, read_lines, read_list, read_value
from refeed.formats.objects.article import fields_of, is_article, is_told_on_a_day, values_of
from refeed.formats.objects.ghost import relations_of, with_names
from refeed.formats.objects.inner_lists import InnerList, next_list, with_what_holds_it
from refeed.formats.objects.item import Item
from refeed.formats.objects.of_readers import is_of_readers
from refeed.model import Document
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import Value

_WHOLE: Final = 2**22  # bytes that one object may take which is an article itself: robots save the page in it, too
_TRIED: Final = 5  # items

_OBJECT: Final = late_pattern(r'\{(?>\s*)"')
# What an archive of X (Twitter) begins with: a list that is given to a name. Only tweets are posts of its owner.
_X_ARCHIVE: Final = late_pattern(r"(?>\s*)window\.YTD\.(?P<part>[a-z_]{1,40})\.part[0-9]{1,4}(?>\s*)=(?>\s*)(?=\[)")
# As Tumblr's first API answers, unless it is asked for JSON alone: https://www.tumblr.com/docs/en/api/v1
_OF_TUMBLR: Final = late_pattern(r"(?>\s*)var tumblr_api_read(?>\s*)=(?>\s*)(?=\{)")
_POSTS_OF_X: Final = frozenset({"community_tweet", "tweet", "tweets"})
_LINES: Final = (".jl", ".jsonl", ".ndjson")
_BETWEEN_LINES: Final = " \t\r\n,\ufeff\x1e"
# Packages of programs, feeds, Hexo's cache of its own posts.
_NO_EXPORT: Final = late_pattern(r'"(?:dependencies|feed_url|warehouse)"')


class ObjectList(NamedTuple):
    """Where the objects of a file begin."""

    start: int  # characters
    inner: InnerList | None = None  # the list is within an object, and others may follow it
    is_single: bool = False  # no list: the file is one object
    is_lines: bool = False  # no list, but one object a line: a broken one does not hide the next


def _is_named_lines(document: Document) -> bool:
    """Return whether the file is named as JSON Lines are, whatever it begins with."""
    return document.source.path.lower().endswith(_LINES)


@once
def find_list(document: Document) -> ObjectList | None:
    """Find a list with an article among its first items; only the beginning of the file is looked at."""
    text = document.data[:HEAD].decode("utf-8", "ignore")
    if begins_json_feed(document) or _NO_EXPORT.search(text):
        return None
    found = _list_in(text, document) or _list_of_a_day(text, document)
    first = _first_objects(item for item, _ in _items_of(text, found)) if found else ()
    return None if is_of_readers(document.source.name, first) else found


def _list_in(text: str, document: Document) -> ObjectList | None:
    of_x = _X_ARCHIVE.match(text)
    if of_x and of_x["part"] not in _POSTS_OF_X:
        return None
    if _OF_TUMBLR.match(text):
        return _inner_list(text)
    start = of_x.end() if of_x else len(text) - len(text.lstrip())
    if text.startswith("[", start):
        return ObjectList(start + 1) if _has_article(read_list(text, start + 1)) else None
    first = read_value(text, start)
    if first is not None:
        return _of_whole_object(text, start, first[1])
    return _inner_list(text) or _lines_below_a_broken_one(text, start, document) or _long_article(text, start, document)


def _list_of_a_day(text: str, document: Document) -> ObjectList | None:
    """Return a list that tells of stories, and says only by the name of its file when they appeared."""
    start = len(text) - len(text.lstrip())
    if not (text.startswith("[", start) and name_in_site(document).is_dated):
        return None
    tells = any(map(is_told_on_a_day, _first_objects(read_list(text, start + 1))))
    return ObjectList(start + 1) if tells else None


def _long_article(text: str, start: int, document: Document) -> ObjectList | None:
    """Return an object that goes on behind the beginning of the file, if it is an article itself."""
    if not (_OBJECT.match(text, start) and HEAD < len(document.data) <= _WHOLE):
        return None
    whole = document.text((0, len(document.data)))
    value = read_value(whole, start)
    is_single = value is not None and not whole[value[1] :].strip(_BETWEEN_LINES)
    return ObjectList(start, is_single=True) if is_single and _has_article(read_list(whole, start)) else None


def read_items(document: Document) -> Iterator[Item]:
    """Yield every object of the list; where it is broken or cut there is none, and a list ends."""
    found, text = find_list(document), document.text((0, len(document.data)))
    if found is None:
        return
    relations = relations_of(text)
    line, at, counted_to = 1, 0, 0
    for item, inner in _items_of(text, found):
        if inner and found.inner and relations and inner.start != found.inner.start:
            return  # Ghost's other lists are the tables that its posts have been joined with
        start, end = item.span
        line += text.count("\n", counted_to, start)
        at += len(text[counted_to:start].encode())
        counted_to = start
        values = item.value if isinstance(item.value, dict) else None
        if values is not None and relations:
            values = with_names(values, relations)
        span = (at, at + len(text[start:end].encode()))
        yield Item(values, line, span, inner.name, inner.withheld) if inner else Item(values, line, span)
        if values is None and not found.is_lines:
            return


def _items_of(text: str, found: ObjectList) -> Iterator[tuple[ListItem, InnerList | None]]:
    """Yield the items of the list, and of those after it, each with the list that it is in."""
    if found.inner is None:
        read = read_lines if found.is_lines else read_list
        yield from ((item, None) for item in islice(read(text, found.start), 1 if found.is_single else None))
    # It was found in the beginning of the file, and what holds it goes on behind it.
    inner = with_what_holds_it(found.inner._replace(known={}), text) if found.inner else None
    while inner:
        end = inner.start
        for item in inner.items(text):
            yield item, inner
            end = item.span[1]
        inner = _next_list(text, end, inner)


def _of_whole_object(text: str, start: int, end: int) -> ObjectList | None:
    """Return what a complete object at the beginning is: one article, the first line of many, or around a list."""
    rest = text[end:].lstrip(_BETWEEN_LINES)
    if not rest:
        is_article_itself = _has_article(read_list(text, start))
        return ObjectList(start, is_single=True) if is_article_itself else _inner_list(text)
    articles = _are_articles(read_lines(text, start))  # none where what is complete is no object: `6!`
    # Below a header in JSON its article stands, which is therefore not in the header.
    is_lines = any(articles) if rest.startswith("{") else any(articles[:1]) and any(articles[1:])
    return ObjectList(start, is_lines=True) if is_lines else None


def _lines_below_a_broken_one(text: str, start: int, document: Document) -> ObjectList | None:
    """Return JSON Lines whose first object is broken."""
    may_be_lines = _OBJECT.match(text, start) or _is_named_lines(document)
    is_lines = may_be_lines and _has_article(read_lines(text, start))
    return ObjectList(start, is_lines=True) if is_lines else None


def _inner_list(text: str) -> ObjectList | None:
    inner = _next_list(text, 0) or next_list(text, 0, _has_article)
    return ObjectList(inner.start, inner) if inner else None


def _next_list(text: str, at: int, last: InnerList | None = None) -> InnerList | None:
    return next_list(text, at, _has_full_article, last)


def _has_article(items: Iterator[ListItem]) -> bool:
    return any(_are_articles(items))


def _has_full_article(items: Iterator[ListItem]) -> bool:
    """Return whether there is an article with a title or a day: beside articles are menus, which have neither."""
    return any(
        is_article(values) and not {"dates", "titles"}.isdisjoint(fields_of(values)) for values in _first_objects(items)
    )


def _are_articles(items: Iterator[ListItem]) -> list[bool]:
    """Return of each of the first items whether it is an article."""
    return [is_article(values) for values in _first_objects(items)]


def _first_objects(items: Iterator[ListItem]) -> Iterator[dict[str, Value]]:
    """Yield the values of the first objects; what is broken before them counts for nothing.

    Nor does what an export has from others (see in_known_words): a list may begin with a dozen of these.
    """
    values = (item.value for item in items if item.value is not None)
    said = ((isinstance(value, dict), values_of(value) if isinstance(value, dict) else {}) for value in values)
    return islice((one for is_object, one in said if one or not is_object), _TRIED)
