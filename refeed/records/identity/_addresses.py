"""The one spelling of an article's address, and the addresses that name no article. FROZEN, as the whole package."""

import re
from contextlib import suppress
from ipaddress import AddressValueError, IPv6Address
from typing import Final
from urllib.parse import quote

from refeed.records.identity._file_names import is_language
from refeed.records.identity._texts import AROUND, SURROGATES

# Parameters that say how a reader came, never which article it is. Google Analytics, Google Ads, DoubleClick,
# Microsoft Ads, Facebook, Mailchimp, Instagram and Yandex document them.
_TRACKING: Final = frozenset(
    {
        "dclid",
        "fbclid",
        "gclid",
        "igshid",
        "mc_cid",
        "mc_eid",
        "msclkid",
        "utm_campaign",
        "utm_content",
        "utm_id",
        "utm_medium",
        "utm_source",
        "utm_term",
        "yclid",
    }
)
_SOURCE_OF_FEED: Final = "source=rss-"  # medium.com and the sites it hosts
_WHOLE_ARTICLE: Final = "full=y"  # ftchinese.com: the same article on one page
_WHOLE_ARTICLE_HOST: Final = "ftchinese.com"
_MAYBE_TRACKING: Final = re.compile("|".join((*sorted(_TRACKING), _SOURCE_OF_FEED, _WHOLE_ARTICLE)))

# RFC 3986, 2.2, 2.3 and 3.3 to 3.5: characters that stand for themselves in a path, a query or a fragment.
_PLAIN = r"A-Za-z0-9\-._~!$&'()*+,;=:@/"
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# An escape that stays: upper-case, and of a character from 00 to 2C, 2F, or 80 to FF. (Others may stay, too.)
_SETTLED = r"%(?:[0189A-F][0-9A-F]|2[0-9A-CF])"
_LONE_PERCENT = r"%(?![0-9A-Fa-f]{2})"
_UPPER_OR_LOWER = r"%(?:[0189A-Fa-f][0-9A-Fa-f]|2[0-9A-CFa-cf])"
# The usual address, of which only scheme, case of escapes and query may change: a host of several labels, one slash,
# no fragment. Recognised in one go, because every file asks.
_USUAL: Final = re.compile(
    rf"https?://(((?>(?:(?>[a-z0-9_\-]+)\.)+)(?>[a-z0-9_\-]+))/(?!/)(?>[{_PLAIN}]*)(?>(?:{_UPPER_OR_LOWER}(?>[{_PLAIN}]*))*))"
    rf"(?:\?((?>[{_PLAIN}?]*)(?>(?:{_UPPER_OR_LOWER}(?>[{_PLAIN}?]*))*)))?"
)
_LOWER_ESCAPE: Final = re.compile(r"%(?:[a-f]|[0-9A-F][a-f])")
_ESCAPES: Final = re.compile(r"(?>(?:%[0-9A-Fa-f]{2})+)")
_ADDRESS: Final = re.compile(
    r"https?://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.ASCII | re.IGNORECASE | re.DOTALL
)
_PORT: Final = re.compile(r"[0-9]*")
_UNSETTLED: Final = re.compile(rf"(?!{_SETTLED})%([0-9A-Fa-f]{{2}})|(?>(?:[^{_PLAIN}?%]|{_LONE_PERCENT})+)")
_FORBIDDEN: Final = re.compile(rf"(?>(?:[^{_PLAIN}?%]|{_LONE_PERCENT})+)")
_FORBIDDEN_IN_HOST: Final = re.compile(rf"(?>(?:[^A-Za-z0-9\-._~%]|{_LONE_PERCENT})+)")
_LONGEST_HOST: Final = 253
_DEFAULT_PORTS: Final = frozenset({"", "443", "80"})
_BREAKS: Final = re.compile(r"[\t\n\r]")

# In settled text: characters whose escapes a robot escaped again (`%25E4%25B8%25AD`), and an escape of any other kind.
_TWICE: Final = re.compile(r"(?>(?:%25[0-9A-Fa-f]{2})+)")
_ONCE: Final = re.compile(r"%(?!25[0-9A-Fa-f]{2})")

# Pages that change with every article: a site's first page, its list of posts, its feed.
_FRONT_PAGES: Final = frozenset({"atom", "blog", "default", "feed", "home", "index", "main", "news", "rss"})
_FRONT_PAGE: Final = re.compile(
    r"(https://[^/]*)/(?:([A-Za-z_-]{2,7})(?:/|(?=\Z|#)))?(?:([A-Za-z]{3,7})(?:\.[A-Za-z0-9]{1,5})?)?/?(?:#[!/]{0,2})?"
)


