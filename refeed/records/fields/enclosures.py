"""Decide what a header's statements of files mean: files that go out with the article, pages of players, pictures."""

import re
from collections.abc import Iterable
from typing import Final

from refeed.addresses.embed_marks import page_of_number
from refeed.addresses.media_types import how_playable, is_playable, media_type, stated_type
from refeed.addresses.parts import split_address
from refeed.addresses.picture_sizes import is_picture_file
from refeed.addresses.players import is_film
from refeed.limits import Limits, cap_url
from refeed.model import Enclosure, FileStatement, HeaderFiles, Picture, Statement
from refeed.problems import Problem
from refeed.records.fields.choose import Chosen
from refeed.startup.late_patterns import late_pattern
from refeed.text.plain import plain

_MOST: Final = 20  # of one article: a season of episodes is a feed, not an entry
_ADDRESS: Final = late_pattern(r"https?://\S|//[^/?#.\s]+\.", re.IGNORECASE)
_NUMBER: Final = late_pattern(r"[0-9]{1,3}(?:[,_ ][0-9]{3}){1,4}|[0-9]{1,14}")
_BETWEEN_DIGITS: Final = late_pattern(r"[,_ ]")
_ENDING: Final = late_pattern(r"\.[A-Za-z0-9]{2,4}\Z")
# Types of pages that play something, not of files.
_PAGES: Final = frozenset({"application/x-shockwave-flash", "application/xhtml+xml", "text/html"})


def choose_files(stated: tuple[FileStatement, ...], limits: Limits) -> Chosen[HeaderFiles]:
    """Return files, pages of players and pictures apart; words that are no address say nothing."""
    enclosures, players, problems = list[Enclosure](), list[str](), list[Problem]()
    pictures, gallery, leads = list[Statement](), list[Picture](), list[Picture]()
    for statement in stated:
        text = page_of_number(statement.kind, statement.text) or statement.text
        url, too_long = cap_url(text, limits)
        problems += too_long
        if url and statement.kind == "lead":
            leads.append(Picture(url, statement.title, statement.alt))
            continue
        file = _file(statement._replace(text=url)) if url else None
        if file is None:
            continue
        if statement.kind == "picture":
            gallery.append(Picture(file.url, file.title))
        elif file.type.startswith("image/") or is_picture_file(split_address(file.url).path):
            pictures.append(Statement(file.url, statement.origin))
        elif _is_page(file, statement.kind):
            players.append(file.url)
        else:
            enclosures.append(file)
    kept = tuple(once(enclosures))
    if len(kept) > _MOST:
        problems.append(Problem("cut", f"the header names {len(kept):,} files; {_MOST} are kept"))
    files = HeaderFiles(
        kept[:_MOST], tuple(dict.fromkeys(players))[:_MOST], tuple(pictures), tuple(gallery), tuple(leads)
    )
    return Chosen(files, stated[0].origin if kept else "", tuple(problems))


def _file(statement: FileStatement) -> Enclosure | None:
    """Return what a statement says of a file or a page; None where its text is not an address."""
    kind = statement.kind if statement.kind in {"audio", "video"} else ""
    ending = media_type(statement.text, kind)
    type_ = stated_type(statement.type) or ending
    is_path = bool(ending) or is_picture_file(statement.text) or ("/" in statement.text and type_ != "")
    if not (is_path or _ADDRESS.match(statement.text)):
        return None
    if not (statement.kind or is_playable(type_) or is_film(statement.text)):
        return None
    length = _BETWEEN_DIGITS.sub("", statement.length) if _NUMBER.fullmatch(statement.length) else "0"
    return Enclosure(statement.text, type_, int(length), plain(statement.title))


def _is_page(file: Enclosure, kind: str) -> bool:
    """Return whether something is a page that plays sound or a video: no file is known by its ending, type or size."""
    return file.type in _PAGES or not (file.type or file.length or kind == "file")


def once(files: Iterable[Enclosure]) -> list[Enclosure]:
    """Return every recording once: the first of equal files, of several formats the one that most readers can play."""
    kept: dict[str, Enclosure] = {}
    for file in files:
        name = _name(file)
        there = kept.get(name)
        if there is None or how_playable(file.type) < how_playable(there.type):
            kept[name] = file
        elif there.url.partition("?")[0] == file.url.partition("?")[0]:  # each may know what the other does not
            kept[name] = Enclosure(
                there.url, there.type or file.type, there.length or file.length, there.title or file.title
            )
    return [*kept.values()]


def _name(file: Enclosure) -> str:
    """Return what the formats of one recording have in common: host and path without the ending."""
    spot = split_address(file.url)
    if not is_playable(file.type) or not media_type(spot.path):
        return file.url
    return file.type.partition("/")[0] + spot.host + _ENDING.sub("", spot.path)
