"""Read a post of Tumblr, as its API writes it in XML: each kind of post has elements of its own."""

from html import escape
from typing import Any, Final

from refeed.formats.feeds.names import Children, children_of, first_text
from refeed.formats.headers.fields import Value

_PUBLIC: Final = ("", "published")


def post_values(element: Any, _name: str) -> dict[str, Value]:
    """Return what a post says."""
    children, state = children_of(element), element.get("state") or ""
    titles = ("regular-title", "link-text", "conversation-title", "question")
    return {
        "title": first_text(children, *titles),
        "html": _body(children),
        "date": element.get("date-gmt") or element.get("unix-timestamp") or element.get("date") or "",
        "url": element.get("url-with-slug") or element.get("url") or "",
        "external_url": first_text(children, "link-url"),
        "tags": [tag.text or "" for tag in children.get("tag", ())],
        "state": state,
        # Whatever else there is, such as what visitors have sent in, waits for its owner.
        "draft": "" if state in _PUBLIC else "true",
        "private": element.get("private") or "",
    }


def _body(children: Children) -> str:
    """Return the text of a post as HTML, whatever kind of post it is."""
    pictures = (one.text or "" for one in children.get("photo-url", ())[:1])  # the same in several sizes
    films = (first_text(children, name) for name in ("video-player", "audio-player"))
    quote, source = first_text(children, "quote-text"), first_text(children, "quote-source")
    texts = ("regular-body", "photo-caption", "link-description", "video-caption", "audio-caption", "answer")
    talk = first_text(children, "conversation-text")
    parts = (
        *(f'<p><img src="{escape(address)}"></p>' for address in pictures),
        *films,
        f"<blockquote>{quote}</blockquote>" if quote else "",
        f"<p>{source}</p>" if source else "",
        f"<p>{escape(talk, quote=False)}</p>".replace("\n", "<br>\n") if talk else "",
        *(first_text(children, name) for name in texts),
    )
    return "\n".join(filter(None, parts))
