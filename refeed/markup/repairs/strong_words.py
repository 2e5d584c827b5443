"""Move blanks out of strong words (`the **old **ferry`), where converters and editors of HTML left them.

Which marks begin words and which end them is told by their order in the paragraph, over its lines: converters wrap
long ones.
"""

from collections.abc import Iterator
from typing import Final

from refeed.markup.code_spans import code_spans, inside
from refeed.startup.late_patterns import late_pattern

_MARKS: Final = late_pattern(r"\*\*(?<!(?<!\\)\\\*\*)\**")  # behind `\\`, which is one sign, too
_PAIR: Final = 2
_BOTH: Final = 3  # strong and italic
# Where a paragraph ends, or a line that is its own.
_BORDER: Final = late_pattern(r"\n[ \t]*(?:\n|[#>|]|[-+*][ \t]|[0-9]{1,9}[.)][ \t])")
_FOLLOWS_WORDS: Final = frozenset(",.;:!?)，。；：！？）、")
_LONGEST: Final = 2_000  # characters between marks


def tighten_strong_words(text: str) -> str:
    """Return Markdown without blanks at the ends of strong words."""
    if "**" not in text or next(_loose(text, [found.span() for found in _MARKS.finditer(text)]), None) is None:
        return text
    is_code = inside(code_spans(text, markdown=True))
    marks = [found.span() for found in _MARKS.finditer(text) if not is_code(found.start())]
    pieces: list[str] = []
    done = 0
    for start, end in _loose(text, marks):
        pieces += text[done:start], _tight(text[start + _PAIR : end - _PAIR], text[end : end + 1])
        done = end
    return "".join((*pieces, text[done:]))


def _loose(text: str, marks: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the strong words with a blank at an end, their marks included."""
    for paragraph in _by_paragraph(text, marks):
        pairs = paragraph[::2], paragraph[1::2]
        for start, closing in zip(*pairs, strict=False):
            if _ends_words(text, start):
                break
            if _is_loose(text, start, closing + _PAIR, all_are_paired=len(paragraph) % 2 == 0):
                yield start, closing + _PAIR


def _by_paragraph(text: str, marks: list[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield the places of the marks of each paragraph, up to those of which nobody knows what they mean.

    These stand behind four marks, and behind three of which two are to end what is strong: `***high* tide**`.
    """
    places: list[int] = []
    last, is_known, is_in_both = 0, True, False
    for start, end in marks:
        if _BORDER.search(text, last, start):
            yield places
            places, is_known, is_in_both = [], True, False
        is_in_both ^= end - start == _BOTH
        is_known = is_known and end - start <= _BOTH and not (is_in_both and end - start == _PAIR)
        if is_known and end - start == _PAIR:
            places.append(start)
        last = end
    yield places


def _ends_words(text: str, start: int) -> bool:
    """Return whether marks that should begin strong words end some: what follows says so."""
    return text[start + _PAIR] in _FOLLOWS_WORDS and text[max(0, start - 1) : start].strip() != ""


def _is_loose(text: str, start: int, end: int, *, all_are_paired: bool) -> bool:
    """Return whether a blank stands inside the marks; with blanks around each they may be powers: `2 ** 3 ** 2`."""
    inner, behind = text[start + _PAIR : end - _PAIR], text[end : end + 1]
    before, after = inner[0].isspace(), inner[-1].isspace()
    if not (before or after) or len(inner) > _LONGEST or "*" in inner:  # a call in a program: `f(*args, **kwargs)`
        return False
    if "|" in inner and _is_in_row(text, start):
        return False  # they reach over cells of a table
    if "\n" in inner[len(inner.rstrip()) :] and not all_are_paired and behind and not behind.isspace():
        return False  # they begin words on their line
    in_front = text[max(0, start - 1) : start]
    if before and after:
        return in_front.isalpha() or behind.isalpha()
    return not (in_front.isascii() and (in_front.isalnum() or in_front == "_"))


def _is_in_row(text: str, start: int) -> bool:
    near = max(0, start - _LONGEST)
    line = max(near, text.rfind("\n", near, start) + 1)
    return text[line:start].lstrip().startswith("|")


def _tight(inner: str, behind: str) -> str:
    words = inner.strip()
    if not words:
        return inner
    at = inner.index(words)
    blanks = inner[at + len(words) :]
    blanks = blanks.replace("\n", " ") if behind == "\n" else blanks  # or a paragraph would end there
    return f"{inner[:at]}**{words}**{blanks}"
