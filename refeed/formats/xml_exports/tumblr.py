"""Read a post of Tumblr, as its API writes it in XML."""

from typing import Any

from refeed.formats.feeds.names import children_of, first_text
from refeed.formats.objects.tumblr_posts import tumblr_post
from refeed.vocabulary.fields import Value


def post_values(element: Any, _name: str) -> dict[str, Value]:
    """Return what a post says: its day, its address and who may read it stand in attributes."""
    children = children_of(element)
    pictures = [one.text or "" for one in children.get("photo-url", ())[:1]]  # the same in several sizes
    tags: list[Value] = [tag.text or "" for tag in children.get("tag", ())]
    return tumblr_post(lambda name: element.get(name) or first_text(children, name), pictures, tags)
