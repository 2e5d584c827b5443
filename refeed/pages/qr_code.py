"""Draw the address of a feed as a QR code, for a phone to read from the screen."""

from typing import TYPE_CHECKING

from refeed.pages.rendering import markup

if TYPE_CHECKING:
    from markupsafe import Markup

_MOST = 1_000  # characters; a code of more is too fine for a screen


def qr_code(address: str) -> "Markup | None":
    """Return an SVG, dark on light whatever the colours of the page; None where it cannot be drawn."""
    try:
        import segno  # of the extra `serve`
    except ModuleNotFoundError:
        return None
    if len(address) > _MOST:
        return None
    code = segno.make_qr(address)
    return markup(code.svg_inline(dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None))
