"""Sanitise HTML: the only maker of SafeHtml."""

import html
import re
from types import MappingProxyType
from typing import Final

import nh3

from refeed.model import SafeHtml
from refeed.startup.late_patterns import late_pattern
from refeed.text.plain import legal

_NONE: Final[frozenset[str]] = frozenset()

# Element → attributes. HTML Standard, 4.3 to 4.11, what an article is made of, in the elements that feed readers render
# (Miniflux, FreshRSS, NetNewsWire and newsboat keep all of them, or show what stands in them). Left out on purpose:
# whatever runs, loads or sends something else than a picture, a video or a sound (scripts, frames, objects, forms, SVG,
# MathML, <meta>, <base>, <link>), and of the attributes all handlers, `class`, `id` and `name` (they would meet the
# reader's own), `style` (no property of it is allowed), `srcset` (cleaning has chosen one address), `target` and `rel`
# (a reader decides how it opens a link). An element that is not here is unwrapped.
ALLOWED: Final = MappingProxyType(
    {
        "a": frozenset({"href", "title"}),
        "abbr": frozenset({"title"}),
        "article": _NONE,
        "aside": _NONE,
        "audio": frozenset({"controls", "preload", "src"}),
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
        "ol": frozenset({"reversed", "start", "type"}),
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
        "video": frozenset({"controls", "height", "poster", "preload", "src", "width"}),
        "wbr": _NONE,
    }
)
EVERYWHERE: Final = frozenset({"dir", "lang"})

# Elements whose text is not for readers, or is read in another way than the rest: HTML Standard, 13.1.2 and 13.2.6.5.
_WITH_CONTENT: Final = frozenset(
    {
        "iframe",
        "math",
        "noembed",
        "noframes",
        "noscript",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
    }
)

# What readers set off by themselves; without it a video or a sound would be fetched before anybody plays it.
_SET: Final = MappingProxyType({"audio": {"preload": "none"}, "video": {"preload": "none"}})

_SCHEMES: Final = frozenset({"data", "ftp", "http", "https", "mailto", "tel"})
_WEB: Final = late_pattern(r"https?://.+", re.IGNORECASE | re.DOTALL)
# The schemes of links that go out.
_LINK: Final = late_pattern(r"(?:https?://|mailto:|tel:|ftp://).+", re.IGNORECASE | re.DOTALL)
# RFC 2397; of the kinds of pictures SVG is left out, because it can hold scripts.
_RASTER: Final = late_pattern(r"data:image/(?:avif|bmp|gif|jpe?g|png|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_SIZE: Final = late_pattern(r"[0-9]{1,5}")
_SPAN: Final = late_pattern(r"[0-9]{1,3}")  # HTML Standard, 4.9.11: not more than 1000
_ORDINAL: Final = late_pattern(r"-?[0-9]{1,5}")
_SWITCH: Final = late_pattern("")

# Attribute → what its value may be. The others (`alt`, `title`) hold any text.
_VALUES: Final = MappingProxyType(
    {
        "cite": _WEB,
        "colspan": _SPAN,
        "controls": _SWITCH,
        "datetime": late_pattern(r"[0-9A-Za-z :.+\-]{1,50}"),  # HTML Standard, 2.3.5
        "dir": late_pattern("auto|ltr|rtl", re.IGNORECASE),
        "height": _SIZE,
        "href": _LINK,
        "lang": late_pattern(r"[0-9A-Za-z\-]{1,80}"),  # BCP 47
        "poster": _WEB,
        "preload": late_pattern("none"),
        "referrerpolicy": late_pattern("no-referrer"),
        "reversed": _SWITCH,
        "rowspan": _SPAN,
        "scope": late_pattern("col|colgroup|row|rowgroup", re.IGNORECASE),
        "src": _WEB,
        "start": _ORDINAL,
        "type": late_pattern(
            r"[1AIai]|(?:audio|video)/[0-9A-Za-z.+\-]{1,60}(?:;[^<>]{0,200})?"
        ),  # of <ol>, of <source>
        "value": _ORDINAL,
        "width": _SIZE,
    }
)

# Reading HTML and writing it again is not always stable at once (a line break after <pre> goes, links in links split).
_ROUNDS: Final = 6
_AMPERSAND: Final = "\x01"  # stands for one that is escaped; `legal` has dropped all others


def sanitise(html_text: str) -> SafeHtml:
    """Return HTML with allowed elements, attributes and characters only; what is safe already comes back unchanged."""
    text = legal(html_text)
    for _ in range(_ROUNDS):
        again = _clean(text)
        if again == text:
            return SafeHtml(text)
        text = again
    return SafeHtml(html.escape(text, quote=False))


def _clean(text: str) -> str:
    """Let nh3 see no escaped ampersand: many of them in one text take it square time."""
    cleaned = _CLEANER.clean(text.replace("&amp;", _AMPERSAND)).replace(_AMPERSAND, "&amp;")
    return text if cleaned == text else legal(cleaned)


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Judge one attribute; nh3 has checked schemes before, but only of the attributes that it knows."""
    if tag == "img" and name == "src" and _RASTER.fullmatch(value):
        return value
    pattern = _VALUES.get(name)
    if pattern is _SWITCH:
        return ""
    return value if pattern is None or pattern.fullmatch(value) else None


_CLEANER: Final = nh3.Cleaner(
    tags=set(ALLOWED),
    clean_content_tags=set(_WITH_CONTENT),
    attributes={**{tag: set(names) for tag, names in ALLOWED.items()}, "*": set(EVERYWHERE)},
    attribute_filter=_attribute,
    set_tag_attribute_values={tag: dict(values) for tag, values in _SET.items()},
    link_rel=None,
    url_schemes=set(_SCHEMES),
    url_relative="deny",
)
