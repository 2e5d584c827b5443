"""Write POD, the documentation of Perl, as Markdown.

https://perldoc.perl.org/perlpodspec
"""

from collections.abc import Iterable, Iterator
from textwrap import dedent
from typing import Final

from refeed.formats.bodies.markdown_lines import fenced
from refeed.startup.late_patterns import late_pattern

_COMMAND: Final = late_pattern(r"=([A-Za-z]\w{0,20})[ \t]*((?s:.*))")
# The mark of an item of a list, a star or a number, and the words behind it.
_ITEM: Final = late_pattern(r"(?:(\*)|([0-9]{1,4})[.)]?)(?:[ \t\n]+((?s:.*)))?")
_LINE_OF_LIST: Final = late_pattern(r"[ \t]*(?:(\*)|([0-9]{1,4})\.)[ \t]+(.*)")
_FORMAT: Final = late_pattern(r"(:?[\w:+-]{1,60})[ \t\n]*((?s:.*))")
_CODE: Final = late_pattern(r"([BCEFILSXZ])(<{2,10}(?=\s)|<)")
_ADDRESS: Final = late_pattern(r"(?:https?|ftp|mailto):\S+")
_SIGN: Final = late_pattern(r"[\\`*_\[\]<]")
_AS_IT_IS: Final = "CELX"  # codes whose words are no prose
_ENTITIES: Final = {"lt": "&lt;", "gt": "&gt;", "verbar": "&#124;", "sol": "/"}
_HTML: Final = "html"
_LIST: Final = "list"  # of Pod::Weaver: an item a line, perhaps over several
# Regions for others: remarks, what other programs typeset, words for a speller. Any other one shows code.
_NOT_SHOWN: Final = frozenset({"comment", "latex", "man", "roff", "rtf", "stopwords", "tex", "todo"})
_NO_LANGUAGE: Final = frozenset({"code", "plain", "text"})
_DEEPEST: Final = 20  # codes and lists in one another
_MARGIN: Final = "    "


def pod_to_markdown(text: str) -> str:
    """Return a text of POD as Markdown."""
    return "\n".join(_Paragraphs(text).run())


class _Paragraphs:
    """The paragraphs of a text: what begins with `=` says something, what is indented is code."""

    def __init__(self, text: str, depth: int = 0) -> None:
        self._lines, self._depth = text.split("\n"), depth
        self._at = 0
        self._lists: list[str] = []  # the marks of the lists that are open; none of one of terms
        self._mark = ""  # of an item whose words come in the next paragraph

    def run(self) -> Iterator[str]:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line.strip():
                self._at += 1
            elif line[0] in " \t":
                yield from self._inset(fenced(dedent("\n".join(self._code())).split("\n"), ""))
            else:
                paragraph = "\n".join(self._paragraph())
                command = _COMMAND.fullmatch(paragraph)
                written = self._command(command[1], command[2]) if command else [_words(paragraph)]
                yield from (*self._inset(written), "")

    def _paragraph(self) -> list[str]:
        """Take the lines up to the next empty one."""
        start = self._at
        while self._at < len(self._lines) and self._lines[self._at].strip():
            self._at += 1
        return self._lines[start : self._at]

    def _code(self) -> list[str]:
        """Take the paragraphs of code that follow one another."""
        start = end = self._at
        while self._at < len(self._lines) and (not (line := self._lines[self._at]).strip() or line[0] in " \t"):
            self._at += 1
            end = self._at if line.strip() else end
        self._at = end
        return self._lines[start:end]

    def _inset(self, lines: Iterable[str]) -> Iterator[str]:
        """Indent what belongs to an item; its first line may stand behind the mark."""
        margin = _MARGIN * sum(map(bool, self._lists))
        for line in lines:
            if self._mark and line:
                yield margin[len(_MARGIN) :] + self._mark + line
                self._mark = ""
            else:
                yield from ((margin + one).rstrip() for one in line.split("\n"))

    def _command(self, name: str, said: str) -> list[str]:
        if name.startswith("head") and name[4:].isdigit():
            return [f"{'#' * min(int(name[4:]), 6)} {_words(' '.join(said.split()))}"]
        if name == "over" and len(self._lists) < _DEEPEST:
            self._lists.append("")
        elif name == "back":
            self._lists = self._lists[:-1]
            self._mark = ""
        elif name == "item":
            return self._item(said)
        elif name == "for" and (named := _FORMAT.fullmatch(said)):
            return self._region(named[1], named[2].split("\n"))
        elif name == "begin" and (named := _FORMAT.fullmatch(said)):
            return self._region(named[1], self._until_end(named[1]))
        return []

    def _item(self, said: str) -> list[str]:
        item = _ITEM.fullmatch(said.strip()) if said.strip() else _ITEM.fullmatch("*")
        mark = "" if item is None else "- " if item[1] else f"{item[2]}. "
        if self._lists:
            self._lists[-1] = mark
        if item is None:
            return [f"**{_words(said)}**"]
        self._mark = mark if self._lists else ""
        return [_words(item[3])] if item[3] else []

    def _until_end(self, name: str) -> list[str]:
        start = self._at
        ends = (at for at in range(start, len(self._lines)) if self._lines[at].split() == ["=end", name])
        end = next(ends, len(self._lines))
        self._at = end + 1
        return self._lines[start:end]

    def _region(self, name: str, lines: list[str]) -> list[str]:
        """Write what is there for one kind of readers."""
        if name.startswith(":"):
            if name[1:] in _NOT_SHOWN or self._depth >= _DEEPEST:
                return []
            if name[1:] == _LIST:
                return ["", *map(_item_of_list, lines)]
            return lines if name[1:] == _HTML else [*_Paragraphs("\n".join(lines), self._depth + 1).run()]
        if name == _HTML:
            return lines
        if name.lower() in _NOT_SHOWN or "::" in name:
            return []
        return [*fenced("\n".join(lines).strip("\n").split("\n"), "" if name in _NO_LANGUAGE else name)]


