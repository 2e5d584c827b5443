"""Make web addresses that every reader opens: absolute, ASCII, and otherwise as close to the original as possible.

Only http and https are addresses here. The identity of an article has a frozen function of its own: see
refeed.records.identity.
"""

import ipaddress
import re
from typing import Final
from urllib.parse import quote, urljoin

from refeed.startup.late_patterns import late_pattern
from refeed.uuids import URLS, read_uuid, shown, uuid_of

# RFC 3986, 3.3 to 3.5: what a path, a query or a fragment may hold as it is, besides escapes.
_PLAIN = r"A-Za-z0-9\-._~!$&'()*+,;=:@/?"
# RFC 1035, 2.3.4 for the lengths; underscores occur in real host names.
_HOST = r"[a-z0-9_\-]{1,63}(?>(?:\.[a-z0-9_\-]{1,63})*)\.?"

# An address that needs no change, the usual case: recognised without groups that repeat, because every file asks. What
# may be wrong all the same, an empty label or a percent sign that begins no escape, is looked for apart.
_CLEAN: Final = late_pattern(rf"https?://[a-z0-9_\-][a-z0-9_\-.]{{0,62}}(?:[/?][{_PLAIN}%]*)?(?:#[{_PLAIN}%]*)?")
_NO_ESCAPE: Final = late_pattern(r"%(?![0-9A-Fa-f][0-9A-Fa-f])")
_LONGEST_HOST: Final = 253
_CLEAN_HOST: Final = late_pattern(_HOST)
_ADDRESS: Final = late_pattern(r"(https?)://([^/?#]*)([^#]*)(#.*)?", re.ASCII | re.IGNORECASE | re.DOTALL)
_END_OF_AUTHORITY: Final = late_pattern(r"[/?#]")
_HOST_AND_PORT: Final = late_pattern(r"(\[[^\]]*\]|[^:\[\]]*)(:[0-9]{0,8})?")
_WITHOUT_SCHEME: Final = late_pattern(r"//[^/?#.]+\.[^/?#]")  # a path with two slashes has no dot in its first part
_NO_PLAIN_PATH: Final = ("?", "#", ";", "/.")  # without these a path from the root stands behind its host as it is
_SCHEME: Final = late_pattern(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_FORBIDDEN: Final = late_pattern(rf"(?>(?:[^{_PLAIN}%]|%(?![0-9A-Fa-f]{{2}}))+)")
_FORBIDDEN_IN_USER: Final = late_pattern(r"(?>(?:[^A-Za-z0-9\-._~!$&'()*+,;=:%]|%(?![0-9A-Fa-f]{2}))+)")

# White space and invisible characters that cling to a copied address.
_AROUND: Final = (
    "".join(map(chr, range(0x21))) + "\x7f\x85\xa0\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u3000\ufeff"
)
# Browsers drop these inside an address (WHATWG URL, basic URL parser, step 3).
_BREAKS: Final = late_pattern(r"[\t\n\r]")
_SURROGATES: Final = late_pattern(r"[\ud800-\udfff]")

_DEFAULT_PORTS: Final = frozenset({("http", 80), ("https", 443)})


def readable(url: str) -> str | None:
    """Return an absolute http(s) address as readers open it, or None if it is not one.

    An address that only lacks its scheme (`//host.example/path`) is read as https. Lower-case scheme, ASCII host
    (punycode), no default port; what RFC 3986 forbids is percent-encoded as UTF-8.
    Existing escapes, `//` in the path, the query and the fragment stay as they are.
    """
    if _is_clean(url):
        return url
    tidy = _tidy(url)
    address = _ADDRESS.fullmatch("https:" + tidy if _WITHOUT_SCHEME.match(tidy) else tidy)
    if address is None:
        return None
    scheme = address[1].lower()
    authority = _authority(scheme, address[2], address[3])
    if authority is None:
        return None
    fragment = address[4]
    return f"{scheme}://{authority}{_encode(address[3])}" + ("" if fragment is None else "#" + _encode(fragment[1:]))


def resolve(address: str, base: str | None) -> str | None:
    """Return the absolute http(s) address that a link in a page at base means, or None.

    Other schemes (mailto, javascript, data, file) and empty addresses give None, and so does a relative address
    without a base; an address without scheme but with a host (`//host/path`) is read as https. The base is one that
    `readable` returned: a body has many links, and its own address is parsed once.
    """
    if _is_clean(address):
        return address
    tidy = _tidy(address)
    if _SCHEME.match(tidy):
        return readable(tidy)
    if tidy.startswith("//"):
        return readable("https:" + tidy)
    if base and tidy.startswith("/") and not any(map(tidy.__contains__, _NO_PLAIN_PATH)):
        end = _END_OF_AUTHORITY.search(base, base.find("://") + len("://"))
        return readable((base[: end.start()] if end else base) + tidy)
    return readable(urljoin(base, tidy)) if base and tidy else None


def host(url: str | None) -> str | None:
    """Return the ASCII host of an absolute http(s) address, without "www." and port, or None."""
    absolute = readable(url) if url else None
    return host_of(absolute) if absolute else None


def host_of(url: str) -> str:
    """Return the host of an address that `readable` returned, without "www." and port."""
    authority = url.partition("://")[2]
    authority = _END_OF_AUTHORITY.split(authority, maxsplit=1)[0].rpartition("@")[2]
    name = (authority.rpartition("]")[0] + "]" if authority.startswith("[") else authority.partition(":")[0]).rstrip(
        "."
    )
    bare = name.removeprefix("www.")
    return bare if "." in bare else name


def _is_clean(url: str) -> bool:
    """Return whether an address is absolute and needs no change."""
    return _CLEAN.fullmatch(url) is not None and ".." not in url and not ("%" in url and _NO_ESCAPE.search(url))


def _tidy(url: str) -> str:
    """Drop what surrounds an address and the line breaks in it; a lone surrogate becomes U+FFFD."""
    return _SURROGATES.sub("\ufffd", _BREAKS.sub("", url.strip(_AROUND)))


def _authority(scheme: str, text: str, rest: str) -> str | None:
    """Return user, ASCII host and port as they stand in the address, or None if that is no host."""
    user, at, host_and_port = text.rpartition("@")
    parts = _HOST_AND_PORT.fullmatch(host_and_port)
    if parts is None:
        return None
    name, port = _ascii_host(parts[1]), (parts[2] or "")[1:]
    # Two addresses glued together ("https://a.examplehttps://b.example/"): nobody knows which one was meant.
    if name is None or (parts[2] == ":" and rest.startswith("//") and name.endswith(("http", "https"))):
        return None
    if port and int(port) > 65535:
        return None
    shown_port = f":{int(port)}" if port and (scheme, int(port)) not in _DEFAULT_PORTS else ""
    shown_user = _FORBIDDEN_IN_USER.sub(_escape, user) + "@" if at and user else ""
    return shown_user + name + shown_port


def _ascii_host(name: str) -> str | None:
    """Return a host name in lower-case ASCII (IDNA), or an IPv6 literal in its short form; None if it is neither."""
    if len(name) > _LONGEST_HOST:  # also keeps the codec from long hostile ones
        return None
    if name.startswith("["):
        return _ipv6(name[1:-1])
    try:
        ascii_name = name.lower() if name.isascii() else _punycode(name)
    except UnicodeError:  # idna.IDNAError is one
        return None
    return ascii_name if _CLEAN_HOST.fullmatch(ascii_name) else None


def _punycode(name: str) -> str:
    """Return a name as browsers look it up (UTS 46, non-transitional): `straße.example` is not `strasse.example`.

    Not by the codec of the standard library, which is that of IDNA 2003, nor by idna.encode, which refuses symbols.
    """
    from idna import uts46_remap  # few hosts pay for its tables

    labels = uts46_remap(name, std3_rules=False, transitional=False).split(".")
    return ".".join(label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in labels)


def _ipv6(text: str) -> str | None:
    try:
        return f"[{ipaddress.IPv6Address(text)}]" if "%" not in text else None
    except ipaddress.AddressValueError:
        return None


def _encode(text: str) -> str:
    return _FORBIDDEN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return quote(match[0], safe="")


def entry_key(entry_id: str) -> str:
    """Name an entry in addresses, where an id that is an address itself would not survive every proxy."""
    if entry_id.lower().startswith("urn:uuid:"):
        try:
            return shown(read_uuid(entry_id[9:]))
        except ValueError:
            pass
    return shown(uuid_of(URLS, entry_id))
