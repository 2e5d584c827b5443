"""Read posts of Tumblr's first API, in XML or JSON: each kind of post has fields of its own."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Final

from refeed.formats.objects.texts import Values, objects_of, text_of, texts_of
from refeed.vocabulary.fields import Value, key_name

_TITLES: Final = ("regular-title", "link-text", "conversation-title", "question")
_PLAYERS: Final = ("video-player", "audio-player")
_TEXTS: Final = ("regular-body", "photo-caption", "link-description", "video-caption", "audio-caption", "answer")
_DATES: Final = ("date-gmt", "unix-timestamp", "date")
_ADDRESSES: Final = ("url-with-slug", "url")
_PHOTO: Final = "photo-url-1280"
_PUBLIC: Final = ("", "published")


def tumblr_post(said: Callable[[str], str], pictures: Iterable[str], tags: list[Value]) -> dict[str, Value]:
    """Return what a post says, in words of the vocabulary. `said` returns what stands under one of Tumblr's names."""
    state = said("state")
    return {
        "title": _first(said, _TITLES),
        "html": _body(said, pictures),
        "date": _first(said, _DATES),
        "url": _first(said, _ADDRESSES),
        "external_url": said("link-url"),
        "tags": tags,
        "state": state,
        # Whatever else there is, such as what visitors have sent in, waits for its owner.
        "draft": "" if state in _PUBLIC else "true",
        "private": said("private"),
    }


def tumblr_object(values: Values) -> dict[str, Value]:
    """Return what a post in JSON says; one of several pictures has each in an object."""
    each = [text_of(one, _PHOTO) for one in objects_of(values, "photos")]
    pictures = filter(None, each or [text_of(values, key_name(_PHOTO))])
    return tumblr_post(lambda name: text_of(values, key_name(name)), pictures, [*texts_of(values, "tags")])


def _first(said: Callable[[str], str], names: Iterable[str]) -> str:
    return next(filter(None, map(said, names)), "")


def _body(said: Callable[[str], str], pictures: Iterable[str]) -> str:
    """Return the text of a post as HTML, whatever kind of post it is."""
    quote, source, talk = said("quote-text"), said("quote-source"), said("conversation-text")
    parts = (
        *(f'<p><img src="{escape(address)}"></p>' for address in pictures),
        *map(said, _PLAYERS),
        f"<blockquote>{quote}</blockquote>" if quote else "",
        f"<p>{source}</p>" if source else "",
        f"<p>{escape(talk, quote=False)}</p>".replace("\n", "<br>\n") if talk else "",
        *map(said, _TEXTS),
    )
    return "\n".join(filter(None, parts))
