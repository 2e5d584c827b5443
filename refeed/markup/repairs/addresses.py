"""Addresses of links that site generators forgive and CommonMark does not."""

import re
from functools import partial
from typing import Final

from refeed.markup.repairs.rewriting import Repair
from refeed.startup.late_patterns import late_pattern, pattern_behind

_address: Final = partial(pattern_behind, "](")  # what begins that of a link
_SIZE: Final = r"""[ \t]+=[0-9]{0,5}x[0-9]{0,5}"""
_ATTRIBUTES: Final = r"""(?:[ \t]+[A-Za-z-]{2,20}=(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'|[^\s"')]{1,200}))+"""
_MARK: Final = late_pattern(r"(?<!\\)\"")
_BEFORE_TITLE: Final = (
    r"(<[^<>\n]{1,1000}>|(?>[^\s()<>\"']{1,2000})(?:\((?>[^\s()]{0,300})\)(?>[^\s()<>\"']{0,300})){0,9})[ \t]+"
)
_ENDING: Final = r"\.(?:avif|bmp|gif|jpe?g|pdf|png|svg|webp)"

OF_ADDRESSES: Final = (
    # Hashnode, markdown-it-imsize, Typora: an attribute or a size behind the address of a picture.
    Repair(
        _address(rf"((?>[^\s()<>]{{1,2000}}))(?:{_ATTRIBUTES}|{_SIZE})[ \t]*(?=\))"),
        lambda found: found[1],
        ("](",),
    ),
    # Quotation marks in a title, which for Markdown.pl and kramdown ends only before the bracket.
    *(
        Repair(
            _address(
                rf"{_BEFORE_TITLE}{mark}((?:[^{mark}\n\\]|\\.){{0,300}}{mark}(?![ \t]*\))"
                rf"(?:[^{mark}\n\\]|\\.|{mark}(?![ \t]*\))){{0,300}}){mark}[ \t]*(?=\))"
            ),
            lambda found: f'{found[1]} "{_MARK.sub("&quot;", found[2])}"',
            (f"{mark})", f"{mark} )"),
        )
        for mark in ('"', "'")
    ),
    # A bracket in an address that kramdown needs escaped, where CommonMark counts brackets.
    Repair(
        _address(r"([^\s()\\]{1,2000}\([^\s()\\]{0,300})\\\)(?=\))"),
        lambda found: f"{found[1]})",
        ("\\)",),
    ),
    # A line break in an address, which browsers leave out (URL Standard, 4.4).
    Repair(
        _address(r"(?:https?:)?//(?>[^\s()<>\"']{0,500})(?:\n[ \t]{0,9}[^\s()<>\"']{3,500}){1,4}(?=\))"),
        lambda found: "".join(found[0].split()),
        ("](//", "](http"),
    ),
    # An address with blanks in it, of a picture or a file, perhaps with a title; Obsidian and editors write those.
    Repair(
        _address(
            r"(?![<\s]|[^\s()]{1,400}[ \t]+[\"'])(?=[^)\n]{0,300} )"
            rf"((?:[^()<>\"'\n]|(?<=\w)'(?=\w)|\([^()<>\"'\n]{{0,60}}\)){{1,400}}?{_ENDING})"
            r"([ \t]+(?:\"[^\"()\n]{1,200}\"|'[^'()\n]{1,200}'))?[ \t]*(?=\))",
            re.IGNORECASE,
        ),
        lambda found: f"<{found[1].strip()}>{found[2] or ''}",
        ("](",),
    ),
    # An address with blanks in it, of a place, a page or a post, which kramdown and Obsidian read.
    Repair(
        _address(r"((?:#|/(?=[^\s/])|https?://)(?>[^()<>\"'\s]{0,300})(?: [^()<>\"'\s]{1,300}){1,20})[ \t]*(?=\))"),
        lambda found: f"<{found[1]}>",
        ("](",),
    ),
    # The name of a method with its arguments; and an address whose own bracket has ended the link.
    Repair(
        _address(
            r"(https?://[^()<>\"'\s]{1,1000}\([^()<>\"'\s]{0,200}(?: [^()<>\"'\s]{1,200}){1,9}\)"
            r"[^()<>\"'\s]{0,200})(?=\))"
        ),
        lambda found: f"<{found[1]}>",
        ("](http",),
    ),
    Repair(
        _address(
            r"(https?://[^()<>\"'\s]{1,1000}\([^()<>\"'\s]{1,200}\))(?=[ \t]+[0-9A-Za-z]|[.,;]?[ \t]*$)", re.MULTILINE
        ),
        lambda found: f"{found[1]})",
        ("](http",),
    ),
    Repair(
        _address(r"(?![<\s])((?>(?:[^()<>\"'\n]|\([^()<>\"'\n]{0,100}\))+)(?<=\.md))(?=\))"),
        lambda found: f"<{found[1].strip()}>" if " " in found[1] else found[0],
        (".md)",),
    ),
)
