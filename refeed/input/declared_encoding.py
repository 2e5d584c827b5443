"""The encoding that an XML file declares for itself: the strongest word on bytes that are not UTF-8."""

import re
from types import MappingProxyType
from typing import Final

from refeed.input.recode import decoded_pieces

_DECLARATION: Final = re.compile(rb"""\s{0,99}<\?xml\s[^<>]{0,200}?\bencoding\s*=\s*["']([A-Za-z][\w.:-]{0,39})["']""")
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


def declared_encoding(data: bytes) -> str | None:
    """Return the codec of the charset that an XML declaration names, if the whole file is written in it."""
    declaration = _DECLARATION.match(data)
    codec = _CODECS.get(declaration[1].decode().lower()) if declaration else None
    if codec is None:
        return None
    try:
        for _ in decoded_pieces(data, codec):
            pass
    except UnicodeDecodeError:  # the declaration was copied along with other bytes
        return None
    return codec
