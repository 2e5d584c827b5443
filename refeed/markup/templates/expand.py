"""Replace every template expression by what it stands for; the text around it stays as it is."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Final

from refeed.hidden_parts.private_parts import names_private_part
from refeed.markup.code_spans import code_spans, inside
from refeed.markup.gaps import GAP, closed
from refeed.markup.line_breaks import with_meant_breaks
from refeed.markup.templates.code_shortcodes import CODE_SHORTCODES
from refeed.markup.templates.endings import Endings
from refeed.markup.templates.expression import Expression
from refeed.markup.templates.handlers import (
    Posts,
    Words,
    address_of,
    write_named,
    write_nothing,
    write_post_address,
    write_post_link,
)
from refeed.markup.templates.pairs import RAW, Pair, begins_line, is_paragraph, masked, pairs_in
from refeed.markup.templates.said_words import words_alone, words_in_sentence
from refeed.markup.templates.syntax import OUTPUT, PlacedExpression, expressions_in
from refeed.markup.templates.table import BUILDERS, PAIRS, SINGLE, VERSES, WORDPRESS, WRAPPERS, service_in
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# Words of Chinese, Japanese or Korean between the braces: no variable is called so.
_WORDS: Final = late_pattern(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af][\w\s，。、：？！-]{0,200}")
# What is said to a shortcode: nobody writes words so. A slash at the end says that it stands alone.
_STATED: Final = late_pattern(
    r"""\s[A-Za-z][\w-]{0,40}=(?:"[^"]*"|'[^']*'|[“”″][^“”″]*[”″]|[^\s\]]{1,200}[ \t]?/\]\Z)|[ \t]/\]\Z"""
)
# Links, `[words](address "title")`, and their definitions, `[words]: address "title"`.
_BEFORE_ADDRESS: Final = late_pattern(
    r"\]\([ \t]{0,9}\Z|(?:\A|\n)[ ]{0,3}\[[^\[\]\n]{1,200}\]:[ \t]{0,9}(?:\{\{[^{}\n]{1,60}\}\}|/)?\Z"
)
_AFTER_ADDRESS: Final = late_pattern(r"[ \t]{1,9}[\"'(]|[ \t]{0,9}(?:\n|\Z)")
_LABEL: Final = 320  # characters of such a definition before its address
_IN_VALUE: Final = late_pattern(r"""\s[A-Za-z][\w:-]{0,40}=(?:"[^"<>]{0,200}|'[^'<>]{0,200})\Z""")
_ADDRESS: Final = late_pattern(r"""\s(?:href|src)="([^"]{1,2000})["]""")
# Of a line: white space, the marks of quotes and of one item of a list.
_BEGINNING: Final = late_pattern(r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?")
_OPENS: Final = late_pattern(r"<(?:blockquote|details|figure|p)\b")
_CLOSES: Final = late_pattern(r"(?:<p>.*</p>)?</(?:blockquote|details)>")
_CODE_MARGIN: Final = 4  # columns
# What makes a heading of the line above it: CommonMark, 4.3.
_UNDERLINE: Final = late_pattern(r"[ \t]{0,9}\n[ ]{0,3}(?:=+|-+)[ \t]{0,9}(?=\n|\Z)")
_BLOCK: Final = late_pattern(r"</?(?:audio|blockquote|details|figure|iframe|img|p|pre|video)\b")


class Expanded(NamedTuple):
    """A source without template expressions, the unknown ones, and those that lead to no known post."""

    text: str
    unknown: tuple[str, ...] = ()
    unfound: tuple[str, ...] = ()


def expand(text: str, posts: Posts, *, markdown: bool, is_source: bool) -> Expanded:
    """Put in place of every expression outside of code what it stands for.

    A source is what a generator makes a page of; anything else is such a page, where braces are text.
    """
    return _Expansion(text, posts, markdown=markdown, is_source=is_source).run()


class _Expansion:
    """One pass over a text."""

    def __init__(self, text: str, posts: Posts, *, markdown: bool, is_source: bool) -> None:
        """Find all expressions, and which of them end others."""
        self._text = text
        self._posts = posts
        self._markdown = markdown
        self._places = expressions_in(text, is_source=is_source)
        self._endings = Endings(self._places)
        self._shortcodes = {place.expression.name for place in self._places if _is_shortcode(place)}
        self._open: dict[str, list[str]] = defaultdict(list)  # of wrappers that have begun: how they end
        self._unknown: list[str] = []
        self._unfound: list[str] = []

    def run(self) -> Expanded:
        """Write the text anew."""
        if not self._places:
            return Expanded(closed(self._text))
        pairs = list(pairs_in(self._text, self._places, self._endings, markdown=self._markdown))
        is_code = inside(code_spans(masked(self._text, pairs), markdown=self._markdown))
        written: list[str] = []
        position, is_verse = 0, False
        for start, end, replacement in self._replacements(pairs, is_code):
            text = self._text[position:start]
            written += [with_meant_breaks(text) if is_verse else text, replacement or GAP]
            position, is_verse = end, self._markdown and any(map(self._open.get, VERSES))
        return Expanded(closed("".join(written) + self._text[position:]), tuple(self._unknown), tuple(self._unfound))

    def _replacements(self, pairs: list[Pair], is_code: Callable[[int], bool]) -> Iterator[tuple[int, int, str]]:
        """Yield what is replaced, in order: from where, to where, by what."""
        waiting = iter([*pairs, None])
        pair = next(waiting)
        position = 0
        for place in self._places:
            if place.start < position:
                continue
            if pair and place.start == pair.start:
                yield pair.start, pair.end, self._of_pair(pair)
                position = pair.end
                pair = next(waiting)
            elif not self._is_in_code(place, is_code) and self._is_meant(place):
                written = self._of(place) or self._no_address(place)
                if "<" in written and self._is_in_attribute(place):
                    written = self._as_value(place.expression, written)
                position = place.end if written else self._end_of_heading(place)
                yield place.start, position, self._as_block(place.start, place.end, written)

    def _is_in_code(self, place: PlacedExpression, is_code: Callable[[int], bool]) -> bool:
        """Return whether an expression stands in code; the tag that begins an element of code does not."""
        if place.language == "ticked":
            return self._is_block(place.start)
        if place.language == "imported":
            return place.start not in self._blocks
        return is_code(place.start - 1 if place.language == "jsx" else place.start)

    @cached_property
    def _is_block(self) -> Callable[[int], bool]:
        """Return a test whether a position stands in a block of code."""
        return inside(code_spans(self._text, markdown=self._markdown, ticks=False))

    @cached_property
    def _blocks(self) -> frozenset[int]:
        """Return where blocks of code begin."""
        return frozenset(span.start for span in code_spans(self._text, markdown=self._markdown, ticks=False))

    def _end_of_heading(self, place: PlacedExpression) -> int:
        """Return where an expression ends that left nothing: its line may have been a heading, mostly the title."""
        if place.language != "output" or not begins_line(self._text, place):
            return place.end
        underline = _UNDERLINE.match(self._text, place.end)
        return underline.end() if underline else place.end

    def _of_pair(self, pair: Pair) -> str:
        if pair.expression.name in RAW:
            return pair.expression.inner
        written = PAIRS[pair.expression.name](pair.expression, self._posts)
        if written is None or isinstance(written, Words):
            return self._tell(pair.expression.source, pair.expression.inner)
        return f"\n\n{written}\n\n" if written.endswith("</pre>") else self._as_block(pair.start, pair.end, written)

    def _of(self, place: PlacedExpression) -> str:
        """Return what stands for one expression."""
        expression = place.expression
        if expression.name in WRAPPERS and (expression.is_end or self._endings.is_closed(place)):
            return self._of_wrapper(expression)
        handler = None if expression.is_end else SINGLE.get(expression.name) or service_in(expression)
        written = handler(expression, self._posts) if handler else None
        is_unfound = handler in _LINKS and not isinstance(written, str) and bool(address_of(expression))
        if is_unfound or isinstance(written, Words):
            words = written if isinstance(written, Words) else Words("")
            told = self._unfound if is_unfound else self._unknown
            return self._tell(words.told or expression.source, words.text, told)
        if written is not None:
            is_path = place.language in {"output", "string", "path"} and not written
            return "/" if is_path and self._text[place.end : place.end + 1] in {")", '"', "'"} else written
        if place.language == "wp" and expression.name.startswith(BUILDERS):
            return ""
        if expression.is_end:
            return "" if expression.name in SINGLE else self._tell(expression.source)
        may_show = _may_show(place) or (place.language == "wp" and not self._endings.is_closed(place))
        named = write_named(expression) if may_show and not self._is_in_attribute(place) else None
        return self._tell(expression.source, self._words_of(place)) if named is None else named

    def _words_of(self, place: PlacedExpression) -> str:
        """Return the words among the arguments of an unknown component, which is reported all the same."""
        if place.language in _LABELLED and place.expression.words:  # all between the brackets is text
            name = place.expression.name
            is_hidden = PAIRS.get(name) is write_nothing or names_private_part(name)
            return "" if is_hidden else " ".join(place.expression.words)
        if place.language not in {"inline", "mdx"} or self._is_in_attribute(place):
            return ""
        ends = not self._text[place.end : place.end + _LABEL].partition("\n")[0].strip()
        if place.language == "mdx" and ends and begins_line(self._text, place):
            return words_alone(place.expression)
        return words_in_sentence(place.expression) if place.expression.source.endswith(("/>", "}")) else ""

    def _is_in_attribute(self, place: PlacedExpression) -> bool:
        """Return whether an expression stands in the value of an attribute of an element."""
        return bool(_IN_VALUE.search(self._text[max(0, place.start - _LABEL) : place.start]))

    def _as_value(self, expression: Expression, written: str) -> str:
        """Return the address of an element that would stand in the value of an attribute."""
        address = _ADDRESS.search(written)
        return address[1] if address else self._tell(expression.source)

    def _no_address(self, place: PlacedExpression) -> str:
        """Return what keeps a Markdown link a link if its address is unknown and its title follows."""
        before = self._text[max(0, place.start - _LABEL) : place.start]
        is_followed = _AFTER_ADDRESS.match(self._text, place.end)
        return "<>" if self._markdown and is_followed and _BEFORE_ADDRESS.search(before) else ""

    def _of_wrapper(self, expression: Expression) -> str:
        if expression.is_end:
            closings = self._open[expression.name]
            return closings.pop() if closings else ""
        opening, closing = WRAPPERS[expression.name](expression)
        self._open[expression.name].append(closing)
        return opening

    def _is_meant(self, place: PlacedExpression) -> bool:
        """Return whether something is an expression, and not words that look like one."""
        name = place.expression.name
        if place.language == "wp":
            if not (name in WORDPRESS or name.startswith(BUILDERS)):
                return name in self._shortcodes and name not in CODE_SHORTCODES  # with an end it is a pair
            is_single = name in SINGLE or name not in PAIRS
            is_alone = name in _ALONE or (name == _GALLERY and is_paragraph(self._text, place))
            return self._endings.has(name) or (is_single and (is_alone or _leads_somewhere(place.expression)))
        if place.language in {"cited", "zenn"}:
            is_undefined = place.language == "cited" and "[^ref]:" not in self._text
            return is_undefined or name in SINGLE or name in _FILES
        if place.language in {"directive", "directive_end"}:
            return "{" in place.expression.source or self._endings.has(name)
        if place.language == "mdx":
            says = place.expression.named or place.expression.source.endswith("/>")
            is_known = place.expression.is_end or name in SINGLE or name in WRAPPERS
            return bool(says or self._endings.has(name) or (is_known and begins_line(self._text, place)))
        # In HTML without other expressions a value that is written out is more often text that a page showed.
        is_text = place.language == "output" and not self._markdown and "{%" not in self._text
        is_words = place.language == "output" and _WORDS.fullmatch(place.expression.word(0))
        return not is_words and (not is_text or SINGLE[OUTPUT](place.expression, self._posts) is not None)

    def _as_block(self, start: int, end: int, written: str) -> str:
        """Part a block from the text on its line and under it (CommonMark 0.31.2, 4.6: blocks end at an empty line)."""
        if not self._markdown or not _BLOCK.match(written):
            return written
        line = self._text.rfind("\n", 0, start) + 1
        rest = self._text.find("\n", end)
        beginning = _BEGINNING.match(self._text, line, start)
        begins = beginning is not None and beginning.end() == start
        ends = not self._text[end : rest if rest >= 0 else None].strip()
        margin = _margin(beginning[0]) if beginning else ""
        if begins and ends:
            return f"\n{margin}{written}\n" if not self._text[line:start].strip() else written
        if begins and _OPENS.match(written):
            return f"{written}\n{margin.rstrip()}\n{margin}"
        return (
            f"\n{margin.rstrip()}\n{margin}{written}\n{margin.rstrip()}"
            if ends and _CLOSES.fullmatch(written)
            else written
        )

    def _tell(self, source: str, instead: str = "", told: list[str] | None = None) -> str:
        (self._unknown if told is None else told).append(source.partition("\n")[0])
        return instead


def _margin(beginning: str) -> str:
    """Return what begins the next line of the same block; a deep margin outside of lists would make it code."""
    margin = re.sub(r"[^\s>]", " ", beginning)
    return margin if len(margin) < _CODE_MARGIN or beginning.strip() else ""


def _may_show(place: PlacedExpression) -> bool:
    """Return whether an expression may be there to show something; those of programs work with addresses, too."""
    return place.language in {"directive", "hugo", "inline", "liquid", "mdx"} and place.expression.name not in _PROGRAM


def _is_shortcode(place: PlacedExpression) -> bool:
    """Return whether words in brackets can only be a shortcode of WordPress, whatever plug-in it is of."""
    said = place.expression
    return place.language == "wp" and bool(_STATED.search(said.source) or (said.is_end and "_" in said.name))


def _leads_somewhere(expression: Expression) -> bool:
    return bool(expression.named) or any("://" in word for word in expression.words)


_LABELLED: Final = frozenset({"directive", "inline"})  # `:name[text]{…}`, as remark-directive has it

# Statements of Liquid, Nunjucks, Jinja and Tera.
_PROGRAM: Final = frozenset(
    {
        *("assign", "block", "call", "capture", "case", "cycle", "else", "elsif", "extends", "filter", "for", "from"),
        *("if", "import", "macro", "set", "tablerow", "unless", "when", "with"),
    }
)

# VuePress's `@[code](path)`: what stands in another file.
_FILES: Final = frozenset({"code", "include"})

# What leads to another post of the same site.
_LINKS: Final = frozenset({write_post_address, write_post_link})

# Shortcodes that are written without a word to them and without an end.
_GALLERY: Final = "gallery"  # of all that the post has
_ALONE: Final = frozenset({"contact-form", "contact-form-7", "mc4wp_form", "toc", "wpforms"})
