"""Make links absolute, without redirectors and trackers; where an address is broken, only the words stay."""

import re
from collections.abc import Iterator
from typing import Final

from bs4.element import Tag

from refeed.addresses.parts import split_address
from refeed.addresses.redirectors import unwrap_redirect
from refeed.addresses.tracking_parameters import strip_tracking
from refeed.clean.heading_anchors import leads_within
from refeed.clean.links_in_rows import part_links
from refeed.clean.types import Body, Loss, Note
from refeed.html.page import Page
from refeed.html.tree import HEADINGS, attribute, holds, shown, stands_in
from refeed.startup.late_patterns import late_pattern
from refeed.urls import resolve

# Addresses for programs: what they return is no page. Beginning of host and path, and of the path alone.
_INTERFACES: Final = ("api.dw.com/api/",)
_INTERFACE_PATHS: Final = ("/wp-json/", "/xmlrpc.php")

# What scripts and editors leave when they do not know the address.
_BROKEN: Final = late_pattern(
    r"/(?:undefined|null|NaN|\[object%20Object\])/?(?:[?#].*)?\Z|/resolveuid/|/cdn-cgi/l/email-protection", re.DOTALL
)
_LONGEST: Final = 8_000  # RFC 9110, 4.1
_NOWHERE: Final = late_pattern(r"#(?:top)?", re.IGNORECASE)  # the top of the page: HTML Living Standard, 7.4.6.3

# Slips that have one meaning: http//a, https:/a, https:///a, http://https://a, and a host without a scheme.
_NO_COLON: Final = late_pattern(r"\A(https?)//", re.IGNORECASE)
_SLASHES: Final = late_pattern(r"\A(https?):(?:/|/{3,8})(?=[^/])", re.IGNORECASE)
_SCHEMES: Final = late_pattern(r"\A(?:https?:(?://)?){1,4}(?=https?://)", re.IGNORECASE)
_SOUND: Final = late_pattern(r"https?://(?!https?:)[^/]", re.IGNORECASE)  # none of these
_WWW: Final = late_pattern(r"www\.[\w-]+\.[\w.-]*[a-z](?=[/?#]|\Z)", re.IGNORECASE)
_GLUED: Final = late_pattern(r"https?://[^/?#:]*https?:", re.IGNORECASE)
_SCHEME: Final = late_pattern(r"([A-Za-z][A-Za-z0-9+.\-]*):")

_MARK: Final = late_pattern(r"[\d\W]*")  # of a note: a number, a star, an arrow
_MAIL: Final = late_pattern(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_KEPT_SCHEMES: Final = frozenset({"ftp", "mailto", "tel"})  # as they are; browsers hand the last two on
# Of scripts, of the page itself and of the web.
_OTHER_SCHEMES: Final = _KEPT_SCHEMES | {"about", "blob", "data", "http", "https", "javascript", "vbscript"}
# Cloudflare hides mail addresses: the first byte is the key of the others.
_MASK: Final = "/cdn-cgi/l/email-protection"
_MASKED: Final = late_pattern(r"(?:[0-9a-f]{2}){4,260}", re.IGNORECASE)


def resolve_links(page: Page, body: Body) -> Iterator[Note]:
    """Make every link absolute; where it has no address, or a link inside it, only its text stays."""
    beside: list[Tag] = []
    for tag in page.candidates(names={"a"}, attributes={"cite", "data-cfemail"}):
        mail = _unmask(attribute(tag, "data-cfemail")) if "data-cfemail" in tag.attrs else None
        if tag.name == "a":
            yield from _resolve(page, tag, mail, body.url)
            if isinstance(following := tag.next_sibling, Tag) and following.name == "a":
                beside.append(tag)
        elif mail:
            yield len(shown(tag))
            page.become(tag, "span", mail)
        if "cite" in tag.attrs and (source := link_target(attribute(tag, "cite"), body.url)):
            tag.attrs["cite"] = source
    if beside:
        yield from part_links(page, beside)


def _resolve(page: Page, link: Tag, mail: str | None, base: str | None) -> Iterator[Note]:
    address = attribute(link, "href")
    is_mark = leads_within(link, base) and _is_mark(link)
    target = f"mailto:{mail}" if mail else None if is_mark else link_target(address, base)
    if target is None or holds(link, {"a"}):
        if target is None and base is None and _is_relative(address) and not is_mark:
            yield Loss("relative-url", address)
        elif target is None and _leads_off_the_web(address):
            yield Loss("link-lost", address)
        page.unwrap(link)
        yield 0
        return
    if target != address:
        yield len(shown(link)) if mail else 0
        if mail:
            page.become(link, "a", mail)
        link.attrs["href"] = target


def _is_mark(link: Tag) -> bool:
    """Return whether a link within the page is the number of a note, which goes out, too, or a heading's to itself."""
    return stands_in(link, HEADINGS | {"sup"}) or bool(_MARK.fullmatch(shown(link)))


def link_target(address: str, base: str | None) -> str | None:
    """Return where a link leads, or None for an address that leads nowhere."""
    if not address or len(address) > _LONGEST or (address[0] == "#" and _NOWHERE.fullmatch(address)):
        return None
    text = _mend(address)
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() in _KEPT_SCHEMES:
        return text if scheme.end() < len(text) and text[scheme.end()] != "?" else None
    url = resolve(text, base)
    if url is None or _GLUED.match(text) or _BROKEN.search(url):
        return None
    target = strip_tracking(unwrap_redirect(url))
    spot = split_address(target)
    is_interface = spot.host_and_path.startswith(_INTERFACES) or spot.path.startswith(_INTERFACE_PATHS)
    return None if is_interface or (target != url and _BROKEN.search(target)) else target


def _mend(address: str) -> str:
    """Return an address without slips that have only one meaning."""
    if _MASK in address and (mail := _unmask(address.partition("#")[2])):
        return f"mailto:{mail}"
    if _SOUND.match(address):  # nearly always
        return address
    if _MAIL.fullmatch(address):
        return f"mailto:{address}"
    if _WWW.match(address):
        return f"https://{address}"
    if address[:4].lower() != "http":  # as all of these slips begin
        return address
    return _SLASHES.sub(r"\1://", _SCHEMES.sub("", _NO_COLON.sub(r"\1://", address)))


def _leads_off_the_web(address: str) -> bool:
    """Return whether an address is no page, but one for another program: `apt:`, `file:`."""
    scheme = _SCHEME.match(address)
    return scheme is not None and scheme.end() < len(address) and scheme[1].lower() not in _OTHER_SCHEMES


def _unmask(code: str) -> str | None:
    """Decode a mail address that Cloudflare hid."""
    if not _MASKED.fullmatch(code):
        return None
    key, *rest = bytes.fromhex(code)
    mail = bytes(byte ^ key for byte in rest).decode("utf-8", "replace")
    return mail if _MAIL.fullmatch(mail) else None


def _is_relative(address: str) -> bool:
    return bool(address) and not (address.startswith("//") or _SCHEME.match(address) or _NOWHERE.fullmatch(address))
