"""Read what an entry of a saved RSS or Atom file says, and what the feed around it says for all of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from refeed.formats.feeds import exports
from refeed.formats.feeds.files import files_of
from refeed.formats.feeds.names import (
    Children,
    about_of,
    base_of,
    body_of,
    children_of,
    first_text,
    holds_text,
    is_address,
    joined,
    language_of,
    line_of,
    text_of,
)
from refeed.model import RawRecord, Span, Statement
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# Elements that say the same, strongest first.
_TITLES: Final = ("atom:title", "title", "dc:title", "media:title")
_DATES: Final = (
    *("atom:published", "atom:issued", "pubdate", "dcterms:issued", "dcterms:created", "dc:date", "atom:created"),
    *("blogger:created", "atom:updated", "atom:modified"),  # Atom asks for no other date than an update
    *("published", "updated"),  # Atom's elements in RSS, without their namespace
)
_UPDATES: Final = ("atom:updated", "atom:modified", "dcterms:modified", "updated", "modified")
_ATOMS_ID: Final = "id"  # in RSS, where others call a number of theirs so
_IDS: Final = ("atom:id", "guid", _ATOMS_ID)
_BODIES: Final = (
    *("content:encoded", "atom:content", "xhtml:body", "xhtml:div", "fullitem", "body", "content"),
    *("description", "atom:summary", "summary", "dc:description", "itunes:summary", "media:description"),
)
_FILMS: Final = ("audio", "video")
_OF_EPISODES: Final = ("itunes:summary", "media:description")
_CUT: Final = ("...", "…")
_ANY_TAG: Final = late_pattern("<[^<>]*>")
_SUMMARIES: Final = ("excerpt:encoded", "atom:summary", "summary", "description", "itunes:summary")
_PEOPLE: Final = ("atom:author", "dc:creator", "dc:author", "author", "itunes:author")
_CATEGORIES: Final = ("category", "atom:category", "dc:subject", "media:category", "itunes:category")
# Several in one element: as elements in it, or with commas between them.
_KEYWORDS: Final = ("media:keywords", "itunes:keywords", "categories", "keywords", "tags")
_PICTURES: Final = ("media:thumbnail", "media:content", "itunes:image", "enclosure", "image")
_MOST_KEYWORDS: Final = 20  # of one entry; more of them are there for searches, and the same in every entry
_NAMES: Final = ("atom:name", "name", "atom:email", "email")
_NOT_CATEGORIES: Final = frozenset({"nav_menu", "post_format"})  # taxonomies of WordPress's own

Address = tuple[str, str]
"""An address, and where it stands."""


class Channel(NamedTuple):
    """What a feed says for all of its entries."""

    title: str = ""
    link: str = ""  # of its site
    language: str = ""
    authors: tuple[str, ...] = ()
    names: Mapping[str, str] = {}  # of users, by their logins
    pictures: Mapping[str, str] = {}  # of attachments, by their numbers


def read_channel(root: Any) -> Channel:
    """Read the head of a feed: all that stands before its first entry."""
    children = children_of(root)
    for channel in children.get("channel", ()):
        children = {**children, **children_of(channel)}
    title = next((line for one in _all(children, ("atom:title", "title")) if (line := line_of(one))), "")
    link, _ = next(_links(children), ("", ""))
    return Channel(
        title=title,
        link=link,
        language=first_text(children, "language", "dc:language") or language_of(root),
        authors=tuple(_people(children, {})),
        names=exports.names_of_logins(children),
    )


def read_entry(children: Children, channel: Channel, *, line: int, span: Span, element: Any) -> RawRecord:
    """Return what one entry says; what it leaves open the feed says."""
    base = joined(channel.link, base_of(element)) or channel.link
    addresses = [joined(base, address) for address, _ in _links(children)]
    link = next(iter(addresses), "")
    content, name = _content(children)
    ids = _ids(children, element, channel, is_linked=bool(link))
    return RawRecord(
        format="feed",
        line=line,
        span=span,
        body=body_of(content) if content is not None else "",
        titles=_first(_texts(children, _TITLES, line_of)) or _title_of_film(children),
        dates=_dates(children),
        updates=_updates(children),
        links=_first(Statement(address, "feed: link") for address in addresses),
        citations=() if link else _page_of_id(ids),
        permalinks=_stated("feed: blogger:filename", first_text(children, "blogger:filename")),
        slugs=_stated("feed: wp:post_name", first_text(children, "wp:post_name")),
        ids=ids,
        authors=_authors(children, channel),
        categories=tuple(Statement(text, "feed: category") for text in dict.fromkeys(_categories(children)) if text),
        images=_images(children, channel, base),
        enclosures=files_of(children, base),
        summaries=_first(_summaries(children, content, name)),
        languages=_stated("feed: language", _language(children, element, content) or channel.language),
        outlets=_stated("feed: outlet", _source_of(children) or channel.title),
        withheld=exports.withheld(children),
        expiries=exports.expiries(children),
        base=_base_of_body(link, content if content is not None else element, channel),
    )


def _ids(children: Children, element: Any, channel: Channel, *, is_linked: bool) -> tuple[Statement, ...]:
    """Return the id of an entry. A number tells it from the others of its feed alone: there it is all that does."""
    ids = _first(_texts(children, _IDS, text_of)) or _stated("feed: rdf:about", about_of(element))
    feed = channel.link or channel.title
    if is_linked:
        return tuple(one for one in ids if ":" in one.text or one.origin != f"feed: {_ATOMS_ID}")
    if not feed or not any(one.text.isdecimal() for one in ids):
        return ids
    return tuple(one._replace(text=f"{one.text} of {feed}") for one in ids)


def _page_of_id(ids: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return the address by which Atom names an entry without a link."""
    return tuple(one for one in ids if one.origin == "feed: atom:id" and is_address(one.text))


