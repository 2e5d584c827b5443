r"""Write the wikitext of TiddlyWiki as Markdown.

https://tiddlywiki.com/#WikiText

No macro, widget or filter is run, and nothing is transcluded: each becomes an expression that whoever reads the
Markdown leaves out and tells. What a text defines for others (`\define … \end`) is no text.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from refeed.formats.bodies.markdown_lines import fenced, quoted
from refeed.startup.late_patterns import late_pattern

# What is no text, over lines, too; behind code, in which none of it counts.
_STRINGS: Final = r"\"[^\"]{0,4000}\"|'[^']{0,4000}'"
_RUN: Final = late_pattern(
    r"(?ms)^```[\w+#-]{0,30}[ \t]*$.*?(?:^```[ \t]*$|\Z)|^\$\$\$[^\n]*$.*?(?:^\$\$\$[ \t]*$|\Z)"
    r"|(?P<tick>`{1,2})(?!`)[^\n]+?(?P=tick)(?!`)"
    rf"|<\$(?P<widget>[\w.-]{{1,40}})(?>(?:[^<>\"']|{_STRINGS}|<<[^<>]*>>)*)>|(?P<end></\$[\w.-]{{1,40}}>)"
    rf"|(?<!<)<<(?P<macro>[\w-][\w.-]{{0,60}})(?>(?:[^<>\"']|{_STRINGS})*)>>"
    r"|(?P<filter>\{\{\{[^\n]{0,1000}?\}\}\}+)"
)
_PRAGMA: Final = late_pattern(
    r"\\(?:define|function|import|parameters|parsermode|procedure|rules|whitespace|widget)\b.*"
)
# The first line of a macro, a function, a procedure or a widget.
_DEFINES: Final = late_pattern(r"\\(?:define|function|procedure|widget)\s+[^\s(]+\s*\([^()]*\)[ \t]*")
# `! Heading`; a class may stand behind the mark.
_HEADING: Final = late_pattern(r"(!{1,6})(?:\.[\w.-]{1,60})?[ \t]*([^\s!].*)")
# `* item`, `# item`, `> quote`, nested by several marks; a class may stand behind them.
_ITEM: Final = late_pattern(r"([*#>]{1,8})(?:\.[\w.-]{1,60})?[ \t]*(\S.*)")
_TERM: Final = late_pattern(r"([;:])[ \t]*(\S.*)")
_RULE: Final = late_pattern(r"-{3,}[ \t]*")
_ROW: Final = late_pattern(r"\|(.*)\|([kchf]?)[ \t]*")
# Links, pictures, code and transclusions, in which a bar divides no cells.
_NO_CELL: Final = late_pattern(r"\[\[[^\[\]]*\]\]|\[\w[^\[\]]*\[[^\[\]]*\]\]|`[^`]*`|\{\{[^{}]*\}\}")
_BAR: Final = "\ue002"  # within a cell
_FENCE: Final = late_pattern(r"```([\w+#-]{0,30})[ \t]*")
_TYPED: Final = late_pattern(r"\$\$\$[ \t]*(.{0,80})")
_QUOTE: Final = late_pattern(r"<<<(?!<)(?:\.[\w.-]{1,60})?[ \t]*(.*)")
_LINES: Final = '"""'
# How words look: by classes, or by what style sheets say; on a line of its own until another one.
_LOOK: Final = r"(?:\.[\w-]{1,60}(?![\w-])|[a-z-]{1,30}:[^;@\n]{1,200};)"
_LOOK_LINE: Final = late_pattern(rf"@@{_LOOK}*[ \t]*")

_CODE: Final = late_pattern(r"(`{1,2})(?!`).+?\1(?!`)")
# `[img[tide.png]]`, with attributes, and with words before a bar.
_PICTURE: Final = late_pattern(r"\[img(?:[ \t][^\[\]]{0,200})?\[(?:([^\[\]|]{0,300})\|)?([^\[\]|]{1,1000})\]\]")
# `[[words|target]]`, `[[target]]`, `[ext[words|target]]`.
_LINK: Final = late_pattern(r"\[(?:ext)?\[(?:([^\[\]|]{1,500})\|)?([^\[\]|]{1,1000})\]\]")
# A target that is an address or a path, and no other tiddler.
_WEB: Final = late_pattern(r"(?:https?:|mailto:|\.{0,2}/)\S+", re.IGNORECASE)
# Addresses, elements and expressions, in which no sign is one of emphasis.
_BARE: Final = late_pattern(r"https?://[^\s\[\]<>|]{1,2000}|</?[A-Za-z][^<>]{0,1000}>|\{\{[^{}]{0,300}\}\}")
_OF_MARKDOWN: Final = late_pattern(r"\*|(?<!_)_(?!_)")
_EMPHASIS: Final = (
    (late_pattern(r"''(?=\S)(.+?)''"), r"**\1**"),
    (late_pattern(r"//(?=\S)(.+?)(?<=\S)//"), r"*\1*"),
    (late_pattern(r"__(?=\S)(.+?)__"), r"<u>\1</u>"),
    (late_pattern(r"\^\^(?=\S)(.+?)\^\^"), r"<sup>\1</sup>"),
    (late_pattern(r",,(?=\S)(.+?),,"), r"<sub>\1</sub>"),
    (late_pattern(rf"@@(?:{_LOOK}{{1,9}}[ \t]*)?(?=[^\s@])([^@\n]+)(?<=\S)@@"), r"\1"),
)
_KEPT: Final = "\ue000{}\ue001"
_PLACE: Final = late_pattern("\ue000([0-9]{1,7})\ue001")


