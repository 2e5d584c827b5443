"""Find the original of an archived copy, if the copy's address names it behind the moment of the copy.

The Internet Archive began it, and those that run pywb or OpenWayback do the same:
https://web.archive.org/web/20211204102929/https://harbour.example/tide
"""

from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.urls import host_of

# A moment of four to fourteen digits, perhaps the kind of copy (`im_`), then the original, whose slashes servers may
# merge. A year alone may be a folder anywhere but below /web/.
_SNAPSHOT: Final = late_pattern(
    r"https?://[^/?#]+/(?:(?:[^/?#]{1,40}/){0,3}?[0-9]{8,14}|web/[0-9]{4,14})(?:[a-z]{2}_|\*)?/(https?):/{1,2}(?=[^/])"
)


def original(url: str) -> str:
    """Return the address of the page that an archived copy is of; another address stays itself."""
    if "/http" not in url:  # nearly always
        return url
    found = _SNAPSHOT.match(url)
    return f"{found[1]}://{url[found.end() :]}" if found else url


def publisher(url: str) -> str:
    """Return the host that published a page, also where the address is that of an archived copy."""
    return host_of(original(url))
