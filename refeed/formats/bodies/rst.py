"""Write reStructuredText as Markdown, block after block.

https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html

No directive is carried out: none reads a file or an address. What would be included is reported.
"""

import re
from collections.abc import Iterator
from itertools import count, dropwhile, takewhile
from operator import not_
from textwrap import dedent
from typing import Final

from refeed.formats.bodies.markdown_lines import fenced
from refeed.formats.bodies.rst_directives import Directive, told, write_directive
from refeed.formats.bodies.rst_tables import read_grid, read_simple, table_of
from refeed.formats.bodies.rst_words import Names, code_points, reference_key, words_to_markdown

_RULE: Final = re.compile(r"""([!-/:-@\[-`{-~])\1{1,}[ \t]*""")
_DIRECTIVE: Final = re.compile(
    r"\.\. (?:\|(?P<stands>[^|\n]{1,100})\| +)?(?P<name>[A-Za-z][\w:.+-]{0,60})::(?:[ \t]+(?P<said>[^\n]*))?"
)
_NOTE: Final = re.compile(
    r"\.\. \[(?P<label>[0-9]{1,5}|#[\w.-]{0,60}|\*|[A-Za-z][\w.-]{0,60})\](?:[ \t]+(?P<text>[^\n]*))?"
)
_TARGET: Final = re.compile(
    r"(?:\.\. _(?:`(?P<quoted>[^`\n]{1,200})`|(?P<name>(?:\\.|[^:`\n\\]){1,200})):"
    r"|(?:\.\. __:|__))(?:[ \t]+(?P<address>[^\n]*))?"
)
_REMARK: Final = re.compile(r"\.\.(?: |[ \t]*\Z)")
_ITEM: Final = re.compile(
    r"(?P<mark>[-*+•‣⁃]|(?:[0-9]{1,4}|[A-Za-z#]|[ivxlcIVXLC]{1,6})[.)]|\((?:[0-9]{1,4}|[A-Za-z#]|[ivxlc]{1,6})\))"
    r"(?P<blank>[ \t]+)(?=\S)"
)
# A field of a list or of a directive: `:name: text`.
_FIELD: Final = re.compile(r":(?P<name>[^:\s](?:[^:\n]{0,60}[^:\s])?):(?:[ \t]+(?P<text>[^\n]*))?")
_GRID: Final = re.compile(r"\+(?:[-=]+\+)+[ \t]*")
_SIMPLE: Final = re.compile(r"=+(?:[ \t]+=+)+[ \t]*")
_LINE_BLOCK: Final = re.compile(r"\|(?: |\Z)")
_Block = tuple[Iterator[str], int]  # its lines as Markdown, and where it ends
_DEEPEST: Final = 8  # blocks in one another
_DEEPEST_HEADING: Final = 6
_MOST_PUT_IN: Final = 100_000  # characters that stand for names in a text


