"""Show the words of pictures and links by reference that nothing defines, without their marks."""

import re
from collections.abc import Callable
from typing import Final

from refeed.markup.code_spans import replace_outside
from refeed.startup.late_patterns import has_any, late_pattern

_PICTURE: Final = late_pattern(r"!\[([^\[\]\n]{0,300})\]\[([^\[\]\n]{1,100})\]")
# Not two values of a table, `tides[3][4]`, no note, and no name of a note in brackets of its own.
_LINK: Final = late_pattern(
    r"(?<![A-Za-z0-9_!\]\\)])\[(?!\^|\[[^\[\]\n]{1,100}\]\])"
    r"(?P<words>(?>(?:[^\[\]\n\\]|\\.|\n(?![ \t>]*\n)|\[[^\[\]\n]{1,100}\]){1,400}))\]"
    r"\[(?P<label>(?>(?:[^\[\]\n\\]|\n(?![ \t>]*\n)){0,100}))\]"
)
_DEFINITION: Final = late_pattern(r"^[ \t>]*\[([^\[\]\n]{1,100})\]:", re.MULTILINE)
# With these a text has parts in other files: of Jekyll, Hugo, MkDocs. Only texts, and what is called so, define links.
_INCLUDES: Final = ("{% include", "{%- include", "{{< include", "{{% include", "--8<--", "{!")
_DEFINING: Final = late_pattern(
    r"(?:\{(?:%-?|\{[<%])[ \t]*include(?:_\w{1,20})?[ \t]+(?:\w{1,20}=)?|--8<--|\{!)(?>[\s\"']*)"
    r"[^\s\"'%!{}<>()]{0,200}?(?:\.(?:markdown|md|txt)|abbreviations|links|references|refs|urls)(?!\w)",
    re.IGNORECASE,
)


def without_undefined_pictures(text: str, tell: Callable[[str], None]) -> str:
    """Return a text of Markdown with the words of such pictures in their place; each is reported."""
    if "![" not in text or "][" not in text:
        return text
    defined = _defined(text)

    def words(found: re.Match[str]) -> str:
        if _folded(found[2]) in defined:
            return found[0]
        tell(found[0])
        return found[1]

    return replace_outside(_PICTURE, words, text, markdown=True)


def without_undefined_links(text: str) -> str:
    """Return a text of Markdown with the words of such links in their place, if it has parts that may define them.

    Sites keep the addresses that many posts need in one file, `{% include links.md %}`. Of links to numbers some lines
    that define them got lost where others are left.
    """
    if "][" not in text:
        return text
    has_parts = has_any(text, _INCLUDES) and _DEFINING.search(text) is not None
    defined = _defined(text)
    if not (has_parts or any(map(str.isdecimal, defined))):
        return text

    def words(found: re.Match[str]) -> str:
        said, label = found["words"].strip(), found["label"]
        is_told = not _is_item(said, label) if label.isdecimal() else has_parts
        return found["words"] if is_told and said and _folded(label or said) not in defined else found[0]

    return replace_outside(_LINK, words, text, markdown=True)


def _is_item(said: str, label: str) -> bool:
    """Return whether this is more likely a value of a table, or two citations: `[i][3]`, `[tides][0]`, `[4][5]`."""
    return said.isdecimal() or not label.strip("0") or (len(said) == 1 and said.isascii())


def _defined(text: str) -> set[str]:
    return {_folded(label) for label in _DEFINITION.findall(text)}


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
