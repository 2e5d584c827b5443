"""The encoding that an XML file or a page declares for itself: the strongest word on bytes that are not UTF-8."""

import re
from types import MappingProxyType
from typing import Final

from refeed.input.recode import decoded_pieces
from refeed.startup.late_patterns import late_pattern

_DECLARATION: Final = late_pattern(
    rb"""\s{0,99}<\?xml\s[^<>]{0,200}?\bencoding\s*=\s*["']([A-Za-z][\w.:-]{0,39})["']"""
)
# HTML Standard, 13.2.3.2: pages are searched for it at their beginning; theirs is longer than it was thought to be.
_META: Final = late_pattern(
    rb"""<meta\s[^<>]{0,200}?\bcharset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z][\w.:-]{0,39})""", re.IGNORECASE
)
_LOOKED_AT: Final = 8_192
# How a page begins.
_PAGE: Final = late_pattern(rb"\s{0,99}<(?:!doctype\s{1,9}html|!--|\?xml|html|head)", re.IGNORECASE)
# Label → codec, as browsers have it (WHATWG Encoding, 4.2): a label means the largest charset that is called so.
_CODECS: Final = MappingProxyType(
    {
        "big5": "big5hkscs",
        "big5-hkscs": "big5hkscs",
        "euc-jp": "euc_jp",
        "euc-kr": "cp949",
        "gb18030": "gb18030",
        "gb2312": "gb18030",
        "gbk": "gb18030",
        "iso-2022-jp": "iso2022_jp",
        "iso-8859-1": "cp1252",
        "iso-8859-15": "iso8859_15",
        "iso-8859-2": "iso8859_2",
        "iso-8859-5": "iso8859_5",
        "iso-8859-7": "iso8859_7",
        "iso-8859-9": "cp1254",
        "koi8-r": "koi8_r",
        "koi8-u": "koi8_u",
        "ks_c_5601-1987": "cp949",
        "latin1": "cp1252",
        "shift_jis": "cp932",
        "us-ascii": "cp1252",
        "windows-1250": "cp1250",
        "windows-1251": "cp1251",
        "windows-1252": "cp1252",
        "windows-1253": "cp1253",
        "windows-1254": "cp1254",
        "windows-1255": "cp1255",
        "windows-1256": "cp1256",
        "windows-1257": "cp1257",
        "windows-31j": "cp932",
        "windows-949": "cp949",
        "x-sjis": "cp932",
    }
)


def declared_encoding(data: bytes, by_server: str = "") -> str | None:
    """Return the codec of the charset that a file names, or first its server, if the whole of it is written in that."""
    codecs = (_CODECS.get(label.lower()) for label in (by_server, _label_in(data)))
    return next((codec for codec in codecs if codec and _fits(data, codec)), None)


def _label_in(data: bytes) -> str:
    declaration = _DECLARATION.match(data)
    if declaration is None and _PAGE.match(data):
        declaration = _META.search(data, 0, _LOOKED_AT)
    return declaration[1].decode() if declaration else ""


def _fits(data: bytes, codec: str) -> bool:
    try:
        for _ in decoded_pieces(data, codec):
            pass
    except UnicodeDecodeError:  # the declaration was copied along with other bytes
        return False
    return True
