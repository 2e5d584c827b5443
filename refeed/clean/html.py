"""Sanitise HTML: the only maker of SafeHtml."""

import html
import re
from types import MappingProxyType
from typing import Final

import nh3

from refeed.clean.text import legal
from refeed.model import SafeHtml

_NONE: Final[frozenset[str]] = frozenset()

# Element → attributes. HTML Standard, 4.3 to 4.11, what an article is made of: no scripts, frames, forms or styles, and
# of the global attributes only those that say how text is read. Elements that are not here are unwrapped.
ALLOWED: Final = MappingProxyType(
    {
        "a": frozenset({"href", "title"}),
        "abbr": frozenset({"title"}),
        "article": _NONE,
        "aside": _NONE,
        "audio": frozenset({"controls", "src"}),
        "b": _NONE,
        "bdi": _NONE,
        "bdo": _NONE,
        "blockquote": frozenset({"cite"}),
        "br": _NONE,
        "caption": _NONE,
        "cite": _NONE,
        "code": _NONE,
        "dd": _NONE,
        "del": frozenset({"datetime"}),
        "details": _NONE,
        "dfn": frozenset({"title"}),
        "div": _NONE,
        "dl": _NONE,
        "dt": _NONE,
        "em": _NONE,
        "figcaption": _NONE,
        "figure": _NONE,
        "h1": _NONE,
        "h2": _NONE,
        "h3": _NONE,
        "h4": _NONE,
        "h5": _NONE,
        "h6": _NONE,
        "hr": _NONE,
        "i": _NONE,
        "img": frozenset({"alt", "height", "referrerpolicy", "src", "title", "width"}),
        "ins": frozenset({"datetime"}),
        "kbd": _NONE,
        "li": frozenset({"value"}),
        "mark": _NONE,
        "ol": frozenset({"reversed", "start"}),
        "p": _NONE,
        "pre": _NONE,
        "q": frozenset({"cite"}),
        "rb": _NONE,
        "rp": _NONE,
        "rt": _NONE,
        "rtc": _NONE,
        "ruby": _NONE,
        "s": _NONE,
        "samp": _NONE,
        "section": _NONE,
        "small": _NONE,
        "source": frozenset({"src", "type"}),
        "span": _NONE,
        "strong": _NONE,
        "sub": _NONE,
        "summary": _NONE,
        "sup": _NONE,
        "table": _NONE,
        "tbody": _NONE,
        "td": frozenset({"colspan", "rowspan"}),
        "tfoot": _NONE,
        "th": frozenset({"colspan", "rowspan", "scope"}),
        "thead": _NONE,
        "time": frozenset({"datetime"}),
        "tr": _NONE,
        "u": _NONE,
        "ul": _NONE,
        "var": _NONE,
        "video": frozenset({"controls", "height", "poster", "src", "width"}),
        "wbr": _NONE,
    }
)
_EVERYWHERE: Final = frozenset({"dir", "lang"})

# Elements whose text is not for readers.
_WITH_CONTENT: Final = frozenset({"noembed", "noframes", "script", "style", "template", "textarea", "title"})

_SCHEMES: Final = frozenset({"data", "ftp", "http", "https", "mailto"})
_ADDRESSES: Final = frozenset({"cite", "href", "poster", "src"})
_NUMBERS: Final = frozenset({"colspan", "height", "rowspan", "start", "value", "width"})
_NUMBER: Final = re.compile(r"-?[0-9]{1,5}")
_WEB: Final = re.compile(r"(?:https?://|mailto:|ftp://)", re.IGNORECASE)
# RFC 2397; SVG is left out, because it can hold scripts.
_RASTER: Final = re.compile(r"data:image/(?:avif|gif|jpe?g|png|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)

# Reading HTML and writing it again is not always stable at once (a line break after <pre> goes, links in links split).
_ROUNDS: Final = 6


def sanitise(html_text: str) -> SafeHtml:
    """Return HTML with allowed elements, attributes and characters only; what is safe already comes back unchanged."""
    text = legal(html_text)
    for _ in range(_ROUNDS):
        again = legal(_CLEANER.clean(text))
        if again == text:
            return SafeHtml(text)
        text = again
    return SafeHtml(html.escape(text, quote=False))


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Judge one attribute; nh3 has checked schemes before, but only of the attributes that it knows."""
    if name in _ADDRESSES:
        raster = tag == "img" and name == "src" and _RASTER.fullmatch(value)
        return value if raster or _WEB.match(value) else None
    if name in _NUMBERS:
        return value if _NUMBER.fullmatch(value) else None
    if name == "referrerpolicy":
        return value if value == "no-referrer" else None
    return value


_CLEANER: Final = nh3.Cleaner(
    tags=set(ALLOWED),
    clean_content_tags=set(_WITH_CONTENT),
    attributes={**{tag: set(names) for tag, names in ALLOWED.items()}, "*": set(_EVERYWHERE)},
    attribute_filter=_attribute,
    link_rel=None,
    url_schemes=set(_SCHEMES),
    url_relative="deny",
)