def identity_url(url: str) -> str:
    """Return the one spelling under which all addresses of an article are the same; what is no address stays itself."""
    usual = _USUAL.fullmatch(url)
    if usual and "%25" not in url:
        address, host, query = usual.groups()
        if query and _MAYBE_TRACKING.search(query):
            query = _query(query, host)
        known = f"https://{address}?{query}" if query else "https://" + address
        return _ESCAPES.sub(_upper, known) if _LOWER_ESCAPE.search(known) else known
    text = SURROGATES.sub("\ufffd", _BREAKS.sub("", url.strip(AROUND)))
    address = _ADDRESS.fullmatch("https:" + text if text.startswith("//") else text)
    if address is None:
        return _FORBIDDEN.sub(_quoted, text)
    user, host, port = _authority(address[1])
    path, query, fragment = (_escaped_once(_settled(part or "")) for part in address.groups()[1:])
    path = "/" + path.lstrip("/")  # `//cn/x` and `/cn/x` are one article
    query = _query(query, host)
    # Where there is no path, or by these first characters, the fragment is what names the article.
    if path != "/" and not fragment.startswith(("!", "/")):
        fragment = ""
    return f"https://{user}{host}{port}{path}{'?' if query else ''}{query}{'#' if fragment else ''}{fragment}"


def front_page(address: str) -> str | None:
    """Return the site, with its language, if an identity's address is a home page, a list or a feed; else None."""
    match = _FRONT_PAGE.fullmatch(address)
    if match is None:
        return None
    language, page = match[2], match[3]
    if language and not page and language.lower() in _FRONT_PAGES:
        language, page = None, language
    if (language and not is_language(language)) or (page and page.lower() not in _FRONT_PAGES):
        return None
    return f"{match[1]}/{language.lower()}" if language else match[1]


def _authority(text: str) -> tuple[str, str, str]:
    """Split into user with its `@`, host, and port with its `:`, each "" where there is none."""
    user, _, place = text.rpartition("@")
    host, colon, port = place.rpartition(":")
    if not colon or not _PORT.fullmatch(port):
        host, port = place, ""
    port = port.lstrip("0")
    shown_user = _settled(user).replace("@", "%40") + "@" if user else ""
    return shown_user, _host(host), "" if port in _DEFAULT_PORTS else ":" + port


def _host(name: str) -> str:
    """Return lower-case punycode without the root's dot; a name that is no host stays itself, escaped."""
    name = name.rstrip(".")
    if name.startswith("[") and name.endswith("]") and "%" not in name:
        with suppress(AddressValueError):
            return f"[{IPv6Address(name[1:-1]).packed.hex(':', 2)}]"
    if not name.isascii() and len(name) <= _LONGEST_HOST:
        with suppress(UnicodeError):
            name = _punycode(name).rstrip(".")
    return _FORBIDDEN_IN_HOST.sub(_quoted, name).lower()


def _punycode(name: str) -> str:
    """Return a name as browsers look it up (UTS 46, non-transitional): `straße.example` is not `strasse.example`."""
    from idna import uts46_remap  # only for who needs it

    # Newer tables map the capital ẞ to ß, older ones to ss.
    mapped = uts46_remap(name.replace("\u1e9e", "\xdf"), std3_rules=False, transitional=False)
    labels = mapped.split(".")
    return ".".join(label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in labels)


def _query(text: str, host: str) -> str:
    """Drop the parameters that say how a reader came; the others keep their order."""
    return "&".join(pair for pair in text.split("&") if not _is_tracking(pair, host)) if text else ""


def _is_tracking(pair: str, host: str) -> bool:
    if pair == _WHOLE_ARTICLE:
        return host == _WHOLE_ARTICLE_HOST or host.endswith("." + _WHOLE_ARTICLE_HOST)
    return pair.partition("=")[0] in _TRACKING or pair.startswith(_SOURCE_OF_FEED)


def _settled(text: str) -> str:
    """Normalise percent-encoding: upper-case, unreserved characters decoded, what is not allowed encoded as UTF-8."""
    return _UNSETTLED.sub(_settle, text)


def _escaped_once(text: str) -> str:
    """Undo the second escaping of settled text, as far as that gives characters and not the author's own `%25`."""
    while "%25" in text:
        undone = _TWICE.sub(_unescaped_if_utf8, text)
        if undone == text:
            break
        if not _ONCE.search(text):  # then its spaces and slashes were escaped twice, too
            undone = text.replace("%25", "%")
        text = _settled(undone)
    return text


def _unescaped_if_utf8(match: re.Match[str]) -> str:
    try:
        is_text = not bytes.fromhex(match[0].replace("%25", "")).decode().isascii()
    except UnicodeDecodeError:
        return match[0]
    return match[0].replace("%25", "%") if is_text else match[0]


def _settle(match: re.Match[str]) -> str:
    if match[1] is None:
        return _quoted(match)
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _upper(match: re.Match[str]) -> str:
    return match[0].upper()


def _quoted(match: re.Match[str]) -> str:
    return quote(match[0], safe="")