def tiddly_to_markdown(text: str) -> str:
    """Return a text of TiddlyWiki as Markdown."""
    return "\n".join(_Blocks(_RUN.sub(_told, text).split("\n")).run())


def _told(found: re.Match[str]) -> str:
    """Write what is run as an expression; a link is its words, and code stays."""
    if found["end"] or found["widget"] == "link":
        return ""
    name = found["widget"] or found["macro"] or ("filter" if found["filter"] else "")
    return f"{{{{{name}}}}}" if name else found[0]


class _Blocks:
    """The blocks of a text, line by line."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0

    def run(self) -> Iterator[str]:
        was_item = False
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            is_item = _ITEM.fullmatch(line) is not None
            if was_item != is_item:  # no text goes on with an item
                yield ""
            was_item = is_item
            yield from self._block(line)

    def _block(self, line: str) -> Iterator[str]:
        if heading := _HEADING.fullmatch(line):
            yield from ("", f"{'#' * len(heading[1])} {_words(heading[2])}", "")
        elif item := _ITEM.fullmatch(line):
            yield _item(item[1], item[2])
        elif term := _TERM.fullmatch(line):
            yield from ("", f"**{_words(term[2])}**" if term[1] == ";" else _words(term[2]), "")
        elif _RULE.fullmatch(line):
            yield from ("", "---", "")
        elif _LOOK_LINE.fullmatch(line):
            yield ""
        elif _ROW.fullmatch(line):
            self._at -= 1
            yield from self._table()
        elif _PRAGMA.fullmatch(line):
            if _DEFINES.fullmatch(line):
                self._until(lambda one: one.startswith("\\end"))
        else:
            yield from self._lines_or_words(line)

    def _lines_or_words(self, line: str) -> Iterator[str]:
        """Write what stands between two marks on lines of their own, or a line of words."""
        if fence := _FENCE.fullmatch(line):
            yield from fenced(self._until(lambda one: one.rstrip() == "```"), fence[1])
        elif typed := _TYPED.fullmatch(line):
            language = typed[1].strip().lstrip(".").rpartition("/")[2]
            yield from fenced(self._until(lambda one: one.rstrip() == "$$$"), language)
        elif line.strip() == _LINES:
            yield from (f"{_words(one)}  " for one in self._until(lambda one: one.strip() == _LINES))
        elif _QUOTE.fullmatch(line):
            yield from self._quote()
        else:
            yield _words(line.strip())

    def _until(self, ends: Callable[[str], bool]) -> list[str]:
        """Take the lines up to the one that ends a block."""
        start = self._at
        end = next((at for at in range(start, len(self._lines)) if ends(self._lines[at])), len(self._lines))
        self._at = end + 1
        return self._lines[start:end]

    def _quote(self) -> Iterator[str]:
        """Write a quote; behind the marks that end it stands who said it."""
        inner = self._until(lambda one: _QUOTE.fullmatch(one) is not None)
        last = _QUOTE.fullmatch(self._lines[self._at - 1]) if self._at <= len(self._lines) else None
        said = ["", f"— {_words(last[1].strip())}"] if last and last[1].strip() else []
        yield from quoted([*map(_words, inner), *said])

    def _table(self) -> Iterator[str]:
        """Write a table; one whose first cells are no heads has an empty row above."""
        rows, captions = list[list[str]](), list[str]()
        while self._at < len(self._lines) and (row := _ROW.fullmatch(self._lines[self._at])):
            self._at += 1
            text = _NO_CELL.sub(lambda found: found[0].replace("|", _BAR), row[1])
            if row[2] == "c":
                captions.append(_words(row[1]))
            elif row[2] != "k":
                rows.append([cell.strip().replace(_BAR, "|") for cell in text.split("|")])
        if not rows:
            return
        width = max(map(len, rows))
        if not all(cell.startswith("!") for cell in rows[0]):
            rows.insert(0, [])
        yield ""
        for number, cells in enumerate(rows):
            words = [_words(cell.lstrip("!^,").strip()).replace("|", "\\|") for cell in cells]
            yield f"| {' | '.join([*words, *[''] * (width - len(words))])} |"
            if number == 0:
                yield f"|{' --- |' * width}"
        yield from ("", *captions, "")


def _item(marks: str, words: str) -> str:
    """Write an item; the last of its marks says of what list it is."""
    mark = {">": "> ", "#": "1. "}.get(marks[-1], "- ")
    return f"{'    ' * (len(marks) - 1)}{mark}{_words(words)}"


def _words(line: str) -> str:
    """Return a line of words as Markdown."""
    kept: list[str] = []

    def keep(written: str) -> str:
        kept.append(written)
        return _KEPT.format(len(kept) - 1)

    line = _CODE.sub(lambda found: keep(found[0]), _PLACE.sub("", line))
    line = _PICTURE.sub(lambda found: keep(f"![{(found[1] or '').strip()}](<{found[2].strip()}>)"), line)
    line = _LINK.sub(lambda found: keep(_linked(found)), line)
    line = _BARE.sub(lambda found: keep(found[0]), line)
    line = _OF_MARKDOWN.sub(r"\\\g<0>", line)
    for pattern, replacement in _EMPHASIS:
        line = pattern.sub(replacement, line)
    while _PLACE.search(line):  # the words of a link may hold code
        line = _PLACE.sub(lambda found: kept[int(found[1])], line)
    return line


def _linked(found: re.Match[str]) -> str:
    """Write a link to the web; of one to another text the words stay."""
    words, target = (found[1] or found[2]).strip(), found[2].strip()
    return f"[{words}](<{target}>)" if _WEB.fullmatch(target) else words
