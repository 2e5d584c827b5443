"""Tell what the plan of a site needs to know of an entry, where the entry itself is elsewhere."""

from refeed.feeds.articles import Facet, facets_of
from refeed.model import Entry
from refeed.options import Options
from refeed.pages.fit import SMALL
from refeed.publish.pages import parts_of
from refeed.startup.named_tuple import NamedTuple


class AboutEntry(NamedTuple):
    """What the plan of a site needs to know about an entry."""

    facets: tuple[Facet, ...]
    parts: int  # pages of the article


def about_entry(entry: Entry, options: Options) -> AboutEntry:
    """Describe an entry."""
    is_long = options.pages == "full" and len(entry.content) > SMALL // 4  # at most four bytes a character
    return AboutEntry(tuple(facets_of(entry, options)), len(parts_of(entry)) if is_long else 1)