def _content(children: Children) -> tuple[Any | None, str]:
    """Return the element that holds the body, and its name: the first that is not empty, or what it is cut from."""
    found = next(_contents(children, _BODIES), None) or next(_texts_of_film(children), (None, ""))
    start = _ANY_TAG.sub("", text_of(found[0])).strip() if found[0] is not None else ""
    if not start.endswith(_CUT):
        return found
    start = start.rstrip(".… ")
    whole = (one for one in _contents(children, _OF_EPISODES) if text_of(one[0]).startswith(start))
    return max([found, *whole], key=lambda one: len(text_of(one[0])))


def _contents(children: Children, names: Iterable[str]) -> Iterator[tuple[Any, str]]:
    for name in names:
        yield from ((one, name) for one in children.get(name, ()) if holds_text(one))


def _videos(children: Children) -> Iterator[Children]:
    """Yield what an entry says of its video or its sound: of all sizes of it (YouTube), or of the only one."""
    yield from map(children_of, children.get("media:group", ()))
    contents = children.get("media:content", ())
    if len(contents) == 1 and (contents[0].get("medium") or contents[0].get("type") or "").startswith(_FILMS):
        yield children_of(contents[0])


def _title_of_film(children: Children) -> tuple[Statement, ...]:
    return _first(one for video in _videos(children) for one in _texts(video, ("media:title",), line_of))


def _texts_of_film(children: Children) -> Iterator[tuple[Any, str]]:
    for video in _videos(children):
        yield from _contents(video, ("media:description",))


def _summaries(children: Children, content: Any | None, name: str) -> Iterator[Statement]:
    """Yield what is said in short; podcasts say the whole text once more in their description."""
    whole = text_of(content) if content is not None else ""
    stated = _texts(children, [one for one in _SUMMARIES if one != name], text_of)
    return (one for one in stated if one.text != whole)


def _base_of_body(link: str, content: Any, channel: Channel) -> str:
    """Return the base that a feed states for a body, else its site; "" where the article's own address says as much."""
    stated = base_of(content)
    if not stated:
        return "" if link else channel.link
    base = joined(channel.link, stated)
    return "" if joined(link, "-") == joined(base, "-") else base


def _dates(children: Children) -> tuple[Statement, ...]:
    exact = _stated("feed: wp:post_date_gmt", exports.in_utc(children, "wp:post_date_gmt"))
    return exact or _first(_texts(children, _DATES, text_of))


def _updates(children: Children) -> tuple[Statement, ...]:
    exact = _stated("feed: wp:post_modified_gmt", exports.in_utc(children, "wp:post_modified_gmt"))
    return exact or _first(_texts(children, _UPDATES, text_of))