def _item_of_list(line: str) -> str:
    item = _LINE_OF_LIST.fullmatch(line)
    return f"{'- ' if item[1] else f'{item[2]}. '}{_words(item[3])}" if item else _words(line)


def _words(text: str) -> str:
    """Return the words of a paragraph as Markdown."""
    return _until(text, 0, "", 0, is_code=False)[0]


def _until(text: str, at: int, closing: str, depth: int, *, is_code: bool) -> tuple[str, int]:
    """Write words up to the signs that close a code, and return where these end."""
    parts: list[str] = []
    end = text.find(closing, at) if closing else -1
    while code := _CODE.search(text, at) if depth < _DEEPEST else None:
        end = text.find(closing, at) if 0 <= end < at else end
        if 0 <= end < code.start():
            break
        parts.append(_plain(text[at : code.start()], is_code=is_code))
        inner_end = ">" if code[2] == "<" else f" {'>' * len(code[2])}"
        inner, at = _until(text, code.end(), inner_end, depth + 1, is_code=is_code or code[1] in _AS_IT_IS)
        parts.append(inner.strip() if is_code else _code(code[1], inner.strip()))
    end = text.find(closing, at) if 0 <= end < at else end
    stop = end if end >= 0 else len(text)
    parts.append(_plain(text[at:stop], is_code=is_code))
    return "".join(parts), stop + len(closing)


def _plain(text: str, *, is_code: bool) -> str:
    return text if is_code else _SIGN.sub(r"\\\g<0>", text)


def _code(name: str, inner: str) -> str:
    """Write one code of POD; what it holds is Markdown, but for code, entities and links."""
    if name == "C":
        tick = "``" if "`" in inner else "`"
        return f"{tick} {inner} {tick}" if "`" in inner else f"`{inner}`"
    if name == "E":
        return _ENTITIES.get(inner, f"&#{inner};" if inner.isdigit() else f"&{inner};")
    if name == "L":
        words, bar, target = inner.rpartition("|")
        target = target.strip() if bar else inner
        words = words if bar else target.replace("/", " ").replace('"', "").strip() if "://" not in target else target
        return f"[{words}](<{target}>)" if _ADDRESS.fullmatch(target) else words
    if name in "XZ":
        return ""
    sign = {"B": "**", "F": "*", "I": "*"}.get(name, "")
    return f"{sign}{inner}{sign}" if inner else ""
