"""The one spelling of an article's address, and the addresses that name no article. FROZEN, as the whole package."""

import ipaddress
import re
from contextlib import suppress
from typing import Final
from urllib.parse import quote

from refeed.records.identity._file_names import is_language
from refeed.records.identity._texts import AROUND, SURROGATES
from refeed.startup.late_patterns import late_pattern

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
# Each of these names holds one of them.
_SIGNS_OF_TRACKING: Final = ("clid", "clkid", "igshid", "mc_", "utm_")
_SOURCE_OF_FEED: Final = "source=rss-"  # medium.com and the sites it hosts
_WHOLE_ARTICLE: Final = "full=y"  # ftchinese.com: the same article on one page
_WHOLE_ARTICLE_HOST: Final = "ftchinese.com"

# Without one of these nothing is dropped of a query, in lower case and between ampersands.
_DROPPED: Final = (*_SIGNS_OF_TRACKING, _SOURCE_OF_FEED, _WHOLE_ARTICLE, "&&")

# RFC 3986, 2.2, 2.3 and 3.3 to 3.5: characters that stand for themselves in a path, a query or a fragment.
_PLAIN = r"A-Za-z0-9\-._~!$&'()*+,;=:@/"
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# An escape that stays: upper-case, and of a character from 00 to 2C, 2F, or 80 to FF. (Others may stay, too.)
_SETTLED = r"%(?:[0189A-F][0-9A-F]|2[0-9A-CF])"
_LONE_PERCENT = r"%(?![0-9A-Fa-f]{2})"
# The usual address, of which only scheme and query may change: a host of several labels, one slash, no other colon, no
# fragment. Recognised without groups that repeat, because every file asks. What may be wrong all the same is looked for
# apart.
_NO_COLON: Final = _PLAIN.replace(":", "")
_USUAL: Final = late_pattern(
    rf"https?://(([a-z0-9_\-][a-z0-9_\-.]{{0,62}})/(?!/)[{_NO_COLON}%]*)(?:\?([{_NO_COLON}?%]*))?"
)
_CHANGES: Final = late_pattern(r"%(?![0189A-F][0-9A-F]|2[0-46-9A-CF])")
_ADDRESS: Final = late_pattern(
    r"https?://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.ASCII | re.IGNORECASE | re.DOTALL
)
_PORT: Final = late_pattern(r"[0-9]*")
_UNSETTLED: Final = late_pattern(rf"(?!{_SETTLED})%([0-9A-Fa-f]{{2}})|(?>(?:[^{_PLAIN}?%]|{_LONE_PERCENT})+)")
_FORBIDDEN: Final = late_pattern(rf"(?>(?:[^{_PLAIN}?%]|{_LONE_PERCENT})+)")
_FORBIDDEN_IN_HOST: Final = late_pattern(rf"(?>(?:[^A-Za-z0-9\-._~%]|{_LONE_PERCENT})+)")
_LONGEST_HOST: Final = 253
_DEFAULT_PORTS: Final = frozenset({"", "443", "80"})
_BREAKS: Final = late_pattern(r"[\t\n\r]")
# An ampersand as HTML and XML write it, however often it was escaped.
_AMPERSAND: Final = late_pattern(r"&(?>(?:(?:amp|AMP|#0{0,4}38|#[xX]0{0,4}26);)+)")

# In settled text: characters whose escapes were escaped again, once (`%25E4%25B8%25AD`) or more often.
_TWICE: Final = late_pattern(r"(?>(?:%(?:25)+[0-9A-Fa-f]{2})+)")
_CODES: Final = late_pattern(r"%(?:25)+([0-9A-Fa-f]{2})")
_NEVER_TWICE: Final = _UNRESERVED | {"%"}  # nothing escapes the first of them even once; the other may be the author's

