"""Which stated ids can be an atom:id, and which name nothing. FROZEN, as the whole package."""

import re
from typing import Final

from refeed.records.identity._texts import AROUND
from refeed.startup.late_patterns import late_pattern

# RFC 3986, 2.2 and 2.3: what an address may hold as it is.
_PLAIN: Final = r"A-Za-z0-9\-._~!$&'()*+,;=:@/"
_UUID: Final = late_pattern(
    r"(?:urn:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.ASCII | re.IGNORECASE
)
_NUMBER: Final = late_pattern(r"[\W_0-9]*")  # of a row, perhaps with marks: `17`, `#17`, `17.0`
_NOBODYS: Final = frozenset("0f")  # all the digits of the nil and the max UUID (RFC 9562, 5.9 and 5.10)
# The schemes whose names last, with what each must have (RFC 9110, 8141, 4151, 6920, 4452; the DOI handbook).
_SCHEME = r"(?ai:https?://[^/?#]|urn:(?!uuid:)[a-z0-9][a-z0-9\-]{0,30}[a-z0-9]:.|tag:[^,]+,[0-9]{4}|ni://|info:[a-z]|doi:10\.)"
# RFC 3987, 2.2: what an IRI may hold, without the blanks, joiners and bidi marks in its ranges and without brackets.
_IRI: Final = late_pattern(
    rf"(?={_SCHEME})(?>(?:(?>[{_PLAIN}?#\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff"
    r"\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]+"
    r")|%[0-9A-Fa-f]{2})+)"
)


def is_iri_or_uuid(text: str) -> str | None:
    """Return a stated id as atom:id may show it: an IRI of a lasting scheme, or a UUID as its urn; else None."""
    stripped = text.strip(AROUND)
    uuid = _UUID.fullmatch(stripped)
    if uuid:
        digits = uuid[1].lower()
        is_somebodys = len({*digits} - {"-"}) > 1 or digits[0] not in _NOBODYS
        return "urn:uuid:" + digits if is_somebodys else None
    return stripped if _IRI.fullmatch(stripped) else None


def is_number_or_nobodys(text: str) -> bool:
    """Return whether a stated id is only a number, which another table may have too, or a UUID that is nobody's."""
    return bool(_NUMBER.fullmatch(text) or _UUID.fullmatch(text))
