"""Name the elements of feeds in one way, whatever prefix a file gives their namespaces, and read their texts."""

import re
from base64 import b64decode
from functools import lru_cache
from html import escape, unescape
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urljoin

from refeed.startup.late_patterns import late_pattern

_XML: Final = "{http://www.w3.org/XML/1998/namespace}"

# Namespace, in lower case, with http and without what it ends with → the prefix that its elements have here; RSS has
# none. Who moves a site to https replaces the addresses in its export, too.
_PREFIXES: Final = MappingProxyType(
    {
        "http://www.w3.org/2005/atom": "atom",  # RFC 4287
        "http://purl.org/atom/ns": "atom",  # Atom 0.3
        "http://purl.org/rss/1.0": "",
        "http://my.netscape.com/rdf/simple/0.9": "",  # RSS 0.90
        "http://channel.netscape.com/rdf/simple/0.9": "",
        "http://backend.userland.com/rss2": "",
        "http://blogs.law.harvard.edu/tech/rss": "",
        "http://purl.org/dc/elements/1.0": "dc",
        "http://purl.org/dc/elements/1.1": "dc",
        "http://purl.org/dc/terms": "dcterms",
        "http://purl.org/rss/1.0/modules/content": "content",
        "http://wordpress.org/export": "wp",  # WXR, WordPress's export, of any version
        "http://wordpress.org/export/excerpt": "excerpt",
        "http://search.yahoo.com/mrss": "media",  # Media RSS
        "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
        "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
        "http://www.w3.org/2007/app": "app",  # RFC 5023
        "http://purl.org/atom/app": "app",
        "http://purl.org/atom-blog/ns": "atomblog",
        "http://schemas.google.com/blogger/2018": "blogger",
        "http://www.w3.org/1999/xhtml": "xhtml",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    }
)
_VERSION_OF_EXPORT: Final = late_pattern(r"(?<=//wordpress\.org/export)/[0-9.]{1,9}")
_KNOWN: Final = frozenset(_PREFIXES.values()) - {""}
_IN_TITLES: Final = (
    "a|abbr|b|bdi|bdo|big|br|cite|code|div|em|font|i|img|kbd|mark|p|q|s|small|span|strong|sub|sup|tt|u|wbr"
)
# Tags of the elements that occur in titles.
_TAG: Final = late_pattern(rf"</?(?:{_IN_TITLES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
# Elements of which titles speak, too. Where a title is said to be HTML, those with attributes or an end are markup.
_IN_HTML: Final = late_pattern(
    r"<!--.*?-->|<!DOCTYPE[^<>]*>|<(?P<hidden>script|style)\b[^<>]*>.*?</(?P=hidden)\s*>|<(?P<end>/?)"
    r"(?P<name>applet|audio|base|blink|body|button|canvas|center|embed|fieldset|form|frame|frameset|h[1-6]|head|hr|html"
    r"|iframe|input|label|li|link|marquee|meta|noscript|object|ol|param|pre|select|source|svg|table|tbody|td|textarea"
    r"|tfoot|th|thead|title|tr|ul|video)(?P<attributes>\s[^<>]*?)?/?>",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_TITLE: Final = 2_000  # characters in which such elements are looked for
# What authors of Atom write without saying that it is HTML.
_HTML: Final = late_pattern(
    r"</?(?:a|blockquote|br|div|figure|h[1-6]|img|li|ol|p|table|ul)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
# Escaped blocks that stand beside elements, and in which of these they are examples.
_BLOCK: Final = late_pattern(r"(?:<|(?P<twice>&lt;))/(?:blockquote|div|h[1-6]|ol|p|table|ul)(?:>|&gt;)", re.IGNORECASE)
_CODE: Final = late_pattern(r"(<pre\b.*?(?:</pre>|\Z)|<code\b.*?(?:</code>|\Z))", re.IGNORECASE | re.DOTALL)
# Namespaces that lxml declares on whatever it writes, first of all attributes.
_DECLARED: Final = late_pattern(r"""(<[^<>\s"'=]{1,99})(?>(?: xmlns(?::[\w.-]+)?="[^"]*")+)""")
# Types whose texts stand as they are; all others are written in base64 (RFC 4287, 4.1.3.3).
_AS_IT_IS: Final = late_pattern(r"^text/|[/+]xml\b|^message/|^multipart/")
_NO_TEXTS: Final = ("audio/", "image/", "video/")  # though written in XML: image/svg+xml
_TYPES_OF_HTML: Final = frozenset({"html", "text/html"})
_SEEN: Final = "descendant::text()[not(parent::*[local-name() = 'script' or local-name() = 'style'])]"
_ADDRESS: Final = late_pattern(r"https?://[^\s<>]{3,}", re.IGNORECASE)
_PARAGRAPHS: Final = late_pattern(r"\n(?>[ \t]*)\n")

Children = dict[str, list[Any]]
"""The children of an element by their names."""


def name_of(element: Any) -> str:
    """Return the name of an element in lower case, with the prefix that it has in this module."""
    name = _name(element.tag)
    if name[0] == "?" and element.prefix in _KNOWN:  # a namespace that is misspelled, or a later one
        return str(element.prefix) + name[1:]
    is_bare_atom = ":" not in name and element.getroottree().getroot().tag.lower() == "feed"
    return "atom:" + name if is_bare_atom else name


@lru_cache(maxsize=512)  # feeds have few names, and many elements of each
def _name(tag: str) -> str:
    if tag[0] == "{":
        namespace, _, local = tag[1:].partition("}")
        namespace = namespace.lower().rstrip("/#").replace("https://", "http://")
        prefix = _PREFIXES.get(_VERSION_OF_EXPORT.sub("", namespace), "?")
    else:  # without a namespace, or with a prefix that is declared nowhere
        prefix, _, local = tag.rpartition(":")
    return f"{prefix}:{local.lower()}" if prefix else local.lower()


def children_of(element: Any) -> Children:
    """Return the children of an element by name, each name's in their order."""
    children: Children = {}
    for child in element:
        children.setdefault(name_of(child), []).append(child)
    return children


def text_of(element: Any) -> str:
    """Return the text of an element and of all in it, without the white space around it."""
    text = "".join(element.itertext()) if len(element) else element.text
    return text.strip() if text else ""


def holds_text(element: Any) -> bool:
    """Return whether an element holds elements or text, and not a picture, say."""
    if not len(element):
        return bool(_text_in(element).strip())
    return not _type_of(element).startswith(_NO_TEXTS)


def first_text(children: Children, *names: str) -> str:
    """Return the first text that is not empty among children of these names."""
    found = (text_of(child) for name in names for child in children.get(name, ()))
    return next(filter(None, found), "")


def line_of(element: Any) -> str:
    """Return the text of a title: markup of HTML says nothing in one line of text."""
    if len(element) and _is_xhtml(element):
        return "".join(element.xpath(_SEEN)).strip()
    text = _text_in(element).strip()
    if "<" not in text or _is_xhtml(element) or _is_text(element):
        return text
    line = _TAG.sub("", text).strip()
    if "<" not in line or len(line) > _LONGEST_TITLE or _type_of(element) not in _TYPES_OF_HTML:
        return line
    return _shown_in(line) or line


def _shown_in(html: str) -> str:
    """Return what is seen of a title that is HTML; an element without attributes and without an end is spoken of."""
    ended = {match["name"].lower() for match in _IN_HTML.finditer(html) if match["end"]}

    def shown(match: re.Match[str]) -> str:
        name = match["name"]
        is_markup = name is None or name.lower() in ended or "=" in (match["attributes"] or "")
        return "" if is_markup else match[0]

    return _IN_HTML.sub(shown, html).strip()


def language_of(element: Any) -> str:
    """Return the language that an element or the nearest one around it states."""
    stated = (one.get(_XML + "lang") for one in (element, *element.iterancestors()))
    return next((language.strip() for language in stated if language), "")


def about_of(element: Any) -> str:
    """Return the address by which RSS 1.0 names an item."""
    return (element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or "").strip()


def is_address(id_: str) -> bool:
    """Return whether an id is an address, too. It need not lead anywhere, but mostly does."""
    return _ADDRESS.match(id_) is not None


def base_of(element: Any) -> str:
    """Return the base that is stated for an element's addresses (XML Base): its own against those around it."""
    base = ""
    for one in reversed((element, *element.iterancestors())):
        if stated := one.get(_XML + "base"):
            base = joined(base, stated)
    return base


def joined(base: str, address: str) -> str:
    """Return an address as it is meant on a page at `base`, if there is one."""
    address = address.strip()
    try:
        return urljoin(base, address) if base and address else address
    except ValueError:  # two brackets without an IPv6 address between them, say
        return address


def body_of(element: Any) -> str:
    """Return the HTML that an element holds, whichever of the ways of feeds it is written in."""
    if len(element) and not _is_wrapped(element):
        return _markup_in(element)
    text = _text_in(element)
    return paragraphs(text) if _is_text(element) else text


def paragraphs(text: str) -> str:
    """Return plain text as HTML."""
    parts = (escape(part.strip(), quote=False).replace("\n", "<br>") for part in _PARAGRAPHS.split(text))
    return "".join(f"<p>{part}</p>" for part in parts if part)


def _type_of(element: Any) -> str:
    """Return the type that an element of Atom states for its text."""
    return (element.get("type") or "").strip().lower() if name_of(element).startswith("atom:") else ""


def _is_xhtml(element: Any) -> bool:
    """Return whether the elements in an element are its markup, so that tags in its text are text."""
    return _type_of(element) in {"xhtml", "application/xhtml+xml"} and element.get("mode") != "escaped"


def _is_wrapped(element: Any) -> bool:
    """Return whether HTML that stands in an element as text has a <div> around it, as XHTML has to have."""
    only = element[0] if len(element) == 1 else None
    return only is not None and _type_of(element) in _TYPES_OF_HTML and not len(only) and "<" in text_of(only)


def _is_text(element: Any) -> bool:
    """Return whether an element of Atom holds plain text (RFC 4287, 3.1.1): nothing in it is markup then.

    So does a content in RSS that says so, as if it were Atom's.
    """
    name = name_of(element)
    if not name.startswith("atom:"):
        return name == "content" and element.get("type") == "text/plain"
    type_ = _type_of(element)
    if type_ in {"text", "text/plain"}:
        return True
    return not type_ and not _HTML.search("".join(element.itertext()))


def _markup_in(element: Any) -> str:
    """Return the elements in an element as HTML, without their namespace."""
    from refeed.startup.quick_lxml import etree

    is_rss = ":" not in name_of(element) or name_of(element) == "content:encoded"
    escaped = _BLOCK.search("".join(element.itertext())) if is_rss else None
    for one in element.iterdescendants():
        one.tag = one.tag.rpartition("}")[2]
    etree.cleanup_namespaces(element)
    parts = [etree.tostring(child, encoding="unicode", method="html") for child in element]
    html = escape(element.text or "", quote=False) + _DECLARED.sub(r"\1", "".join(parts))
    return _with_text_as_html(html, times=2 if escaped["twice"] else 1) if escaped else html


def _with_text_as_html(html: str, times: int) -> str:
    """Return HTML in which blocks that stand as text beside its elements, escaped once or twice, are elements, too.

    RSS is HTML, with elements of XML in it or without; what it is in Atom is said. In code such text is an example.
    """
    parts = _CODE.split(html)
    for at in range(0, len(parts), 2):
        for _ in range(times):
            parts[at] = unescape(parts[at])
    return "".join(parts)


def _text_in(element: Any) -> str:
    text = "".join(element.itertext()) if len(element) else element.text or ""
    if element.get("mode") == "base64":  # Atom 0.3
        return _decoded(text) or ""
    type_ = _type_of(element)
    if "/" not in type_ or _AS_IT_IS.search(type_):
        return text
    decoded = _decoded(text)
    if decoded is not None and ("\0" in decoded or "\ufffd" in decoded):  # a picture, say; or a word in a title
        return "" if name_of(element) == "atom:content" else text
    return text if decoded is None else decoded


def _decoded(text: str) -> str | None:
    """Return what is written in base64; None if it is not."""
    try:
        return b64decode("".join(text.split()), validate=True).decode("utf-8", "replace")
    except ValueError:
        return None