# Pages that change with every article: a site's first page, its lists of posts, its feeds.
_FRONT_PAGES: Final = (
    "all",
    "archive",
    "archives",
    "article",
    "articles",
    "atom",
    "blog",
    "blogs",
    "default",
    "diary",
    "entries",
    "essays",
    "feed",
    "feeds",
    "frontpage",
    "home",
    "homepage",
    "index",
    "journal",
    "latest",
    "log",
    "main",
    "news",
    "notes",
    "post",
    "posts",
    "recent",
    "rss",
    "sitemap",
    "start",
    "stories",
    "thoughts",
    "weblog",
    "welcome",
    "writing",
)
# Lists by what articles have in common, by a year or month, and the pages that long lists are divided into.
_LISTS: Final = (
    r"/(?:author|categor(?:y|ies)|tags?)(?:/[^/?#]+)?(?=[/?#]|\Z)|/(?:19|20)[0-9]{2}(?:/[01]?[0-9])?(?=[/?#]|\Z)"
)
_PAGE_OF_LIST: Final = r"/page/[0-9]{1,5}(?=[/?#]|\Z)"
# A site, perhaps a user's (`/~ada`, `/@ada`), a language, front pages below each other, an ending, a query.
_FRONT_PAGE: Final = late_pattern(
    r"(https://(?>[^/?#]*)(?:/[~@](?>[^/?#]+))?)(?:/([a-z]{2}(?:[_-][a-z0-9]{2,4}){0,2})(?=[/?#]|\Z))?"
    rf"(?>(?:/(?:{'|'.join(_FRONT_PAGES)})(?=[/.?#]|\Z)){{0,3}})(?:{_LISTS})?(?:{_PAGE_OF_LIST})?"
    r"(?:\.[a-z0-9]{1,5}){0,2}(?:/|%2F)*(?:\?([^#]*))?(?:#[!/]{0,2})?",
    re.ASCII | re.IGNORECASE,
)
# The last part of a path, without its ending, that a list has or is below.
_OF_LISTS: Final = frozenset({"author", "categories", "category", "tag", "tags"})
_ABOVE_LISTS: Final = _OF_LISTS | {"page"}  # `/page/12` of a list
_NEVER_LAST: Final = _OF_LISTS.union(_FRONT_PAGES)
_LONGEST_FRONT: Final = len("zh-hant-hant")  # longer than all of these, and than any language
_COUNTRIES: Final = frozenset({"au", "gb", "mx", "nz", "us"})  # whose editions are no language's
_LANGUAGE_PARAMETERS: Final = frozenset({"hl", "lang", "language", "locale"})
# What a front page may be asked without becoming an article: a language, a feed, where the reader came from.
_OF_FRONT_PAGES: Final = _LANGUAGE_PARAMETERS | {"feed", "from", "ref", "referrer", "source"}
_VIEWS: Final = late_pattern(r"paged?=[0-9]{1,5}|(?:alt|format|output|type|view)=(?:atom|feed|json|rss|rss2|xml)")


def usual_address(url: str) -> str | None:
    """Return what `identity_url` does if a text is an address as most are: one that `readable` leaves as it is."""
    usual = _USUAL.fullmatch(url)
    # Unusual are an empty label, `/./` and `/../`, an ampersand of HTML, an escape that is written otherwise.
    if usual and not ("/." in url or "./" in url or ".." in url or ("&" in url and "&amp;" in url.lower())):
        address, host, query = usual.groups()
        if "." in host and not ("%" in url and _CHANGES.search(url)):
            query = _query(query, host) if query else ""
            return f"https://{address}?{query}" if query else "https://" + address
    return None


def identity_url(url: str) -> str:
    """Return the one spelling under which all addresses of an article are the same; what is no address stays itself."""
    usual = usual_address(url)
    if usual:
        return usual
    text = _AMPERSAND.sub("&", SURROGATES.sub("\ufffd", _BREAKS.sub("", url.strip(AROUND))))
    address = _ADDRESS.fullmatch("https:" + text if text.startswith("//") else text)
    if address is None:
        return _FORBIDDEN.sub(_quoted, text)
    user, host, port = _authority(address[1])
    path, query, fragment = (_escaped_once(_settled(part or "")) for part in address.groups()[1:])
    path = _without_dots(path)
    query = _query(query, host)
    # Where there is no path, or by these first characters, the fragment is what names the article.
    if path != "/" and not fragment.startswith(("!", "/")):
        fragment = ""
    return f"https://{user}{host}{port}{path}{'?' if query else ''}{query}{'#' if fragment else ''}{fragment}"


