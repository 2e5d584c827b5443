"""Rewrite spellings that site generators forgive and CommonMark does not, before Markdown is read.

What one pattern finds and one function writes stands in the table here; what takes more is a module.
"""

import re
from collections import Counter
from functools import lru_cache
from html import unescape
from typing import Final

from refeed.markup.gaps import DRAWING, as_one_block
from refeed.markup.repairs.addresses import OF_ADDRESSES
from refeed.markup.repairs.pictures import ODD_ADDRESS
from refeed.markup.repairs.rewriting import Repair, repaired
from refeed.markup.repairs.strong_words import tighten_strong_words
from refeed.startup.late_patterns import late_pattern, line_pattern

_ESCAPED: Final = (
    r"(?: (?:alt|class|data-[a-z-]{1,30}|decoding|height|id|loading|sizes|src|srcset|style|title|width)="
    r"&quot;(?:[^&<>\n]|&(?!quot;)){0,2000}&quot;)"
)


def _tighten(found: re.Match[str]) -> str:
    """Move a blank out of words that are struck out, where it stands at one end only."""
    inner, mark = found[1], found[0][:2]
    before, after = inner[0].isspace(), inner[-1].isspace()
    if before == after or not _opens(found.string, found.start(), mark):
        return found[0]
    return f"{' ' * before}{mark}{inner.strip()}{mark}{' ' * after}"


def _opens(text: str, place: int, mark: str) -> bool:
    """Return whether the marks at a place begin words that they mean: those before them in the line come in pairs."""
    line = text.rfind("\n", 0, place) + 1
    return place - line < _LONGEST_LINE and text.count(mark, line, place) % 2 == 0


def _ends(found: re.Match[str]) -> bool:
    """Return whether marks end strong words and begin others: those before them in the line come in odd numbers."""
    line = found.string.rfind("\n", 0, found.start()) + 1
    return found.start() - line < _LONGEST_LINE and found.string.count("**", line, found.start()) % 2 == 1


def _join_link(found: re.Match[str]) -> str:
    """Write a link on one line that a paragraph or a heading ends within."""
    line = found.string.rfind("\n", 0, found.start()) + 1
    is_broken = found[2] or _HEADING.match(found.string, line)
    return f"[{found[1].strip()} {found[3]}" if is_broken else found[0]


def _announced(found: re.Match[str]) -> bool:
    """Return whether the text above promises an example."""
    return found.string[max(0, found.start() - _NEAR) : found.start()].rstrip().endswith((":", "："))


def _part_definition(found: re.Match[str]) -> str:
    """Part the definition of a link from the text above it, if the text has such a link."""
    label = found[0].partition("]:")[0].lstrip(" [")
    return f"\n{found[0]}" if _labels(found.string)[label] > 1 else found[0]


@lru_cache(maxsize=1)
def _labels(text: str) -> Counter[str]:
    """Count what stands in brackets; each of a thousand definitions asks for it."""
    return Counter(_BRACKETED.findall(text))


_BRACKETED: Final = late_pattern(r"\[([^\[\]\n]{1,300})\]")


def _read_marks(found: re.Match[str]) -> str:
    """Write the marks in the title of a fold, which stands in a block of HTML, as its elements."""
    from refeed.markup.markdown import words_to_html  # few titles have marks

    return words_to_html(found[0]) if _MARKS.search(found[0]) else found[0]


_MARKS: Final = late_pattern(r"\*\*\S|`[^`\n]{1,200}`|\]\([^()\s]")
_HEADING: Final = late_pattern(r" {0,3}#{1,6}[ \t]")
_LONGEST_LINE: Final = 5_000
_NEAR: Final = 200  # characters above a line, blanks included
_DEFINITION: Final = r" {0,3}\[[^\[\]\n]{1,300}\]:"  # at the beginning of a line

