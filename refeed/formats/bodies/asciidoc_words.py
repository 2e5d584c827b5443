"""Write the words of a line of AsciiDoc as Markdown: links, pictures, emphasis, what attributes stand for."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

_ATTRIBUTE: Final = re.compile(r"(?<!\\)\{([A-Za-z0-9_][\w-]{0,60})\}")
_LONGEST_VALUE: Final = 1_000
_MOST_PUT_IN: Final = 200_000  # characters in a text
# Attributes that are always set: https://docs.asciidoctor.org/asciidoc/latest/attributes/character-replacement-ref/
_CHARACTERS: Final = MappingProxyType(
    {
        "amp": "&amp;", "apos": "'", "asterisk": "\\*", "backslash": "\\\\", "backtick": "\\`", "blank": "",
        "caret": "^", "cpp": "C++", "deg": "°", "empty": "", "endsb": "\\]", "gt": "&gt;", "ldquo": "“",
        "lsquo": "‘", "lt": "&lt;", "nbsp": "\u00a0", "plus": "+", "pp": "++", "quot": '"', "rdquo": "”",
        "rsquo": "’", "sp": " ", "startsb": "\\[", "tilde": "~", "vbar": "\\|", "zwsp": "\u200b",
    }
)  # fmt: skip
_CODE: Final = re.compile(r"(`{1,3})(?!`)([^`\n]{1,1000})\1(?!`)")
_KEPT: Final = re.compile(rf"{_CODE.pattern}|\+\+\+([^\n]{{1,1000}}?)\+\+\+")  # code, and what is passed on as it is
_QUOTED: Final = re.compile(r"\"`(?! )([^`\n]{1,1000})(?<! )`\"")  # in curved quotation marks
_LITERAL: Final = re.compile(r"\+(.*)\+")
# Signs that AsciiDoc would replace in code, too, but for the backslash before them.
_KEPT_SIGN: Final = re.compile(r"\\(?=\.\.\.|--|[-=]>|<[-=]|\((?:C|R|TM)\)|\{[\w-]{1,60}\})")
_ROOTED: Final = re.compile(r"/|[A-Za-z][\w+.-]{0,20}:")  # an address that is whole, or begins at the top of its site
_PLAIN_TAG: Final = re.compile(r"<(?=[A-Za-z/!])(?!https?://)")  # HTML is text in AsciiDoc

Write = str | Callable[[re.Match[str]], str]


def _described(found: re.Match[str], attributes: "Attributes") -> str:
    """Write a picture with its words, which are the first thing in its brackets."""
    said = found[2].strip()
    words = said[1:].partition('"')[0] if said.startswith('"') else said.partition(",")[0]
    return f"![{'' if '=' in words else words.strip()}]({attributes.picture(found[1])})"


def _linked(found: re.Match[str], _attributes: "Attributes") -> str:
    """Write a link; behind its words stands where it opens, and one without words shows its address."""
    said = found[2].strip()
    words = said[1:].partition('"')[0] if said.startswith('"') else re.split(r", ?(?:window|role|opts)=", said)[0]
    return f"[{words.rstrip('^') or found[1]}]({found[1]})"


def _reference(found: re.Match[str]) -> str:
    return (found[2] or found[1].lstrip("#").replace("_", " ").strip()).strip()


_SIGN: Final = re.compile(r"[<#*_+:\[^~]| --")  # what any of the rules looks for

_ADDRESS: Final = r"(?:\+\+)?((?>(?:(?!link:)[^\s\[\]+]|\+(?!\+)){1,2000}))(?:\+\+)?"
_LABEL: Final = (
    r"\[((?>(?:[^\[\]\n]|\[[^\[\]\n]{0,300}\]){0,1000}))\]"  # the words of a link, perhaps with brackets of their own
)
_LINKS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], "Attributes"], str]], ...]] = (
    (re.compile(r"image::?((?>(?:(?!image:)[^\s\[\]]){1,2000}))\[([^\[\]\n]{0,1000})\]"), _described),
    (re.compile(rf"link:{_ADDRESS}{_LABEL}"), _linked),
    (re.compile(rf"(?<![(<\w])((?:https?://|mailto:)[^\s\[\]<>]{{1,2000}}){_LABEL}"), _linked),
)
_RULES: Final[tuple[tuple[re.Pattern[str], Write], ...]] = (
    (re.compile(r"<<([^<>,\n]{1,200})(?:,([^<>\n]{1,500}))?>>"), _reference),
    (re.compile(r"xref:([^\s\[\]]{1,300})\[([^\[\]\n]{0,500})\]"), _reference),
    (_PLAIN_TAG, "&lt;"),
    (re.compile(r"video::([\w-]{5,20})\[youtube[^\[\]\n]{0,200}\]"), r"<https://www.youtube.com/watch?v=\1>"),
    (re.compile(r"video::([\w-]{5,20})\[vimeo[^\[\]\n]{0,200}\]"), r"<https://vimeo.com/\1>"),
    (
        re.compile(r"(video|audio)::((?>(?:(?!(?:video|audio)::)[^\s\[\]]){1,2000}))\[[^\[\]\n]{0,200}\]"),
        r'<\1 src="\2"></\1>',
    ),
    (re.compile(r"footnote:[\w-]{0,60}\[([^\[\]\n]{1,1000})\]"), r"^[\1]"),
    (re.compile(r"kbd:\[([^\[\]\n]{1,100})\]"), r"`\1`"),
    (re.compile(r"btn:\[([^\[\]\n]{1,100})\]"), r"**\1**"),
    (re.compile(r"menu:([^\[\]\n:]{1,100})\[([^\[\]\n]{0,200})\]"), r"**\1 > \2**"),
    (re.compile(r"pass:[a-z,]{0,20}\[([^\[\]\n]{0,1000})\]"), r"\1"),
    (re.compile(r"(?:icon|anchor):[^\s\[\]]{1,100}\[[^\[\]\n]{0,200}\]|\[\[[\w:. -]{1,100}\]\]"), ""),
    # Roles before words that a sign stands around: `[.small]#tide#`, older `[blue]*tide*`.
    (re.compile(r"\[[.#][\w.#%-]{1,100}\](?=[#*_])"), ""),
    (re.compile(r"(?<!\w)\[[a-z][\w -]{0,60}\](?=([#*_])(?=\S)[^\n]{1,500}?\S\1(?!\w))"), ""),
    (re.compile(r"(?<![\w#&])#(?=[^\s#])([^#\n]{1,500})(?<=[^\s#])#(?![\w#])"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,500})(?<=[^\s*])\*(?![\w*])"), r"**\1**"),
    (re.compile(r"__(?=[^\s_])([^_\n]{1,500})(?<=[^\s_])__"), r"*\1*"),
    (re.compile(r"(?<![\w+])\+(?=[^\s+])([^+\n]{1,300})(?<=[^\s+])\+(?![\w+])"), r"`\1`"),
    (re.compile(r"\^([^\s^]{1,100})\^"), r"<sup>\1</sup>"),
    (re.compile(r"(?<!~)~([^\s~]{1,100})~(?!~)"), r"<sub>\1</sub>"),
    (re.compile(r"(?<=\S) --(?: |\Z)"), " — "),
    (re.compile(r" \+\Z"), "  "),
)


class Attributes:
    """The attributes of a text by their names, and how much may still be put in for them: a few can stand for much."""

    def __init__(self, values: Mapping[str, str]) -> None:
        """Begin with those of the header."""
        self._values = dict[str, str]()
        self._left = _MOST_PUT_IN
        for name, value in values.items():
            self.set(name, value)

    def set(self, name: str, value: str | None) -> None:
        """Set one, or take it away."""
        if value is None:
            self._values.pop(name.lower(), None)
        else:
            self._values[name.lower()] = self.put_into(value.strip())[:_LONGEST_VALUE]

    def picture(self, address: str) -> str:
        """Return the address of a picture, which may be relative to the folder that `imagesdir` names."""
        folder = self._values.get("imagesdir", "").rstrip("/")
        is_known = folder and "{" not in folder  # what an attribute stands for that nobody knows
        return f"{folder}/{address}" if is_known and not _ROOTED.match(address) else address

    def put_into(self, line: str) -> str:
        """Return a line with its attributes replaced; an unknown one stays."""
        return _ATTRIBUTE.sub(self._value, line) if "{" in line else line

    def _value(self, found: re.Match[str]) -> str:
        name = found[1].lower()
        value = self._values.get(name, _CHARACTERS.get(name, found[0]))
        self._left -= len(value)
        return value if self._left >= 0 else found[0]


def words_to_markdown(line: str, attributes: Attributes) -> str:
    """Return a line as Markdown."""
    line = _QUOTED.sub(r"“\1”", _with_links(attributes.put_into(line), attributes))
    parts: list[str] = []
    position = 0
    for kept in _KEPT.finditer(line):
        inner = _LITERAL.fullmatch(kept[2]) if kept[2] else None
        written = kept[3] or f"`{inner[1] if inner else _KEPT_SIGN.sub('', kept[2])}`"
        parts += [_rewritten(line[position : kept.start()]), written]
        position = kept.end()
    return "".join(parts) + _rewritten(line[position:])


def _with_links(line: str, attributes: Attributes) -> str:
    """Write links, whose words may hold code; code that looks like a link stays code."""
    for pattern, write in _LINKS if "[" in line else ():
        code = [place for found in _CODE.finditer(line) for place in found.span()]
        line = pattern.sub(partial(_unless_in_code, write=write, attributes=attributes, code=code), line)
    return line


def _unless_in_code(
    found: re.Match[str],
    write: Callable[[re.Match[str], Attributes], str],
    attributes: Attributes,
    code: list[int],
) -> str:
    """Return what is written for a find; `code` are the places where code begins and ends, by turns."""
    return found[0] if bisect_right(code, found.start()) % 2 else write(found, attributes)


def _rewritten(text: str) -> str:
    for pattern, write in _RULES if _SIGN.search(text) else ():
        text = pattern.sub(write, text)
    return text
