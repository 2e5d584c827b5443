"""Find where the header of a file lies and in which notation it is written, by its bytes alone."""

import re
from enum import Enum
from types import MappingProxyType
from typing import Final

from refeed.formats._once import once
from refeed.formats.headers.statements import KNOWN
from refeed.model import Document, Span
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import key_name
from refeed.vocabulary.keys import DATES, TITLES
from refeed.vocabulary.typography import BLANKS, COLONS, DASHES, MARKS, WITHOUT_WIDTH, in_utf8

_FENCE_WITHIN: Final = 16  # bytes that a damaged fence is looked for in, behind blank lines
_OBJECT_WITHIN: Final = 256  # bytes in which two keys of a damaged object have to begin
_ABOVE: Final = 2048  # bytes of lines above a header
_EXPORT_WITHIN: Final = 4096  # bytes that what a text of MDX imports may take above its header
_MDX: Final = (".md", ".mdx")  # not `.ts` or `.tsx`: pages of programs state the same
_OPEN_LINES: Final = 200  # how far a header without its end is followed
_REPLACEMENT: Final = "\ufffd".encode()  # of a byte that was damaged
_BLANK: Final = rb"(?:[ \t\f]|" + in_utf8(BLANKS + WITHOUT_WIDTH) + rb")"
_DASH: Final = rb"(?:-|" + in_utf8(DASHES) + rb")"
_COLON: Final = rb"(?::|" + in_utf8(COLONS) + rb")"
_LETTER: Final = rb"[A-Za-z_\x80-\xff]"
_WORD: Final = rb"[\w\-.\x80-\xff]"
# Three hyphens or more, or as many dashes as a telephone makes of them.
_DASHES: Final = rb"(?:-{3,}|(?>-{0,2})" + in_utf8(DASHES) + rb"(?>" + _DASH + rb"*))"
_LINE_END: Final = rb"(?>" + _BLANK + rb"*)(?:\n|\Z)"

_OPENING: Final = late_pattern(
    rb"(?>(?:(?>" + _BLANK + rb"*)\n)*)(?>" + _BLANK + rb"*)"
    rb"(?:(" + _DASHES + rb"|\+{3,}|;{3,})(?>[ \t]*)(json|toml|yaml)?(?>" + _BLANK + rb"*)\n"
    rb"|(\{)(?>\s*)\"|(" + _LETTER + rb"(?>(?:[\w \-.]|[\x80-\xff]){0,80}?" + _COLON + rb")(?!:)))"
)
# What nearly every header begins with. The patterns that allow for all else are large, and few runs need them.
_USUAL_OPENING: Final = late_pattern(rb"(---)(json|toml|yaml)?\n|(\{)(?>\s*)\"")
_USUAL_KEY: Final = late_pattern(rb"([A-Za-z_]{1,40}):[ \n]")
# The end of the usual header, and of one whose fences are none of the usual.
_YAML_END: Final = late_pattern(rb"\n(?:---|\.\.\.)(?>[ \t]*)(?:\n|\Z)")
_ODD_END: Final = late_pattern(rb"\n(?>" + _BLANK + rb"*)(?:" + _DASHES + rb"|\.\.\.)" + _LINE_END)
# Below an empty line they are a rule, unless marks of YAML stand above: Hexo takes all above the first for a header.
_FAR_END: Final = late_pattern(rb"(?>(?>[ \t]*)\n)+" + _DASHES + _LINE_END)
_YAML_MARKS: Final = late_pattern(rb":[ \t]*(?:([\"'])[^\n]{0,300}\1|\[[^\n]{0,300}\])[ \t]*\n|\n(?>[ \t]*)-[ \t]")
_TOML_END: Final = late_pattern(rb"\n(?>[ \t]*)\+{3,}" + _LINE_END)
_JSON_END: Final = late_pattern(rb"\n(?>[ \t]*);{3,}" + _LINE_END)
_LINE: Final = (
    rb"(?:(" + _LETTER + _WORD + rb"{0,100}?)(?>[ \t]*)" + _COLON + rb"|"
    rb"(?>" + _BLANK + rb"+)(?!---[ \t]*\n)\S|-[ \t]|#)(?>[^\n]*)(?:\n|\Z)"
)
_HEADER_LINE: Final = late_pattern(_LINE)
_HEADER_LINES: Final = late_pattern(rb"(?>(?:" + _LINE + rb")*)")
_BLANK_LINE: Final = late_pattern(rb"(?>[ \t]*)(?:\n|\Z)")
# Any printable character may stand in a key (YAML 1.2.2, 5.1); which ones are known is seen later.
_FIRST_KEY: Final = late_pattern(
    rb"(?>(?:(?>[ \t]*)(?:#(?>[^\n]*))?\n)*)(?>" + _BLANK + rb"*)(?:\{(?>\s*))?[\"']?"
    rb"[^\s:=\"'<>{}\[\]#|*&!-][^\n:=]{0,80}?(?:=|" + _COLON + rb")"
)
# A key, in any letters, at the beginning of a line.
_KEY: Final = late_pattern(
    rf"^(?>[ \t{{{BLANKS}{WITHOUT_WIDTH}]*)[{MARKS}]?([^\W\d](?>[\w .\-]{{0,63}})(?::(?>[\w.\-]{{1,63}}))?)[{MARKS}]?"
    rf"(?>[ \t{BLANKS}{WITHOUT_WIDTH}]*)[={COLONS}:]",
    re.MULTILINE,
)


