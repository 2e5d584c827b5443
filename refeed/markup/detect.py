"""Tell the markup of a body: HTML, Markdown or none (plain text); the whole body is the evidence."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from refeed.markup.code_spans import Span, code_spans
from refeed.markup.line_breaks import paragraphs_of
from refeed.startup.late_patterns import late_pattern, pattern_behind
from refeed.startup.named_tuple import NamedTuple

# HTML Standard, 15.3 (rendering): elements shown as blocks, and the inline ones that nobody writes by chance.
_HTML: Final = late_pattern(
    r"</?(?:a|address|article|aside|blockquote|body|br|center|dd|details|dir|div|dl|dt|fieldset|figcaption|figure|footer"
    r"|form|h[1-6]|header|hr|html|iframe|img|li|main|nav|ol|p|pre|script|section|style|table|td|tr|ul|video)(?=[\s/>])",
    re.IGNORECASE,
)
# Inline elements that anybody may write about; opened and closed around words they are meant.
_INLINE: Final = late_pattern(
    r"<(abbr|b|code|del|em|font|i|ins|kbd|mark|small|span|strong|sub|sup|time|u)\b[^<>]{0,500}>[^<>]{1,1000}</\1\s*>",
    re.IGNORECASE,
)
# The elements that carry the paragraphs of a body. Writers of Markdown put pictures, line breaks and links in as HTML.
_STRUCTURE: Final = late_pattern(
    r"</?(?:article|blockquote|dd|div|dl|dt|h[1-6]|li|main|ol|p|pre|section|table|td|tr|ul)(?=[\s/>])", re.IGNORECASE
)
_BOX: Final = pattern_behind("\n", r" {0,3}<div(?=[\s>])", re.IGNORECASE)
_TAG: Final = late_pattern(r"<(?:[A-Za-z][^<>]*>|/[A-Za-z][^<>]*>|!--)")

# Marks of Markdown, any of which tells it, and signs of each, one of which it holds; of those that occur in prose, only
# as their writers mean them: at the beginning of a line, or around words.
_MARKS: Final = tuple(
    (tuple(signs.split()), late_pattern(pattern, re.MULTILINE))
    for signs, pattern in (
        # headings, quotes
        ("# ＃ >", r"^ {0,3}(?:#{1,6}[ \t]+\S|#{2,6}[^\s#]|＃{1,6}[ \t\u3000]+\S|>[ \t]*\S)"),
        # headings that are underlined
        ("=== ---", r"\S[ \t]*\n {0,3}(?:={3,}|-{3,})[ \t]*$"),
        # the row under the head of a table
        ("|", r"^ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*\||^[^|\n]*\|[^\n]*\n {0,3}(?:\|[ \t]*)?:?-+:?[ \t]*\|[ \t|:-]*$"),
        # rules
        ("- *", r"^ {0,3}(?>(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$"),
        # addresses of links, callouts
        ("]: !!! :::", r"^ {0,3}(?:\[[^\[\]\n]{1,100}\]:[ \t]+\S|!!! \w|:::)"),
        # links, of notes, to footnotes
        ("[", r"\[[^\[\]\n]*\]\([^\s()]|\[\[[^\[\]\n]{1,100}\]\]|\[\^[^\[\]\n]{1,100}\]"),
        ("<http", r"<https?://[^<>\s]{1,1000}>"),
        # a component of MDX or Vue on a line of its own; `<Br/>` and `<Img/>` are HTML
        ("<", r"^<[A-Z][a-z]\w{2,50}(?=[\s/>])[^<>\n]{0,500}(?:/>|></[A-Z]\w{3,50}>)[ \t]*$"),
        # a link whose words have brackets, escapes
        ("](h \\", r"\]\(https?://[^\s()]|\\\[[^\[\]\n]{1,200}\\\]|\\[*_`]"),
        # escapes of what would begin something
        ("\\", r"(?<![^\s(])\\[#>~|<+!-]|^ {0,3}[0-9]{1,9}\\[.)]"),
        # formulas, expressions
        ("$$ { [", r"\$\$|\{[%{]|^\[(?:audio|caption|embed|gallery|playlist|video)\b[^\[\]\n]{0,300}\]"),
        (
            "** ~~ __",
            r"\*\*(?=[^\s*])[^*\n]{1,500}\*\*|~~(?=[^\s~])[^~\n]{1,500}~~|(?<!\w)__(?=[^\s_])[^_\n]{1,500}__(?!\w)",
        ),
        ("==", r"(?<![=\w])==(?=[^\s=])[^=\n]{1,500}(?<=[^\s=])==(?![=\w])"),
        ("*", r"(?<![\w*\\])\*(?=[^\s*])[^*\n]{1,500}(?<=[^\s*])\*(?![\w*])"),
        ("_", r"(?<![\w\\/])_(?=[^\s_])[^_\n]{1,500}(?<=[^\s_])_(?!\w)"),
    )
)
# The ones that nobody writes by chance: a heading, a link that leads somewhere, one to a note on a line of its own,
# strong words.
_SURE: Final = late_pattern(
    r"^#{1,6}[ \t]+\S|^ {0,3}\[[^\[\]\n]{1,100}\]:[ \t]+(?:https?:|/)|^!?\[\[(?=[^\s\[\]])[^\[\]\n]{1,200}\]\][ \t]*$"
    r"|\[[^\[\]\n]+\]\((?:https?:|/|\./)[^\s()]|\*\*(?=[^\s*])[^*\n]{2,500}\*\*",
    re.MULTILINE,
)
_ITEM: Final = late_pattern(r"^ {0,3}(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\S", re.MULTILINE)
# A single item and the items in it, as a page of an outliner may be; what is indented looks like code elsewhere.
_ONE_ITEM: Final = late_pattern(r"- [^\n]*\n(?:\t| {2,4})[-*+] (?>[^\n]*)(?:\n(?:[ \t]+\S(?>[^\n]*)|[ \t]*))*")

# A list, or HTML out of somebody's templates, that is indented as code would be.
_MARGIN: Final = late_pattern(
    r"(?:[ \t]*\n)*(?P<margin>\t+| {4,})(?:[-*+](?=\s)|<(?:article|blockquote|div|h[1-6]|main|p|section)\b)"
)
# A first paragraph that lost its margin as a converter trimmed the text, and below it paragraphs that kept theirs. What
# is indented below an item, a note or a callout belongs to it.
_TRIMMED: Final = late_pattern(
    r"(?:[ \t]*\n)* {0,3}(?!(?:[-*+]|[0-9]{1,9}[.)])\s|[!?]{3}|===|\[\^|:)\S[^\n]*\n"
    r"(?:[ \t]*\n)+(?P<margin>\t+| {4,})\S"
)
_FEWEST_PARAGRAPHS: Final = 3
_TWO_LINES: Final = late_pattern(r"\S[ \t]*\n[ \t]*\S")
_LINK: Final = late_pattern(r"\]\((?:https?:|/|\./)[^\s()]")

# What a generator puts around every body, also around one that holds no other tag.
_BARE: Final = late_pattern(r"\s*<div>([^<]*)</div>\s*", re.IGNORECASE)


def detect_markup(text: str, *, markdown: bool) -> str:
    """Return "html", "markdown" (only where it is allowed) or "text"."""
    inner = without_wrapper(text)
    if markdown and inner.startswith("- ") and _ONE_ITEM.fullmatch(inner):
        return "markdown"
    spans = code_spans(inner, markdown=True) if markdown else ()
    shown = _without(inner, spans)
    codes = [inner[span.start : span.end] for span in spans]
    if markdown and _is_markdown(shown, codes):
        return "markdown"
    if _HTML.search(shown) or _INLINE.search(shown):
        return "html"
    return "html" if any(code[:1] == "<" and code[1:2] != "!" and "</" in code for code in codes) else "text"


def without_wrapper(text: str) -> str:
    """Return what stands in an element that says nothing, or a text without the margin of its lines."""
    bare = _BARE.fullmatch(text)
    text = bare[1] if bare else text
    margin = _margin_of(text)
    return "\n".join(line.removeprefix(margin) for line in text.split("\n")) if margin else text


def _margin_of(text: str) -> str:
    """Return what stands before all lines, or before all below a first paragraph that lost it; "" for none."""
    found = _MARGIN.match(text)
    below = text
    if found is None and "](" in text and (found := _TRIMMED.match(text)):
        below = text[found.start("margin") :]
        paragraphs = sum(map(bool, map(str.strip, below.split("\n"))))  # of one line each
        if paragraphs < _FEWEST_PARAGRAPHS or _TWO_LINES.search(below) or not _LINK.search(below):
            return ""
    if found is None:
        return ""
    margin = found["margin"]
    is_kept = all(line.startswith(margin) for line in below.split("\n") if line.strip(" \t-"))
    return margin if is_kept else ""


def is_mostly_html(text: str) -> bool:
    """Return whether more words of Markdown stand in blocks of HTML than outside of them."""
    shown = _without(text, code_spans(text, markdown=True))
    if not _STRUCTURE.search(shown):
        return False
    parts = _part(shown)
    return parts.is_more_in_html(parts.words_outside())


class _Parts(NamedTuple):
    """The blocks of HTML in a text, and those outside of them."""

    in_html: list[str]
    outside: list[str]

    def words_outside(self) -> int:
        """Count the characters that stand outside."""
        return sum(len(_words_in(block)) for block in self.outside)

    def is_more_in_html(self, most: int) -> bool:
        """Return whether blocks of HTML hold more than `most` characters; no more are counted."""
        return any(words > most for words in accumulate((len(_words_in(block)) for block in self.in_html), initial=0))


def _part(shown: str) -> _Parts:
    """Part a text without its code; as in CommonMark (0.31.2, 4.6) an empty line ends a block of HTML."""
    parts = _Parts([], [])
    for block in _blocks_of(shown):
        is_html = ("<" in block or "-->" in block) and _STRUCTURE.search(block)
        if is_html and not (_is_list(block) or _ends_in_empty_boxes(block)):
            parts.in_html.append(block)
        else:
            parts.outside.append(block)
    return parts


def _blocks_of(shown: str) -> Iterator[str]:
    """Yield what blank lines part; lines that are surely Markdown stand alone where HTML begins below them."""
    for lines in paragraphs_of(shown):
        at = next((number for number, line in enumerate(lines) if line[0] == "<" and _STRUCTURE.match(line)), 0)
        above = "\n".join(lines[:at])
        if at and _SURE.search(above) and not _STRUCTURE.search(above):
            yield above
            yield "\n".join(lines[at:])
        else:
            yield "\n".join(lines)


def _is_markdown(shown: str, code: list[str]) -> bool:
    """Judge a text without its code: the less a mark occurs by chance, the less has to stand outside of HTML."""
    is_fenced = any(part.lstrip(" \t>")[:3] in {"```", "~~~", ":::"} for part in code)  # `:::lua`
    if is_fenced or "markdown=" in shown:
        return True
    parts = _part(shown)
    outside = "\n\n".join(parts.outside)
    if _SURE.search(outside):
        return True
    words = parts.words_outside()
    if _has_marks(outside) or any(part[0] == "`" for part in code):
        return not parts.is_more_in_html(words * 2)
    return len(parts.outside) > 1 and not parts.is_more_in_html(words - 1)


def _has_marks(text: str) -> bool:
    if any(any(map(text.__contains__, signs)) and mark.search(text) for signs, mark in _MARKS):
        return True
    first = _ITEM.search(text)
    return bool(first and _ITEM.search(text, first.end()))


def _is_list(block: str) -> bool:
    """Return whether a block begins with a mark of a list, of which HTML may stand in the items."""
    first = _ITEM.match(block)
    return bool(first and _ITEM.search(block, first.end()))


def _ends_in_empty_boxes(block: str) -> bool:
    """Return whether a block is a text without HTML, and under it elements without a word, which a script may fill."""
    first = _BOX.search(block)
    if first is None:
        return False
    above, boxes = block[: first.start()], block[first.start() :]
    return _has_words(above) and not (_STRUCTURE.search(above) or _has_words(boxes))


def _has_words(block: str) -> bool:
    return bool(_words_in(block))


def _words_in(block: str) -> str:
    """Return what stands outside of tags, without white space, and without the ends of comments."""
    outside = "\n".join(_TAG.split(block)) if "<" in block else block
    return "".join(outside.replace("-->", "").split())


def _without(text: str, spans: tuple[Span, ...]) -> str:
    parts: list[str] = []
    position = 0
    for span in spans:
        parts.append(text[position : span.start])
        position = span.end
    return "".join(parts) + text[position:]
