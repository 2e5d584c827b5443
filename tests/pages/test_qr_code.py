"""A QR code leads to the address that it was made of."""

import re

from refeed.pages.qr_code import qr_code


def test_the_code_is_a_drawing_without_styles() -> None:
    drawn = qr_code("http://192.0.2.1:8000/feed.xml")
    assert drawn
    assert re.fullmatch(r'<svg viewBox="0 0 33 33">(?:<path [^<>]*/>)+</svg>', drawn)  # 25 modules and a border of 4
    assert not re.search("style|class|script", drawn)
    assert drawn != qr_code("http://192.0.2.2:8000/feed.xml")


def test_an_address_too_long_for_a_code_has_none() -> None:
    assert qr_code("http://x.example/" + "a" * 5_000) == ""
