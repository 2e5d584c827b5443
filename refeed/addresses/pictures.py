"""Find the real address of a picture; placeholders, trackers, decoration and private hosts have none."""

import re
from functools import lru_cache
from typing import Final

from refeed.addresses.image_proxies import unwrap_proxy
from refeed.addresses.parts import split_address
from refeed.addresses.private_hosts import may_be_fetched
from refeed.addresses.tracking_parameters import strip_campaign
from refeed.addresses.tracking_pixels import is_decoration, is_placeholder
from refeed.startup.late_patterns import late_pattern
from refeed.urls import resolve

# What web servers accept (RFC 9110, 4.1); longer ones are pictures or programs in disguise.
_LONGEST: Final = 8_000
# Pages that show a photo, which writers take for its address; `/download` leads to the picture.
_PHOTO_PAGE: Final = late_pattern(
    r"https?://(?:www\.)?(?:flickr\.com/photos|pexels\.com/(?:[a-z-]{2,5}/)?photo|unsplash\.com/(?:[a-z]{2}/)?photos"
    r"|pixabay\.com/(?:[a-z]{2}/)?(?:illustrations|photos|vectors))/"
    r"(?![^?#]*(?:/download|\.(?:avif|gif|jpe?g|png|webp))(?:[?#]|\Z))",
    re.IGNORECASE,
)
_RECENT: Final = 128  # step after step asks about the pictures of a body, and about all sizes of each


def real_picture(address: str, base: str | None, *, late: bool = False) -> str | None:
    """Return the absolute address of the picture that readers should see, or None; `late`: a script would load it."""
    return _real_picture(address, base, late) if len(address) <= _LONGEST else None


@lru_cache(_RECENT)
def _real_picture(address: str, base: str | None, late: bool) -> str | None:
    text = strip_campaign(unwrap_proxy(address.strip()))
    if not text or text.startswith(("#", "data:")) or is_placeholder(text, late=late) or "/resolveuid/" in text:
        return None
    url = resolve(text, base)
    if url is None or is_decoration(url) or not _names_a_file(url):
        return None
    return url if may_be_fetched(url, base) else None


def _names_a_file(url: str) -> bool:
    if _PHOTO_PAGE.match(url):
        return False
    parts = split_address(url)
    return bool(parts.path.strip("/") + parts.query)
