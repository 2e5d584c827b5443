"""Find the keys by which a header says that its article is shown, against what its site says by the same keys."""

from collections.abc import Mapping
from itertools import chain
from typing import Final

from refeed.formats.publication.answers import NO, YES
from refeed.formats.publication.beside_others import FOR_SOME
from refeed.formats.publication.values import word_of
from refeed.formats.publication.words import NO_WITHHOLDS, PLAIN_YES_WITHHOLDS, PUBLISHED, STATES, YES_WITHHOLDS
from refeed.vocabulary.fields import Value, key_name

_CODES: Final = (YES_WITHHOLDS, PLAIN_YES_WITHHOLDS, NO_WITHHOLDS)
_SWITCHES: Final = (*_CODES, STATES, FOR_SOME)
_ACCESS: Final = "access"  # of Grav: a table of rights
# Of drafts alone another field of records tells.
BESIDE_DRAFTS: Final = frozenset(
    {
        *(key for codes in _CODES for key, code in codes.items() if code != "draft" and key not in STATES),
        *(FOR_SOME - STATES),
        _ACCESS,
    }
)


def shown_by(values: Mapping[str, Value]) -> frozenset[str]:
    """Return the folded keys at the top of a header, or in Hugo's `params`, by which its article is shown."""
    params = values.get("params")
    below = ((key_name(key), text) for key, text in params.items()) if isinstance(params, dict) else ()
    pairs = chain(below, values.items())
    said = ((name, text) for name, text in pairs if _is_switch(name) and isinstance(text, str) and text)
    found = frozenset(name for name, text in said if _is_shown(name, word_of(text)))
    return found | {_ACCESS} if values.get(_ACCESS) and isinstance(values[_ACCESS], dict) else found


def _is_switch(name: str) -> bool:
    return any(name in names for names in _SWITCHES)


def _is_shown(name: str, word: str) -> bool:
    if name in NO_WITHHOLDS:
        return word in YES
    return word in NO if name not in STATES else word in PUBLISHED
