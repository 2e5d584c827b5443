"""Drop what stands below an article: notices of rights, links to other articles and versions, marks of the end."""

from collections.abc import Iterator
from operator import methodcaller
from typing import Final

from bs4.element import NavigableString, Tag

from refeed.addresses.parts import listed
from refeed.clean.boilerplate.by_wording import around_it, is_worded, link_around
from refeed.clean.boilerplate.endings import (
    AGENCIES,
    ASCII_NEEDLES,
    ENDINGS,
    MARKED_EDITOR,
    MARKS,
    NEEDLES,
    NOTICE,
    NOTICE_SIGNS,
    OURSELVES,
    OWNED,
    PLATFORMS,
    RELATED_ENDINGS,
    RESERVATIONS,
    VERSIONS,
    YEARS,
)
from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.paragraphs import Paragraph, lines, paragraphs
from refeed.html.tree import HEADINGS, MEDIA, SET_APART, attribute, holds, squeeze
from refeed.urls import host, host_of, resolve

_TAIL: Final = 2_000  # so near the end a notice of rights stands, with a gallery below it
_END: Final = 300  # so near the end the last line is
_LONGEST: Final = 400
_LONGEST_POINTER: Final = 200
_LAST: Final = 30  # lines or texts, down from a label over links
_MOST: Final = 100  # lines
# Where a label over links stands for none.
_NO_LABEL: Final = SET_APART - HEADINGS - {"li"}
_UNLINKED: Final = (*OURSELVES, *MARKS, *RESERVATIONS)
_LATIN_SIGNS: Final = tuple(sign for sign in NOTICE_SIGNS if sign.isascii())
_OTHER_SIGNS: Final = tuple({case for sign in NOTICE_SIGNS if not sign.isascii() for case in (sign, sign.upper())})
_AROUND: Final = " :：.。…»›→>▶►▸■◆●•·|/*-–—[]()（）【】〈〉《》「」0123456789年月日"
_TRIMMED: Final = methodcaller("strip", _AROUND)
_RULE: Final = frozenset("=*_—–-―~～")


def drop_below(page: Page, body: Body) -> Iterator[Note]:
    """Drop notices of rights, and the last lines that are none of the article's if they are not the half of a body."""
    tail = page.text[-_TAIL:]
    end = tail[-_END:].lower()
    if _may_have_notice(tail):
        yield from map(page.drop_paragraph, [part for part in paragraphs(page.soup) if _is_notice(part)])
    needles = ASCII_NEEDLES if end.isascii() else NEEDLES
    labels = map(str.lower, map(_TRIMMED, page.said()[-_LAST:]))
    if any(map(end.__contains__, needles)) or not RELATED_ENDINGS.isdisjoint(labels):
        yield from _drop_last(page, body)


def _may_have_notice(tail: str) -> bool:
    """Return whether a sign of a notice stands in a tail, which takes long to write in lower case: few have one."""
    latin = tail.encode("ascii", "ignore").decode().lower()
    may_be = any(map(latin.__contains__, _LATIN_SIGNS)) or any(map(tail.__contains__, _OTHER_SIGNS))
    return may_be and any(map(tail.lower().__contains__, NOTICE_SIGNS))


def _is_notice(paragraph: Paragraph) -> bool:
    said = paragraph.said
    return len(said) <= _LONGEST and NOTICE.fullmatch(said) is not None and _is_loose(paragraph)


def _is_loose(paragraph: Paragraph) -> bool:
    return SET_APART.isdisjoint(around_it(paragraph))


def _drop_last(page: Page, body: Body) -> Iterator[Note]:
    """Drop the last lines, as far as they say nothing of the article, and rules above them."""
    below = list(lines(page.soup))[-_MOST:]
    whole = len(page.text)
    related: list[Paragraph] = []
    last, first = len(below), -1
    while first != last:
        first = last
        while last and _is_boilerplate(below[last - 1], body, whole):
            last -= 1
        label = _first_related(below[:last], body)
        related += below[label:last]
        last = label
    if 2 * sum(len(line.said) for line in below[last:]) > whole:
        return
    while 0 < last < len(below) and _RULE.issuperset(below[last - 1].said):
        last -= 1
    for line in related:
        yield from (page.drop(link) for link in page.remaining(_links(line)) if holds(link, MEDIA))
    left = (Paragraph.of(text for text in line.texts if text.parent) for line in below[last:])
    yield from (page.drop_paragraph(line) for line in left if line.texts)
    if last and (text := _marked_text(below[last - 1])):
        yield len(squeeze(text))  # all of it: what `inspect` shows as removed are whole texts
        page.replace(text, text.rstrip(" #＃◇\n"))


