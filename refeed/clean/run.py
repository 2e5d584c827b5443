"""Write the phrases of one paragraph: white space folded, elements that hold nothing visible left out."""

import html
import re
from typing import Final

# CSS Text 3, 4.1.2: a line break between two of these (East Asian Width W or F, without Hangul) shows as nothing.
_WIDE: Final = re.compile("[\u2e80-\u303e\u3041-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003fffd]")
# White space as HTML means it; no-break and full-width blanks are text.
_WHITE: Final = " \t\n\r\f"
_BLANKS: Final = re.compile(rf"[{_WHITE}]+")
# Characters that show nothing: alone they make no paragraph.
_NOTHING: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*")
_PICTURE: Final = "\ufffc"


class Run:
    """The paragraph that is being written, and the inline elements that are open around its next character.

    An element is written when something visible comes, so an empty one never is; it survives the end of a paragraph.
    """

    def __init__(self) -> None:
        """Begin with nothing open."""
        self._open: list[tuple[str, str]] = []  # name and start tag, outermost first
        self._begin()

    def _begin(self) -> None:
        self._pieces: list[str] = []
        self._words: list[str] = []
        self._written = 0  # how many of the open elements stand in this paragraph
        self._blank = ""  # white space that shows only when something follows
        self._breaks = 0  # line breaks that show only when something follows
        self._last = ""  # the last visible character of the line

    @property
    def depth(self) -> int:
        """Count the open elements."""
        return len(self._open)

    def enter(self, name: str, start: str) -> None:
        """Open an inline element."""
        self._open.append((name, start))

    def leave(self) -> None:
        """Close the innermost inline element."""
        name, _ = self._open.pop()
        if self._written > len(self._open):
            self._pieces.append(f"</{name}>")
            self._written = len(self._open)

    def add_break(self, *, folded: bool = True) -> None:
        """Note a line break; those before the text show only in code."""
        if self._pieces or not folded:
            self._breaks += 1
            self._blank = ""

    def is_split(self, text: str = _PICTURE) -> bool:
        """Tell whether text would begin a new paragraph: it is visible, and an empty line stands before it."""
        return self._breaks > 1 and not _NOTHING.fullmatch(text)

    def add_text(self, text: str) -> None:
        """Add text, its white space folded."""
        core = text.strip(_WHITE)
        if not core:
            self._blank += text
            return
        if _NOTHING.fullmatch(core) and (not self._pieces or self._breaks):
            return
        begin = text.index(core)
        self._blank += text[:begin]
        folded = _BLANKS.sub(_fold, core)
        self._put(html.escape(folded, quote=False), folded)
        self._blank = text[begin + len(core) :]

    def add_picture(self, tag: str) -> None:
        """Add a picture."""
        self._put(tag, _PICTURE)

    def add_code(self, text: str) -> None:
        """Add text whose white space counts; a line break that an element made before it is not doubled."""
        if not text:
            return
        if self._breaks:
            text = "\n" * self._breaks + text.removeprefix("\n")
        self._breaks, self._blank, self._last = 0, "", ""
        self._put(html.escape(text, quote=False), text)

    def end_line(self) -> None:
        """Note where a block inside code begins or ends: its lines are its own."""
        if self._pieces and not self._breaks and not self._last.endswith("\n"):
            self._breaks = 1

    def end(self) -> tuple[str, str]:
        """End the paragraph: return its HTML and its text; open elements go on in the next one."""
        ends = "".join(f"</{name}>" for name, _ in reversed(self._open[: self._written]))
        done = "".join(self._pieces) + ends, "".join(self._words).replace(_PICTURE, "")
        self._begin()
        return done

    def _put(self, piece: str, words: str) -> None:
        """Add something visible, after the breaks, the blank and the start tags that waited for it."""
        if self._breaks and self._pieces:
            self._pieces.append("<br>")
            self._words.append(" ")
        elif self._blank and self._last and not self._is_joined(words[0]):
            self._pieces.append(" ")
            self._words.append(" ")
        self._blank, self._breaks = "", 0
        self._pieces.extend(start for _, start in self._open[self._written :])
        self._written = len(self._open)
        self._pieces.append(piece)
        self._words.append(words)
        self._last = words[-1:]

    def _is_joined(self, first: str) -> bool:
        """Tell whether the line break between two visible characters shows as nothing."""
        return bool("\n" in self._blank and _WIDE.match(self._last) and _WIDE.match(first))


def _fold(blanks: re.Match[str]) -> str:
    text, start, end = blanks.string, blanks.start(), blanks.end()
    return "" if "\n" in blanks[0] and _WIDE.match(text, start - 1) and _WIDE.match(text, end) else " "
