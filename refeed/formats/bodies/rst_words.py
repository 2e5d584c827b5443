"""Write the words of reStructuredText as Markdown: emphasis, links, roles, notes, what stands for something else.

https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#inline-markup
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from refeed.startup.named_tuple import NamedTuple

_TOKEN: Final = re.compile(
    r"(?<!`)``(?P<literal>`*[^`](?:[^`]|`(?!`))*?`*?)``(?!`)"
    r"|:(?P<role>[A-Za-z][\w:.+-]{0,60}):`(?P<said>(?:\\.|[^`\\]){1,1000})`"
    r"|`(?P<words>(?:\\.|[^`\\]){1,1000})`(?:(?P<link>__?)|:(?P<suffix>[A-Za-z][\w:.+-]{0,60}):)?"
    r"|(?P<stars>(?<=\w)\*{1,2}(?=\w))|(?P<strong>\*\*)|(?P<escape>\\(?:[ \n]|.))"
    r"|\|(?P<name>[^\s|](?:[^|\n]{0,100}[^\s|])?)\|_{0,2}"
    r"|\[(?P<note>[0-9]{1,5}|#[\w.-]{0,60}|\*|[A-Za-z][\w.-]{0,60})\]_(?!\w)"
    r"|(?<![\w`/.])(?P<plain>[A-Za-z0-9](?:[\w.-]{0,100}[A-Za-z0-9])?)(?P<twice>__?)(?![\w_])"
    r"|(?P<tag><(?=[A-Za-z/!?])(?!!--))|(?P<score>(?<![A-Za-z0-9])_+(?=\w)|(?<=\w)_+(?![A-Za-z0-9_]))"
    r"|(?P<address>(?:https?|ftp)://[^\s<>`]+)",
    re.DOTALL,
)
# A character by its number, as the directive `unicode` takes it: hexadecimal or decimal.
_CODE_POINT: Final = re.compile(r"(?:0x|\\?x|\\?u|u\+|&#x)([0-9a-f]{1,6});?|([0-9]{1,7})", re.IGNORECASE)
_REMARK: Final = re.compile(r"(?:^|[ \t])\.\.(?=[ \t])")
_LAST_CODE_POINT: Final = 0x10FFFF
_FIRST_SURROGATE: Final = 0xD800
_LAST_SURROGATE: Final = 0xDFFF
_SIGN_IN_MARKS: Final = re.compile(r"[^\w\s*]\*{1,2}\Z")
_MARKS_BEFORE_SIGN: Final = re.compile(r"\*{1,2}[^\w\s*]")
_ESCAPED: Final = re.compile(r"\\(?:[ \n]|(.))", re.DOTALL)
_MARKS: Final = {
    **dict.fromkeys(("emphasis", "title", "title-reference", "t", "dfn"), ("*", "*")),
    "strong": ("**", "**"),
    **dict.fromkeys(("sup", "superscript"), ("<sup>", "</sup>")),
    **dict.fromkeys(("sub", "subscript"), ("<sub>", "</sub>")),
    **dict.fromkeys(("kbd", "menuselection", "guilabel"), ("<kbd>", "</kbd>")),
    **dict.fromkeys(("del", "strike"), ("~~", "~~")),
    **dict.fromkeys(("abbr", "doc", "ref", "term", "any", "small"), ("", "")),
    **dict.fromkeys(("pep", "pep-reference"), ("PEP ", "")),
    **dict.fromkeys(("rfc", "rfc-reference"), ("RFC ", "")),
}


class Names(NamedTuple):
    """What a text defines somewhere else."""

    targets: dict[str, str]  # by the words of a link, in lower case
    anonymous: Iterator[str]  # targets in the order of their links
    substitute: Callable[[str], str | None]  # what stands for a name between bars, as Markdown
    roles: dict[str, str]  # of the text itself: what they are made of
    numbers: Iterator[int]  # of notes that are counted


def words_to_markdown(text: str, names: Names) -> str:
    """Return the words of a paragraph as Markdown."""
    return _TOKEN.sub(lambda found: _written(found, names), text)


def reference_key(words: str) -> str:
    """Return the words of a link as they are compared."""
    return " ".join(words.split()).lower()


def code(text: str) -> str:
    """Write code in a line."""
    ticks = "``" if "`" in text else "`"
    return f"{ticks} {text} {ticks}" if "`" in text else f"`{text}`"


def code_points(said: str) -> str:
    """Return the characters whose numbers are given, one after the other; what is no number is text."""
    return "".join(_character(one) for one in _REMARK.split(said)[0].split())


def _character(written: str) -> str:
    found = _CODE_POINT.fullmatch(written)
    number = int(found[1], 16) if found and found[1] else int(written) if found else 0
    is_one = 0 < number <= _LAST_CODE_POINT and not _FIRST_SURROGATE <= number <= _LAST_SURROGATE
    return _plain(chr(number) if is_one else written)


def address(target: str) -> str:
    """Write the address of a link or a picture."""
    return f"<{target}>" if re.search(r"[()\s]", target) else target


def _written(found: re.Match[str], names: Names) -> str:
    kind = next(kind for kind in _WRITERS if found[kind])
    return _WRITERS[kind](found, names)


def _words(found: re.Match[str], names: Names) -> str:
    role, words = found["role"] or found["suffix"], found["said"] or found["words"]
    if role:
        return _role(role, words, names)
    return _link(words, found["link"], names) if found["link"] else f"*{_plain(words)}*"


def _note(found: re.Match[str], names: Names) -> str:
    label = found["note"]
    return f"[^{next(names.numbers) if label in {'#', '*'} else label.lstrip('#')}]"


def _escaped(found: re.Match[str], _: Names) -> str:
    """Write an escape; a blank is nothing, but Markdown ends nothing marked between a sign and a letter."""
    if found[0][1:].strip():
        return found[0]
    around = found.string[max(0, found.start() - 3) : found.start()], found.string[found.end() : found.end() + 3]
    return "<wbr>" if _SIGN_IN_MARKS.search(around[0]) or _MARKS_BEFORE_SIGN.match(around[1]) else ""


def _named(found: re.Match[str], names: Names) -> str:
    written = names.substitute(found["name"])
    return found[0] if written is None else written


def _one_word(found: re.Match[str], names: Names) -> str:
    """Write a word that may be a link: `word_`."""
    is_known = found["twice"] == "__" or reference_key(found["plain"]) in names.targets
    underscores = found["twice"].replace("_", r"\_")
    return _link(found["plain"], found["twice"], names) if is_known else found["plain"] + underscores


def _link(words: str, mark: str, names: Names) -> str:
    """Write a link: its target stands in it, under its name somewhere else, or is the next of those without a name."""
    text, inside = _embedded(words)
    if inside:
        target = "".join(inside.split())
        text = text or inside
        if target.endswith("_"):
            target = names.targets.get(reference_key(inside.rstrip("_")), "")
        else:
            names.targets.setdefault(reference_key(text), target)
    else:
        target = next(names.anonymous, "") if mark == "__" else names.targets.get(reference_key(words), "")
    shown = _plain(text)
    return f"[{shown}]({address(target)})" if target and not target.endswith("_") else shown


def _role(role: str, said: str, names: Names) -> str:
    base = names.roles.get(role, role)
    if base.startswith("raw"):
        return _ESCAPED.sub(lambda found: found[1] or "", said)
    if base == "math":
        return f"${said}$"
    if base not in _MARKS:
        return code(_ESCAPED.sub(lambda found: found[1] or "", said))
    opening, closing = _MARKS[base]
    return opening + _plain(_embedded(said)[0] or said) + closing


def _embedded(words: str) -> tuple[str, str]:
    """Return the words of a link and the target that stands in angle brackets behind them, "" without one."""
    text, mark, target = words.rstrip(">").rpartition("<") if words.endswith(">") else ("", "", "")
    return (text.strip(), target) if mark and target else (words, "")


def _plain(text: str) -> str:
    """Return words in which nothing is marked, so that Markdown marks nothing in them either."""
    text = _ESCAPED.sub(lambda found: found[1] or "", text)
    return re.sub(r"([\\`*_\[\]<])", r"\\\1", text)


# The first group that has matched says what it is.
_WRITERS: Final[dict[str, Callable[[re.Match[str], Names], str]]] = {
    "literal": lambda found, _: code(found["literal"]),
    "said": _words,
    "words": _words,
    "stars": lambda found, _: found[0].replace("*", r"\*"),
    "strong": lambda found, _: found[0],
    "escape": _escaped,
    "name": _named,
    "note": _note,
    "plain": _one_word,
    "tag": lambda found, _: f"\\{found[0]}",
    "score": lambda found, _: found[0].replace("_", r"\_"),
    "address": lambda found, _: found[0],
}
