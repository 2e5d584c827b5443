"""Make a <pre> of code that stands in form fields, scripts or saved editors, or in text whose style keeps lines."""

import re
from collections.abc import Iterator
from itertools import takewhile
from types import MappingProxyType
from typing import Final

from bs4.element import NavigableString, Tag
from bs4.formatter import Formatter

from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.tree import attribute, is_block, make, shown, stands_in, text_of, words
from refeed.startup.late_patterns import late_pattern

# SyntaxHighlighter 1.5 and 3, Prism ("language-…"), highlight.js: what a class says of a field or script with code.
_LANGUAGE: Final = late_pattern(
    r"(?:brush|lang|language|php|html|css|js|sql|java|python|xml)[-:]|prism|sh_|highlight|code"
)
_CODE_SCRIPTS: Final = frozenset({"syntaxhighlighter", "text/syntaxhighlighter"})
_AS_WRITTEN: Final = Formatter(Formatter.HTML)  # no character becomes an entity
_CDATA: Final = late_pattern(r"\s*<!\[CDATA\[(.*)\]\]>\s*", re.DOTALL)

# CSS Text 3, 3: values that keep line breaks; the names are those of Tailwind and Bootstrap.
_KEEPS_LINES: Final = late_pattern(r"(?:^|;)\s*white-space\s*:\s*(pre|pre-wrap|pre-line|break-spaces)\s*(?:!|;|\Z)")
_CLASSES: Final = {
    "text-pre-wrap": "pre-wrap",
    "whitespace-break-spaces": "break-spaces",
    "whitespace-pre": "pre",
    "whitespace-pre-line": "pre-line",
    "whitespace-pre-wrap": "pre-wrap",
}
_FOLDS_LINES: Final = late_pattern(r"(?:^|;)\s*white-space\s*:\s*(?:normal|nowrap|initial)\b")
_MONOSPACE: Final = late_pattern(r"font(?:-family)?\s*:[^;]{0,200}\b(?:monospace|consolas|courier|menlo|monaco)\b")
_KEPT_ANYWAY: Final = frozenset({"listing", "plaintext", "pre", "textarea", "xmp"})

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


def show_hidden_code(page: Page, _body: Body) -> Iterator[Note]:
    """Show code that only a script would show: in a <textarea>, or in a <script> of a highlighter."""
    for tag in page.elements("script", "textarea", "xmp"):
        if tag.name == "xmp" or (_is_code_field(tag) if tag.name == "textarea" else _is_code_script(tag)):
            source = _source(tag)
            page.become(tag, "pre", source.removeprefix("\n").rstrip())
            yield 0


def keep_line_breaks(page: Page, _body: Body) -> Iterator[Note]:
    """Keep the line breaks of texts whose style keeps them: as <pre> where the text is code, else as <br>."""
    for tag in page.candidates(attributes={"style"}, classes=_CLASSES):
        kept = _white_space(tag)
        if not kept or stands_in(tag, _KEPT_ANYWAY) or tag.name in _KEPT_ANYWAY or "\n" not in text_of(tag).strip():
            continue
        if kept == "pre" and not any(isinstance(child, Tag) and is_block(child) for child in tag.descendants):
            page.rename(tag, "pre")
            yield 0
        else:
            yield from _break_lines(page, tag)


def _is_code_field(field: Tag) -> bool:
    """Return whether a field for text holds code to read: named so, or filled with lines and no part of a form."""
    if not shown(field) or _is_shown_beside(field):
        return False
    named = attribute(field, "name").lower() == "code" or bool(_LANGUAGE.search(" ".join(words(field))))
    return named or ("\n" in text_of(field).strip() and not stands_in(field, {"form"}))


def _is_shown_beside(field: Tag) -> bool:
    """Return whether a field holds the code again that stands, coloured, beside it (Crayon)."""
    box = next((parent for parent in field.parents if "crayon-syntax" in words(parent)), None)
    return box is not None and box.find(class_="crayon-pre") is not None


def _is_code_script(script: Tag) -> bool:
    """Return whether a script is code to be shown; one without a language was stopped by a consent tool."""
    kind = attribute(script, "type").lower()
    if kind in _CODE_SCRIPTS:
        return True
    return kind == "text/plain" and any(word.startswith(("lang-", "language-")) for word in words(script))


def _source(tag: Tag) -> str:
    """Return the text of an element, and the markup of whatever the parser took for elements in it."""
    text = tag.decode_contents(formatter=_AS_WRITTEN) if tag.find(True) else "".join(map(str, tag.contents))
    framed = _CDATA.fullmatch(text)
    return framed[1] if framed else text


def _white_space(tag: Tag) -> str:
    """Return how an element's own style or class keeps line breaks, "" if it does not."""
    if "style" in tag.attrs and (found := _KEEPS_LINES.search(attribute(tag, "style").lower())):
        monospaced = found[1] != "pre-line" and _MONOSPACE.search(attribute(tag, "style").lower())
        return "pre" if monospaced or (found[1] == "pre" and (is_block(tag) or tag.name == "code")) else found[1]
    return next((_CLASSES[word] for word in words(tag) if word in _CLASSES), "") if "class" in tag.attrs else ""


def _break_lines(page: Page, tag: Tag) -> Iterator[Note]:
    """Write the line breaks in the texts of an element as <br>; white space between blocks shows nothing."""
    texts = [text for text in tag.descendants if type(text) is NavigableString and "\n" in text]
    for text in texts:
        beside = (text.previous_sibling, text.next_sibling)
        if not text.strip() and any(element is not None and is_block(element) for element in beside):
            continue
        if not stands_in(text, _KEPT_ANYWAY) and not _is_folded(text, tag):
            lines = text.split("\n")
            pieces: list[str | Tag] = [lines[0]]
            for line in lines[1:]:
                pieces += [make("br"), line]
            page.replace(text, *pieces)
            yield 0


def _is_folded(text: NavigableString, outer: Tag) -> bool:
    """Return whether an element between a text and one that keeps line breaks folds them again."""
    inner = takewhile(lambda parent: parent is not outer, text.parents)
    return any(_FOLDS_LINES.search(attribute(parent, "style").lower()) for parent in inner)


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
