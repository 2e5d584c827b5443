"""Tell line breaks that a program made to fit a width from those that the writer meant: verses, addresses."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from refeed.startup.late_patterns import late_pattern

if TYPE_CHECKING:  # text and HTML ask this module, too, and need no reader of Markdown
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

# Editors and mail programs wrap between these columns. Longer lines are paragraphs that nothing broke.
_NARROWEST: Final = 50
_WIDEST: Final = 120
_VERSE: Final = 40  # columns that no line of a verse or an address is longer than
_LAST_NARROW: Final = "\u2e7f"  # behind it are CJK, its punctuation and Hangul, two columns wide each (UAX #11)
# Signs that people begin the lines of a list with where they type it: bullets, numbers in circles, stars, emoji.
_BULLET: Final = (
    r"[\u2022\u2023\u2043\u203b\u2219\u2460-\u24ff\u25a0-\u25ff\u2600-\u27bf\u2b00-\u2bff\u30fb\u3220-\u3247"
    r"\u3280-\u32b0\uff65\U0001f300-\U0001faff]"
)
_LISTED: Final = late_pattern(rf"(?:\A|\n)[ \t]*{_BULLET}[^\n]*(?:\n(?![ \t]*{_BULLET})[^\n]*){{0,9}}\n[ \t]*{_BULLET}")
_BEGINS_ITEM: Final = late_pattern(rf"\s*{_BULLET}")
# The end of a line that does not say itself that it is meant, before another line of its paragraph.
_LINE_END: Final = late_pattern(r"(?<=[^\s\\])(?<!<br>)(?<!<br/>)[ \t]*\n(?=[ \t]*\S)")
BREAKS: Final = "line_breaks"  # in the environment of a reader: every line break is meant


def use_line_breaks(reader: "MarkdownIt") -> None:
    """Teach a reader of Markdown to keep line breaks that are meant."""
    reader.core.ruler.after("inline", "line_breaks", _keep_breaks)


def paragraphs_of(text: str) -> list[list[str]]:
    """Return the lines of each paragraph of a text; empty lines part paragraphs."""
    paragraphs: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            paragraphs[-1].append(line.strip())
        elif paragraphs[-1]:
            paragraphs.append([])
    return [lines for lines in paragraphs if lines]


def is_wrapped(paragraphs: Sequence[Sequence[str]]) -> bool:
    """Return whether lines end where the next word would not have fitted, and so say nothing."""
    widths = [_width(line) for lines in paragraphs for line in lines if " " in line or _width(line) <= _WIDEST]
    widest = max(widths, default=0)
    if not _NARROWEST <= widest <= _WIDEST:
        return False
    ends = [(line, following) for lines in paragraphs for line, following in pairwise(lines)]
    full = sum(_width(line) + _width(_first_word(following)) >= widest for line, following in ends)
    return full * 3 >= len(ends) * 2


def is_verse(lines: Sequence[str]) -> bool:
    """Return whether several lines are all short, as in a poem or an address."""
    return len(lines) > 1 and all(len(line) <= _VERSE and _width(line) <= _VERSE for line in lines)


def with_meant_breaks(text: str) -> str:
    """Return Markdown whose every line ends where it does, as that of verses."""
    return _LINE_END.sub("  \n", text)


def _first_word(line: str) -> str:
    """Return what would have had to fit: a word with its blank, or one character of a script without blanks."""
    return line[0] if line[0] > _LAST_NARROW else " " + line.partition(" ")[0]


def _width(line: str) -> int:
    """Return how many columns a line takes."""
    return len(line) + (0 if line.isascii() else sum(map(_LAST_NARROW.__lt__, line)))


def _keep_breaks(state: "StateCore") -> None:
    for index, token in enumerate(state.tokens):
        if token.type != "inline" or not token.children or state.tokens[index - 1].type != "paragraph_open":
            continue
        is_loose = index < 2 or state.tokens[index - 2].type != "list_item_open"
        is_meant = state.env.get(BREAKS) or (is_loose and is_verse(token.content.split("\n")))
        if is_meant or (is_loose and _is_listed(token.content)):
            for number in _breaks_between_words(token.children):
                if is_meant or _begins_item(token.children, number):
                    token.children[number].type, token.children[number].tag = "hardbreak", "br"


def _is_listed(text: str) -> bool:
    """Return whether two of its lines begin with signs of a list that somebody typed; none of them is ASCII."""
    return "\n" in text and not text.isascii() and _LISTED.search(text) is not None


def _begins_item(tokens: "Sequence[Token]", number: int) -> bool:
    """Return whether a break that is no `<br>` already is followed by a sign of a list, perhaps in an element."""
    if tokens[number - 1].content.startswith("<br"):
        return False
    text = next((token for token in tokens[number + 1 :] if token.content), None)
    return text is not None and _BEGINS_ITEM.match(text.content) is not None


def _breaks_between_words(line: "Sequence[Token]") -> Iterator[int]:
    """Yield the numbers of line breaks; none parts a line of nothing but tags from its neighbours."""
    breaks = [number for number, token in enumerate(line) if token.type in {"softbreak", "hardbreak"}]
    borders = [-1, *breaks, len(line)]
    has_words = [
        any(token.type != "html_inline" for token in line[start + 1 : end]) for start, end in pairwise(borders)
    ]
    for number, (before, after) in zip(breaks, pairwise(has_words), strict=True):
        if before and after and line[number].type == "softbreak":
            yield number
