"""Tell which fields in a file beside a text are about that text: `tide.yml` beside `tide.md`.

Such a file may also be a sample for the article: `mqtt.yml` with `host: quay.example` and `password: secret`. What is
not said of posts alone counts only beside a day or a title, or where the file says nothing else.
"""

from collections.abc import Collection, Mapping
from typing import Final

from refeed.formats.publication.dates import EXPIRIES, RELEASES
from refeed.formats.publication.words import DRAFT_KEYS, NO_WITHHOLDS, STATES, YES_WITHHOLDS
from refeed.vocabulary.fields import Value
from refeed.vocabulary.keys import DATES, TITLES

# What nobody says but of a post; `enabled`, `live` and `ready` are said of anything.
_OF_POSTS: Final = frozenset(
    {*DRAFT_KEYS, "iswip", "permalink", "unpublished", "wip"}
    | {name for name in NO_WITHHOLDS if name.startswith(("ispublish", "publish")) or not name.isascii()}
)
_OF_PUBLICATION: Final = frozenset({*YES_WITHHOLDS, *NO_WITHHOLDS, *STATES, *EXPIRIES, *RELEASES, *_OF_POSTS})
_OF_CONNECTIONS: Final = frozenset({"host", "hostname", "login", "port", "server", "uri", "user", "username"})


def about_text(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return those of the fields in a file that are about the text beside it; their keys are folded."""
    if _are_of_article(values.keys()):
        return values
    return {name: value for name, value in values.items() if name in _OF_POSTS}


def _are_of_article(names: Collection[str]) -> bool:
    if not DATES.isdisjoint(names):
        return True
    is_titled = not TITLES.isdisjoint(names) and _OF_CONNECTIONS.isdisjoint(names)
    return is_titled or _OF_PUBLICATION.issuperset(names)
