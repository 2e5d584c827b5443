"""Keep documents well-formed: which characters XML can hold, and which an IRI can.

Escaping of markup is left to the XML writer.
"""

import re
from typing import Final
from urllib.parse import quote

from refeed.text.characters import drop_forbidden

_CARRIAGE_RETURN: Final = re.compile("\r\n?")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
# RFC 3987, 2.2: all that an IRI may hold, without the blanks, joiners and bidi marks in its ranges.
_NOT_IN_IRI: Final = re.compile(
    r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff"
    r"\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd"
    r"\U00030000-\U0003fffd]+"
)


def characters(text: str) -> str:
    """Drop the characters that XML 1.0 forbids and the noncharacters; every line ends with a line feed."""
    return _CARRIAGE_RETURN.sub("\n", drop_forbidden(text))


def iri(text: str) -> str:
    """Percent-encode what no IRI may hold, so that a wrong address cannot make the document invalid."""
    return _NOT_IN_IRI.sub(lambda match: quote(match[0], safe=""), _SURROGATES.sub("\ufffd", text))
