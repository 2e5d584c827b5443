"""The link of an entry whose article states no address and has none in its site: readers refuse feeds without links."""

from dataclasses import replace
from typing import Final
from urllib.parse import quote, urldefrag

from refeed.model import Entry
from refeed.options import Options
from refeed.urls import entry_key

# What may stand in a fragment as it is (RFC 3986, 3.5).
_IN_FRAGMENT: Final = ":/?@!$&'()*+,;=-._~%"


def link_of_entry(entry_id: str, options: Options) -> str | None:
    """Return the entry's page in a site, else a place of its own on the page of the feed, if any is known."""
    if options.entry_pages is not None:
        return options.entry_pages.replace("{}", entry_key(entry_id))
    page = page_of_feed(options)
    return f"{urldefrag(page).url}#{quote(entry_id, safe=_IN_FRAGMENT)}" if page else None


def page_of_feed(options: Options) -> str | None:
    """Return the page that the feed belongs to: what the settings say, else the folder that it is served from."""
    if options.feed.link or options.base_url is None:
        return options.feed.link
    return folder_of_feed(options.base_url)


def folder_of_feed(base_url: str) -> str:
    """Return the address of the folder that a feed is served from, with a slash at its end."""
    folder, _, name = base_url.rpartition("/")
    is_file = "." in name and not folder.endswith("/")  # a base URL is the folder's, or already the feed's own
    return f"{folder}/" if is_file else f"{base_url.removesuffix('/')}/"


def with_link(entry: Entry, options: Options) -> Entry:
    """Return an entry with the link that it has in a feed."""
    return entry if entry.url else replace(entry, url=link_of_entry(entry.id, options))
