"""Remove what authors wrote for themselves: comments of HTML, and remarks of Obsidian (`%%…%%`)."""

import re
from collections.abc import Iterator
from typing import Final

from refeed.markup.code_spans import Span, code_spans, inside
from refeed.markup.gaps import GAP, closed
from refeed.startup.late_patterns import has_any, late_pattern, line_pattern
from refeed.startup.named_tuple import NamedTuple

# Addresses, in tags and links: a sign of per cent is part of them.
_ADDRESSES: Final = late_pattern(r"</?[A-Za-z][^<>]*>|\]\([^()\s]*\)")
_ERB: Final = late_pattern(r"<%(?:-?[ ]?#|--)(?>(?:[^%<]|%(?!>)|<(?!%))*)%>")  # and JSP's
_JINJA: Final = late_pattern(
    r"\{#(?=[-\s])(?>(?:[^#{]|#(?!\})|\{(?!#))*)#\}"
    r"|\{#(?!(?:[0-9A-Fa-f]{3,8}|[\w-]{1,40}(?:[ ]\.[\w-]{1,40}){1,9})#\})[^#{}\n]{1,200}#\}"
)  # and Nunjucks', Twig's; `{#a}` names a heading, and `{#fff#}` is a colour
# Of Go's templates; one within a line Hugo's table of expressions knows, too.
_GO: Final = late_pattern(r"\{\{-?[ \t\n]{0,4}/\*(?>(?:[^*{]|\*(?!/)|\{(?!\{))*)\*/[ \t\n]{0,4}-?\}\}")
# Of JSX: what stands behind it is never shown.
_FALSE: Final = late_pattern(r"\{[ \t\n]{0,4}(?:false|null|undefined)[ \t\n]{0,4}&&")
_NEVER: Final = late_pattern(r"(?P<never>\{[ \t\n]{0,4}(?:false|null|undefined)[ \t\n]{0,4}&&)|[{}]")
# A remark, and what its author has taken back (CriticMarkup); Blade's comments look like that within braces.
_REMARK: Final = late_pattern(r"\{>>(?>(?:[^<]|<(?!<\}))*)<<\}")
_TAKEN_BACK: Final = late_pattern(r"\{?\{--(?>(?:[^-]|-(?!-\}))*)--\}\}?")
# How a well-known tutorial for Hexo says which part of a post is which; in the page they are elements, and not shown.
_TUTORIAL: Final = r"[ ]?\|[^<>\n]{1,20}>"
_EXCERPT: Final = late_pattern(
    rf"(?:\*\*[ ]?\{{\{{[ ]?title[ ]?\}}\}}：\*\*[ ]?)?<[Ee]xcer?p?t in (?:the )?index{_TUTORIAL}"
)
_REST: Final = late_pattern(rf"<[Tt]he rest of contents{_TUTORIAL}")
# What shows that there may be one, what it ends with (a brace may follow), and what it is.
_TEMPLATES: Final = (
    (" in index", ">", _EXCERPT),
    (" the index", ">", _EXCERPT),
    ("he rest of contents", ">", _REST),
    ("<%", "%>", _ERB),
    ("{#", "#}", _JINJA),
    ("{--", "--}", _TAKEN_BACK),
    ("{>>", "<<}", _REMARK),
    ("/*", "}}", _GO),
)
# Definitions of links to nowhere; what is well written of them Markdown leaves out itself.
_AS_LINKS: Final = line_pattern(r"[ ]{0,3}\[(?://|comment|#|[ ]?)\]:[ \t]*(?:#|<>)[ \t]+(?!\([^)\n]*$)[^\n]*$")
# Middleman's plug-in for blogs shows what stands above such a line in its list, and the line itself nowhere.
_SUMMARY_ENDS: Final = late_pattern(r"^[ \t]*READMORE[ \t]*(?:\n|\Z)", re.MULTILINE)
_EMPHASIS: Final = ("***", "**", "*", "___", "__", "_")
# Around a comment that stands between blocks.
_ENDED: Final = late_pattern(r"\S[ \t]*\n(?:[ \t]*\n)+ {0,3}\Z")
_NEAR: Final = 100
# Material for MkDocs shows a number, where a sentence has this.
_VERSION: Final = late_pattern(r"<!--[ ]*md:version[ ]+(?:insiders-)?([0-9][0-9A-Za-z.+-]{0,30})[ ]*-->")
# Themes of Hexo show what stands in these as the title of what follows, between `{% tabs %}` and `{% endtabs %}`.
_TITLE: Final = late_pattern(
    r"<!--[ ]?(?P<kind>tab|timeline|folder|cell)[ ](?P<title>(?:[^@\n{]|\{(?!%)|\{%[^%\n]{1,100}%\}){1,200})"
    r"(?:@[^\n@]{0,60})?-->"
)
_BEGINNING: Final = late_pattern(r"\A(?>(?:[ \t]*\n){2,})[ \t]*\S")


class Cut(NamedTuple):
    """What is left out of a text, and what stands there instead."""

    start: int
    end: int
    instead: str = ""


