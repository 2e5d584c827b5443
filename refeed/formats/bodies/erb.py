"""Write what ERB puts into a text as Markdown: pictures, videos and links that a helper is called for.

nanoc runs its posts through ERB, Middleman and Bridgetown those whose names say so. Nothing is run here: any other
expression becomes one that the reader of Markdown leaves out and tells. Code stays as it is.
"""

import re
from html import escape
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.pictures import ANY_PICTURE_ENDING

# A fence, also in an item or a quote, that nothing ends goes on to the end (CommonMark 0.31.2, 4.5).
_CODE: Final = (
    r"(?ms)^[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?(?P<fence>`{3,9}(?=[^`\n]*$)|~{3,9})[^\n]*"
    r"(?:\n.*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)|\Z)"
    r"|(?P<tick>`{1,2})(?!`)[^\n]+?(?P=tick)(?!`)"
)
# Code, an escaped `<%%`, or an expression: its signs, and what it says.
_ERB: Final = late_pattern(rf"{_CODE}|<%%|<%-?(?P<is_output>={{0,2}})(?P<says>(?>(?:[^<%]|<(?!%)|%(?!>)){{0,4000}}))%>")
_NAME: Final = late_pattern(r"\s*([a-z_]\w{0,60})")
_STRING: Final = (
    r"\"(?P<double{0}>[^\"]{{0,2000}})\"|'(?P<single{0}>[^']{{0,2000}})'|%[qQ]?\{{(?P<braced{0}>[^{{}}]{{0,2000}})\}}"
)
# The texts that a helper is called with: one, or two.
_WORDS: Final = late_pattern(rf"[\s(]*(?:{_STRING.format(1)})(?:\s*,\s*(?:{_STRING.format(2)}))?")
# An argument by name, `alt: "Tide"` or `:alt => "Tide"`.
_NAMED: Final = late_pattern(rf":?(?P<key>[a-z_]{{1,30}})(?::|\s*=>)\s*(?:{_STRING.format('')})")
_PICTURE: Final = late_pattern(rf"\S[^\"<>]{{0,500}}{ANY_PICTURE_ENDING}", re.IGNORECASE)
_PLAYERS: Final = {"vimeo": "https://player.vimeo.com/video/{}", "youtube": "https://www.youtube.com/embed/{}"}
_SAYS_NOTHING: Final = frozenset({"else", "end"})


def erb_to_markdown(text: str) -> str:
    """Return a text with ERB in it as Markdown."""
    return _ERB.sub(_written, text)


def _written(found: re.Match[str]) -> str:
    """Write one expression; in code, too, `<%%` shows it."""
    if found["says"] is None:
        return found[0].replace("<%%", "<%")
    name = _NAME.match(found["says"])
    if name is None or name[1] in _SAYS_NOTHING:
        return ""
    said = found["says"][name.end() :].removesuffix("-")
    return (_helped(name[1], said) if found["is_output"] else "") or f"{{{{ {name[1]} }}}}"


def _helped(name: str, said: str) -> str:
    """Write what a helper is called for, "" for an unknown one."""
    words = _WORDS.match(said)
    first, second = _string(words, "1"), _string(words, "2")
    named = {one["key"]: _string(one, "") for one in _NAMED.finditer(said)}
    if name == "link_to":
        return f'<a href="{escape(second)}">{first}</a>' if first and second else ""
    for service, address in _PLAYERS.items():
        if service in name and first:
            return f'\n\n<iframe src="{escape(address.format(first))}"></iframe>\n\n'
    source = next((one for one in (named.get("file"), named.get("src"), first) if one), "")
    if "image" not in name or not _PICTURE.fullmatch(source):
        return ""
    shown = f'<img src="{escape(source)}" alt="{escape(named.get("alt") or named.get("title") or "")}">'
    caption = named.get("caption", "")
    return f"\n\n<figure>{shown}<figcaption>{caption}</figcaption></figure>\n\n" if caption else shown


def _string(found: re.Match[str] | None, number: str) -> str:
    """Return the string that a match holds, whatever stands around it."""
    return (
        next(filter(None, (found[f"{kind}{number}"] for kind in ("double", "single", "braced"))), "") if found else ""
    )