_REPAIRS: Final = (
    # Definitions of links that kramdown reads: without an address, with quotation marks inside the title, and right
    # under a line of text.
    Repair(line_pattern(rf"{_DEFINITION}[ \t]*\n(?= {{0,3}}\[)"), lambda _: "", ("]:",)),
    Repair(
        line_pattern(rf"({_DEFINITION}[ \t]+\S+)[ \t]+\"(?>(?:[^\"\\\n]|\\.)*\"){{2,}}[^\"\n]*$"),
        lambda found: found[1],
        ("]:",),
    ),
    Repair(line_pattern(rf"{_DEFINITION}[ \t]*<?https?://"), _part_definition, ("]:",)),
    # The readers of Markdown before CommonMark took blanks at the ends of strong words, here those that begin a line.
    Repair(
        line_pattern(
            r"([ \t]{0,9}(?:[-+>][ \t]+|[0-9]{1,9}[.)][ \t]+)?)(\*{2,3})[ \t]{1,20}([^*\s](?:[^*\n]{0,500}[^*\s])?)"
            r"[ \t]{0,9}\2(?!\*)"
        ),
        lambda found: f"{found[1]}{found[2]}{found[3]}{found[2]}",
        ("**",),
    ),
    # Strong words within strong words, right at their beginning or end.
    Repair(
        late_pattern(r"(?<!\S)\*{4}([^\s*][^*\n]{0,300})\*\*([^*\n]{0,300}[^\s*])\*\*(?!\*)"),
        lambda found: f"**{found[1]}{found[2]}**",
        ("****",),
    ),
    Repair(
        late_pattern(r"(?<![*\\])\*\*([^\s*][^*\n]{0,300}\s)\*\*([^\s*](?:[^*\n]{0,300}[^\s*])?)\*{4}(?![^\s.,:;!?)])"),
        lambda found: f"**{found[1]}{found[2]}**",
        ("****",),
    ),
    # Converters that wrap lines break the words of a link, and leave an empty line there, or do so in a heading.
    Repair(
        late_pattern(
            r"\[(?<!\\\[)([^\[\]\n]{1,200})\n([ \t]*\n)?[ \t]*([^\[\]\n]{1,200}\]\(https?://[^()\s]{1,1000}\))"
        ),
        _join_link,
        ("](http",),
    ),
    # A link around a link, as editors write it that make links of addresses.
    Repair(
        late_pattern(r"\[(?<!!\[)(\[[^\[\]\n]{1,300}\]\([^()\s]{1,1000}\))\]\(https?://[^()\s]{1,1000}\)"),
        lambda found: found[1],
        (")](http",),
    ),
    # Exports of Hashnode escape the reference of a quote's mark, and of a bar in a table.
    Repair(line_pattern(r"( {0,3})\\(?=&gt;\S)"), lambda found: found[1], ("\\&gt;",)),
    Repair(
        line_pattern(r"[ \t]{0,9}\|[^\n]*\\&#124;[^\n]*$"),
        lambda found: found[0].replace("\\&#124;", "&#124;"),
        ("\\&#124;",),
    ),
    Repair(late_pattern(r"(?<![~\\0-9A-Za-z_])~~(?!~)([^~\n]{1,500})~~(?!~)"), _tighten, ("~~",)),
    Repair(late_pattern(r"(?<=<summary>)[^<>\n]{1,300}(?=</summary>)"), _read_marks, ("<summary>",)),
    # Rich editors end what is both strong and italic, and go on in italics, with one run of marks (Hashnode).
    Repair(
        late_pattern(r"(?<![*\\])(\*{3}[^\s*][^*\n]{0,300}(?<!\s)\*{3})(?=\*[^\s*][^*\n]{0,2000}\*(?!\*))"),
        lambda found: f"{found[1]}<!---->",
        ("****",),
    ),
    # They also make nothing but the sign behind a word strong.
    Repair(
        late_pattern(r"\*\*(?<=[0-9A-Za-z]\*\*)([^\w\s*\\`<\[\]()]{1,3})\*\*(?!\S)"),
        lambda found: found[1] if _opens(found.string, found.start(), "**") else found[0],
        ("**",),
    ),
    # Of two strong words without a blank between them editors write both marks.
    Repair(late_pattern(r"(?<=[^\s*\\])\*{4}(?=[^\s*])"), lambda found: "" if _ends(found) else found[0], ("****",)),
    # A tag over several lines, the last of which looks like a quote.
    Repair(
        late_pattern(
            r"(</?[A-Za-z][A-Za-z0-9-]{0,20}"
            r"(?>(?:[^<>\"'\n]|\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'|\n(?![ \t]*[>\n])){0,3000}))"
            r"\n[ \t]{0,20}(?=>)"
        ),
        lambda found: f"{found[1]} ",
        ("\n>", " >", "\t>"),
    ),
    # What a tag tells Vue to do when it is chosen; to CommonMark no name of an attribute begins so.
    Repair(
        late_pattern(r"(<[a-z][a-z0-9]{0,20}(?:\s[^<>@]{0,500})?)\s@[a-z][\w:.-]{0,40}=\"[^\"<>]{0,300}\"(?=[\s/>])"),
        lambda found: found[1],
        (" @",),
    ),
    # A comma between the attributes of an element, which browsers read as a part of the next name.
    Repair(
        late_pattern(r"(<[A-Za-z][A-Za-z0-9]{0,20}(?=\s)[^<>\n]{0,500}?[\"']),(?=[ \t]+[A-Za-z-]{1,40}=)"),
        lambda found: found[1],
        ('",', "',"),
    ),
    # A heading, or code, right behind a picture that begins the line: its line break is lost.
    Repair(
        line_pattern(r"(!\[[^\[\]\n]{0,300}\]\([^()\s]{1,500}\))(?=#{1,6} \S|(?:```|~~~)[\w+-]{0,30}$)"),
        lambda found: f"{found[1]}\n",
        ("![",),
    ),
    # A picture on a line of its own that an export has written as text, with all that exports say of one.
    Repair(
        line_pattern(
            rf" {{0,3}}&lt;img(?={_ESCAPED}{{0,20}} src=)(?={_ESCAPED}{{0,20}} (?:class|height|width)=)"
            rf"{_ESCAPED}{{3,20}} ?/?&gt;[ \t]{{0,20}}$"
        ),
        lambda found: found[0] if _announced(found) else unescape(found[0]),
        ("&lt;img",),
    ),
    # What parts the columns of Hugo's theme Book.
    Repair(line_pattern(r"[ \t]{0,20}<--->[ \t]{0,20}$"), lambda _: "", ("<--->",)),
    # The caption under a table of Pandoc.
    Repair(
        late_pattern(r"(?<=[|+]\n\n):[ \t]+(\S[^\n]*?)(?:[ \t]*\{[#.][^{}\n]{1,200}\})?[ \t]*$", re.MULTILINE),
        lambda found: found[1],
        ("|\n\n:", "+\n\n:"),
    ),
    # Marks of headings as wide as a character of Chinese, as methods of input write them.
    Repair(
        line_pattern(r"( {0,3})(＃{1,6})[ \t\u3000]+(?=\S)"),
        lambda found: f"{found[1]}{'#' * len(found[2])} ",
        ("＃",),
    ),
    # GFM's forerunners, marked and kramdown's older dialects: no blank behind the marks of a heading. One mark alone is
    # a hashtag or a colour.
    Repair(line_pattern(r"( {0,3}#{2,6})(?=[^\s#{}!.\\])"), lambda found: f"{found[1]} ", ("##",)),
    # One mark at both ends is none; around words of Chinese it may be.
    Repair(
        line_pattern(r"( {0,3}#)([A-Za-z][ -\"$-~]{1,100}?)[ \t]*#[ \t]*$"),
        lambda found: f"{found[1]} {found[2]}",
        ("#",),
    ),
    # A blank as wide as a character of Chinese behind them, or one that no line breaks at.
    Repair(
        line_pattern(r"( {0,3}#{1,6})[ \t]?[\u3000\u00a0]+(?=\S)"),
        lambda found: f"{found[1]} ",
        ("\u3000", "\u00a0"),
    ),
    # Marks of lists that such blanks indent.
    Repair(
        line_pattern(r"(?= {0,12}\u00a0)[ \u00a0]{1,12}(?=(?:[-*+]|[0-9]{1,3}[.)]) )"),
        lambda found: " " * len(found[0]),
        ("\u00a0",),
    ),
    # Notion's callouts, whose first line stands behind the tag, so that nothing in it would be read.
    Repair(line_pattern(r"<aside>[ \t]*\n?(?=[^\s<])"), lambda _: "<aside>\n\n", ("<aside>",)),
    # kramdown and Python-Markdown quote what follows a mark that stands alone; to CommonMark the quote is empty.
    Repair(
        line_pattern(r"(?:\A|(?<=\n\n))( {0,3}>)[ \t]*\n((?:(?![ \t]*(?:[>\n#]|```|~~~))[^\n]+(?:\n|\Z))+)"),
        lambda found: "".join(f"{found[1]} {line}" for line in found[2].splitlines(keepends=True)),
        (">\n", " \n", "\t\n"),
    ),
    # Logseq's headings have no mark of a list, and the blocks below are indented: to CommonMark these are code.
    Repair(
        line_pattern(r"(#{1,6}[ \t][^\n]*\n)(?=\t[-*+][ \t])((?:\t[^\n]*(?:\n|\Z)|[ \t]*\n(?=\t))+)"),
        lambda found: found[1] + found[2][1:].replace("\n\t", "\n"),
        ("\t- ", "\t* ", "\t+ "),
    ),
    Repair(DRAWING, as_one_block, ("<svg",)),
    # References to control characters mean letters of Windows-1252 (HTML 13.2.5.80), where CommonMark replaces them.
    Repair(
        late_pattern(r"&#(?<!\\&#)(?:0{0,4}1(?:2[89]|[345][0-9])|x0{0,4}[89][0-9a-f]);", re.IGNORECASE),
        lambda found: unescape(found[0]),
        ("&#",),
    ),
)


def repair(text: str) -> str:
    """Rewrite what CommonMark would not understand."""
    text = tighten_strong_words(repaired(text, _REPAIRS))
    return repaired(text, OF_ADDRESSES) if ODD_ADDRESS.search(text) else text
