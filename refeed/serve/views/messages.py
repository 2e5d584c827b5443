"""Explain to people why there is no page here; readers of feeds look at the status alone."""

from collections.abc import Iterable

from refeed.pages.rendering import render
from refeed.serve.http.conditions import Answer, plain
from refeed.serve.http.headers import message_headers


def message(
    status: int,
    heading: str,
    words: str,
    *,
    root: str,
    title: str | None = None,
    progress: str | None = None,
    headers: Iterable[tuple[str, str]] = (),
) -> Answer:
    """Answer with a page that no cache keeps; one with progress asks again by itself."""
    page = render(
        "message.html",
        heading=heading,
        words=words,
        root=root,
        title=title,
        waits=progress is not None,
        progress=progress,
    )
    return plain(status, page.decode(), [*message_headers(), *headers], kind="text/html")


def not_found(root: str, title: str | None = None) -> Answer:
    """Answer for an address that leads nowhere."""
    words = "There is no page at this address. The article may have been withdrawn."
    return message(404, "Not found", words, root=root, title=title)


def unreadable(root: str, why: str) -> Answer:
    """Answer for an address that asks for something in a way that is not understood."""
    return message(400, "This address cannot be read", why, root=root)


def for_its_owner(root: str, title: str | None) -> Answer:
    """Answer a request from another machine for what only the owner of the archive sees."""
    words = "This page is for the owner of the archive. It is shown on the machine of the server alone."
    return message(403, "Not from there", words, root=root, title=title)


def from_elsewhere(root: str) -> Answer:
    """Answer a request that another site's page sent."""
    words = "Another site led here. Open this page from that of the article."
    return message(403, "Not from there", words, root=root)


def not_yet(root: str, files_read: int) -> Answer:
    """Answer while the feed is built for the first time."""
    progress = f"{files_read:,} files read so far." if files_read else ""
    words = "The feed is being built for the first time. This page shows it as soon as it is there."
    return message(503, "One moment", words, root=root, progress=progress, headers=[("retry-after", "5")])


def still_reading(root: str, title: str, read: int, number: int) -> Answer:
    """Answer for what all articles have to be looked at for, as long as that takes."""
    words = "The articles are being read for the first time. This page comes as soon as that is done."
    progress = f"{read:,} of {number:,} articles so far."
    return message(503, "One moment", words, root=root, title=title, progress=progress, headers=[("retry-after", "5")])


def failed_at_first(root: str, why: str) -> Answer:
    """Answer where there has been no build yet that did not fail."""
    words = f"The feed could not be built: {why}"
    return message(503, "No feed yet", words, root=root, headers=[("retry-after", "5")])


def broken(root: str) -> Answer:
    """Answer where refeed itself failed."""
    return message(500, "This went wrong", "refeed failed here; its log says how.", root=root)