class Notation(Enum):
    """How a header is written."""

    YAML = "between --- and ---"
    OPEN = "after ---, without an end"
    ENDLESS = "after --- or +++, longer than what is read"
    BARE = "up to ---, without a beginning"
    TOML = "between +++ and +++"
    JSON = "an object"
    MEMBERS = "an object between ---json and ---, or its members between ;;; and ;;;"
    LINES = "Key: value lines up to a blank line"
    EXPORT = "an object that a text of MDX exports"


# What the word or the first character of an opening fence says; else it is YAML.
_NOTATIONS: Final = MappingProxyType(
    {b";": Notation.MEMBERS, b"json": Notation.MEMBERS, b"+": Notation.TOML, b"toml": Notation.TOML}
)


class Header(NamedTuple):
    """Where a header lies."""

    notation: Notation
    start: int
    text: Span  # without its fences; for JSON where the object may end at the latest
    body: int  # for JSON not known before it is read
    damage: str = ""  # "opens" or "closes": what the fence does that is damaged; "holds": marks of the object are


@once
def find_header(document: Document) -> Header | None:
    """Find the header that the file begins with; None if there is none, or no line of it has a known key."""
    data, most = document.data, document.limits.max_header_bytes
    opening = _USUAL_OPENING.match(data) or (None if data[:1] == b"<" else _OPENING.match(data))  # a page has none
    if opening is None:
        in_comment = _in_comment(data, most) if data[:4] == b"<!--" and data[4:5] in b"\n -" else None
        if exported := in_comment or _exported(document, most):
            return exported
        return _below_damaged_fence(data, most) or _damaged_object(data, most) or _below_first_lines(data, most)
    if opening[1]:
        header = _fenced(data, opening, most)
    elif opening[3]:
        start = opening.start(3)
        end = data.rfind(b"}", start, start + most) + 1
        return Header(Notation.JSON, start, (start, end), end) if end else _damaged_object(data, most)
    else:
        header = _unfenced(data, opening.start(4), most)
    if header is None:
        return (_damaged_object(data, most) if opening[1] else None) or _below_first_lines(data, most)
    is_usual = opening[1] in {b"---", b"+++"} or not opening[1]
    if is_usual and (key := _USUAL_KEY.match(data, *header.text)) and key_name(key[1].decode()) in KNOWN:
        return header
    keys = known_keys(data, header.text)
    return header if keys and (is_usual or not keys.isdisjoint(TITLES | DATES)) else None


def open_header(data: bytes, start: int, most: int) -> Header | None:
    """Find the header of a file whose closing fence is missing: the lines that look like one, up to a blank line."""
    begin = data.find(b"\n", start) + 1
    end = _last_header_line(data, begin, most)
    if end == begin:
        return None
    from refeed.formats.headers.damaged.fences import DAMAGED_END, JOINED_END  # few fences are missing

    if joined := JOINED_END.search(data, begin, end):
        return Header(Notation.OPEN, start, (begin, joined.start()), joined.end(), "closes")
    below = data.find(b"\n", end, start + most) + 1  # a line that is damaged as well
    for last in (end, _last_header_line(data, below, most) if below else end):
        if closing := DAMAGED_END.match(data, last):
            return Header(Notation.OPEN, start, (begin, last), closing.end(), "closes")
    return Header(Notation.OPEN, start, (begin, end), end)


