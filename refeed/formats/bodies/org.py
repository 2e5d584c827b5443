"""Write Org as Markdown, block after block.

https://orgmode.org/worg/org-syntax.html

Nothing is carried out: no block of code, no macro and no `#+INCLUDE:`.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from textwrap import dedent
from typing import Final

from refeed.formats.bodies.markdown_lines import fenced, quoted
from refeed.formats.bodies.org_words import words_to_markdown

# `#+BEGIN_SRC ruby`: the name of a block, and what else its line says.
_BLOCK: Final = re.compile(r"[ \t]*#\+BEGIN_(\w{1,30})(?:[ \t]+([^\n]*))?", re.IGNORECASE)
_CODE: Final = frozenset({"EXAMPLE", "SRC"})
_LANGUAGE: Final = re.compile(r"[\w+#-]{1,30}")
_PAGES: Final = re.compile(r"\s*(?:html|hugo|jekyll|markdown|md|\Z)", re.IGNORECASE)  # to what an export may go
_ESCAPED: Final = re.compile(r"\A(\s*),(?=[*,]|#\+)")  # what Org would read otherwise
_MARGIN: Final = "    "  # of what belongs to an item of a list
_HIDDEN: Final = re.compile(r":exports[ \t]+(?:none|results)\b")
# A headline: its stars, without state and priority (Org Manual, 2.2 and 5).
_HEADING: Final = re.compile(r"\A(\*+) +(?:(?:TODO|DONE|NEXT|WAIT|CANCELLED)[ \t]+)?(?:\[#[A-Z0-9]\][ \t]*)?([^\n]*)")
_TAGS: Final = re.compile(r"(?:(?<=\s)|\A):([\w@#%:]{1,200}):[ \t]*\Z")
_UNTITLED: Final = "ignore"  # a heading whose text stands without it
_DEEPEST_HEADING: Final = 6
_DRAWER: Final = re.compile(r"[ \t]*:([\w-]{1,60}):[ \t]*")
_NOTES: Final = frozenset({"LOGBOOK", "PROPERTIES"})  # drawers in which Org keeps what it knows
# A line of dates that plans or logs what is above it.
_PLANNED: Final = re.compile(r"\A[ \t]*(?:CLOCK|CLOSED|DEADLINE|SCHEDULED):[ \t]*[<\[]")
_OPEN_DRAWER: Final = re.compile(
    r"\A[ \t]*:(?:END|LOGBOOK|PROPERTIES):[ \t]*\Z", re.IGNORECASE
)  # without its other half
_REMARK: Final = re.compile(r"\A[ \t]*#(?:[ +]|\Z)")
# A line that is a caption, or HTML as it stands.
_SAID: Final = re.compile(r"\A[ \t]*#\+(CAPTION|HTML):[ \t]*([^\n]*)", re.IGNORECASE)
_ROW: Final = re.compile(r"\A[ \t]*\|[^\n]*")
_LINE: Final = re.compile(r"[ \t]*\|[+|: \t]*-[-+|: \t]*")  # of a table, between its rows
_SIZES: Final = re.compile(r"\s*<[lcr]?[0-9]*>\s*")  # cells that only say how a column looks
_FIXED: Final = re.compile(r"\A[ \t]*:(?: ([^\n]*)|[ \t]*\Z)")
_RULE: Final = re.compile(r"\A(?>[ \t]*-{5,}[ \t]*)\Z")
_ITEM: Final = re.compile(
    r"\A(?P<margin>[ \t]*)(?P<mark>[-+]|(?<=[ \t])\*|[0-9]{1,4}[.)])[ \t]+(?:\[@[0-9]+\][ \t]*)?"
    r"(?P<box>\[[ xX-]\][ \t]+)?(?P<text>[^\n]*)"
)
# The first that fits says what a line is.
_KINDS: Final = (
    ("heading", _HEADING),
    ("table", _ROW),
    ("fixed", _FIXED),
    ("said", _SAID),
    ("remark", _REMARK),
    ("remark", _PLANNED),
    ("remark", _OPEN_DRAWER),
    ("rule", _RULE),
    ("item", _ITEM),
)
_CALLOUTS: Final = frozenset(
    {
        *("ABSTRACT", "ATTENTION", "CAUTION", "DANGER", "ERROR", "HINT", "IMPORTANT", "INFO", "NOTE", "QUESTION"),
        *("SUCCESS", "TIP", "TLDR", "WARNING"),
    }
)
_BLANK: Final = "\u00a0"  # that no reader folds
_DEEPEST: Final = 8  # blocks in one another
_FOR_SOME: Final = frozenset({"DRAFT", "INTERNAL", "PRIVATE", "SECRET"})  # names of blocks


def org_to_markdown(lines: list[str], depth: int = 0) -> Iterator[str]:
    """Yield the lines of a text as Markdown; blocks too deep in others are lines of words."""
    return _Blocks(lines, depth).run() if depth < _DEEPEST else map(words_to_markdown, lines)


class _Blocks:
    """The blocks of a text; what is indented below an item of a list is a part of it."""

    def __init__(self, lines: list[str], depth: int) -> None:
        self._lines, self._at, self._depth = lines, 0, depth
        self._ends: dict[str, list[int]] = defaultdict(list)  # where each closing line stands
        for number, line in enumerate(lines):
            if (end := line.strip().lower()).startswith(("#+end_", ":end:")):
                self._ends[end].append(number)
        self._margins: list[int] = []  # of the items around the line, the outermost first

    def run(self) -> Iterator[str]:
        while self._at < len(self._lines):
            start = self._at
            written = self._drawn() or _run(self._run_of_lines())
            if not self._lines[start].strip():
                yield ""
                continue
            yield from self._placed(self._lines[start], written)

    def _drawn(self) -> Iterator[str] | None:
        """Write what stands between two lines of marks, if such a one is next and the other follows."""
        line = self._lines[self._at]
        if block := _BLOCK.fullmatch(line):
            end, write = f"#+end_{block[1].lower()}", partial(_block, block, self._depth)
        elif (drawer := _DRAWER.fullmatch(line)) and drawer[1].upper() != "END":
            end, write = ":end:", partial(_drawer, drawer[1], self._depth)
        else:
            return None
        ends = self._ends[end]
        number = bisect_right(ends, self._at)
        if number == len(ends):
            return None
        inside = self._lines[self._at + 1 : ends[number]]
        self._at = ends[number] + 1
        return write(inside)

    def _run_of_lines(self) -> list[str]:
        """Take the lines that are read as one: the rows of a table, the lines of a paragraph or of an item."""
        start, kind = self._at, _kind(self._lines[self._at])
        self._at += 1
        kind = "text" if kind == "item" else kind
        while kind in {"fixed", "table", "text"} and self._at < len(self._lines):
            line = self._lines[self._at]
            if _kind(line) != kind or _BLOCK.fullmatch(line) or _DRAWER.fullmatch(line) or self._ends_item(start, line):
                break
            self._at += 1
        return self._lines[start : self._at]

    def _ends_item(self, start: int, line: str) -> bool:
        item = _ITEM.fullmatch(self._lines[start])
        return item is not None and _margin(line) <= len(item["margin"])

    def _placed(self, first: str, written: Iterator[str]) -> Iterator[str]:
        """Indent a block by the items that it belongs to."""
        is_item = _kind(first) == "item"
        depth = len(self._margins)
        while self._margins and _margin(first) <= self._margins[-1]:
            self._margins.pop()
        if len(self._margins) < depth - is_item or (is_item and not depth):
            yield ""
        margin = _MARGIN * len(self._margins)
        if is_item:
            self._margins.append(_margin(first))
        for number, line in enumerate(written):
            yield (margin + _MARGIN * bool(is_item and number) + line).rstrip("\n") if line else ""


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _drawer(name: str, depth: int, inside: list[str]) -> Iterator[str]:
    yield from () if name.upper() in _NOTES else org_to_markdown(inside, depth + 1)


def _block(block: re.Match[str], depth: int, inside: list[str]) -> Iterator[str]:
    """Write what stands between `#+BEGIN_` and `#+END_`."""
    kind, said = block[1].upper(), block[2] or ""
    inside = dedent("\n".join(inside)).split("\n")
    if kind in _CODE:
        language = _LANGUAGE.match(said) if kind == "SRC" else None
        code = [_ESCAPED.sub(r"\1", line) for line in inside]
        return fenced(code, language[0] if language else "") if not _HIDDEN.search(said) else iter(())
    if kind == "EXPORT":
        return iter(["", *inside, ""] if _PAGES.match(said) else [])
    if kind == "VERSE":
        return quoted(f"{_BLANK * _margin(line)}{words_to_markdown(line.lstrip())}  " for line in inside)
    if kind in _FOR_SOME:
        return iter(["", f"::: {kind.lower()}", *inside, ":::", ""])
    title = words_to_markdown(said.strip()) if not said.startswith(":") else ""
    return _words(kind, title, org_to_markdown(inside, depth + 1))


def _words(kind: str, title: str, written: Iterator[str]) -> Iterator[str]:
    """Write a block of words by its kind."""
    if kind == "QUOTE":
        yield from quoted(written)
    elif kind in _CALLOUTS:
        yield from quoted([f"[!{kind}] {title}".rstrip(), *written])
    elif kind == "DETAILS":
        yield from (
            "",
            "<details>",
            *([f"<summary>{title}</summary>"] if title else []),
            "",
            *written,
            "</details>",
            "",
        )
    elif kind == "SUMMARY":
        yield f"<summary>{' '.join(filter(None, written))}</summary>"
    elif kind != "COMMENT":
        yield from ("", *written, "")


def _kind(line: str) -> str:
    """Return what kind of run a line belongs to."""
    return next((kind for kind, pattern in _KINDS if pattern.match(line)), "text" if line.strip() else "empty")


def _run(lines: list[str]) -> Iterator[str]:
    first = lines[0]
    kind = _kind(first)
    if kind == "heading":
        yield from _heading(first)
    elif kind == "table":
        yield from _table(lines)
    elif kind == "fixed":
        yield from fenced([found[1] or "" for line in lines if (found := _FIXED.fullmatch(line))], "")
    elif kind == "said":
        yield from _said(first)
    elif kind == "rule":
        yield from ("", "---", "")
    elif item := _ITEM.fullmatch(first) if kind == "item" else None:
        yield from _item(item, lines[1:])
    elif kind != "remark":
        yield from words_to_markdown("\n".join(line.strip(" \t") for line in lines)).split("\n")


def _heading(line: str) -> Iterator[str]:
    found = _HEADING.fullmatch(line)
    level, text = (len(found[1]), found[2]) if found else (1, line)
    tags = _TAGS.search(text)
    if tags is None or _UNTITLED not in tags[1].split(":"):
        words = words_to_markdown(_TAGS.sub("", text).strip())
        yield from ("", f"{'#' * min(level, _DEEPEST_HEADING)} {words}", "")


def _said(line: str) -> Iterator[str]:
    """Write a caption, or a line of HTML; the other keywords are settings."""
    found = _SAID.fullmatch(line)
    if found and found[2]:
        yield from ("", f"*{words_to_markdown(found[2])}*" if found[1].upper() == "CAPTION" else found[2], "")


def _item(item: re.Match[str], more: list[str]) -> Iterator[str]:
    mark = "-" if item["mark"] in "*+-" else item["mark"]
    box = (item["box"] or "").replace("[-]", "[ ]")
    term, sign, meaning = f"{item['text']} ".partition(" :: ")
    text = words_to_markdown("\n".join([(meaning if sign else term).strip(), *(line.strip(" \t") for line in more)]))
    term = f"**{words_to_markdown(term.strip())}**: " if sign else ""
    yield from f"{mark} {box}{term}{text}".split("\n")


def _table(lines: list[str]) -> Iterator[str]:
    """Write a table; without a line below the first row it has no header."""
    rows = [None if _LINE.fullmatch(line) else _cells(line) for line in lines]
    while rows and rows[0] is None:
        del rows[0]
    shown = [row for row in rows if row and not all(_SIZES.fullmatch(cell) for cell in row if cell)]
    if not shown:
        return
    has_header = len(rows) > 1 and rows[1] is None and any(rows[2:])
    columns = max(map(len, shown))
    head, body = (shown[0], shown[1:]) if has_header else ([""] * columns, shown)
    yield ""
    for row in (head, ["---"] * columns, *body):
        yield f"| {' | '.join([*row, *[''] * (columns - len(row))])} |"
    yield ""


def _cells(line: str) -> list[str]:
    return [words_to_markdown(cell.strip()) for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