def without_remarks(text: str, markup: str, *, is_source: bool) -> str:
    """Return a body without what its writer alone was to read; in code it is code.

    HTML's own comments are left to its parser, which knows where they end.
    """
    if not _may_hold_remarks(text, markup):
        return text
    spans = _code_in(text, markup, is_source=is_source)
    comments = [span for span in spans if markup != "html" and text.startswith("<!--", span.start)]
    cuts = [
        Cut(*_marked(text, span), _instead(text, span)) if markup == "markdown" else Cut(*span) for span in comments
    ]
    cuts += _obsidian(text, spans, has_tags=markup != "text")
    cuts += _of_templates(text, spans)
    cuts += _never_shown(text, spans) if markup == "markdown" and is_source and "&&" in text else ()
    cuts += [Cut(*found.span()) for found in _AS_LINKS.finditer(text)] if markup == "markdown" else ()
    cuts += _ends_of_summaries(text, spans) if markup == "markdown" and is_source else ()
    return closed(_without(text, [cut._replace(instead=cut.instead or GAP) for cut in cuts]))


def _may_hold_remarks(text: str, markup: str) -> bool:
    """Return whether there may be a remark, in code or outside: to look for code takes much longer."""
    if has_any(text, ("%%",) if markup == "html" else ("%%", "<!--")):
        return True
    if next(_remarks_of_templates(text), None):
        return True
    return markup == "markdown" and bool(
        ("]:" in text and _AS_LINKS.search(text)) or "READMORE" in text or _FALSE.search(text)
    )


def _code_in(text: str, markup: str, *, is_source: bool) -> tuple[Span, ...]:
    """Return where code and HTML's comments stand, in order, none within another."""
    if markup == "text":
        return tuple(_comments_of_text(text))
    from refeed.markup.templates.pairs import code_pairs  # with all templates; few HTML bodies come here

    spans = code_spans(text, markdown=markup == "markdown")
    pairs = code_pairs(text, markdown=markup == "markdown", is_source=is_source)
    if not pairs:
        return spans
    in_pair = inside(pairs)
    return tuple(sorted([*pairs, *(span for span in spans if not in_pair(span.start))]))


def _comments_of_text(text: str) -> Iterator[Span]:
    """Yield HTML's comments in a plain text; its file has them for its writer alone. One that nothing ends is text."""
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (closing := text.find("-->", start)) >= 0:
        end = closing + 3
        yield Span(start, end)


def _ends_of_summaries(text: str, spans: tuple[Span, ...]) -> Iterator[Cut]:
    is_code = inside(spans)
    return (Cut(*found.span()) for found in _SUMMARY_ENDS.finditer(text) if not is_code(found.start()))


def _of_templates(text: str, spans: tuple[Span, ...]) -> Iterator[Cut]:
    is_code = inside(spans)
    return (Cut(*found.span()) for found in _remarks_of_templates(text) if not is_code(found.start()))


def _remarks_of_templates(text: str) -> Iterator[re.Match[str]]:
    """Yield all remarks, also in code. Behind the last end none is looked for: each beginning would be followed up."""
    for opening, closing, pattern in _TEMPLATES:
        if has_any(text, (opening,)):
            yield from pattern.finditer(text, 0, text.rfind(closing) + len(closing) + 1)


def _never_shown(text: str, spans: tuple[Span, ...]) -> Iterator[Cut]:
    """Yield the expressions of MDX that begin with `false &&`, each up to its own brace; in one pass."""
    is_code = inside(spans)
    opened = list[int]()  # where each open brace stands; -1 before that of an expression that is shown
    for found in _NEVER.finditer(text):
        if is_code(found.start()):
            continue
        if found[0] != "}":
            opened.append(found.start() if found["never"] else -1)
        elif opened and (start := opened.pop()) >= 0:
            yield Cut(start, found.end())


def _obsidian(text: str, spans: tuple[Span, ...], *, has_tags: bool) -> Iterator[Cut]:
    if "%%" not in text:
        return
    from refeed.hidden_parts.remarks import remarks_in

    is_code = inside(spans)
    is_address = inside(tuple(Span(*found.span()) for found in _ADDRESSES.finditer(text)) if has_tags else ())
    last_closing = text.rfind("-->")
    reached = 0
    for start, end in remarks_in(text, lambda position: is_code(position) or is_address(position)):
        comment = text.rfind("<!--", start, end)
        if start >= reached and comment >= 0 and last_closing >= end and "-->" not in text[comment:end]:
            reached = text.find("-->", end) + 3  # the comment that begins in the remark ends with it
        yield Cut(start, max(end, reached))


def _without(text: str, cuts: list[Cut]) -> str:
    """Leave out what is cut, also where two cuts overlap."""
    kept: list[str] = []
    position = 0
    for start, end, instead in sorted(cuts):
        if start >= position:
            kept += [text[position:start], instead]
        position = max(position, end)
    return "".join(kept) + text[position:]


def _marked(text: str, comment: Span) -> Span:
    """Return where a comment stands, with the marks of emphasis around it if nothing else is in them."""
    for marks in _EMPHASIS:
        width = len(marks)
        outer = Span(comment.start - width, comment.end + width)
        if text.endswith(marks, 0, comment.start) and text.startswith(marks, comment.end):
            is_longer = marks[0] in {text[outer.start - 1 : outer.start], text[outer.end : outer.end + 1]}
            if width > 1 or not is_longer:
                return outer
    return comment


def _instead(text: str, comment: Span) -> str:
    """Return the number that a comment stands for, or an empty one where it parts a list from another or from code."""
    if version := _VERSION.fullmatch(text, *comment):
        return version[1]
    titled = _TITLE.fullmatch(text, *comment)
    if titled and re.search(rf"\{{%[ ]*{titled['kind']}s?\b", text):
        return f"\n**{titled['title'].strip()}**\n\n"
    before = text[max(0, comment.start - _NEAR) : comment.start]
    after = text[comment.end : comment.end + _NEAR]
    return "<!---->" if _ENDED.search(before) and _BEGINNING.match(after) else ""
