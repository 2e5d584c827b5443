"""Write AsciiDoc as Markdown, block after block.

https://docs.asciidoctor.org/asciidoc/latest/

Nothing is included, and no macro is carried out: none reads a file or an address.
"""

import re
from collections.abc import Iterator, Mapping
from textwrap import dedent
from typing import Final

from refeed.formats.bodies.asciidoc_tables import table_to_markdown
from refeed.formats.bodies.asciidoc_words import Attributes, words_to_markdown
from refeed.formats.bodies.markdown_lines import fenced, quoted
from refeed.startup.named_tuple import NamedTuple

_ATTRIBUTE: Final = re.compile(r":(!?)([A-Za-z0-9_][\w-]{0,60})!?:(?:[ \t]+((?>[^\n]*)))?")
_STYLE: Final = re.compile(r"\[([^\n]{0,1000})\][ \t]*")
_TITLE: Final = re.compile(r"\.([^\s.](?>[^\n]*))")
_DELIMITER: Final = re.compile(r"(-{4,}|\.{4,}|_{4,}|={4,}|\*{4,}|\+{4,}|/{4,}|--|[|,:]={3,}|```[\w+#-]{0,30})[ \t]*")
_HEADING: Final = re.compile(r"(={1,6}) (\S(?>[^\n]*))")
# Below the title of a text: who wrote it, with an address of mail, and which version it is. Neither is shown.
_AUTHOR: Final = re.compile(r"[^\W\d][^\n:<>=|]{0,100} <[^<>\s]{1,100}@[^<>\s]{1,100}>(?:;[^\n]{0,300})?[ \t]*")
_REVISION: Final = re.compile(r"v?[0-9][\w.-]{0,20}(?:[,:][^\n]{0,200})?")
# The older way: a line below the title that is as long as it is, or nearly. Its mark says the level.
_UNDERLINE: Final = re.compile(r"([=\-~^+])\1{2,200}[ \t]*")
_UNDERLINES: Final = "=-~^+"
_ITEM: Final = re.compile(
    r"[ \t]*(\*{1,5}|-|\.{1,5}|[0-9]{1,4}\.|<(?:[0-9]{1,3}|\.)>)[ \t]+(?:\[([ xX*])\][ \t]+)?(\S(?>[^\n]*))"
)
# A term of a description list, `term:: words`.
_TERM: Final = re.compile(r"[ \t]*(\S(?>(?:(?!::)[^\n]){0,300}))(?:::{1,3}|;;)(?:[ \t]+(\S(?>[^\n]*)))?")
_ADMONITION: Final = re.compile(r"(NOTE|TIP|IMPORTANT|WARNING|CAUTION): (\S(?>[^\n]*))")
_ADMONITIONS: Final = frozenset({"CAUTION", "IMPORTANT", "NOTE", "TIP", "WARNING"})
_CODE: Final = frozenset({"listing", "literal", "source"})
_MACRO: Final = re.compile(r"(?:include|toc)::[^\n]{0,500}\]|[ \t]*<!--[ \t]{0,9}more[ \t]{0,9}-->[ \t]*")  # Hugo's
_PASSED_ON: Final = "+++"  # on both sides of what is no AsciiDoc
_ADDRESS_OF_LINK: Final = re.compile(r"(?:https?://|link:|mailto:).")
_NO_ADDRESS: Final = re.compile(r"[\s\[\]]")
_DEEPEST: Final = 8  # blocks in one another
_MARGIN: Final = "    "  # of what belongs to an item of a list


class _Style(NamedTuple):
    """What the lines above a block say of it."""

    said: str = ""  # in brackets
    title: str = ""

    @property
    def kind(self) -> str:
        """Return what kind of block it is."""
        return re.split(r"[,.#%]", self.said, maxsplit=1)[0].strip()

    @property
    def words(self) -> list[str]:
        """Return what is said behind the kind, without names."""
        return [part.strip().strip('"') for part in self.said.split(",")[1:] if "=" not in part]


