"""Write the words of Org as Markdown: links, pictures, emphasis, footnotes.

https://orgmode.org/worg/org-syntax.html
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from refeed.vocabulary.pictures import ANY_PICTURE_ENDING

_PICTURE: Final = re.compile(rf"[^\s\[\]]{{1,2000}}{ANY_PICTURE_ENDING}(?:\?\S*)?", re.IGNORECASE)
_SCHEME: Final = re.compile(r"(?:file|attachment):(?://)?")
# What the target of a link begins with that leads out of the file.
_OUTSIDE: Final = re.compile(r"(?:https?:|mailto:|ftp:|/|\.{1,2}/|file:|attachment:)", re.IGNORECASE)
# `[[target]]` and `[[target][words]]`; the words may hold brackets.
_LINK: Final = re.compile(r"\[\[([^\[\]\n]{1,2000})\](?:\[((?:[^\[\]]|\[[^\[\]]{0,200}\]){1,1000})\])?\]")
# Signs of emphasis: what may stand before and behind them, and one line break at most between them.
_MARKED: Final = (
    r"(?<![^\s\-({{'\"]){sign}(?=[^\s{sign}])([^{sign}\n]{{0,500}}(?:\n[^{sign}\n]{{0,500}})?)"
    r"(?<=[^\s]){sign}(?![^\s\-.,;:!?'\")}}\[\\])"
)
_CODE: Final = re.compile("|".join(_MARKED.format(sign=sign) for sign in "=~"))
# What is kept as it stands in a line: addresses and formulas.
_BARE: Final = re.compile(r"https?://[^\s\[\]<>]{1,2000}|\\\([^\n]{1,500}?\\\)|\$[^\s$][^$\n]{0,300}\$")
_EXPORTED: Final = re.compile(r"@@(\w{1,20}):([^\n]{0,1000}?)@@")
_KEPT: Final = "\ue000{}\ue001"
_PLACE: Final = re.compile("\ue000([0-9]{1,7})\ue001")
_GOING_ON: Final = r",.;:!?)\[\]、。，；：！？）"  # what follows a number in a sentence, not in front of its note
_EMPHASIS: Final = (
    (re.compile(rf"(?m)^\[fn:([\w-]{{1,60}})\](?:[ \t]+|(?=[^\s{_GOING_ON}]))"), r"[^\1]: "),
    (re.compile(r"<<<([^<>\n]{1,200})>>>"), r"\1"),  # a word that is a target; another target shows nothing
    (re.compile(r"<<[^<>\n]{1,200}>>"), ""),
    (re.compile(_MARKED.format(sign=r"\*")), r"**\1**"),
    (re.compile(_MARKED.format(sign="/")), r"*\1*"),
    (re.compile(_MARKED.format(sign=r"\+")), r"~~\1~~"),
    (re.compile(_MARKED.format(sign="_")), r"<u>\1</u>"),
    (re.compile(r"(?<=\S)\^\{([^{}\n]{1,100})\}"), r"<sup>\1</sup>"),
    (re.compile(r"(?<=[^\W_])_\{([^{}\n]{1,100})\}"), r"<sub>\1</sub>"),
    (re.compile(r"\[fn:[\w-]{0,60}:([^\[\]]{1,1000})\]"), r"^[\1]"),
    (re.compile(r"\[fn:([\w-]{1,60})\]"), r"[^\1]"),
    (re.compile(r"(?m)\\\\[ \t]*$"), "  "),
    (re.compile(r"(?<!-)---(?!-)"), "—"),
    (re.compile(r"(?<!-)--(?!-)"), "–"),
)


def words_to_markdown(text: str) -> str:
    """Return a text, of which blocks and lists are read already, as Markdown."""
    kept: list[str] = []

    def keep(written: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
        return partial(_keep, kept=kept, written=written)

    text = _PLACE.sub("", text)
    for pattern, written in ((_EXPORTED, _exported), (_LINK, _linked), (_CODE, _code), (_BARE, _bare)):
        text = pattern.sub(keep(written), text)
    for pattern, replacement in _EMPHASIS:
        text = pattern.sub(replacement, text)
    while _PLACE.search(text):  # the words of a link may hold code
        text = _PLACE.sub(lambda found: kept[int(found[1])], text)
    return text


def _keep(found: re.Match[str], kept: list[str], written: Callable[[re.Match[str]], str]) -> str:
    """Put a place in for what is not read any further."""
    kept.append(written(found))
    return _KEPT.format(len(kept) - 1)


def _exported(found: re.Match[str]) -> str:
    return found[2] if found[1].lower() == "html" else ""


def _bare(found: re.Match[str]) -> str:
    """Return an address or a formula as it is, but for the address of a picture on its own line, which Org shows."""
    text, start, end = found.string, found.start(), found.end()
    is_line = text[max(0, start - 1) : start] in {"", "\n"} and text[end : end + 1] in {"", "\n"}
    return f"![]({found[0]})" if is_line and _PICTURE.fullmatch(found[0]) else found[0]


def _code(found: re.Match[str]) -> str:
    inner = " ".join((found[1] or found[2]).split("\n"))
    tick = "``" if "`" in inner else "`"
    return f"{tick} {inner} {tick}" if "`" in inner else f"`{inner}`"


def _linked(found: re.Match[str]) -> str:
    """Write a link, or the picture that it shows; one to a part of the notes of its author leaves its words."""
    target, words = found[1].strip(), (found[2] or "").strip()
    address = _SCHEME.sub("", target, count=1).partition("::")[0] if _SCHEME.match(target) else target
    address = address.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    if not words and _PICTURE.fullmatch(address):
        return f"![]({address})"
    if not (_OUTSIDE.match(target) or _PICTURE.fullmatch(address)):
        return words_to_markdown(words) if words else target.lstrip("*#")
    if _PICTURE.fullmatch(shown := _SCHEME.sub("", words, count=1)):
        return f"[![]({shown})]({address})"
    return f"[{words_to_markdown(words)}]({address})" if words else f"<{address}>"
