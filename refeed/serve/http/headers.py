"""The headers of what is served: types, caching, links, and what a browser must not do."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from refeed.pages.rendering import Visit

_ATOM: Final = "application/atom+xml"

# The static files by suffix; what is not here is not served.
TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".ico": "image/x-icon",
        ".js": "text/javascript; charset=utf-8",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".webmanifest": "application/manifest+json",
        ".woff2": "font/woff2",
    }
)

# Nothing runs and nothing is loaded but what the package brings, and the articles' pictures, sound and video.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_PICTURES: Final = "img-src 'self' https: http: data:; media-src https: http:"
_NO_PICTURES: Final = "img-src 'self' data:; media-src 'none'"
_NO_SNIFFING: Final = ("x-content-type-options", "nosniff")


def feed_headers(address: str | None, root: str, kind: str = _ATOM) -> list[tuple[str, str]]:
    """Return the headers of the feed in one format; a cache may answer for a minute without asking."""
    links = [f'<{address}>; rel="self"; type="{kind}"'] if address else []
    links.append(f'<{root}>; rel="alternate"; type="text/html"')
    return [
        ("content-type", f"{kind}; charset=utf-8"),
        ("cache-control", "public, max-age=60, stale-if-error=86400"),
        ("link", ", ".join(links)),
        _NO_SNIFFING,
    ]


def page_headers(visit: Visit) -> list[tuple[str, str]]:
    """Return the headers of a page; a browser asks each time whether it is still the same."""
    return [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-cache"),
        ("content-security-policy", f"{_POLICY}; {_PICTURES if visit.pictures else _NO_PICTURES}"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("link", f'<{visit.feed_url}>; rel="alternate"; type="{_ATOM}"'),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        _NO_SNIFFING,
    ]


def message_headers() -> list[tuple[str, str]]:
    """Return the headers of a page that says why there is none."""
    return [
        ("content-security-policy", f"{_POLICY}; {_NO_PICTURES}"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
    ]


def list_headers(name: str) -> list[tuple[str, str]]:
    """Return the headers of the list of feeds, which programs read and browsers save."""
    return [
        ("content-type", "text/x-opml; charset=utf-8"),
        ("content-disposition", f'attachment; filename="{name}"'),
        ("cache-control", "no-cache"),
        _NO_SNIFFING,
    ]


def static_headers(suffix: str) -> list[tuple[str, str]]:
    """Return the headers of a file that pages need."""
    return [("content-type", TYPES[suffix]), ("cache-control", "no-cache"), _NO_SNIFFING]