def _exported(document: Document, most: int) -> Header | None:
    """Find the object that a text of MDX exports as its header, below what it imports."""
    data = document.data
    if data.find(b"export", 0, _EXPORT_WITHIN) < 0 or not document.source.name.lower().endswith(_MDX):
        return None
    from refeed.formats.headers.exported_object import exported_object

    text = data[:most].decode("utf-8", "surrogateescape")
    found = exported_object(text)
    if found is None:
        return None
    start, end = (len(text[:index].encode("utf-8", "surrogateescape")) for index in (found.start, found.end))
    return Header(Notation.EXPORT, start, (start, end), end)


def _in_comment(data: bytes, most: int) -> Header | None:
    """Find the header that is the comment above a part of a page, if it has a title and a day."""
    from refeed.formats.headers.lines_above import comment_of_lines  # few files have one

    comment = comment_of_lines(data[:most])
    if comment is None or data[comment.end() :][:_ABOVE].lstrip()[:9].lower().startswith((b"<!doctype", b"<html")):
        return None
    keys = known_keys(data, comment.span(1))
    is_header = not keys.isdisjoint(TITLES) and not keys.isdisjoint(DATES)
    return Header(Notation.YAML, 0, comment.span(1), comment.end()) if is_header else None


def _below_damaged_key(data: bytes, opening: re.Match[bytes], most: int) -> Header | None:
    """Find a header of which only the first line is unlike that of a header, if the rest is beyond doubt."""
    begin = opening.end()
    second = data.find(b"\n", begin, begin + most) + 1
    end = _YAML_END.match(data, _last_header_line(data, second, most) - 1) if second and opening[1] == b"---" else None
    if end is None or known_keys(data, (second, end.end())).isdisjoint(DATES | TITLES):
        return None
    return Header(Notation.YAML, opening.start(1), (begin, end.start() + 1), end.end())


def _below_damaged_fence(data: bytes, most: int) -> Header | None:
    """Find the header below a fence that was damaged, if it is one beyond doubt: closed, with two known keys."""
    if data[:_FENCE_WITHIN].count(b"-") < 2 and data[:_FENCE_WITHIN].count(b"+") < 2:
        return None
    from refeed.formats.headers.damaged.fences import damaged_opening

    opening = damaged_opening(data)
    if opening is None or not _FIRST_KEY.match(data, opening.end()):
        return None
    notation, ending = (Notation.YAML, _YAML_END) if opening[1] else (Notation.TOML, _TOML_END)
    end = ending.search(data, opening.end(), opening.end() + most)
    span = (opening.end(), end.start() + 1) if end else (0, 0)
    keys = known_keys(data, span)
    if end is None or len(keys) < 2 or keys.isdisjoint(TITLES | DATES):
        return None
    return Header(notation, opening.end(), span, end.end(), "opens")


def _below_first_lines(data: bytes, most: int) -> Header | None:
    """Find the header that stands below a heading, a comment or other short lines: closed, and nothing else in it."""
    has_fence = data.find(b"\n---", 0, _ABOVE) >= 0 or data.find(b"\n+++", 0, _ABOVE) >= 0
    if not has_fence:
        return None
    from refeed.formats.headers.lines_above import fence_above, lines_above_header, text_in_fence

    code = fence_above(data)
    start, is_text = (code.end(), False) if code else lines_above_header(data)
    opening = _OPENING.match(data, start) if start else None
    header = _fenced(data, opening, most) if opening and opening[1] else None
    if header is None or header.notation in {Notation.OPEN, Notation.ENDLESS}:
        return None
    keys = known_keys(data, header.text)
    is_whole = header.notation is not Notation.YAML or _last_header_line(data, header.text[0], most) == header.text[1]
    body = text_in_fence(data, code[1], header.body) if code else header.body
    return header._replace(body=body) if is_whole and len(keys) > is_text and body >= 0 else None