def asciidoc_to_markdown(lines: list[str], attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a text as Markdown; `attributes` are those that its header sets."""
    return _Blocks(lines, Attributes(attributes), 0).run()


class _Blocks:
    """The blocks of a text, or of a block that holds others."""

    def __init__(self, lines: list[str], attributes: Attributes, depth: int) -> None:
        self._lines, self._attributes, self._depth = lines, attributes, depth
        self._at = 0
        self._style = _Style()
        self._lists: list[str] = []  # the marks of the lists that are open, the outermost first
        self._is_attached = False  # what comes belongs to the item or the term above
        self._is_defined = False  # a term is

    def run(self) -> Iterator[str]:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if not self._is_said(line):
                yield from self._block(line)

    def _is_said(self, line: str) -> bool:
        """Take in a line that says something of what follows, and is not shown."""
        if attribute := _ATTRIBUTE.fullmatch(line):
            self._attributes.set(attribute[2], None if attribute[1] else attribute[3] or "")
        elif style := _STYLE.fullmatch(line):
            self._style = self._style._replace(said=style[1] if style[1][:1] != "[" else self._style.said)
        elif title := _TITLE.fullmatch(line):
            self._style = self._style._replace(title=title[1])
        elif self._attaches(line):
            self._is_attached = True
        else:
            return bool(_MACRO.fullmatch(line)) or (line.startswith("//") and not _DELIMITER.fullmatch(line))
        return True

    def _block(self, line: str) -> Iterator[str]:
        if not line.strip():
            yield ""
        elif level := self._level_below(line):
            self._at += 1
            self._end_lists()
            yield f"{'#' * level} {self._words(line.strip())}"
        elif delimiter := _DELIMITER.fullmatch(line):
            yield from self._placed(self._titled(self._delimited(delimiter[1])), ends_lists=True)
        elif heading := _HEADING.fullmatch(line):
            self._end_lists()
            if len(heading[1]) == 1 and _AUTHOR.fullmatch(self._below()):
                self._at += 1
                self._at += bool(_REVISION.fullmatch(self._below()))
            yield f"{'#' * len(heading[1])} {self._words(heading[2])}"
        elif item := _ITEM.fullmatch(line):
            yield from self._item(item)
        elif term := _TERM.fullmatch(line):
            yield from self._term(term)
        else:
            block = self._paragraph(line, is_attached=self._is_attached)
            yield from self._placed(self._titled(block), ends_lists=self._begins_paragraph())

    def _placed(self, block: Iterator[str], *, ends_lists: bool) -> Iterator[str]:
        """Indent a block that belongs to an item; any other may end the lists."""
        if self._is_attached:
            margin = _MARGIN * len(self._lists)
            self._is_attached = False
            yield from ("", *((margin + one).rstrip() for one in block), "")
            return
        if ends_lists:
            self._end_lists()
        yield from block

    def _end_lists(self) -> None:
        self._lists.clear()
        self._is_defined = False

    def _titled(self, block: Iterator[str]) -> Iterator[str]:
        if self._style.title and self._style.kind not in _ADMONITIONS:
            yield from ("", f"**{self._words(self._style.title)}**", "")
        yield from block
        self._style = _Style()

    def _delimited(self, mark: str) -> Iterator[str]:
        """Write what stands between two lines of the same marks."""
        closing = "```" if mark.startswith("```") else mark
        inside, is_closed = self._until(closing)
        if mark[0] == "/" and is_closed:  # a comment
            return
        if mark[0] in "|,:":
            separator = mark[0] if mark[0] != "|" else ""
            yield from table_to_markdown([self._words(line) for line in inside], self._style.said, separator)
        elif mark[0] == "+":
            yield from ("", *inside, "")
        elif mark[0] == "`":
            yield from fenced(inside, mark[3:])
        elif mark != "--" and mark[0] in "-.":
            yield from fenced(inside, self._language())
        elif mark[0] == "_":
            yield from self._quote(inside)
        elif mark[0] == "*":
            yield from quoted(self._inner(inside))
        else:
            yield from self._styled(inside)

    def _until(self, closing: str) -> tuple[list[str], bool]:
        """Return the lines up to the one that ends a block, and whether there is one."""
        start = self._at
        end = next((at for at in range(start, len(self._lines)) if self._lines[at].rstrip() == closing), None)
        self._at = len(self._lines) if end is None else end + 1
        return self._lines[start:end], end is not None

    def _inner(self, lines: list[str]) -> Iterator[str]:
        """Write the blocks in a block; those too deep in others are lines of words, but for comments."""
        if self._depth < _DEEPEST:
            return _Blocks(lines, self._attributes, self._depth + 1).run()
        return map(self._words, _without_comments(lines))

    def _styled(self, lines: list[str]) -> Iterator[str]:
        """Write lines as what the style above them says they are."""
        kind = self._style.kind
        if kind in _ADMONITIONS:
            yield from quoted([f"[!{kind}] {self._words(self._style.title)}".rstrip(), *self._inner(lines)])
        elif kind in _CODE:
            yield from fenced(lines, self._language())
        elif kind in {"quote", "verse"}:
            yield from self._quote(lines)
        else:
            yield from ("", *self._inner(lines), "")

    def _language(self) -> str:
        words = self._style.words
        is_source = self._style.kind in {"", "source"} and words
        return words[0] if is_source and re.fullmatch(r"[\w+#-]{1,30}", words[0]) else ""

    def _quote(self, lines: list[str]) -> Iterator[str]:
        kind, said = self._style.kind, ", ".join(filter(None, self._style.words))
        inner = [f"{self._words(line)}  " for line in lines] if kind == "verse" else [*self._inner(lines)]
        yield from quoted([*inner, *(["", f"— {self._words(said)}"] if said else [])])

    def _paragraph(self, line: str, *, is_attached: bool) -> Iterator[str]:
        """Write a line of a paragraph, or the whole of it where it is of a kind of its own, or attached."""
        if self._style.kind in _ADMONITIONS | _CODE | {"quote", "verse"}:
            yield from self._styled([line, *self._rest()])
        elif admonition := _ADMONITION.fullmatch(line):
            self._style = _Style(admonition[1], self._style.title)
            yield from self._styled([admonition[2], *self._rest()])
        elif line[0] == " " and not self._lists and self._begins_paragraph():
            yield from fenced(dedent("\n".join([line, *self._rest()])).split("\n"), "")
        elif line.count(_PASSED_ON) % 2:
            yield from self._passed_on(line)
        else:
            yield self._words(self._with_whole_link(line))
            while is_attached and self._goes_on():
                self._at += 1
                yield self._words(self._with_whole_link(self._lines[self._at - 1]))

    def _passed_on(self, line: str) -> list[str]:
        """Return a line and those below it, up to the end of what they pass on as it is: HTML as a rule."""
        end = self._at
        while end < len(self._lines) and (one := self._lines[end]).strip() and not self._attaches(one):
            end += 1
            if _PASSED_ON in one:
                break
        else:
            return [self._words(line)]
        before, *passed = "\n".join([line, *self._lines[self._at : end]]).split(_PASSED_ON)
        self._at = end
        words = [self._words(before), *(self._words(one) if at % 2 else one for at, one in enumerate(passed))]
        return "".join(words).split("\n")

    def _with_whole_link(self, line: str) -> str:
        """Return a line with the rest of the link whose words go on in the next one."""
        below = self._below()
        before, opening, words = line.rpartition("[")
        if "]" not in below or "]" in words or not (opening and words):
            return line
        if not _ADDRESS_OF_LINK.search(_NO_ADDRESS.split(before)[-1]):
            return line
        self._at += 1
        return f"{line} {below.strip()}"

    def _below(self) -> str:
        return self._lines[self._at] if self._at < len(self._lines) else ""

    def _level_below(self, line: str) -> int:
        """Return the level of a title that has a line below it, 0 for any other line."""
        below = self._below()
        found = _UNDERLINE.fullmatch(below) if self._begins_paragraph() and re.search(r"\w", line) else None
        is_title = found is not None and abs(len(line.strip()) - len(below.strip())) <= 1
        return _UNDERLINES.index(found[1]) + 1 if found and is_title else 0

    def _begins_paragraph(self) -> bool:
        return self._at < 2 or not self._lines[self._at - 2].strip()

    def _goes_on(self) -> bool:
        """Return whether the next line belongs to an attached paragraph."""
        line = self._below()
        return bool(line.strip()) and not (self._attaches(line) or _ITEM.fullmatch(line) or _DELIMITER.fullmatch(line))

    def _attaches(self, line: str) -> bool:
        """Return whether a line attaches what follows to an item or a term."""
        return line.strip() == "+" and (self._is_defined or bool(self._lists))

    def _rest(self) -> list[str]:
        """Take the lines up to the next empty one, or one that attaches another block."""
        start = self._at
        while self._at < len(self._lines) and (line := self._lines[self._at]).strip() and not self._attaches(line):
            self._at += 1
        return self._lines[start : self._at]

    def _item(self, item: re.Match[str]) -> Iterator[str]:
        mark = re.sub(r"[0-9]+", "1", item[1])
        if mark in self._lists:
            del self._lists[self._lists.index(mark) + 1 :]
        else:
            self._lists.append(mark)
        self._style = _Style()
        check = f"[{'x' if item[2] != ' ' else ' '}] " if item[2] else ""
        written = "- " if mark[0] in "*-" else "1. "
        yield f"{_MARGIN * (len(self._lists) - 1)}{written}{check}{self._words(self._with_whole_link(item[3]))}"

    def _term(self, term: re.Match[str]) -> Iterator[str]:
        """Write a term as strong words, and what it means below."""
        self._end_lists()
        self._is_defined = True
        yield from ("", f"**{self._words(term[1]).strip('*')}**", "")
        if term[2]:
            yield self._words(term[2])

    def _words(self, line: str) -> str:
        return words_to_markdown(line, self._attributes)


def _without_comments(lines: list[str]) -> Iterator[str]:
    is_hidden = False
    for line in lines:
        if line.startswith("////"):
            is_hidden = not is_hidden
        elif not is_hidden and not line.startswith("//"):
            yield line
