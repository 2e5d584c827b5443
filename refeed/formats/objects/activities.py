"""Read a post of Mastodon's export (`outbox.json`), and of other servers that write ActivityPub.

What is addressed to everybody is published. What only has everybody among those who get a copy is unlisted; all else
is for followers, or for those whom it mentions.
https://www.w3.org/TR/activitypub/#public-addressing
"""

from html import escape
from pathlib import PurePosixPath
from typing import Final

from refeed.formats.objects.texts import Values, objects_of, text_of, texts_of
from refeed.vocabulary.fields import Value

_CREATED: Final = "Create"  # what is announced has other authors
_POSTS: Final = frozenset({"Article", "Audio", "Event", "Image", "Note", "Page", "Question", "Video"})
_EVERYBODY: Final = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
_FOLLOWERS: Final = "/followers"
_NOTE: Final = "Note"


def is_activity(values: Values) -> bool:
    """Return whether an object is an activity: others have an actor and an object, too, as reviews of films do."""
    post = values.get("object")
    is_created = text_of(values, "type") == _CREATED and isinstance(post, dict)
    return is_created or (_is_named(values.get("actor")) and _is_named(post))


def _is_named(value: Value | None) -> bool:
    """Return whether a value is, or has, an address, by which ActivityPub names whatever there is."""
    if isinstance(value, list):
        return any(map(_is_named, value))
    address = text_of(value, "id") if isinstance(value, dict) else value
    return isinstance(address, str) and "://" in address


def activity(values: Values) -> dict[str, Value]:
    """Return the post that an activity is about, if its owner wrote it."""
    post = values.get("object")
    if text_of(values, "type") != _CREATED or not isinstance(post, dict) or text_of(post, "type") not in _POSTS:
        return {}
    address = next(iter(texts_of(post, "url")), "") or text_of(post, "id")
    languages = post.get("contentMap")
    said: dict[str, Value] = {
        "title": text_of(post, "name"),
        "html": "".join((_warning(post), text_of(post, "content"), _answers(post), *_media(post, address))),
        "date": text_of(post, "published"),
        "updated": text_of(post, "updated"),
        "url": address,
        "tags": [
            text_of(tag, "name").lstrip("#") for tag in objects_of(post, "tag") if text_of(tag, "type") == "Hashtag"
        ],
        "language": next(iter(languages)) if isinstance(languages, dict) and len(languages) == 1 else "",
    }
    visibility = _visibility({*texts_of(post, "to")}, {*texts_of(post, "cc")})
    return {**said, "visibility": visibility} if visibility else said


def _visibility(readers: set[str], copied: set[str]) -> str:
    """Return what Mastodon calls it if a post is not for everybody, in lists, too."""
    if readers & _EVERYBODY:
        return ""
    if copied & _EVERYBODY:
        return "unlisted"
    return "private" if any(one.endswith(_FOLLOWERS) for one in readers | copied) else "direct"


def _warning(post: Values) -> str:
    """Return what a short post warns of; the summary of a longer one is an excerpt."""
    warning = text_of(post, "summary").strip()
    return f"<p><strong>{escape(warning)}</strong></p>" if warning and text_of(post, "type") == _NOTE else ""


def _answers(post: Values) -> str:
    """Return what one may choose from in a poll."""
    answers = [text_of(one, "name") for key in ("oneOf", "anyOf") for one in objects_of(post, key)]
    return f"<ul>{''.join(f'<li>{escape(answer)}</li>' for answer in answers)}</ul>" if answers else ""


def _media(post: Values, address: str) -> list[str]:
    return [_medium(one, address) for one in objects_of(post, "attachment") if text_of(one, "url")]


def _medium(medium: Values, address: str) -> str:
    """Return a picture, a video or a sound; of what lies in the archive alone, a link to the post that shows it."""
    source, kind, words = text_of(medium, "url"), text_of(medium, "mediaType"), text_of(medium, "name")
    if "://" not in source:
        return f'<p><a href="{escape(address)}">{escape(words or PurePosixPath(source).name)}</a></p>'
    if kind.startswith("image/"):
        return f'<p><img src="{escape(source)}" alt="{escape(words)}"></p>'
    tag = next((tag for tag in ("audio", "video") if kind.startswith(f"{tag}/")), "")
    if tag:
        return f'<p><{tag} src="{escape(source)}"></{tag}></p>'
    return f'<p><a href="{escape(source)}">{escape(words or source)}</a></p>'
