"""Write the inline content of one paragraph: white space folded, elements without anything visible left out."""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# CSS Text 3, 4.1.2: a line break between two of these (East Asian Width W or F, without Hangul) shows as nothing.
_WIDE: Final = late_pattern("[\u2e80-\u303e\u3041-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003fffd]")
# White space as HTML means it; no-break and full-width blanks are text.
_WHITE: Final = " \t\n\r\f"
_FOLDED: Final = late_pattern(rf"[\t\n\r\f][{_WHITE}]*| [{_WHITE}]+")  # anything but single blanks
# Characters that show nothing: alone they make no paragraph.
_NOTHING: Final = late_pattern(r"[\s\u200b-\u200f\u2060\ufeff]*")
PICTURE: Final = "\ufffc"
"""What stands for a picture in a text."""

_MOST_AGAIN: Final = 100_000


class Paragraph(NamedTuple):
    """A paragraph that was written, without its tags."""

    html: str
    text: str
    prose: str  # the text without code


class InlineWriter:
    """The paragraph that is being written, and the inline elements that are open around its next character.

    An element is written when something visible comes, so an empty one never is; it survives the end of a paragraph.
    """

    def __init__(self) -> None:
        """Begin with nothing open."""
        self.open: list[tuple[str, str]] = []  # name and start tag ("": it is not written), outermost first
        self._codes = 0  # open <code>
        self._again = 0  # characters of start tags that were written once more, in a later paragraph
        self._begin()

    def _begin(self) -> None:
        self.pieces: list[str] = []  # of its HTML
        self._words: list[str] = []
        self._coded: list[int] = []  # which of them are code
        self._written = 0  # how many of the open elements stand in this paragraph
        self._blank = ""  # white space that shows only between what stands before and after it
        self.breaks = 0  # line breaks that show only when something follows
        self._last = ""  # the last visible words of the line

    def enter(self, name: str, start: str) -> None:
        """Open an inline element."""
        self.open.append((name, start))
        self._codes += name == "code"

    def leave(self) -> None:
        """Close the innermost inline element."""
        name, start = self.open.pop()
        self._codes -= name == "code"
        if self._written > len(self.open):
            self.pieces.append(f"</{name}>" if start else "")
            self._written = len(self.open)

    def add_break(self, *, folded: bool) -> None:
        """Note a line break; those before the text show only in code."""
        if self.pieces or not folded:
            self.breaks += 1
            self._blank = ""

    def is_split(self, text: str) -> bool:
        """Return whether text would begin a new paragraph: it is visible, and an empty line stands before it."""
        return self.breaks > 1 and not _is_nothing(text)

    def add_text(self, text: str, *, is_line: bool) -> None:
        """Add text, its white space folded; `is_line`: that is nothing but blanks."""
        core = text.strip(_WHITE)
        if not core:
            if self.pieces:
                self._blank += text
            return
        depth = len(self.open)
        if not core[0].isalnum() and _is_nothing(core):
            if not self.pieces or self.breaks:
                return
            depth = self._outside_links()
        after = ""
        if len(core) < len(text):
            before, _, after = text.partition(core)
            self._blank += before
        folded = core if is_line and "  " not in core else _FOLDED.sub(_fold, core)
        self._put(_escape(folded) if "&" in folded or "<" in folded or ">" in folded else folded, folded, depth)
        self._blank = after

    def add_picture(self, tag: str) -> None:
        """Add a picture."""
        self._put(tag, PICTURE, len(self.open))

    def add_code(self, text: str) -> None:
        """Add text whose white space counts; a line break that an element made before it is not doubled."""
        if not text:
            return
        if self.breaks:
            text = "\n" * self.breaks + text.removeprefix("\n")
        self.breaks, self._blank, self._last = 0, "", ""
        # White space alone opens nothing: an element around it would be empty.
        self._put(_escape(text), text, len(self.open) if text.strip() else self._written)

    def end_line(self) -> None:
        """Note where a block inside code begins or ends: its lines are its own."""
        if self.pieces and not self.breaks and not self._last.endswith("\n"):
            self.breaks = 1

    def end(self) -> Paragraph | None:
        """End the paragraph and return it, None without one; open elements go on in the next one."""
        if not self.pieces:
            self.breaks = 0  # those of code
            return None
        html_text, text = "".join(self.pieces), _shown(self._words)
        if self._written:
            html_text += "".join(f"</{name}>" for name, start in reversed(self.open[: self._written]) if start)
            self._spend()
        done = Paragraph._make((html_text, text, self._without_code() if self._coded else text))
        self._begin()
        return done

    def _without_code(self) -> str:
        words = self._words.copy()
        for number in self._coded:
            words[number] = " "
        return _shown(words)

    def _spend(self) -> None:
        """Count what open elements will cost in the next paragraph; an honest body never comes near the limit.

        A long attribute around ten thousand paragraphs would make gigabytes of a small file, thirty elements megabytes.
        """
        self._again += sum(len(start) for _, start in self.open[: self._written])
        if self._again > _MOST_AGAIN:
            self.open = [(name, "") for name, _ in self.open]

    def _outside_links(self) -> int:
        """Count the elements to write around a text that shows nothing: no link."""
        waiting = range(self._written, len(self.open))
        return next((place for place in waiting if self.open[place][0] == "a"), len(self.open))

    def _put(self, piece: str, words: str, depth: int) -> None:
        """Add something visible, after the breaks, the blank and the `depth` start tags that waited for it."""
        pieces, said = self.pieces, self._words
        if self.breaks:
            if pieces:
                pieces.append("<br>")
                said.append(" ")
            self.breaks = 0
        elif self._blank and self._last and not self._is_joined(words[0]):
            pieces.append(" ")
            said.append(" ")
        self._blank = ""
        if depth != self._written:
            pieces += [start for _, start in self.open[self._written : depth]]
            self._written = depth
        pieces.append(piece)
        if self._codes:
            self._coded.append(len(said))
        said.append(words)
        self._last = words

    def _is_joined(self, first: str) -> bool:
        """Return whether the line break between two visible characters shows as nothing."""
        return bool("\n" in self._blank and _WIDE.match(self._last[-1]) and _WIDE.match(first))


def _shown(words: list[str]) -> str:
    """Return what words say together, without pictures."""
    return "".join(words).replace(PICTURE, "").strip()


def _escape(text: str) -> str:
    """Write a text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _is_nothing(text: str) -> bool:
    """Return whether a text shows nothing."""
    return _NOTHING.fullmatch(text) is not None


def _fold(blanks: re.Match[str]) -> str:
    text, start, end = blanks.string, blanks.start(), blanks.end()
    return "" if "\n" in blanks[0] and _WIDE.match(text, start - 1) and _WIDE.match(text, end) else " "
