"""Write reStructuredText as Markdown: headings, emphasis, links, pictures, code and quotes; Org and AsciiDoc elsewhere.

Its other constructs stay as text. No directive is carried out: none reads a file or an address.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import dropwhile
from textwrap import dedent
from types import MappingProxyType
from typing import Final

from refeed.formats.bodies.asciidoc import asciidoc_to_markdown
from refeed.formats.bodies.markdown_lines import fenced, quoted
from refeed.formats.bodies.org import org_to_markdown
from refeed.formats.bodies.private_sections import public_lines

Rule = tuple[re.Pattern[str], str]

_RST_CODE: Final = re.compile(r"\.\. (?:code-block|code|sourcecode|highlight)::(?>[ \t]*)([\w+#-]{0,30})[ \t]*")
_RST_TARGET: Final = re.compile(r"^\.\. _`?([^`:\n]{1,200})`?:[ \t]+(\S{1,2000})[ \t]*$", re.MULTILINE)
_RST_REFERENCE: Final = re.compile(r"`([^`<>\n]{1,200})`_(?!_)|(?<![\w`])([A-Za-z][\w-]{0,100})_(?![\w_])")
_RST_RULE: Final = re.compile(r"""([=\-`:'"~^_*+#<>.])\1{2,}[ \t]*""")
_RST_PICTURE: Final = re.compile(r"\.\. (?:image|figure)::(?>[ \t]*)(\S{1,2000})[ \t]*")
_RST_DIRECTIVE: Final = re.compile(r"\.\. [a-z-]{1,30}::")
_RST_REMARK: Final = re.compile(r"\.\.(?: |[ \t]*\Z)")  # and a target

_RST: Final = (
    (re.compile(r"`([^`<>\n]{1,1000}?) ?<([^<>\s]{1,2000})>`__?"), r"[\1](\2)"),
    (re.compile(r":[a-z]{1,20}:`([^`\n]{1,500})`"), r"`\1`"),
    (re.compile(r"``([^`\n]{1,500})``"), r"`\1`"),
)


def to_markdown(text: str, markup: str, most: int, says: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a text in one of these as Markdown; what is Markdown stays, and so does what follows after `most` lines.

    Whoever reads the Markdown looks at no more lines than that. `says` are the attributes that the header of a text of
    AsciiDoc sets, with their values, or the tags that one of Org excludes: they decide which sections are private, too.
    """
    if markup == "markdown":
        return text
    lines = text.split("\n", most)
    rest = [lines.pop()] if len(lines) > most else []
    lines = public_lines(lines, markup, says)
    if markup == "rst":
        written = _rst_lines(lines, _targets(text))
    else:
        written = org_to_markdown(lines) if markup == "org" else asciidoc_to_markdown(lines, says)
    return "\n".join([*written, *rest])


def _rst_lines(lines: list[str], targets: Mapping[str, str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        line, after = lines[at], lines[at + 1] if at + 1 < len(lines) else ""
        at += 1
        if code := _RST_CODE.fullmatch(line):
            inside, at = _indented(lines, at, is_directive=True)
            yield from fenced(inside, code[1])
        elif picture := _RST_PICTURE.fullmatch(line):
            caption, at = _indented(lines, at, is_directive=True)
            yield from ("", f"![]({picture[1]})", "", *_referring(caption, targets), "")
        elif _RST_DIRECTIVE.match(line):  # none is carried out: a note, say, keeps its text
            inside, at = _indented(lines, at, is_directive=True)
            yield from quoted(_referring(inside, targets))
        elif _RST_REMARK.match(line):
            _, at = _indented(lines, at)
        elif _RST_RULE.fullmatch(line) and after.strip() and lines[at + 1 : at + 2] == [line]:
            continue  # the line above a title that has one below it, too
        elif line.strip() and not line[0].isspace() and _RST_RULE.fullmatch(after) and len(after) >= len(line) // 2:
            yield f"## {line.strip()}"
            at += 1
        elif line.endswith("::"):
            yield from _referring([line[:-1]], targets)
            inside, at = _indented(lines, at)
            yield from fenced(inside, "")
        else:
            yield from _referring([line], targets)


def _targets(text: str) -> dict[str, str]:
    return {name.lower(): address for name, address in _RST_TARGET.findall(text)}


def _referring(lines: list[str], targets: Mapping[str, str]) -> Iterator[str]:
    def link(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        address = targets.get(name.lower())
        return f"[{name}]({address})" if address else found[0]

    for line in _inline(lines, _RST):
        yield _RST_REFERENCE.sub(link, line) if targets else line


def _inline(lines: list[str], rules: tuple[Rule, ...]) -> Iterator[str]:
    for line in lines:
        for pattern, replacement in rules if line else ():
            line = pattern.sub(replacement, line)  # noqa: PLW2901  one rule after the other
        yield line


def _indented(lines: list[str], start: int, *, is_directive: bool = False) -> tuple[list[str], int]:
    """Return the indented lines that begin here, without their indentation, and where they end.

    Those of a directive may begin with options, up to the first empty line; they are left out.
    """
    end = start
    while end < len(lines) and (not lines[end].strip() or lines[end][0].isspace()):
        end += 1
    inside = dedent("\n".join(lines[start:end])).split("\n")
    kept = dropwhile(lambda line: line.startswith(":"), inside) if is_directive else inside
    text = "\n".join(kept).strip("\n")
    return text.split("\n") if text else [], end
