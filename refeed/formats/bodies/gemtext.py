"""Write Gemtext, the lines of Gemini's capsules, as Markdown.

https://geminiprotocol.net/docs/gemtext-specification.gmi

Every line stands for itself, and its first characters say what it is. Within a line nothing is markup.
"""

import re
from collections.abc import Iterator
from itertools import groupby, takewhile
from operator import itemgetter
from typing import Final

from refeed.formats.bodies.markdown_lines import fenced, quoted
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.pictures import ANY_PICTURE_ENDING

_FENCE: Final = "```"  # what follows it names the language of the lines, or describes them for who cannot see them
_LANGUAGE: Final = late_pattern(r"[A-Za-z][\w+#.-]{0,30}")
_LINK: Final = late_pattern(r"=>[ \t]*(\S+)(?:[ \t]+(\S.*))?")
_PICTURE: Final = late_pattern(rf"\S+{ANY_PICTURE_ENDING}", re.IGNORECASE)
_HEADING: Final = late_pattern(r"(#{1,3})[ \t]*(\S.*)")
_RULE: Final = late_pattern(r"([-=*_~])\1{2,}\s*")  # no sign of Gemtext, but what its writers part sections with
_ITEM: Final = late_pattern(r"\*[ \t]+(\S.*)")
# Addresses are links in any text; any other sign of Markdown is none. References say so whatever the text is taken for.
_SIGN: Final = late_pattern(r"https?://[^\s<>]{1,2000}|[\\`*_\[\]<>{}&$~|=^]")
_OPENING: Final = late_pattern(r"(?=[#+:!-])|[0-9]{1,9}(?=[.)](?:\s|\Z))")  # of a block
# What stands below the texts of a capsule: links to its front page, or to that of the folder. A whole address
# may lead to somebody else's.
_WAY_BACK: Final = late_pattern(
    r"=>[ \t]*(?=\S)(?:/?|(?:\.{1,2}/){1,9}|\.\.?)(?:index\.(?:gmi|gemini))?(?:[ \t].*)?"
    r"|=>[ \t]*gemini://[^/\s]{1,200}(?:/(?:index\.(?:gmi|gemini))?)?[ \t]+\W{0,9}(?:(?:back|go|return|the|to)\s){0,4}"
    r"(?:back|front|home|index|main|root|start|up)(?:\s?page)?\W{0,9}",
    re.IGNORECASE,
)
_BREAK: Final = "<br>"
# What would end an address in Markdown, or be another character there.
_IN_ADDRESS: Final = str.maketrans({"<": "%3C", ">": "%3E", "\\": "%5C", "&": "&#38;"})


def gemtext_to_markdown(text: str) -> str:
    """Return a text of Gemtext as Markdown, without the links back that stand below it."""
    return "\n".join(_blocks(_without_ways_back(text.split("\n"))))


def _without_ways_back(lines: list[str]) -> list[str]:
    """Return lines without those at their end that lead back, and the rules there; all if none is left."""
    below = [*takewhile(_is_beside_text, reversed(lines))]
    return (any(map(_WAY_BACK.fullmatch, below)) and lines[: -len(below)]) or lines


def _is_beside_text(line: str) -> bool:
    return not line.strip() or _RULE.fullmatch(line) is not None or _WAY_BACK.fullmatch(line) is not None


def _blocks(lines: list[str]) -> Iterator[str]:
    for kind, group in groupby(_written(iter(lines)), itemgetter(0)):
        written = [line for _, line in group]
        if kind == "quote":
            yield from quoted(_broken(written))
        elif kind:
            yield from ("", *(_broken(written) if kind == "text" else written), "")


def _broken(lines: list[str]) -> Iterator[str]:
    """Yield lines that stay lines, and the empty ones that part paragraphs of a quote."""
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        yield line + _BREAK if line and below else line


def _written(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Yield what each line is, and how Markdown writes it; code is one line."""
    for line in lines:
        if line.startswith(_FENCE):
            yield "code", _code(line, lines)
        elif line.startswith(">"):
            yield "quote", _words(line[1:].strip())
        elif link := _LINK.fullmatch(line):
            yield "text", _linked(link[1], (link[2] or "").strip())
        elif heading := _HEADING.fullmatch(line):
            yield "heading", f"{heading[1]} {_words(heading[2])}"
        elif _RULE.fullmatch(line):
            yield "rule", "---"
        elif item := _ITEM.fullmatch(line):
            yield "item", f"* {_words(item[1])}"
        else:
            yield ("text", _words(line.strip())) if line.strip() else ("", "")


def _code(opening: str, lines: Iterator[str]) -> str:
    said = opening[len(_FENCE) :].strip()
    code = []
    for line in lines:
        if line.startswith(_FENCE):
            break
        code.append(line)
    return "\n".join(fenced(code, said if _LANGUAGE.fullmatch(said) else ""))


def _linked(address: str, words: str) -> str:
    """Write a line that leads elsewhere; where that is a picture, show it."""
    picture = "!" if _PICTURE.fullmatch(address) else ""
    return f"{picture}[{_words(words) or ('' if picture else _words(address))}](<{address.translate(_IN_ADDRESS)}>)"


def _words(text: str) -> str:
    """Write words in which nothing is markup."""
    plain = _SIGN.sub(lambda sign: sign[0] if sign[0][0] == "h" else _reference(sign[0]), text)
    opening = _OPENING.match(plain)
    return f"{opening[0]}{_reference(plain[opening.end()])}{plain[opening.end() + 1 :]}" if opening else plain


def _reference(sign: str) -> str:
    return f"&#{ord(sign)};"
