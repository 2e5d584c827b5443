"""Make one line of plain text of a raw header value, and a summary of an article's text."""

import html
from functools import cache
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.text.characters import drop_discouraged

# A reference that ends with its semicolon, or is a number: browsers read more, but `R&D` and `?a=1&copy=2` are none.
_REFERENCE: Final = late_pattern(
    r"&(?:(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|#[0-9]{2,6}(?![0-9A-Za-z;]))"
)

# Unicode general category Cf, the ones that show nothing: soft hyphen, marks and overrides of direction, zero-width
# spaces and joiners, the byte order mark. A joiner stays where it changes what is seen: in emoji, in Arabic script.
_INVISIBLE: Final = late_pattern(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
    "|(?<![\u0600-\u06ff])\u200c"
    "|(?<![\ufe0f\u2600-\u27bf\U0001f000-\U0001faff\u0600-\u06ff\u0900-\u0dff])\u200d"
)

_ESCAPED_QUOTE: Final = late_pattern("\\\\(?=[\"'“”‘’「」『』«»„])")

# Where a sentence ends: after full-width marks at once, after others before a blank; closing marks belong to it.
_SENTENCE_END: Final = late_pattern(
    "(?:[。！？…]+|(?<![.!?])(?>[.!?]+)(?=(?>[\"'”’)\\]]*)(?:\\s|$)))[\"'”’」』）)\\]]*"
)
# Full-width marks carry their own space; quotation marks and dots are full-width when they stand after such characters.
_WIDE_STOPS: Final = frozenset("。！？；：，、」』）】》〉")
_STOPS_IN_WIDE_TEXT: Final = frozenset("”’…")
# Characters that none beside them joins to one grapheme (UAX 29): Latin, punctuation, kana without marks, ideographs.
_ONE_BY_ONE: Final = (
    *((" ", "~"), ("\u00a1", "\u00ac"), ("\u00ae", "\u02ff"), ("\u2010", "\u2027"), ("\u2030", "\u205e")),
    *(("\u3000", "\u3029"), ("\u3041", "\u3096"), ("\u309b", "\u30ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff")),
    ("\uff01", "\uff9d"),
)
_LAST_WORD: Final = late_pattern(r"[^\W\d_]+(?:\.[^\W\d_]+)*\Z")

# Words that a full stop follows inside a sentence: Chicago Manual of Style, 10.4 to 10.41, the frequent ones.
_ABBREVIATIONS: Final = frozenset(
    {
        "approx",
        "apr",
        "aug",
        "ave",
        "capt",
        "co",
        "col",
        "corp",
        "dec",
        "dept",
        "dr",
        "e.g",
        "etc",
        "feb",
        "fig",
        "gen",
        "gov",
        "i.e",
        "inc",
        "jan",
        "jr",
        "jul",
        "jun",
        "lt",
        "ltd",
        "maj",
        "mar",
        "messrs",
        "mr",
        "mrs",
        "ms",
        "mt",
        "no",
        "nov",
        "oct",
        "op",
        "p",
        "pp",
        "prof",
        "rep",
        "rev",
        "sen",
        "sep",
        "sept",
        "sgt",
        "sr",
        "st",
        "vol",
        "vs",
    }
)


def legal(text: str) -> str:
    """Drop every character that XML forbids or discourages."""
    return drop_discouraged(text)


def plain(text: str) -> str:
    """Return a raw header value as one line of plain text; tags in it stay, as text."""
    if "&" in text:
        once = _decode(text)
        text = _decode(once) if once != text else once
    if not text.isprintable():
        text = _INVISIBLE.sub("", legal(text))
    if "\\" in text:
        text = _ESCAPED_QUOTE.sub("", text)
    return " ".join(text.split())


def one_line(text: str) -> str:
    """Put the lines of a text one after the other: a blank between them, but none after Chinese punctuation."""
    whole: list[str] = []
    for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        if whole and not _ends_wide(whole[-1]):
            whole.append(" ")
        whole.append(line)
    return "".join(whole)


def _ends_wide(line: str) -> bool:
    """Return whether a line ends with a full-width mark; to compile a class of all wide characters takes long."""
    before, last = line[-2:-1], line[-1]
    return last in _WIDE_STOPS or (last in _STOPS_IN_WIDE_TEXT and ("\u2e80" <= before <= "\uffef" or before == "…"))


def summarise(text: str, size: int = 200) -> str:
    """Return the first whole sentences of a text, up to about size characters as people count them, on one line."""
    return first_sentences(one_line(text), size)


def first_sentences(line: str, size: int = 200) -> str:
    """Return the same of a line, as `one_line` returns it.

    A first sentence that is longer is cut between graphemes (in Latin script between words) and ends with an ellipsis.
    """
    room = _graphemes(line, size)
    if room == len(line):
        return line
    ends = [end for end in sentence_ends(line[: room + 1]) if end <= room]
    # A tiny first sentence ("Really?") says nothing: then the cut goes through the second one.
    if ends and ends[-1] * 3 >= room:
        return line[: ends[-1]]
    cut = line[:room]
    head, blank, tail = cut.rpartition(" ")
    if blank and len(tail) < 20 and tail.isascii() and line[room].isascii() and line[room] != " ":
        cut = head
    return cut.rstrip(" ,;:，；：、.…") + "…"


def _decode(text: str) -> str:
    return _REFERENCE.sub(lambda reference: html.unescape(reference[0]), text)


def _graphemes(line: str, count: int) -> int:
    """Return how many code points the first count graphemes of a line have, at most eight for each on average."""
    part = line[: count + 1]
    # Nearly always, and nothing has to be loaded or compiled for it.
    if (part.isascii() and part.isprintable()) or all(map(_stands_alone, set(part))):
        return min(count, len(line))
    import regex

    window = line[: 8 * count]
    clusters: list[str] = regex.findall(r"\X", window)
    if len(clusters) <= count and len(window) < len(line):
        return len(window) - len(clusters[-1])  # the window may have cut its last grapheme
    return sum(map(len, clusters[:count]))


@cache
def _stands_alone(character: str) -> bool:
    return any(first <= character <= last for first, last in _ONE_BY_ONE)


def sentence_ends(line: str) -> list[int]:
    """Return where sentences end, leaving out full stops after initials and abbreviations."""
    ends = []
    for end in _SENTENCE_END.finditer(line):
        if end[0].startswith(".") and not end[0].startswith(".."):
            word = _LAST_WORD.search(line, max(0, end.start() - 20), end.start())
            if word and _is_shortened(word[0]):
                continue
        ends.append(end.end())
    return ends


def _is_shortened(word: str) -> bool:
    """Return whether a word is an abbreviation or initials ("Dr", "J", "U.S", "a.m"), not the end of a sentence."""
    letters = word.split(".")
    initials = all(len(letter) == 1 for letter in letters) and (len(letters) > 1 or word.isupper())
    return initials or word.lower() in _ABBREVIATIONS
