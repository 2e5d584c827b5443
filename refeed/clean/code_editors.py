"""Make a <pre> of the code in a saved editor, without gutters, rulers and elements that only measure."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from bs4.element import Tag

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import attribute, shown, text_of, words
from refeed.startup.late_patterns import late_pattern

# Class of an editor → the class of one line of code in it; a line that ACE has wrapped is a group of them.
_EDITORS: Final = MappingProxyType(
    {
        "ace_editor": ("ace_line_group", "ace_line"),
        "cm-editor": ("cm-line",),  # CodeMirror 6
        "codemirror": ("codemirror-line",),  # CodeMirror 5
        "monaco-editor": ("view-line",),
    }
)
_TOP: Final = late_pattern(r"(?:^|;)\s*top\s*:\s*([0-9]{1,7})(?:\.[0-9]*)?px")
# What editors write for blanks, and into empty lines.
_AS_TYPED: Final = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{ZERO WIDTH SPACE}": None})


def keep_editors(page: Page, _body: Body) -> Iterator[Note]:
    """Leave of every editor its lines, in the order in which they are shown."""
    for tag in page.candidates(classes=_EDITORS):
        classes = next((_EDITORS[word] for word in words(tag) if word in _EDITORS), ()) if "class" in tag.attrs else ()
        lines = next((found for name in classes if (found := _lines(tag, name))), None)
        if lines:
            code = "\n".join(text_of(line).translate(_AS_TYPED).rstrip("\n") for line in lines)
            yield max(0, len(shown(tag)) - sum(len(shown(line)) for line in lines))
            page.become(tag, "pre", code)


def _lines(editor: Tag, name: str) -> list[Tag]:
    """Return the lines of an editor; Monaco writes them in any order, and places them by style."""
    lines = [line for line in editor.find_all(True) if name in words(line)]
    tops = [_TOP.search(attribute(line, "style")) for line in lines]
    placed = [(int(top[1]), line) for top, line in zip(tops, lines, strict=True) if top]
    return [line for _, line in sorted(placed, key=lambda pair: pair[0])] if len(placed) == len(lines) else lines
