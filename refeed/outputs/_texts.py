"""What may stand in documents: the characters of XML, addresses as IRIs, dates and languages as each format has them.

Escaping of markup is left to the writer of the document.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from refeed.model import SafeHtml
from refeed.startup.late_patterns import late_pattern
from refeed.text.characters import drop_forbidden

_CARRIAGE_RETURN: Final = late_pattern("\r\n?")
# BCP 47 (RFC 5646, 2.1): language, extended language, script, region, variants.
_LANGUAGE_TAG: Final = late_pattern(
    r"[A-Za-z]{2,8}(-[A-Za-z]{3})?(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(?>(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*)"
)
_SURROGATES: Final = late_pattern("[\ud800-\udfff]")
# RFC 3986, 2: all that a URI may hold.
_IN_URI: Final = r"A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%"
_NOT_IN_URI: Final = late_pattern(f"[^{_IN_URI}]+")
# RFC 3987, 2.2: what an IRI may hold beside it, without the blanks, joiners and bidi marks in its ranges.
_NOT_IN_IRI: Final = late_pattern(
    rf"[^{_IN_URI}\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff"
    r"\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd"
    r"\U00030000-\U0003fffd]+"
)


def xml_text(text: str) -> str:
    """Drop the characters that XML 1.0 forbids and the noncharacters; every line ends with a line feed."""
    return _with_line_feeds(drop_forbidden(text))


def xml_content(content: SafeHtml) -> str:
    """Return content, from which the sanitiser has dropped these; every line ends with a line feed."""
    return _with_line_feeds(content)


def _with_line_feeds(text: str) -> str:
    return _CARRIAGE_RETURN.sub("\n", text) if "\r" in text else text


def iri(text: str) -> str:
    """Percent-encode what no IRI may hold, so that a wrong address cannot make the document invalid."""
    if text.isascii():  # as nearly all are
        return _NOT_IN_URI.sub(lambda match: quote(match[0], safe=""), text)
    return _NOT_IN_IRI.sub(lambda match: quote(match[0], safe=""), _SURROGATES.sub("\ufffd", text))


def uri(text: str) -> str:
    """Return an address in ASCII, for documents that know no IRIs (RFC 3987, 3.1)."""
    return quote(iri(text), safe="%/:?#[]@!$&'()*+,;=~")


def rfc3339(date: datetime) -> str:
    """Return a date in UTC to the second; some readers ignore other offsets (RFC 3339, 5.6)."""
    return date.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def language_tag(language: str | None) -> str | None:
    """Return a language if it is written as BCP 47 says."""
    return language if language and _LANGUAGE_TAG.fullmatch(language) else None


def non_empty(texts: Iterable[str]) -> list[str]:
    """Return texts as a document can hold them, without those of which nothing is left."""
    return [text for text in map(xml_text, texts) if text]


def people(names: Iterable[str]) -> list[dict[str, str]]:
    """Return people as feedgen and JSON Feed take them."""
    return [{"name": name} for name in non_empty(names)]
