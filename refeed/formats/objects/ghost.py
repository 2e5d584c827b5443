"""Join the tables of Ghost's export: the tags and authors of posts stand in other lists, linked by numbers."""

import re
from collections.abc import Mapping
from typing import Any, Final

from refeed.formats.headers.json import read_list
from refeed.startup.named_tuple import NamedTuple

_MOST: Final = 100_000  # rows of one table

_YES: Final = (True, "1", 1)
_FOR_ALL: Final = (None, "", "public")

Row = Mapping[str, Any]


class Relations(NamedTuple):
    """The names of tags and authors, by the ids of posts."""

    tags: Mapping[str, list[str]]
    authors: Mapping[str, list[str]]
    by_mail: frozenset[str]  # ids of posts that have gone out to subscribers only
    users: Mapping[str, str]  # names by ids: older exports state one author in the post itself


def relations_of(text: str) -> Relations | None:
    """Read the tables beside the posts; None if this is no export of Ghost."""
    if '"posts_tags"' not in text or '"users"' not in text:
        return None
    shown = (row for row in _rows(text, "tags") if row.get("visibility") != "internal")  # those are the owner's own
    tags = {_id(row, "id"): str(row.get("name", "")) for row in shown}
    users = {_id(row, "id"): str(row.get("name", "")) for row in _rows(text, "users")}
    return Relations(
        tags=_joined(_rows(text, "posts_tags"), "tag_id", tags),
        authors=_joined(_rows(text, "posts_authors"), "author_id", users),
        by_mail=frozenset(_id(row, "post_id") for row in _rows(text, "posts_meta") if row.get("email_only") in _YES),
        users=users,
    )


def with_names(post: Row, relations: Relations) -> dict[str, Any]:
    """Return a post with the names of its tags and authors."""
    id_ = _id(post, "id")
    author = relations.users.get(_id(post, "author_id"), "")
    authors = relations.authors.get(id_) or [author]
    excerpt = post.get("custom_excerpt") or ""
    is_by_mail = post.get("status") == "sent" or post.get("email_only") in _YES or id_ in relations.by_mail
    by_mail = {"status": "private"} if is_by_mail else {}  # and never on the site
    for_some = {} if post.get("visibility") in _FOR_ALL else {"access": "members"}  # tiers have names of their own
    return {
        **post,
        **by_mail,
        **for_some,
        "excerpt": excerpt,
        "tags": relations.tags.get(id_, []),
        "authors": [name for name in authors if name],
    }


def _joined(rows: list[Row], key: str, names: Mapping[str, str]) -> dict[str, list[str]]:
    joined: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: (len(_id(row, "sort_order")), _id(row, "sort_order"))):
        if name := names.get(_id(row, key)):
            joined.setdefault(_id(row, "post_id"), []).append(name)
    return joined


def _rows(text: str, table: str) -> list[Row]:
    opening = re.compile(rf'"{table}"(?>\s*):(?>\s*)\[').search(text)
    if opening is None:
        return []
    rows = (item.value for _, item in zip(range(_MOST), read_list(text, opening.end()), strict=False))
    return [row for row in rows if isinstance(row, dict)]


def _id(row: Row, key: str) -> str:
    return str(row.get(key, ""))