def rst_to_markdown(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a text as Markdown."""
    return _Text(lines).blocks(lines, 0)


class _Text:
    """One text: what it defines is looked for first."""

    def __init__(self, lines: list[str]) -> None:
        self._styles = list[str]()  # of headings, the outermost first
        self._notes = count(1)
        self._substitutions = dict[str, Directive]()
        self._open = set[str]()  # names that are being written
        self._room = _MOST_PUT_IN
        targets, anonymous, roles = dict[str, str](), list[str](), dict[str, str]()
        self.names = Names(targets, iter(anonymous), self._substitute, roles, count(1))
        for number, line in enumerate(lines):
            if line.lstrip().startswith((".. ", "__")):
                self._define(line.strip(), lines, number, anonymous)
        for number in range(1, len(lines)):
            if _RULE.fullmatch(lines[number]) and (title := lines[number - 1].strip()):
                targets.setdefault(reference_key(title), "")  # a feed has no places to lead to

    def _define(self, line: str, lines: list[str], number: int, anonymous: list[str]) -> None:
        if target := _TARGET.fullmatch(line):
            address = (target["address"] or "").strip()
            if not address and number + 1 < len(lines) and lines[number + 1][:1].isspace():
                address = lines[number + 1].strip()
            address = address.strip("`") if not address.endswith("_") else ""
            if name := target["quoted"] or target["name"]:
                self.names.targets.setdefault(reference_key(name.replace("\\", "")), address)
            elif address:
                anonymous.append(address)
        elif (found := _DIRECTIVE.fullmatch(line)) and found["stands"]:
            margin = len(lines[number]) - len(lines[number].lstrip())
            rest = (lines[place] for place in range(number + 1, len(lines)))
            below = takewhile(lambda one: one.strip() and one[: margin + 1].isspace(), rest)
            asked = Directive(found["name"].lower(), (found["said"] or "").strip(), [one.strip() for one in below])
            self._substitutions.setdefault(reference_key(found["stands"]), asked)
        elif (
            found
            and found["name"] == "role"
            and (role := re.match(r"([\w.+-]+)(?:\(([\w.+-]+)\))?", found["said"] or ""))
        ):
            self.names.roles.setdefault(role[1], role[2] or "emphasis")

    def _substitute(self, name: str) -> str | None:
        """Return what stands for a name between bars as Markdown; None where nothing does, or too much already."""
        key = reference_key(name)
        if key not in self._substitutions or key in self._open or self._room < 0:
            return None
        self._open.add(key)
        asked = self._substitutions[key]
        if asked.name == "replace":
            written = self.words(" ".join([asked.said, *asked.lines]).strip())
        elif asked.name == "unicode":
            written = code_points(asked.said)
        elif asked.name == "date":
            written = told(asked)
        else:
            asked = asked._replace(lines=[f":alt: {name}", *asked.lines]) if asked.name == "image" else asked
            written = " ".join(filter(None, write_directive(asked, lambda some: some, self.words)))
        self._open.discard(key)
        self._room -= len(written)
        return written

    def words(self, text: str) -> str:
        """Return words as Markdown."""
        return words_to_markdown(text, self.names)

    def blocks(self, lines: list[str], depth: int) -> Iterator[str]:
        """Yield the blocks of some lines; those too deep in others are lines of words."""
        if depth >= _DEEPEST:
            yield from map(self.words, lines)
            return
        at, last = 0, ""
        while at < len(lines):
            written: Iterator[str] = iter([""])
            if lines[at].strip():
                written, at = self._block(lines, at, depth)
            else:
                at += 1
            for line in written if last else dropwhile(not_, written):
                last = line
                yield line

    def _block(self, lines: list[str], at: int, depth: int) -> _Block:
        """Return the block that begins at a line, and where it ends."""
        readers = (self._quote, self._explicit, self._heading, self._table, self._item, self._field, self._lines)
        found = next((block for read in readers if (block := read(lines, at, depth))), None)
        return found or self._paragraph(lines, at, depth)

    def _quote(self, lines: list[str], at: int, depth: int) -> _Block | None:
        if not lines[at][0].isspace():
            return None
        inside, end = indented(lines, at)
        return (f"> {one}".rstrip() for one in [*self.blocks(inside, depth + 1), ""]), end

    def _field(self, lines: list[str], at: int, _depth: int) -> _Block | None:
        field = _FIELD.fullmatch(lines[at])
        if field is None:
            return None
        inside, end = indented(lines, at + 1)
        text = self.words("\n".join([field["text"] or "", *inside]).strip())
        return iter(["", *f"**{field['name']}**: {text}".split("\n"), ""]), end

    def _lines(self, lines: list[str], at: int, _depth: int) -> _Block | None:
        """Return a session of Python, or lines that stay lines."""
        if lines[at].startswith(">>> "):
            end = _end_of_paragraph(lines, at)
            return fenced(lines[at:end], "python"), end
        end = at
        while end < len(lines) and (_LINE_BLOCK.match(lines[end]) or (end > at and lines[end][:1] == " ")):
            end += 1
        shown = _unwrapped(lines[at:end]) if any(line.strip("| \t") for line in lines[at:end]) else []
        shown = [shown[0][1:].strip()] if len(shown) == 1 else shown  # a paragraph: to Markdown no block has one line
        return (iter(["", *map(self.words, shown), ""]), end) if end > at else None

    def _explicit(self, lines: list[str], at: int, depth: int) -> _Block | None:
        line = lines[at]
        if not line.startswith((".. ", "__ ")) and line.rstrip() != "..":
            return None
        inside, end = indented(lines, at + 1)
        if note := _NOTE.fullmatch(line):
            label = next(self._notes) if note["label"] in {"#", "*"} else note["label"].lstrip("#")
            first, *rest = [*self.blocks([note["text"] or "", *inside], depth + 1)] or [""]
            return iter(["", f"[^{label}]: {first}", *(f"    {one}" if one else "" for one in rest), ""]), end
        directive = _DIRECTIVE.fullmatch(line)
        if directive is None or directive["stands"] or directive["name"] == "role":
            return iter(()), end
        gap = [""] if inside and not lines[at + 1].strip() else []
        asked = Directive(directive["name"].lower(), (directive["said"] or "").strip(), [*gap, *inside])
        return write_directive(asked, lambda some: list(self.blocks(some, depth + 1)), self.words), end

    def _heading(self, lines: list[str], at: int, _depth: int) -> _Block | None:
        """Return a title with the line below it, and perhaps one above; or a line that parts the text."""
        line, after = lines[at], lines[at + 1] if at + 1 < len(lines) else ""
        if _RULE.fullmatch(line):
            below = lines[at + 2] if at + 2 < len(lines) else ""
            if after.strip() and below.rstrip() == line.rstrip():
                return self._title(after.strip(), f"{line[0]}{line[0]}"), at + 3
            is_alone = len(line.rstrip()) > 3 and not after.strip()
            return (iter(["", "---", ""]), at + 1) if is_alone else None
        is_under = (
            _RULE.fullmatch(after) and len(after.rstrip()) >= min(4, len(line.rstrip())) and not line[0].isspace()
        )
        if not is_under or len(after.rstrip()) < len(line.rstrip()) // 2 or _ITEM.match(line):
            return None
        return self._title(line.strip(), after[0]), at + 2

    def _title(self, text: str, style: str) -> Iterator[str]:
        if style not in self._styles:
            self._styles.append(style)
        level = min(self._styles.index(style) + 2, _DEEPEST_HEADING)
        yield from ("", f"{'#' * level} {self.words(text)}", "")

    def _table(self, lines: list[str], at: int, depth: int) -> _Block | None:
        if not _GRID.fullmatch(lines[at]) and not _SIMPLE.fullmatch(lines[at]):
            return None
        rows, end = (read_grid if lines[at].startswith("+") else read_simple)(lines, at)
        if not rows:
            end = max(end, _end_of_paragraph(lines, at))
            return fenced(lines[at:end], ""), end

        def cell(text: str) -> str:
            return "<br>".join(one for one in self.blocks(text.split("\n"), depth + 1) if one).strip()

        cells = [[cell(one) for one in row] for row in rows.rows]
        return table_of(cells, lines[at:end], has_head=rows.has_head), end

    def _item(self, lines: list[str], at: int, depth: int) -> _Block | None:
        item = _ITEM.match(lines[at])
        if item is None:
            return None
        inside, end = indented(lines, at + 1)
        above = lines[at - 1] if at else ""
        gap = [""] if inside and not lines[at + 1].strip() else []
        if gap and lines[at].rstrip().endswith("::") and _margin(lines[at + 1 : end]) > item.end():
            inside = [f" {one}" for one in inside]  # further in than the words of the item: the text that it announces
        body = list(self.blocks([lines[at][item.end() :], *gap, *inside], depth + 1))
        while body and not body[0]:
            body.pop(0)
        mark = item["mark"] if item["mark"] not in "•‣⁃*+" else "-"
        first, *rest = body or [""]
        shift = " " * (len(mark) + 1)
        begins = [""] if above.strip() and not _ITEM.match(above) and not above[0].isspace() else []
        ends = [""] if not lines[end - 1].strip() else []
        return iter([*begins, f"{mark} {first}", *(f"{shift}{one}" if one else "" for one in rest), *ends]), end

    def _paragraph(self, lines: list[str], at: int, depth: int) -> _Block:
        """Return a paragraph, with the literal text that it announces; or a term with what it means."""
        below = lines[at + 1] if at + 1 < len(lines) else ""
        if below.strip() and below[0].isspace() and not lines[at].rstrip().endswith("::"):
            inside, end = indented(lines, at + 1)
            term = self.words(lines[at].strip())
            body = list(self.blocks(inside, depth + 1))
            return iter(
                ["", term, "", f":   {body[0] if body else ''}", *(f"    {one}" if one else "" for one in body[1:]), ""]
            ), end
        end = _end_of_paragraph(lines, at)
        text = "\n".join(line.strip() for line in lines[at:end])
        if not text.endswith("::"):
            return iter(self.words(text).split("\n")), end
        text = text[:-2].rstrip() if text == "::" or text[-3:-2].isspace() else text[:-1]
        code, end = self._literal(lines, end)
        return iter([*(self.words(text).split("\n") if text else []), *fenced(code, "")]), end

    @staticmethod
    def _literal(lines: list[str], at: int) -> tuple[list[str], int]:
        start = at
        while start < len(lines) and not lines[start].strip():
            start += 1
        if start < len(lines) and not lines[start][0].isspace() and not lines[start][0].isalnum():
            end = start
            while end < len(lines) and lines[end].startswith(lines[start][0]):
                end += 1
            return lines[start:end], end
        return indented(lines, at)


def _unwrapped(lines: list[str]) -> list[str]:
    """Return the lines of a block with those that go on in lines of their own, which are indented, in one."""
    whole = list[str]()
    for line in lines:
        if line.startswith("|"):
            whole.append(line)
        else:
            whole[-1] += f" {line.strip()}"
    return whole


def indented(lines: list[str], start: int) -> tuple[list[str], int]:
    """Return the indented lines that begin here, without their indentation, and where they end."""
    end = start
    while end < len(lines) and (not lines[end].strip() or lines[end][0].isspace()):
        end += 1
    text = dedent("\n".join(lines[start:end]).expandtabs(8)).strip("\n")
    return text.split("\n") if text else [], end


def _margin(lines: list[str]) -> int:
    """Return the columns by which all of these lines are indented at least."""
    wide = (line.expandtabs(8) for line in lines if line.strip())
    return min((len(line) - len(line.lstrip()) for line in wide), default=0)


def _end_of_paragraph(lines: list[str], at: int) -> int:
    while at < len(lines) and lines[at].strip():
        at += 1
    return at
