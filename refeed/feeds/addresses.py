"""The addresses of a site's documents: absolute where the site knows its own, else relative to each other."""

from posixpath import dirname, relpath
from urllib.parse import quote

from refeed.options import Options
from refeed.pipeline.entries.link import folder_of_feed
from refeed.startup.named_tuple import NamedTuple


class Addresses(NamedTuple):
    """Where a site will be served."""

    root: str | None  # of its folder, with "/" at its end; None: nobody knows

    def own(self, path: str) -> str | None:
        """Return the address of a document, as it states it itself."""
        return self.root + quote(path) if self.root else None

    def link(self, path: str, page: str) -> str:
        """Return the address of a document as another one refers to it."""
        return self.own(path) or quote(relpath(path, dirname(page) or "."))


def addresses_of(options: Options) -> Addresses:
    """Read the base URL: it is that of the folder, or of the feed in it."""
    return Addresses(folder_of_feed(options.base_url) if options.base_url else None)
