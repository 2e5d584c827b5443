"""Read which files the settings of a site keep back, and why: patterns of paths, each with the code of a problem."""

from collections.abc import Iterator
from itertools import islice
from typing import Final, TypeAlias

from refeed.sites.values import Table, Value, text_at

KeptBack: TypeAlias = tuple[tuple[str, str], ...]

_MOST: Final = 100  # patterns of a site
_LONGEST: Final = 200  # characters of one
_LEFT_OUT: Final = "site-page"  # the generator does not read it, so that it says nothing of any article
_NO: Final = frozenset({"false", "no", "off"})


def jekyll_keeps_back(table: Table) -> KeptBack:
    """Return what Jekyll leaves out, and what the defaults of its front matter keep back."""
    # As in Jekyll, which asks what a path begins with, and forgets what is included by the same text.
    left_out = [f"{text}*" for text in _texts(table.get("exclude")) if text not in _texts(table.get("include"))]
    return _bounded([(text, _LEFT_OUT) for text in left_out], [(scope, "draft") for scope in _unpublished(table)])


def _unpublished(table: Table) -> Iterator[str]:
    """Yield the scopes of Jekyll's defaults that are not published; a post in one of all posts may say otherwise."""
    defaults = table.get("defaults")
    for default in defaults if isinstance(defaults, list) else ():
        if not isinstance(default, dict) or text_at(default, "values.published").lower() not in _NO:
            continue
        kind = text_at(default, "scope.type")
        collection = f"_{kind}" if kind not in {"", "drafts", "pages", "posts"} else ""
        if scope := text_at(default, "scope.path").strip("./") or collection:
            yield scope


def _texts(value: "Value | None") -> list[str]:
    """Return the paths or patterns of a list, or the only one, as they lie in the site."""
    listed = value if isinstance(value, list) else [value]
    texts = [one.strip().removeprefix("./").strip("/") for one in listed if isinstance(one, str)]
    return [text for text in texts if text.strip("*")]


def _bounded(*rows: list[tuple[str, str]]) -> KeptBack:
    """Return them all, as far as a stranger's settings may fill a build with them."""
    return tuple(islice((row for some in rows for row in some if len(row[0]) <= _LONGEST), _MOST))