def _is_boilerplate(line: Paragraph, body: Body, whole: int) -> bool:
    """Return whether a last line leads somewhere else, speaks of the outlet, or says whose the article is."""
    if len(line.said) > _LONGEST or 2 * len(line.said) > whole:
        return False
    said, links = line.said.lower(), _links(line)
    linked = (*ENDINGS, *VERSIONS) if _are_whole(links, body) else ENDINGS
    is_short = len(said) <= _LONGEST_POINTER
    if links and is_short and any(is_worded(line, said, one, body.title) for one in linked):
        return True
    if not _is_loose(line):
        return False
    return any(is_worded(line, said, one, body.title) for one in _UNLINKED) or _is_owned(line, body)


def _links(line: Paragraph) -> list[Tag]:
    """List the links of a line, as often as each holds texts."""
    return [link for text in line.texts if (link := link_around(text))]


def _are_whole(links: list[Tag], body: Body) -> bool:
    """Return whether links say where they lead, in a file that may be Markdown but is not.

    Who writes in Markdown chooses other articles, and may write their paths; mirrors keep HTML with whole addresses.
    """
    return not body.markdown or ("](" not in body.text and all("//" in attribute(link, "href") for link in links))


def _is_owned(line: Paragraph, body: Body) -> bool:
    """Return whether a line, which is no caption, says since which year an agency or the outlet owns the article."""
    found = OWNED.fullmatch(line.said)
    if found is None or _is_below_picture(line):
        return False
    owner, years = YEARS.subn("", found[1])
    name = owner.strip(_AROUND + ",，").lower()
    site = host_of(body.url).split(".")[:-1] if body.url else []
    return years == 1 and (name in AGENCIES or name in site)


def _is_below_picture(line: Paragraph) -> bool:
    """Return whether nothing is said between a picture and a line."""
    for element in line.texts[0].previous_elements:
        if isinstance(element, Tag) and element.name in MEDIA:
            return True
        if type(element) is NavigableString and element.strip():
            return False
    return False


def _first_related(below: list[Paragraph], body: Body) -> int:
    """Return the place of the first label over links to articles of the same site, if nothing else is said below it."""
    first, linked = len(below), False
    for place in range(len(below) - 1, max(-1, len(below) - 1 - _LAST), -1):
        line = below[place]
        links, outside = _links(line), line.outside("a").strip(_AROUND).lower()
        is_labelled = outside in RELATED_ENDINGS
        if links and (is_labelled or not outside) and _lead_on(links, body):
            linked = True
        elif links or not is_labelled or not linked:
            break
        if is_labelled and _NO_LABEL.isdisjoint(around_it(line)):
            first = place
    return len(below) if first < len(below) and _shows_pictures(below[first]) else first


def _lead_on(links: list[Tag], body: Body) -> bool:
    """Return whether all links lead to the site of the article, and it is one outlet's."""
    if body.url is None or not _are_whole(links, body) or listed(host_of(body.url), PLATFORMS):
        return False
    return {host(resolve(attribute(link, "href"), body.url)) for link in links} == {host_of(body.url)}


def _shows_pictures(label: Paragraph) -> bool:
    """Return whether anything stands below a label that is shown and is not in a link."""
    shown = (one for one in label.texts[-1].next_elements if isinstance(one, Tag) and one.name in MEDIA)
    return any(all(around.name != "a" for around in one.parents) for one in shown)


def _marked_text(line: Paragraph) -> NavigableString | None:
    """Return the text that ends with the mark of the end, behind the name of the editor."""
    return line.texts[-1] if MARKED_EDITOR.fullmatch(line.said) else None
