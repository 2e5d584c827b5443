"""Read MyST, the Markdown of Jupyter Book and of Sphinx: directives in fences, roles before code, and its remarks.

https://mystmd.org/guide/syntax-overview: ```` ```{figure} quay.png ````, `:::{note}`, `` {ref}`words <target>` ``. A
text without a directive that is known is read as any other; one that is not stays the block that it looks like.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Final

from refeed.markup.callout_titles import KINDS
from refeed.markup.code_spans import replace_outside
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

_FENCE: Final = late_pattern(
    r"(?P<margin>[ \t]*)(?P<fence>(?>`{3,})(?![^\n]*`)|~{3,}|:{3,})"  # with another behind it, it is code in a line
    r"(?:\{(?P<name>[a-z][\w:.-]{0,40})\}[ \t]*)?(?P<said>[^\n]*)"
)
_OPTION: Final = late_pattern(r"[ \t]*:?(?P<name>[a-z][\w-]{0,40}):(?:[ \t]+(?P<value>[^\n]*))?")
_TARGET: Final = late_pattern(r"^\([\w:./ -]{1,100}\)=[ \t]*$", re.MULTILINE)
_REMARK: Final = late_pattern(r"^%(?:[ \t][^\n]*)?$", re.MULTILINE)
_BREAK: Final = late_pattern(r"^\+\+\+(?:[ \t]*\{[^\n]*\}|[ \t]*)$", re.MULTILINE)  # between the cells of a notebook
_ROLE: Final = late_pattern(r"\{(?P<name>[a-z][\w:-]{0,30})\}`(?P<words>[^`\n]{1,500})`")
_LABELLED: Final = late_pattern(r"(?P<words>[^<>\n]{0,400}?)[ \t]*<(?P<target>[^<>\n]{1,400})>")
_HIDING: Final = ("remove-cell", "remove-input")  # tags of code that readers do not see
_DEEPEST: Final = 8  # directives in one another


class _Directive(NamedTuple):
    """What stands between two fences."""

    name: str
    said: str  # behind the name
    options: Mapping[str, str]
    inner: list[str]


def _callout(of: _Directive) -> list[str]:
    kind = of.options.get("class", "").partition(" ")[0] if of.name == "admonition" else of.name
    mark = kind if kind.lower() in KINDS else "note"
    return ["", f"> [!{mark}] {of.said}".rstrip(), *(f"> {line}" for line in of.inner), ""]


def _quote(of: _Directive) -> list[str]:
    return ["", *(f"> {line}" for line in of.inner), ""]


def _fold(of: _Directive) -> list[str]:
    return ["", f"<details><summary>{escape(of.said, quote=False)}</summary>", "", *of.inner, "", "</details>", ""]


def _part(of: _Directive) -> list[str]:
    return ["", *([f"**{of.said}**", ""] if of.said else []), *of.inner, ""]


def _picture(of: _Directive) -> list[str]:
    image = f'<img src="{escape(of.said)}" alt="{escape(of.options.get("alt", ""))}">'
    if not any(of.inner):
        return ["", f"<p>{image}</p>", ""]
    return ["", f"<figure>{image}<figcaption>", "", *of.inner, "", "</figcaption></figure>", ""]


def _code(of: _Directive) -> list[str]:
    if any(tag in of.options.get("tags", "").replace("_", "-") for tag in _HIDING):
        return []
    longest = max((len(line) - len(line.lstrip("`")) for line in of.inner), default=0)
    fence = "`" * max(3, longest + 1)
    caption = of.options.get("caption", "")
    return ["", *([f"**{caption}**", ""] if caption else []), f"{fence}{of.said}", *of.inner, fence, ""]


def _formula(of: _Directive) -> list[str]:
    return ["", "$$", *filter(str.strip, [of.said, *of.inner]), "$$", ""]


def _player(of: _Directive) -> list[str]:
    return ["", f"{{% {of.name} {of.said} %}}", ""]


def _statement(of: _Directive) -> list[str]:
    """Write a theorem and its like under its name."""
    kind = of.name.partition(":")[2].capitalize()
    return ["", f"**{kind} ({of.said})**" if of.said else f"**{kind}**", "", *of.inner, ""]


def _raw(of: _Directive) -> list[str]:
    return ["", *of.inner, ""] if of.said.startswith("html") else ["", f"```{{={of.said or 'raw'}}}", "```", ""]


def _told(of: _Directive) -> list[str]:
    """Write what is in another file, or made by a program, so that it is reported."""
    return ["", f"```{{={of.name}}}", "```", ""]


def _only(of: _Directive) -> list[str]:
    """Write what is only for pages."""
    return ["", *of.inner, ""] if "html" in of.said.split() else [""]


def _nothing(_: _Directive) -> list[str]:
    return [""]


# Names of directives, and what writes them; those of code are not read inside.
_CODES: Final = dict.fromkeys(("code", "code-block", "code-cell", "sourcecode"), _code)
_WRITERS: Final[Mapping[str, Callable[[_Directive], list[str]]]] = MappingProxyType(
    {
        **dict.fromkeys(("admonition", "attention", "caution", "danger", "error", "hint"), _callout),
        **dict.fromkeys(("important", "note", "seealso", "tip", "warning"), _callout),
        **dict.fromkeys(("blockquote", "epigraph", "highlights", "pull-quote"), _quote),
        **dict.fromkeys(("details", "dropdown"), _fold),
        **dict.fromkeys(("card", "grid", "grid-item", "grid-item-card", "margin", "sidebar", "tab-item"), _part),
        **dict.fromkeys(("aside", "container", "div", "list-table", "tab-set", "table", "topic"), _part),
        **dict.fromkeys(("figure", "image"), _picture),
        **_CODES,
        "math": _formula,
        "only": _only,
        **dict.fromkeys(("vimeo", "youtube"), _player),
        **{f"prf:{kind}": _statement for kind in ("definition", "example", "lemma", "proof", "remark", "theorem")},
        "raw": _raw,
        **dict.fromkeys(("bokeh-plot", "iframe", "include", "literalinclude", "plot"), _told),
        **dict.fromkeys(("bibliography", "comment", "contents", "index", "meta", "post", "postlist"), _nothing),
        **dict.fromkeys(("tableofcontents", "toctree", "todo"), _nothing),
    }
)
# Roles that are an element; those that are but a name; others are code by their looks.
_ELEMENTS: Final = MappingProxyType(
    {"kbd": "kbd", "sub": "sub", "subscript": "sub", "sup": "sup", "superscript": "sup"}
)
_LINKS: Final = frozenset({"any", "cite", "cite:p", "cite:t", "doc", "download", "eq", "numref", "ref", "term"})
_WORDS: Final = frozenset({"abbr", "guilabel", "menuselection"})
_FORMULA: Final = "math"


def read_myst(text: str) -> str:
    """Write directives, roles and remarks of MyST as any text of Markdown."""
    lines = text.split("\n")
    written = [*_Blocks(lines, 0).written()]
    if written == lines:
        return text
    text = "\n".join(written)
    for pattern in (_TARGET, _REMARK, _BREAK):
        text = replace_outside(pattern, lambda _: "", text, markdown=True)
    return replace_outside(_ROLE, _role, text, markdown=True)


class _Blocks:
    """The lines of a text, or of what stands in a directive."""

    def __init__(self, lines: list[str], depth: int) -> None:
        """Know of no fence yet that nothing ends."""
        self._lines, self._depth = lines, depth
        self._unended: dict[str, int] = {}  # mark → the shortest fence that nothing further down ends

    def written(self) -> Iterator[str]:
        """Yield the lines, with the directives that are known as other Markdown."""
        at = 0
        while at < len(self._lines):
            opening = _FENCE.fullmatch(self._lines[at])
            is_end = opening and opening["fence"][0] == ":" and not (opening["name"] or opening["said"].strip())
            end = self._end(at, opening["fence"]) if opening and not is_end else 0
            if not opening or not end:
                yield self._lines[at]
                at += 1
                continue
            yield from self._block(opening, self._lines[at + 1 : end], self._lines[at], self._lines[end])
            at = end + 1

    def _end(self, at: int, fence: str) -> int:
        """Return the line that ends a block, 0 where there is none: a fence no shorter, with nothing behind it."""
        mark = fence[0]
        if len(fence) >= self._unended.get(mark, len(fence) + 1):
            return 0
        for number in range(at + 1, len(self._lines)):
            line = self._lines[number].strip()
            if line.startswith(fence) and not line.strip(mark):
                return number
        self._unended[mark] = len(fence)
        return 0

    def _block(self, opening: re.Match[str], inner: list[str], first: str, last: str) -> Iterator[str]:
        write = _WRITERS.get(opening["name"] or "") if self._depth < _DEEPEST else None
        if write:
            yield from self._directive(write, opening, inner)
            return
        is_code = opening["fence"][0] != ":" or self._depth >= _DEEPEST
        yield from (first, *(inner if is_code else _Blocks(inner, self._depth + 1).written()), last)

    def _directive(
        self, write: Callable[[_Directive], list[str]], opening: re.Match[str], inner: list[str]
    ) -> Iterator[str]:
        margin, name = opening["margin"], opening["name"]
        options, inner = _options([line.removeprefix(margin) for line in inner])
        while inner and not inner[0].strip():
            del inner[0]
        if name not in _CODES:
            inner = [*_Blocks(inner, self._depth + 1).written()]
        for line in write(_Directive(name, opening["said"].strip(), options, inner)):
            yield margin + line if line else ""


def _options(inner: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return the options in the first lines, and the rest: `:name: value`, or YAML between two fences of its own."""
    is_yaml = bool(inner) and inner[0].strip() == "---" and any(line.strip() == "---" for line in inner[1:])
    options: dict[str, str] = {}
    last = ""
    at = int(is_yaml)
    while at < len(inner) and (is_yaml or inner[at].lstrip().startswith(":")):
        if inner[at].strip() == "---":
            at += 1
            break
        if option := _OPTION.fullmatch(inner[at]):
            options[last := option["name"]] = (option["value"] or "").strip()
        elif not is_yaml:
            break
        elif last:
            options[last] += f" {inner[at].strip(' -')}"
        at += 1
    return options, inner[at:]


def _role(found: re.Match[str]) -> str:
    name, words = found["name"], found["words"]
    if name == _FORMULA:
        return f"${words}$"
    if element := _ELEMENTS.get(name):
        return f"<{element}>{escape(words, quote=False)}</{element}>"
    if name in _LINKS and (labelled := _LABELLED.fullmatch(words)):
        address = labelled["target"]
        return f"[{labelled['words']}]({address})" if "://" in address else labelled["words"]
    return words if name in _LINKS or name in _WORDS else found[0]
