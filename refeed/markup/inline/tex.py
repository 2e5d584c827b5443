r"""Keep TeX in Markdown as it stands: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, and environments; money is no formula.

Readers of feeds set no formulas, so the source is what people see. Without these rules Markdown would take its `_` and
`*` for emphasis and the backslashes away.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from html import escape, unescape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from refeed.markup.tex_definitions import is_definition
from refeed.startup.late_patterns import late_pattern

# Pandoc's rule (tex_math_dollars) for a single dollar: no blank inside it at either end, no digit behind it. Beyond
# that no letter around it (US$5, $HOME/$USER), and no code in it.
_DOLLAR: Final = late_pattern(r"\$(?![\s$])(?>((?:[^$\\\n`]|\\.|\n(?!\n))+))(?<!\s)\$(?![0-9A-Za-z$])", re.DOTALL)
# What only TeX holds may also have blanks around it, and a letter behind it.
_COMMAND: Final = late_pattern(r"\$(?>((?:[^$\\\n`]|\\.)+))\$")
_LINES: Final = late_pattern(
    r"\$[ \t]{0,9}\n(?>((?:[^$\\`]|\\.)+))(?<=\n)[ \t]{0,9}\$(?=[ \t]*(?:\n|\Z))", re.DOTALL
)  # marks alone on lines
_SURE_LINES: Final = late_pattern(r"\\[A-Za-z]{2}|[_^]\{")  # between lines of a shell stand names, too: cd my_dir
_SURE: Final = late_pattern(r"\\[A-Za-z]{2}|[_^]\{|\w[_^]\w")
_BEGINS: Final = late_pattern(r"\s\$[0-9A-Za-z]")
_TICKS: Final = late_pattern(r"\$`([^`\n]+)`\$(?![0-9A-Za-z$])")  # GitHub and GitLab
_DOUBLE: Final = late_pattern(r"\$\$(?![$])(?>((?:[^$\\]|\\.|\$(?!\$))+))\$\$", re.DOTALL)
# LaTeX's own brackets, also with the backslash doubled, as renderers need it that read Markdown first. `\\[2pt]` inside
# is the end of a row.
_ROUND: Final = late_pattern(r"\\\\?\((?>((?:[^\\]|\\(?![()]))+))\\\)", re.DOTALL)
_SQUARE: Final = late_pattern(r"\\\[(?>((?:[^\\]|\\\\|\\(?![\[\]\\]))+))\\\]", re.DOTALL)
_DOUBLE_SQUARE: Final = late_pattern(r"\\\\\[(?>((?:[^\\]|\\(?!\\[\[\]]))+))\\\\\]", re.DOTALL)
_ENVIRONMENT: Final = late_pattern(r"\\begin\{([A-Za-z]{1,30}\*?)\}")

# A sign of TeX between brackets, which others write to keep Markdown from reading them: \[sic\], \[1\], \(a note\).
_TEX: Final = late_pattern(r"\\[A-Za-z]{2}|(?<!\\)[_^=<>+]")
_SYMBOL: Final = late_pattern(r"\s*[A-Za-z]\s*\\?")
# Words one after the other, which no formula holds outside of a command.
_PROSE: Final = late_pattern(
    r"(?<![\\A-Za-z])[A-Za-z]{3,40}[ \n]+[A-Za-z]{2}|[\u3040-\u30fa\u30fc-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
# What converters write in brackets on a line of its own, \[Update\], \[ NO NOTES \] or \[…\], where a formula has other
# signs; and a link.
_REMARK: Final = late_pattern(
    r"[ \t]*(?>[^\w\s\\^_=<>+*/{}]{0,3})(?:[0-9]{1,4}|(?:[^\W\d_]{4,40}|[A-Za-z]{2,40}[ :,]{1,2}[A-Za-z]{2}"
    r"|[\u00c0-\u024f\u0400-\u1fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])(?>[^\\^_=<>+*/{}]*))[ \t]*"
    r"|[ \t]*(?:…|\.{3})[ \t]*|[^\\]{0,1000}\]\([^\\]{0,1000}|.*(?<!\\)\\\].*"
)
# Words in such brackets, whatever signs stand beside them: \[Update: read *this* page\], \[*Update*\].
_WORDS: Final = late_pattern(
    r"(?<![\\A-Za-z])[A-Za-z]{3,40}[ :,]{1,2}[A-Za-z]{2}|(?<!\w)([*_]{1,3})[^\W\d_]{2,40}[^*_]{0,200}\1(?!\w)|<https?://"
    r"|[\u3040-\u30fa\u30fc-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
# In an equation beside words, where Markdown would take them for emphasis: \[面积 = 长*宽\].
_OPERATOR: Final = late_pattern(r"\w[*^]\w")
_REFERENCE: Final = late_pattern(r"&(?:lt|gt|amp);")  # other names are seldom meant: `&` parts columns
_LONGEST: Final = 200  # lines of a formula

# Backslashes that are there for a renderer that reads Markdown first: doubled before braces and, once or twice, at the
# ends of rows; before the mark of an index.
_DOUBLED_OPENING: Final = late_pattern(r"(?<!\\)\\\\\{")
_DOUBLED_CLOSING: Final = late_pattern(r"(?<!\\)\\\\\}")
_DOUBLED_ROW: Final = late_pattern(r"(?<!\\)(?:\\\\){2,4}(?:\\(?=\[))?(?=\\[A-Za-z]|[^\\]|\Z)")
# The name of an environment shows that all are doubled. A space as wide as `\,` begins no row.
_DOUBLED_NAME: Final = late_pattern(r"(?<!\\)\\\\(?:begin|end)\{")
_DOUBLED_ANY: Final = late_pattern(r"(?<!\\)\\\\(?=[A-Za-z,;:!{}|%&#])")
_DOUBLED_SPACE: Final = late_pattern(r"(?<!\\)\\\\(?=[,;:!])")
_DOUBLED_BRACKETS: Final = late_pattern(r"\\(?P<opening>\\[(\[])(?P<inner>.*)\\(?P<closing>\\[)\]][ .,;]*)", re.DOTALL)
_ESCAPED_INDEX: Final = late_pattern(r"(\\[A-Za-z]{1,40}|(?<![A-Za-z0-9\\])[A-Za-z]|[}\])])\\_(?=[0-9A-Za-z{\\])")

_ENDS: Final = "tex_closings"  # in the environment of a reader: where each closing stands
_CLOSING: Final = (
    ("$$", late_pattern(r"\$\$`?")),
    ("\\]", late_pattern(r"\\\]")),
    ("\\end{", late_pattern(r"\\end\{[A-Za-z]{1,30}\*?\}")),
)

# Slides of reveal.js have formulas between backticks, which keep Markdown away; on one line that is code anyway.
_TICKED: Final = "`$$"
_OPENINGS: Final = (_TICKED, "$$", "\\[", "\\\\[", "\\begin{")
_WITHIN: Final = ("$$", "\\begin{")  # what a formula may hold or end with that begins within a line (Pandoc)
_CLOSINGS: Final = {_TICKED: ("$$`",), "$$": ("$$",), "\\[": ("\\]",), "\\\\[": ("\\\\]", "\\]")}


def use_tex(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown to leave formulas alone."""
    reader.core.ruler.before("block", "tex_closings", _note_closings)
    reader.block.ruler.before("fence", "tex_block", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    reader.inline.ruler.before("escape", "tex_inline", _inline)
    reader.add_render_rule("tex_block", lambda _self, tokens, index, *_: _code_block(tokens[index].content))
    reader.add_render_rule("tex_inline", lambda _self, tokens, index, *_: _code(tokens[index].content))


def _note_closings(state: StateCore) -> None:
    ends: dict[str, list[int]] = defaultdict(list)
    for sign, closing in _CLOSING:
        for found in closing.finditer(state.src) if sign in state.src else ():
            ends[found[0]].append(found.start())
    state.env[_ENDS] = ends


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a formula that begins a line and takes whole lines."""
    if state.is_code_block(start):
        return False
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    closings = _closings(first)
    if not closings:
        return False
    opening = next(opening for opening in _OPENINGS if first.startswith(opening))
    if silent and opening in _WITHIN and _is_in_formula(state, start):
        return False
    last = _closing_line(state, start, end, closings, len(opening))
    if last is None or (last == start and _is_remark(first, opening)):
        return False
    if silent:
        return True
    token = state.push("tex_block", "", 0)
    formula = state.getLines(start, last + 1, state.blkIndent, False).strip()
    token.content = _as_tex(formula[1:].replace("$$`", "$$") if opening == _TICKED else formula)
    token.map = [start, last + 1]
    state.line = last + 1
    return True


def _is_remark(line: str, opening: str) -> bool:
    """Return whether a line is code, words in brackets, or has other brackets behind its first ones."""
    if opening == "\\[":
        end = len(line.rstrip(" .,;")) - 2
        return _is_of_words(line[2:end]) or _REMARK.fullmatch(line, 2, end) is not None
    return opening == _TICKED


def _is_in_formula(state: StateBlock, start: int) -> bool:
    """Return whether a formula that begins within a line of this paragraph is not closed above a line."""
    begin, end = state.bMarks[state.line], state.bMarks[start]
    places = (state.env[_ENDS].get(mark, []) for mark in ("$$", "$$`"))
    return sum(bisect_left(one, end) - bisect_left(one, begin) for one in places) % 2 == 1


def _closings(line: str) -> tuple[str, ...]:
    if environment := _ENVIRONMENT.match(line):
        return (f"\\end{{{environment[1]}}}",)
    return next((closings for opening, closings in _CLOSINGS.items() if line.startswith(opening)), ())


def _closing_line(state: StateBlock, start: int, end: int, closings: tuple[str, ...], skip: int) -> int | None:
    """Return the line that a formula ends with; nothing but a full stop may follow it there."""
    longest = min(end, start + _LONGEST)
    if not _stands_between(state, closings[-1], state.bMarks[start] + skip, state.eMarks[longest - 1]):
        return None
    # A formula may stand below the text of an item of a list without its indent, and ends the item.
    indent = min(state.blkIndent, state.sCount[start])
    begins = state.bMarks[start] + state.tShift[start] + skip
    may_hold_empty_lines = closings[0].startswith("\\end") or not state.src[begins : state.eMarks[start]].strip()
    for number in range(start, longest):
        line = state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()
        if number > start and (state.sCount[number] < indent if line else not may_hold_empty_lines):
            return None
        inner = line[skip:] if number == start else line
        if any(closing in inner for closing in closings):
            return number if inner.rstrip(" .,;").endswith(closings) else None
    return None


def _stands_between(state: StateBlock, closing: str, start: int, end: int) -> bool:
    """Return whether a closing stands between two places; to look for it line by line takes longer."""
    places = state.env[_ENDS].get(closing, [])
    return bisect_left(places, start) < bisect_left(places, end)


def _inline(state: StateInline, silent: bool) -> bool:
    """Read a formula inside a line."""
    text, position = state.src, state.pos
    if text[position] == "$":
        before = text[position - 1] if position else " "
        found = _dollars(text, position) if not (before.isascii() and before.isalnum()) else None
    elif text[position] == "\\":
        found = _brackets(text, position)
    else:
        return False
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        state.push("tex_inline", "", 0).content = _as_tex(found[0])
    state.pos = found.end()
    return True


def _as_tex(formula: str) -> str:
    r"""Return a formula with single backslashes where its author doubled them: `\\{a\\}` is no end of a row."""
    formula = _ESCAPED_INDEX.sub(r"\1_", formula) if "\\_" in formula else formula
    if "\\\\" not in formula:
        return formula
    if brackets := _DOUBLED_BRACKETS.fullmatch(formula):
        formula = "".join(brackets.groups())
    if _DOUBLED_NAME.search(formula):
        formula = _DOUBLED_ANY.sub(r"\\", formula)
    elif "\\begin" not in formula or _DOUBLED_ROW.search(formula):
        formula = _DOUBLED_SPACE.sub(r"\\", formula)
    formula, rows = _DOUBLED_ROW.subn(r"\\\\", formula)
    openings, closings = (
        len(_DOUBLED_OPENING.findall(formula)),
        len(_DOUBLED_CLOSING.findall(formula)),
    )
    if openings == closings or rows:
        formula = _DOUBLED_CLOSING.sub(r"\\}", _DOUBLED_OPENING.sub(r"\\{", formula))
    return formula


def _dollars(text: str, position: int) -> re.Match[str] | None:
    if found := _TICKS.match(text, position) or _DOUBLE.match(text, position):
        return found
    if (found := _DOLLAR.match(text, position)) and not _is_prose(found[1]):
        return found
    if found := _COMMAND.match(text, position):
        # In `$my_boat and $her_boat`, `$5_a and $6_b` the second one begins a name or a price.
        is_sure = (_SURE_LINES if _BEGINS.match(text, found.end() - 2) else _SURE).search(found[1])
        return found if is_sure and not _is_prose(found[1]) else None
    found = _LINES.match(text, position)
    return found if found and _SURE_LINES.search(found[1]) and not _is_prose(found[1]) else None


def _brackets(text: str, position: int) -> re.Match[str] | None:
    if found := _ROUND.match(text, position):
        is_doubled = text.startswith("\\\\", position) and not _PROSE.search(found[1])
        return found if is_doubled or _is_formula(found[1]) or _SYMBOL.fullmatch(found[1]) else None
    found = _SQUARE.match(text, position) or _DOUBLE_SQUARE.match(text, position)
    return found if found and _is_formula(found[1]) else None


def _is_formula(text: str) -> bool:
    return bool(_TEX.search(text)) and not (_is_prose(text) or _is_of_words(text))


def _is_of_words(text: str) -> bool:
    if "\\" in text or ("=" in text and _OPERATOR.search(text)):
        return False
    return _WORDS.search(text) is not None


def _is_prose(text: str) -> bool:
    return "\\" not in text and bool(_PROSE.search(text))


def _code(source: str) -> str:
    """Write a formula; a reference in it stands for its character there as everywhere in Markdown."""
    if is_definition(source):
        return ""
    return f"<code>{escape(_REFERENCE.sub(lambda found: unescape(found[0]), source), quote=False)}</code>"


def _code_block(source: str) -> str:
    """Write a formula on lines of its own; on one line it is a paragraph, as formulas of HTML are."""
    code = _code(source)
    if not code:
        return ""
    return f"<pre>{code}</pre>\n" if "\n" in source else f"<p>{code}</p>\n"