def _links(children: Children) -> Iterator[Address]:
    """Yield the addresses of the article or the site, strongest first."""
    for name in ("feedburner:origlink", "link"):
        for element in children.get(name, ()):
            if text := text_of(element) or element.get("href"):  # Atom's way, in RSS
                yield text, name
    alternates = [one for one in children.get("atom:link", ()) if (one.get("rel") or "alternate") == "alternate"]
    for one in sorted(alternates, key=lambda one: "html" not in (one.get("type") or "html")):
        if href := one.get("href") or text_of(one):  # RSS's way, in Atom
            yield href, "atom:link"
    for one in children.get("guid", ()):
        text = text_of(one)
        if (one.get("isPermaLink") or "true") == "true" and text.startswith(("http://", "https://")):
            yield text, "guid"


def _authors(children: Children, channel: Channel) -> tuple[Statement, ...]:
    people = [*_people(children, channel.names)]
    for source in () if people else children.get("atom:source", ()):
        people += _people(children_of(source), {})
    return tuple(Statement(name, "feed: author") for name in dict.fromkeys(people or channel.authors))


def _people(children: Children, names: Mapping[str, str]) -> Iterator[str]:
    for name in _PEOPLE:
        found = [first_text(children_of(one), *_NAMES) if len(one) else text_of(one) for one in children.get(name, ())]
        people = [names.get(person, person) for person in found if person]
        if people:
            yield from people
            return


def _categories(children: Children) -> Iterator[str]:
    groups = [children_of(group) for group in children.get("media:group", ())]
    for said in (children, *groups):
        for element in _all(said, _CATEGORIES):
            scheme = element.get("scheme") or element.get("domain") or ""
            if not scheme.endswith("#kind") and scheme not in _NOT_CATEGORIES:
                inner = element.findall(element.tag) if len(element) else ()  # a podcast's, within another
                yield from map(_category_of, (element, *inner))
        for element in _all(said, _KEYWORDS):
            words = [text_of(one) for one in element] if len(element) else text_of(element).split(",")
            yield from (word.strip() for word in words if len(words) <= _MOST_KEYWORDS)


def _category_of(element: Any) -> str:
    """Return the name of a category; other elements in it, a picture's, say, are no part of it."""
    stated = element.get("label") or element.get("term") or element.get("text") or element.text
    return (stated or "").strip() or text_of(element)


def _images(children: Children, channel: Channel, base: str) -> tuple[Statement, ...]:
    groups = [children_of(group) for group in children.get("media:group", ())]
    stated = [channel.pictures.get(exports.number_of_picture(children), "")]
    for one in (children, *groups):
        stated += [_picture_of(element) for element in _all(one, _PICTURES)]
    stated += [_picture_of(one) for one in children.get("atom:link", ()) if one.get("rel") == "enclosure"]
    return tuple(Statement(joined(base, address), "feed: picture") for address in dict.fromkeys(stated) if address)


def _picture_of(element: Any) -> str:
    """Return the address of a picture; a sound or a video has another type."""
    type_ = element.get("type") or ""
    if element.get("medium") not in {None, "image"} or (type_ and not type_.startswith("image/")):
        return ""
    is_sure = type_ or element.get("medium") or element.tag.rpartition("}")[2] in {"thumbnail", "image"}
    inside = first_text(children_of(element), "url") if len(element) else ""
    return (element.get("url") or element.get("href") or inside) if is_sure else ""


def _language(children: Children, element: Any, content: Any | None) -> str:
    inner = content if content is not None else element
    return first_text(children, "dc:language", "language") or language_of(inner)


def _source_of(children: Children) -> str:
    """Return the title of the feed that an entry was taken from (RFC 4287, 4.2.11; RSS 2.0: source)."""
    sources = [children_of(source) for source in children.get("atom:source", ())]
    titles = (line_of(title) for source in sources for title in source.get("atom:title", ()))
    return next(titles, "") or first_text(children, "source")


def _all(children: Children, names: Iterable[str]) -> Iterator[Any]:
    for name in names:
        yield from children.get(name, ())


def _texts(children: Children, names: Iterable[str], read: Any) -> Iterator[Statement]:
    for name in names:
        for element in children.get(name, ()):
            if text := read(element):
                yield Statement(text, f"feed: {name}")


def _first(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Keep the strongest: those after it say the same thing in other words."""
    return tuple([*statements][:1])


def _stated(origin: str, text: str) -> tuple[Statement, ...]:
    return (Statement(text, origin),) if text else ()