def front_page(address: str) -> str | None:
    """Return the site, with its language, if an identity's address is a home page, a list or a feed; else None."""
    match = None if is_below_all_fronts(address) else _FRONT_PAGE.fullmatch(address)
    if match is None:
        return None
    site, language, query = match.groups()
    pairs = [pair.lower().partition("=") for pair in query.split("&")] if query else []
    if not all(name in _OF_FRONT_PAGES or _VIEWS.fullmatch(f"{name}={value}") for name, _, value in pairs):
        return None
    if language and not is_language(language) and language.lower() not in _COUNTRIES:
        return None
    language = language or next(
        (value for name, _, value in pairs if name in _LANGUAGE_PARAMETERS and is_language(value)), ""
    )
    return f"{site}/{language.lower()}" if language else site


def is_below_all_fronts(address: str) -> bool:
    """Return whether the last part of a path alone says that a page is no front page; the pattern is long."""
    path = address.partition("?")[0].partition("#")[0].rstrip("/").lower()
    above, _, last = path.rpartition("/")
    folder, name = above.rpartition("/")[2], last.partition(".")[0]
    size = len(name)
    if size <= _LONGEST_FRONT:
        is_year = size == 4 and name.isdigit()
        if size < 3 or is_year or name[2] in "-_" or name in _NEVER_LAST:
            return False
    # Above a host there is no folder.
    return bool(folder) and folder not in _ABOVE_LISTS and name[0] not in "~@" and "%2f" not in last


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
        with suppress(ipaddress.AddressValueError):
            return f"[{ipaddress.IPv6Address(name[1:-1]).packed.hex(':', 2)}]"
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


def _without_dots(path: str) -> str:
    """Return a path without its `.` and `..` (RFC 3986, 5.2.4); `//cn/x` and `/cn/x` are one article, too."""
    if "/." in path:
        parts = list[str]()
        *folders, last = path.lstrip("/").split("/")
        for part in folders:
            if part == "..":
                parts = parts[:-1]
            elif part != ".":
                parts.append(part)
        if last == "..":
            parts = parts[:-1]
        path = "/".join([*parts, "" if last in {".", ".."} else last])
    return "/" + path.lstrip("/")


def _query(text: str, host: str) -> str:
    """Drop the parameters that say how a reader came, or nothing; the others keep their order."""
    if not text or not any(map(f"&{text}&".lower().__contains__, _DROPPED)):
        return text
    return "&".join(pair for pair in text.split("&") if pair and not _is_tracking(pair, host))


def _is_tracking(pair: str, host: str) -> bool:
    if pair == _WHOLE_ARTICLE:
        return host == _WHOLE_ARTICLE_HOST or host.endswith("." + _WHOLE_ARTICLE_HOST)
    return pair.partition("=")[0].lower() in _TRACKING or pair.startswith(_SOURCE_OF_FEED)


def _settled(text: str) -> str:
    """Normalise percent-encoding: upper-case, unreserved characters decoded, what is not allowed encoded as UTF-8."""
    return _UNSETTLED.sub(_settle, text)


def _escaped_once(text: str) -> str:
    """Undo all escaping of settled text but the first, as far as that gives characters that need an escape."""
    return _settled(_TWICE.sub(_unescaped_if_utf8, text)) if "%25" in text else text


def _unescaped_if_utf8(match: re.Match[str]) -> str:
    codes = _CODES.findall(match[0])
    try:
        text = bytes.fromhex("".join(codes)).decode()
    except UnicodeDecodeError:
        return match[0]
    return "%" + "%".join(codes) if _NEVER_TWICE.isdisjoint(text) else match[0]


def _settle(match: re.Match[str]) -> str:
    if match[1] is None:
        return _quoted(match)
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _quoted(match: re.Match[str]) -> str:
    return quote(match[0], safe="")
