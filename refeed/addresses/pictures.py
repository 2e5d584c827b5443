"""Find the real address of a picture: without proxies, and none for placeholders, trackers and decoration."""

from typing import Final

from refeed.addresses.image_proxies import unwrap_proxy
from refeed.addresses.parts import split_address
from refeed.addresses.tracking_parameters import strip_campaign
from refeed.addresses.tracking_pixels import is_decoration, is_placeholder
from refeed.urls import resolve

# What web servers accept (RFC 9110, 4.1); longer ones are pictures or programs in disguise.
_LONGEST: Final = 8_000


def real_picture(address: str, base: str | None, *, late: bool = False) -> str | None:
    """Return the absolute address of the picture that readers should see, or None; `late`: a script would load it."""
    if len(address) > _LONGEST:
        return None
    text = strip_campaign(unwrap_proxy(address.strip()))
    if not text or text.startswith(("#", "data:")) or is_placeholder(text, late=late) or "/resolveuid/" in text:
        return None
    url = resolve(text, base)
    return (
        url
        if url and split_address(url).path.strip("/") + split_address(url).query and not is_decoration(url)
        else None
    )
