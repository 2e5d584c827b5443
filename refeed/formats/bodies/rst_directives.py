"""Write directives of reStructuredText as Markdown: those of docutils, Sphinx, Pelican and Nikola.

https://docutils.sourceforge.io/docs/ref/rst/directives.html
"""

import csv
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from refeed.formats.bodies.markdown_lines import fenced, quoted
from refeed.formats.bodies.rst_tables import table_of
from refeed.formats.bodies.rst_words import address

_OPTION: Final = re.compile(r":([\w-]{1,40}):(?:[ \t]+(.*))?")
_LANGUAGE: Final = re.compile(r"[\w+#-]{1,30}")
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
# What says only where or how its text stands.
_FRAMES: Final = frozenset({"class", "compound", "container", "cssclass", "highlights", "only", "rst-class", "tabs"})
# What shows nothing of its own in a text.
_NOTHING: Final = frozenset(
    {"contents", "default-role", "footer", "header", "highlight", "index", "meta", "post-list", "section-numbering"}
    | {"sectnum", "tags", "target-notes", "title", "toctree"}
)
_MOST_CELLS: Final = 10_000

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


def write_directive(asked: Directive, blocks: Blocks, words: Words) -> Iterator[str]:
    """Yield the lines of Markdown for a directive; one that nobody knows keeps its text, as a quote."""
    name, parts = asked.name.rpartition(":")[2], _parts(asked)
    if name in _CODE or name in _DIAGRAMS:
        yield from _code(name, parts)
    elif name in _PICTURES:
        yield from _picture(parts, blocks, words)
    elif name in _FILES or name in _PLAYERS:
        yield from ("", f"{{{{< {asked.name} {parts.said} >}}}}", "")
    elif name in {"csv-table", "list-table", "table"}:
        yield from _table(name, parts, blocks, words)
    elif name in _FRAMES:
        yield from ["", *blocks(parts.content), ""]
    elif name in _PLAIN:
        yield from _plain(name, parts, words)
    elif name not in _NOTHING:
        yield from _box(name, parts, blocks, words)


def _plain(name: str, parts: _Parts, words: Words) -> Iterator[str]:
    """Write formulas, HTML, a heading that is none, or pictures one after the other."""
    if name == "math":
        formulas = "\n".join([parts.said, *parts.content]).strip().split("\n\n")
        yield from (line for formula in formulas for line in ("", "$$", *formula.split("\n"), "$$", ""))
    elif name == "raw":
        yield from ["", *parts.content, ""] if parts.said.lower().startswith(("html", "markdown")) else ()
    elif name == "rubric":
        yield from ("", f"**{words(parts.said)}**", "")
    else:
        yield from (line for file in parts.content if file.strip() for line in ("", f"![]({file.strip()})", ""))


def _parts(asked: Directive) -> _Parts:
    """Divide what a directive says: words and options up to the first empty line, then its content."""
    said, options, at = [asked.said], dict[str, str](), 0
    lines = asked.lines
    while at < len(lines) and (option := _OPTION.fullmatch(lines[at].strip())):
        options[option[1]] = (option[2] or "").strip()
        at += 1
        while options and at < len(lines) and lines[at][:1].isspace() and lines[at].strip():
            options[option[1]] += f" {lines[at].strip()}"
            at += 1
    content = lines[at:]
    while content and not content[0].strip():
        del content[0]
    return _Parts(" ".join(filter(None, said)), options, content)


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
    inside = blocks([first, *([""] if first and parts.content[:1] == [""] else []), *parts.content])
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
        if "file" in parts.options or "url" in parts.options:
            yield from ("", f"{{{{< csv-table {parts.options.get('file') or parts.options.get('url')} >}}}}", "")
    else:
        rows = list(_rows_of_list(parts.content))
    cells = [["<br>".join(filter(None, blocks(cell.split("\n")))) for cell in row] for row in rows if row]
    yield from table_of(cells, has_head=has_head) if sum(map(len, cells)) < _MOST_CELLS else fenced(parts.content, "")


def _rows_of_list(lines: list[str]) -> Iterator[list[str]]:
    """Yield the cells of a list of lists: `* - cell`."""
    row = list[str]()
    for line in lines:
        if line[:2] in {"* ", "- ", "+ "} or line.rstrip() in {"*", "-"}:
            if row:
                yield row
            row, line = [], f"  {line[2:]}"  # noqa: PLW2901
        if line[2:4] in {"- ", "* ", "+ "} or line.strip() in {"-", "*"}:
            row.append(line[4:])
        elif row:
            row[-1] += f"\n{line[4:]}"
    if row:
        yield row
