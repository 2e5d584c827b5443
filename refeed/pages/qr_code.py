"""Draw the address of a feed as a QR code, for a phone to read from the screen."""

from typing import Final

_MOST: Final = 1_000  # characters; a code of more is too fine for a screen


def qr_code(address: str) -> str:
    """Return an SVG, dark on light whatever the colours of the page; "" where none can be drawn."""
    try:
        import segno  # of the extra `serve`
    except ModuleNotFoundError:
        return ""
    if len(address) > _MOST:
        return ""
    code = segno.make_qr(address)
    return code.svg_inline(dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
