"""Decode what a generator left in a text to protect braces: `{% raw %}`, a string of braces."""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern

# Liquid and Nunjucks (Jekyll, Hexo); the text between the marks stays.
_RAW: Final = late_pattern(r"\{%-?[ \t]*(?:end)?(?:raw|verbatim)[ \t]*-?%\}")
# The same for a few words: braces in a string that is written out, `{{ "{{ page.title }}" }}`.
_STRING: Final = late_pattern(
    r"""\{\{-?(?>[ \t]*)(?:"([^"\n]{1,200})"|'([^'\n]{1,200})')(?>[ \t]*)"""
    r"""(?:\|(?>[ \t]*)(?:raw|safe)(?>[ \t]*))?-?\}\}"""
)
_DELIMITERS: Final = ("{{", "}}", "{%", "%}", "{#", "#}")


def decode_escapes(text: str) -> str:
    """Return a text with the braces that it was written to show."""
    return _STRING.sub(_unescape, _RAW.sub("", text)) if "{" in text else text


def without_raw_marks(text: str) -> str:
    """Return code without the marks that kept it from being evaluated."""
    return _RAW.sub("", text)


def _unescape(found: re.Match[str]) -> str:
    string: str = found[1] or found[2]
    return string if any(delimiter in string for delimiter in _DELIMITERS) else found[0]
