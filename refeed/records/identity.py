"""Tell which records are the same article, and give each article its lasting id. FROZEN.

A change of anything here would send every article to every subscriber again, so nothing here is shared with code that
may change: not the repair of addresses (refeed.urls), not the cleaning of text (refeed.text.plain).
"""

import re
import unicodedata
from contextlib import suppress
from hashlib import sha1
from ipaddress import AddressValueError, IPv6Address
from typing import Final, NamedTuple
from urllib.parse import quote
from uuid import NAMESPACE_URL, UUID

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

# Namespace of the articles without address: uuid5(NAMESPACE_URL, "refeed: identity of an article without address").
_WITHOUT_ADDRESS: Final = UUID("7f0b4f42-62fe-5bf2-9059-6d7911df79eb").bytes
_WITH_ADDRESS: Final = NAMESPACE_URL.bytes

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
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
_AROUND: Final = (
    "".join(map(chr, range(0x21))) + "\x7f\x85\xa0\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u3000\ufeff"
)

# Controls that are no white space, soft hyphen, zero-width and bidi characters, U+FEFF: dumps lose and gain them.
_INVISIBLE: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_LONGEST_TEXT: Final = 4096  # normalising a long run of combining marks takes quadratic time

# `2021-12-09…`, `2021/12/9 …`, `2021年12月9日…`; `Thu, 09 Dec 2021 …`.
_DAY_IN_NUMBERS: Final = re.compile(r"\s*([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})(?![0-9])")
_DAY_IN_WORDS: Final = re.compile(
    r"\s*(?:[A-Za-z]{3,9},?\s{1,4})?([0-9]{1,2})\s{1,4}"
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\s{1,4}([0-9]{4})(?![0-9])",
    re.IGNORECASE | re.ASCII,
)
_MONTHS: Final = "janfebmaraprmayjunjulaugsepoctnovdec"

_UUID: Final = re.compile(
    r"(?:urn:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.ASCII | re.IGNORECASE
)
# The schemes whose names last, with what each must have (RFC 9110, 8141, 4151, 6920, 4452; the DOI handbook).
_SCHEME = r"(?ai:https?://[^/?#]|urn:(?!uuid:)[a-z0-9][a-z0-9\-]{0,30}[a-z0-9]:.|tag:[^,]+,[0-9]{4}|ni://|info:[a-z]|doi:10\.)"
# RFC 3987, 2.2: what an IRI may hold, without the blanks, joiners and bidi marks in its ranges and without brackets.
_IRI: Final = re.compile(
    rf"(?={_SCHEME})(?>(?:(?>[{_PLAIN}?#\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff"
    r"\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]+"
    r")|%[0-9A-Fa-f]{2})+)"
)


class Identity(NamedTuple):
    """Which article a record is."""

    digest: bytes  # of a UUID version 5; equal for every record of one article
    stated: str | None  # the id that the record states itself, if it can be used

    @property
    def id(self) -> str:
        """The atom:id: what the record states, else the digest's urn."""
        return self.stated or UUID(bytes=self.digest).urn


def identify(
    *, url: str | None, stated_id: str | None, outlet: str | None, author: str | None, title: str, day: str | None
) -> Identity:
    """Return the identity of a record, from its address or, without one, from what it says of itself."""
    stated = is_iri_or_uuid(stated_id) if stated_id else None
    if url:
        return Identity(_digest(_WITH_ADDRESS, identity_url(url)), stated)
    if stated:
        return Identity(_digest(_WITHOUT_ADDRESS, stated), stated)
    facts = "\n".join([_fold(text) if text else "" for text in (outlet, author, title, day)])
    return Identity(_digest(_WITHOUT_ADDRESS, facts), stated)


def _digest(namespace: bytes, name: str) -> bytes:
    """Return the bytes of uuid.uuid5, without the cost of the object: every record asks (RFC 9562, 5.5)."""
    found = bytearray(sha1(namespace + name.encode("utf-8"), usedforsecurity=False).digest()[:16])
    found[6] = found[6] & 0x0F | 0x50
    found[8] = found[8] & 0x3F | 0x80
    return bytes(found)


def identity_url(url: str) -> str:
    """Return the one spelling under which all addresses of an article are the same; what is no address stays itself."""
    usual = _USUAL.fullmatch(url)
    if usual:
        address, host, query = usual.groups()
        if query and _MAYBE_TRACKING.search(query):
            query = _query(query, host)
        known = f"https://{address}?{query}" if query else "https://" + address
        return _ESCAPES.sub(_upper, known) if _LOWER_ESCAPE.search(known) else known
    text = _SURROGATES.sub("\ufffd", _BREAKS.sub("", url.strip(_AROUND)))
    address = _ADDRESS.fullmatch(text)
    if address is None:
        return _FORBIDDEN.sub(_quoted, text)
    user, host, port = _authority(address[1])
    path = "/" + _settled(address[2]).lstrip("/")  # `//cn/x` and `/cn/x` are one article
    query = _query(_settled(address[3] or ""), host)
    fragment = _settled(address[4] or "")
    # Where there is no path, or by these first characters, the fragment is what names the article.
    if path != "/" and not fragment.startswith(("!", "/")):
        fragment = ""
    return f"https://{user}{host}{port}{path}{'?' if query else ''}{query}{'#' if fragment else ''}{fragment}"


def written_day(text: str) -> str:
    """Return the calendar day that a date text begins with or names in English, or the folded text itself.

    Deliberately not the work of refeed.dates: no new dialect, option or clock may move an id.
    """
    numbers = _DAY_IN_NUMBERS.match(text)
    if numbers:
        return f"{numbers[1]}-{int(numbers[2]):02}-{int(numbers[3]):02}"
    words = _DAY_IN_WORDS.match(text)
    if words:
        month = _MONTHS.index(words[2].lower()) // 3 + 1
        return f"{words[3]}-{month:02}-{int(words[1]):02}"
    return _fold(text)


def is_iri_or_uuid(text: str) -> str | None:
    """Return a stated id as atom:id may show it: an IRI of a lasting scheme, or a UUID as its urn; else None."""
    stripped = text.strip(_AROUND)
    uuid = _UUID.fullmatch(stripped)
    if uuid:
        return "urn:uuid:" + uuid[1].lower()
    return stripped if _IRI.fullmatch(stripped) else None


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
            name = name.encode("idna").decode("ascii").rstrip(".")
    return _FORBIDDEN_IN_HOST.sub(_quoted, name).lower()


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


def _settle(match: re.Match[str]) -> str:
    if match[1] is None:
        return _quoted(match)
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _upper(match: re.Match[str]) -> str:
    return match[0].upper()


def _quoted(match: re.Match[str]) -> str:
    return quote(match[0], safe="")


def _fold(text: str) -> str:
    """Return a text as it is compared: compatibility forms, case, invisible characters and white space folded."""
    text = text[:_LONGEST_TEXT]
    # Neither surrogates nor invisible characters are printable: nearly always there is nothing to look for.
    whole = text if text.isprintable() else _SURROGATES.sub("\ufffd", text)
    folded = unicodedata.normalize("NFKC", whole).casefold()
    return " ".join((folded if folded.isprintable() else _INVISIBLE.sub("", folded)).split())