def _damaged_object(data: bytes, most: int) -> Header | None:
    """Find the header in JSON whose braces or fences were damaged."""
    if data.find(b'":', 0, _OBJECT_WITHIN) < 0:
        return None
    from refeed.formats.headers.damaged.objects import begins_damaged, damaged_object

    found = damaged_object(data, len(data) - len(data.lstrip()), most) if begins_damaged(data) else None
    return Header(Notation.JSON, found.text[0], found.text, found.body, "holds") if found else None


def known_keys(data: bytes, span: Span) -> frozenset[str]:
    """Return the known keys that lines of this part begin with, folded."""
    text = data[span[0] : span[1]].decode("utf-8", "replace")
    return frozenset(map(key_name, _KEY.findall(text))) & KNOWN


def _fenced(data: bytes, opening: re.Match[bytes], most: int) -> Header | None:
    notation = _NOTATIONS.get(opening[2] or opening[1][:1], Notation.YAML)
    begin = opening.end()
    if not (_USUAL_KEY.match(data, begin) or _FIRST_KEY.match(data, begin)):
        return _below_damaged_key(data, opening, most) or _or_open(data, opening, most)
    end = _closing_fence(data, opening, begin + most)
    if end is None:
        is_endless = _is_endless(data, begin, begin + most, notation)
        if is_endless:
            return Header(Notation.ENDLESS, opening.start(1), (begin, begin + most), len(data))
        return _or_open(data, opening, most)
    return Header(notation, opening.start(1), (begin, max(begin, end.start() + 1)), end.end())


def _or_open(data: bytes, opening: re.Match[bytes], most: int) -> Header | None:
    if opening[1] == b"+++":
        from refeed.formats.headers.damaged.fences import DAMAGED_TOML_END

        end = DAMAGED_TOML_END.search(data, opening.end(), opening.end() + most)
        span = (opening.end(), end.start() + 1) if end else None
        return Header(Notation.TOML, opening.start(1), span, end.end(), "closes") if end and span else None
    return open_header(data, opening.start(1), most) if opening[1] == b"---" and not opening[2] else None


def _closing_fence(data: bytes, opening: re.Match[bytes], end: int) -> re.Match[bytes] | None:
    """Find the fence that closes a header: of the kind that opened it, the usual one if there is one."""
    start, fence = opening.end() - 1, opening[1]
    if fence[:1] in {b"+", b";"}:
        return (_TOML_END if fence[:1] == b"+" else _JSON_END).search(data, start, end)
    is_usual = fence == b"---" and data[opening.start(1) - 1 : opening.start(1)] in {b"", b"\n"}
    usual = _YAML_END.search(data, start, end) if is_usual else None
    return usual or _ODD_END.search(data, start, end)


def _is_endless(data: bytes, begin: int, end: int, notation: Notation) -> bool:
    """Return whether this is a header that is too long, not a body that begins with a rule."""
    if end >= len(data):
        return False
    if notation is Notation.TOML:
        return _TOML_END.search(data, end - 1) is not None
    lines = _HEADER_LINES.match(data, begin, end)
    return lines is not None and data.find(b"\n", lines.end(), end) < 0  # but for a line that the limit cuts


def _unfenced(data: bytes, start: int, most: int) -> Header | None:
    if data[start - 1 : start] in {b" ", b"\t"}:  # an indented line is code, or a continuation of something
        return None
    end = _last_header_line(data, start, most)
    fence = _ODD_END.match(data, end - 1)
    if fence is None and (far := _FAR_END.match(data, end)) and _YAML_MARKS.search(data, start, end):
        fence = far
    if fence:
        return Header(Notation.BARE, start, (start, end), fence.end())
    blank = _BLANK_LINE.match(data, end)
    return Header(Notation.LINES, start, (start, end), blank.end()) if blank else None


def _last_header_line(data: bytes, start: int, most: int) -> int:
    end = start
    for _ in range(_OPEN_LINES):
        line = _HEADER_LINE.match(data, end, start + most)
        if line is None or line.end() == end or (line.end() == start + most < len(data)):
            break
        is_of_header = not line[1] or line[1].isascii() or _REPLACEMENT in line[1]
        if not is_of_header and not known_keys(data, line.span()):
            break  # prose with a colon
        end = line.end()
    return end
