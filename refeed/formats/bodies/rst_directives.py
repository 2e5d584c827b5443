"""Write directives of reStructuredText as Markdown: those of docutils, Sphinx, Pelican and Nikola.

https://docutils.sourceforge.io/docs/ref/rst/directives.html
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from typing import Final

from refeed.formats.bodies.markdown_lines import fenced, quoted
from refeed.formats.bodies.rst_tables import table_of
from refeed.formats.bodies.rst_words import address
from refeed.startup.named_tuple import NamedTuple

_OPTION: Final = re.compile(r":([\w-]{1,40}):(?:[ \t]+(.*))?")
_LANGUAGE: Final = re.compile(r"[\w+#-]{1,30}")
_FENCE: Final = "```"
_BEGINS_BLOCK: Final = re.compile(r"\s*(?:[-*+>|#]|[0-9]{1,9}[.)]|```|~~~|:::|<)")  # in Markdown
_NOTICES: Final = frozenset(
    {"attention", "caution", "danger", "error", "hint", "important", "note", "seealso", "tip", "warning"}
)
_CODE: Final = frozenset({"code", "code-block", "ipython", "listing-block", "parsed-literal", "prompt", "sourcecode"})
_DIAGRAMS: Final = frozenset({"graphviz", "mermaid", "plantuml", "uml", "digraph"})
_PLAYERS: Final = frozenset({"gist", "media", "soundcloud", "vimeo", "youtube"})
_FILES: Final = frozenset({"include", "listing", "literalinclude"})
_PICTURES: Final = frozenset({"figure", "image", "lead-figure", "thumbnail"})
_PLAIN: Final = frozenset({"math", "raw", "rubric", "slides"})
_TITLED: Final = frozenset({"admonition", "sidebar", "topic"})
_TABLES: Final = frozenset({"csv-table", "list-table", "table"})
# What is said to these may go on over lines, up to their options or an empty line.
_ARGUED: Final = frozenset({*_FILES, *_PICTURES, *_PLAYERS, "csv-table", "list-table", "rubric"})
# What says only where or how its text stands.
_FRAMES: Final = frozenset({"class", "compound", "container", "cssclass", "highlights", "only", "rst-class", "tabs"})
# What shows nothing of its own in a text.
_NOTHING: Final = frozenset(
    {"contents", "default-role", "footer", "header", "highlight", "index", "meta", "post-list", "section-numbering"}
    | {"sectnum", "tags", "target-notes", "title", "toctree"}
)
# Options of these name a file or an address.
_OF_FILES: Final = dict.fromkeys(("csv-table", "raw"), ("file", "url"))
_KEEPS_LINES: Final = re.compile(r"<(/?)(?:pre|script|style|textarea)\b", re.IGNORECASE)
_SHOWN_RAW: Final = frozenset({"html", "html4css1", "html5", "html5_polyglot", "markdown", "xhtml"})

Blocks = Callable[[list[str]], list[str]]
Words = Callable[[str], str]


class Directive(NamedTuple):
    """A directive: its name, what stands behind that, and the indented lines below."""

    name: str
    said: str
    lines: list[str]


class _Parts(NamedTuple):
    said: str  # behind the name, over all of its lines
    options: dict[str, str]
    content: list[str]
    is_apart: bool  # an empty line stands above the content


def write_directive(asked: Directive, blocks: Blocks, words: Words) -> Iterator[str]:
    """Yield the lines of Markdown for a directive; an unknown one keeps its text, as a quote."""
    name = asked.name.rpartition(":")[2]
    parts = _parts(asked, name)
    if name in _CODE or name in _DIAGRAMS:
        yield from _code(name, parts)
    elif name in _PICTURES:
        yield from _picture(parts, blocks, words)
    elif name in _PLAYERS:
        yield from ("", f"{{{{< {asked.name} {parts.said} >}}}}", "")
    elif name in _FILES or not parts.options.keys().isdisjoint(_OF_FILES.get(name, ())):
        yield from ("", told(asked), "")
    elif name in _TABLES:
        yield from _table(name, parts, blocks, words)
    elif name in _FRAMES:
        yield from ["", *blocks(parts.content), ""]
    elif name in _PLAIN:
        yield from _plain(name, parts, words, told(asked))
    elif name == "private":
        yield from ("", "{{% private %}}{{% /private %}}", "")
    elif name not in _NOTHING:
        yield from _box(name, parts, blocks, words)


def told(asked: Directive) -> str:
    """Write an expression for what is not shown, so that it is reported as it stands in the text."""
    files = (line.strip() for line in asked.lines if line.strip().startswith((":file:", ":url:")))
    source = " ".join(filter(None, [f".. {asked.name}::", asked.said, *files]))
    return f'{{{{< directive "{re.sub("[{}<>]", "", source).replace(chr(34), chr(39))}" >}}}}'


def _plain(name: str, parts: _Parts, words: Words, unshown: str) -> Iterator[str]:
    """Write formulas, HTML, a heading outside of the outline, or several pictures."""
    if name == "math":
        formulas = "\n".join([parts.said, *parts.content]).strip().split("\n\n")
        yield from (line for formula in formulas for line in ("", "$$", *formula.split("\n"), "$$", ""))
    elif name == "raw":
        kinds = set(parts.said.lower().split())
        html = parts.content if "markdown" in kinds else _html(parts.content)
        yield from ("", *(html if not _SHOWN_RAW.isdisjoint(kinds) else [unshown]), "")
    elif name == "rubric":
        yield from ("", f"**{words(parts.said)}**", "")
    else:
        yield from (line for file in parts.content if file.strip() for line in ("", f"![]({file.strip()})", ""))


def _html(lines: list[str]) -> Iterator[str]:
    """Yield lines of HTML as one block: in Markdown an empty line ends it, and an indented one behind that is code."""
    is_open = False
    for line in lines:
        if is_open or line.strip():
            yield line if is_open else line.strip()
        marks = _KEEPS_LINES.findall(line)
        is_open = not marks[-1] if marks else is_open


def _parts(asked: Directive, name: str) -> _Parts:
    """Divide what a directive says: words and options up to the first empty line, then its content."""
    lines, said, options, at = asked.lines, [asked.said], dict[str, str](), 0
    if name in _ARGUED or (name in _TITLED and "" in lines):
        said += takewhile(lambda line: line and not _OPTION.fullmatch(line.strip()), lines)
        at = len(said) - 1
    while at < len(lines) and (option := _OPTION.fullmatch(lines[at].strip())):
        value = [(option[2] or "").strip()]
        at += 1
        while at < len(lines) and lines[at][:1].isspace() and lines[at].strip():
            value.append(lines[at].strip())
            at += 1
        options[option[1]] = " ".join(value)
    is_apart = at < len(lines) and not lines[at].strip()
    while at < len(lines) and not lines[at].strip():
        at += 1
    return _Parts(" ".join(filter(None, map(str.strip, said))), options, lines[at:], is_apart)


def _code(name: str, parts: _Parts) -> Iterator[str]:
    language = _LANGUAGE.fullmatch(parts.said) if name not in _DIAGRAMS else None
    if caption := parts.options.get("caption"):
        yield from ("", f"**{caption}**", "")
    # Words behind the name of what has no language are its first line.
    first = [parts.said] if parts.said and language is None and name not in _DIAGRAMS else []
    yield from fenced([*first, *parts.content], language[0] if language else "")


def _picture(parts: _Parts, blocks: Blocks, words: Words) -> Iterator[str]:
    alt = re.sub(r"([\\\[\]])", r"\\\1", parts.options.get("alt", ""))
    picture = f"![{alt}]({address(''.join(parts.said.split()))})"
    target = parts.options.get("target", "")
    linked = words(f"`x <{target}>`_") if target else ""
    yield from ("", f"[{picture}]{linked[3:]}" if linked.startswith("[x](") else picture, "")
    yield from [*blocks(parts.content), ""] if parts.content else ()


def _box(name: str, parts: _Parts, blocks: Blocks, words: Words) -> Iterator[str]:
    """Write a quote with its title."""
    title, first = "", parts.said
    if name in _TITLED or name.startswith("admonition"):
        title, first = words(parts.said), ""
    elif name in _NOTICES:
        title = "See also" if name == "seealso" else name.capitalize()
    inside = blocks([first, *([""] if first and parts.is_apart else []), *parts.content])
    yield from quoted([*([f"**{title}**", ""] if title else []), *inside])


def _table(name: str, parts: _Parts, blocks: Blocks, words: Words) -> Iterator[str]:
    if parts.said:
        yield from ("", f"**{words(parts.said)}**", "")
    if name == "table":
        yield from blocks(parts.content)
        return
    heads = parts.options.get("header-rows", "0")
    has_head = heads.isdecimal() and int(heads) > 0
    if name == "csv-table":
        text = "\n".join([parts.options["header"], *parts.content] if "header" in parts.options else parts.content)
        has_head |= "header" in parts.options
        mark = parts.options.get("delim", ",")
        mark = {"tab": "\t", "space": " "}.get(mark, mark)
        try:
            rows = list(csv.reader(text.split("\n"), delimiter=mark, skipinitialspace=True))
        except (csv.Error, TypeError):
            rows = [[line] for line in text.split("\n")]
    else:
        rows = list(_rows_of_list(parts.content))
    cells = [[_in_one_line(blocks(cell.split("\n"))) for cell in row] for row in rows if row]
    yield from table_of(cells, parts.content, has_head=has_head)


def _in_one_line(lines: Iterable[str]) -> str:
    """Return the lines of a cell as one: those of a paragraph with blanks between them, all others apart."""
    said, before = "", ""
    for line in lines:
        goes_on = before and not (before.endswith("  ") or _BEGINS_BLOCK.match(line) or _FENCE in said)
        said += f"{(' ' if goes_on else '<br>') if said and line else ''}{line}"
        before = line
    return said


def _rows_of_list(lines: list[str]) -> Iterator[list[str]]:
    """Yield the cells of a list of lists: `* - cell`."""
    row = list[list[str]]()
    for line in lines:
        if line[:2] in {"* ", "- ", "+ "} or line.rstrip() in {"*", "-"}:
            if row:
                yield ["\n".join(cell) for cell in row]
            row, line = [], f"  {line[2:]}"  # noqa: PLW2901
        if line[2:4] in {"- ", "* ", "+ "} or line.strip() in {"-", "*"}:
            row.append([line[4:]])
        elif row:
            row[-1].append(line[4:])
    if row:
        yield ["\n".join(cell) for cell in row]
