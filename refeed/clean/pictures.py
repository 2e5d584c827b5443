"""Find the real address of a picture: without proxies, and none for placeholders, trackers and decoration."""

from typing import Final

from refeed.clean.parameters import strip_campaign
from refeed.clean.places import place
from refeed.clean.proxies import unwrap_proxy
from refeed.clean.trackers import is_furniture, is_placeholder
from refeed.urls import resolve

# What web servers accept (RFC 9110, 4.1); longer ones are pictures or programs in disguise.
_LONGEST: Final = 8_000


def real_picture(address: str, base: str | None) -> str | None:
    """Return the absolute address of the picture that readers should see, or None if there is none."""
    if len(address) > _LONGEST:
        return None
    text = strip_campaign(unwrap_proxy(address.strip()))
    if not text or text.startswith(("#", "data:")) or is_placeholder(text) or "/resolveuid/" in text:
        return None
    url = resolve(text, base)
    return url if url and place(url).path.strip("/") + place(url).query and not is_furniture(url) else None
